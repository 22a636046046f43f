//! Groups that are the viewer's in some way: those they are in, and those they decide for.

use super::{Fault, care::LONG_WAIT, grant, group_list};
use crate::{Conn, Db, dialect};
use domain::{
    Care, GroupFilter, GroupId, GroupQuery, GroupRow, GroupScope, Listing, ManagedGroup, MyGroup, QueueCounts,
    RequestKind, Timestamp, UserId,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::HashMap;

use super::code::decode;

/// A page of the groups a user is in, by name, each with what holds the membership.
pub(crate) async fn list_mine(
    conn: &mut Conn,
    user: UserId,
    wanted: &GroupQuery,
    now: Timestamp,
) -> Result<Listing<MyGroup>, Fault> {
    let wanted = GroupQuery { scope: GroupScope::Mine, ..wanted.clone() };
    let page = group_list::list(conn, user, &wanted, now).await?;
    let ids: Vec<i64> = page.items.iter().map(|row| row.id.0).collect();
    let mut grants = grant::list_of_user(conn, user, &ids).await?;
    let mut query = QueryBuilder::<Db>::new("SELECT group_id, since FROM memberships WHERE user_id = ");
    query.push_bind(user.0).push(" AND group_id");
    dialect::push_is_any_of(&mut query, &ids);
    let since: Vec<(i64, i64)> = query.build_query_as().fetch_all(conn).await?;
    let since: HashMap<i64, i64> = since.into_iter().collect();
    let items = page.items.into_iter().filter_map(|row| {
        let since = Timestamp(*since.get(&row.id.0)?);
        let grants = grants.remove(&(row.id.0, user.0)).unwrap_or_default();
        Some(MyGroup { row, since, grants })
    });
    Ok(Listing { items: items.collect(), next_cursor: page.next_cursor, seq: page.seq })
}

/// A page of the groups a user decides for, by name, each with what waits in it and what it needs.
pub(crate) async fn list_managed(
    conn: &mut Conn,
    user: UserId,
    wanted: &GroupQuery,
    now: Timestamp,
) -> Result<Listing<ManagedGroup>, Fault> {
    let wanted = GroupQuery { scope: GroupScope::Managed, filter: GroupFilter::All, ..wanted.clone() };
    let page = group_list::list(conn, user, &wanted, now).await?;
    let items = look_after(conn, user, page.items, now).await?;
    Ok(Listing { items, next_cursor: page.next_cursor, seq: page.seq })
}

/// One of the groups a user decides for.
pub(crate) async fn find_managed(
    conn: &mut Conn,
    user: UserId,
    id: GroupId,
    now: Timestamp,
) -> Result<Option<ManagedGroup>, Fault> {
    let Some(row) = group_list::find_managed(conn, user, id, now).await? else { return Ok(None) };
    Ok(look_after(conn, user, vec![row], now).await?.pop())
}

/// What happens in a group, besides requests.
#[derive(FromRow)]
struct Life {
    id: i64,
    last_activity: Option<i64>,
}

/// Adds what waits in the groups and what they need, by one statement each.
async fn look_after(
    conn: &mut Conn,
    user: UserId,
    rows: Vec<GroupRow>,
    now: Timestamp,
) -> Result<Vec<ManagedGroup>, Fault> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    let mut query = QueryBuilder::<Db>::new(
        "SELECT g.id, (SELECT f.at FROM feed f WHERE f.group_id = g.id ORDER BY f.seq DESC LIMIT 1) AS last_activity \
         FROM groups g WHERE g.id",
    );
    dialect::push_is_any_of(&mut query, &ids);
    let lives: Vec<Life> = query.build_query_as().fetch_all(&mut *conn).await?;
    let lives: HashMap<i64, Life> = lives.into_iter().map(|life| (life.id, life)).collect();

    let mut query = QueryBuilder::<Db>::new(
        "SELECT r.group_id, r.kind, count(*), min(r.created_at) FROM requests r WHERE r.status = 0 AND r.user_id <> ",
    );
    query.push_bind(user.0).push(" AND r.group_id");
    dialect::push_is_any_of(&mut query, &ids);
    query.push(" GROUP BY r.group_id, r.kind");
    let waiting: Vec<(i64, i64, i64, i64)> = query.build_query_as().fetch_all(conn).await?;
    let mut queues: HashMap<i64, (QueueCounts, Timestamp)> = HashMap::new();
    for (group, kind, count, oldest) in waiting {
        let kind: RequestKind = decode("requests", "kind", group, kind)?;
        let (counts, since) = queues.entry(group).or_insert((QueueCounts::default(), Timestamp(oldest)));
        *counts.of_mut(kind) = u32::try_from(count).unwrap_or(u32::MAX);
        *since = (*since).min(Timestamp(oldest));
    }
    let managed = rows.into_iter().map(|row| {
        let life = lives.get(&row.id.0);
        let queue = queues.get(&row.id.0);
        let leaderless = (!row.is_led).then_some(Care::NoLeader);
        let waits = queue.map(|queue| queue.1).filter(|since| *since < now.plus_seconds(-LONG_WAIT));
        ManagedGroup {
            waiting: queue.map_or_else(QueueCounts::default, |queue| queue.0),
            last_activity: life.and_then(|life| life.last_activity).map(Timestamp),
            cares: leaderless.into_iter().chain(waits.map(Care::RequestWaits)).collect(),
            row,
        }
    });
    Ok(managed.collect())
}
