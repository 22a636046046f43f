//! The audit log: of one group, or of everything.

use super::{
    Fault,
    account::{self, ViewerRow},
    code::Code,
    event::{EVENT, EventRow, NAMING_A_GROUP, codes_filed_under, logged},
    member_list, name, name_word, paging,
    sight::list_seen,
};
use crate::{Conn, Db, dialect};
use domain::{
    Actor, AuditPage, AuditQuery, Denial, GroupId, GroupRef, Listing, Permission, RecordedEvent, Refusal, Seq, UserId,
    authority,
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;

/// A page of the log, newest first; a refusal comes as a fault.
pub(crate) async fn find(conn: &mut Conn, user: UserId, wanted: &AuditQuery) -> Result<AuditPage, Fault> {
    let Readable { group, seq, unseen } = find_readable(conn, user, wanted.group).await?;
    let mut rows = list(conn, wanted, &unseen, wanted.limit.rows()).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |last| last.seq.to_string());
    Ok(AuditPage { group, query: wanted.clone(), listing: Listing { items: logged(rows)?, next_cursor, seq } })
}

/// The next rows of a log that is read to its end, and where to go on.
pub(crate) async fn find_batch(
    conn: &mut Conn,
    user: UserId,
    wanted: &AuditQuery,
) -> Result<(Vec<RecordedEvent>, Option<String>), Fault> {
    let unseen = find_readable(conn, user, wanted.group).await?.unseen;
    let mut rows = list(conn, wanted, &unseen, BATCH).await?;
    let more = rows.len() > BATCH;
    rows.truncate(BATCH);
    let next_cursor = rows.last().filter(|_| more).map(|last| last.seq.to_string());
    Ok((logged(rows)?, next_cursor))
}

/// Whom a name means: somebody who stands in the log that is asked for, in a row that the reader is told of. They find
/// nobody else by it.
pub(crate) async fn find_person(
    conn: &mut Conn,
    user: UserId,
    group: Option<GroupId>,
    text: &str,
) -> Result<UserId, Fault> {
    let unseen = find_readable(conn, user, group).await?.unseen;
    let key = name::key(text);
    let called = name_word::list_called(conn, &Actor::Nobody, std::slice::from_ref(&key)).await?;
    let ids: Vec<i64> = called.values().flatten().map(|user| user.0).collect();
    if ids.is_empty() {
        return Err(Refusal::Unseen.into());
    }
    let mut query = QueryBuilder::<Db>::new("SELECT u.id, u.username FROM users u WHERE u.id");
    dialect::push_is_any_of(&mut query, &ids);
    if let Some(group) = group {
        query.push(" AND (");
        for (place, column) in ["subject_id", "actor_id"].into_iter().enumerate() {
            query.push(if place == 0 { "" } else { " OR " });
            query.push("EXISTS (SELECT 1 FROM feed f WHERE f.").push(column).push(" = u.id AND f.group_id = ");
            query.push_bind(group.0);
            push_not_at(&mut query, &unseen);
            query.push(")");
        }
        query.push(")");
    }
    let rows: Vec<(i64, String)> = query.push(" ORDER BY u.id").build_query_as().fetch_all(conn).await?;
    let found = rows.iter().find(|(_, username)| name::key(username) == key).or(rows.first());
    found.map(|(id, _)| UserId(*id)).ok_or_else(|| Refusal::Unseen.into())
}

/// Leaves out rows of the feed at places that are not to be seen.
fn push_not_at(query: &mut QueryBuilder<Db>, unseen: &[i64]) {
    if unseen.is_empty() {
        return;
    }
    query.push(" AND seq NOT IN (");
    let mut places = query.separated(", ");
    for place in unseen {
        places.push_bind(*place);
    }
    query.push(")");
}

/// How many rows a batch has.
const BATCH: usize = 1000;

/// A log that somebody may read.
struct Readable {
    /// The group it is of; `None` where it is of everything.
    group: Option<GroupRef>,
    /// How far the feed went.
    seq: Seq,
    /// The places of the rows in it that they are not told of.
    unseen: Vec<i64>,
}

/// The log that is asked for, where the user may read it: who may read all of it may read that of a group that is gone
/// too (R15).
async fn find_readable(conn: &mut Conn, user: UserId, wanted: Option<GroupId>) -> Result<Readable, Fault> {
    let viewer_row =
        account::look_at(conn, user, wanted.unwrap_or(GroupId::UNASSIGNED)).await?.ok_or(Refusal::Unseen)?;
    let seq = viewer_row.seq;
    let sees_every_log = viewer_row.account.administers(Permission::ViewAudit);
    match wanted {
        None if sees_every_log => Ok(Readable { group: None, seq, unseen: Vec::new() }),
        None => Err(Refusal::from(Denial::StaffPermissionRequired).into()),
        Some(id) if sees_every_log => {
            let row = sqlx::query!("SELECT name FROM groups WHERE id = $1", id.0).fetch_optional(conn).await?;
            let row = row.ok_or(Refusal::Unseen)?;
            Ok(Readable { group: Some(GroupRef { id, name: row.name }), seq, unseen: Vec::new() })
        }
        Some(id) => {
            let group = member_list::find_in_full(conn, &viewer_row, id).await?;
            let unseen = list_unseen(conn, &viewer_row, id).await?;
            Ok(Readable { group: Some(group.reference()), seq, unseen })
        }
    }
}

/// The places of the rows in a group's log that name a group of which the viewer, who reads it, knows nothing: `sight::event`
/// in SQL. They are few: groups that came to lead this one, or do no more.
async fn list_unseen(conn: &mut Conn, viewer_row: &ViewerRow, group: GroupId) -> Result<Vec<i64>, Fault> {
    if authority::administers_groups(&Actor::User(viewer_row.account.clone())) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM feed WHERE group_id = ").push_bind(group.0);
    let [added, removed] = NAMING_A_GROUP.map(|kind| kind.stored());
    query.push(" AND kind IN (").push(added).push(", ").push(removed).push(")");
    let naming = logged(query.build_query_as().fetch_all(&mut *conn).await?)?;
    let named: Vec<(Seq, GroupId)> =
        naming.iter().filter_map(|logged| Some((logged.seq, logged.event.what.leader_group()?.id))).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<i64> = named.iter().map(|(_, group)| group.0).collect();
    let seen = list_seen(conn, viewer_row, &ids.into_iter().collect::<Vec<_>>()).await?;
    Ok(named.into_iter().filter(|(_, group)| !seen.contains(group)).map(|(seq, _)| seq.0).collect())
}

/// How far the clocks of the processes that share a database may differ, in seconds.
const SKEW: i64 = 3600;

/// Places in the feed between which every row of a span of time lies.
#[derive(Default)]
struct Bounds {
    from: Option<i64>,
    to: Option<i64>,
}

impl Bounds {
    /// Looked up by the index over times, so that no walk along places goes through years that are not asked for.
    async fn of(conn: &mut Conn, wanted: &AuditQuery) -> sqlx::Result<Self> {
        let mut bounds = Self::default();
        if let Some(from) = wanted.from {
            let from = from.plus_seconds(-SKEW).0;
            bounds.from = sqlx::query_scalar!(
                r#"SELECT seq AS "seq!: i64" FROM feed WHERE at < $1 ORDER BY at DESC, seq DESC LIMIT 1"#,
                from
            )
            .fetch_optional(&mut *conn)
            .await?;
        }
        if let Some(to) = wanted.to {
            let to = to.plus_seconds(SKEW).0;
            bounds.to = sqlx::query_scalar!(
                r#"SELECT seq AS "seq!: i64" FROM feed WHERE at >= $1 ORDER BY at, seq LIMIT 1"#,
                to
            )
            .fetch_optional(conn)
            .await?;
        }
        Ok(bounds)
    }
}

/// As many rows as these and one more, without those at places that are not to be seen.
///
/// A filter by type or action becomes one statement part for each kind of event it lets through, each a walk along an
/// index, of which the newest are taken: a filter that lets little through would else read all events to find it. What
/// was done to one user is little enough to be walked through whole.
async fn list(conn: &mut Conn, wanted: &AuditQuery, unseen: &[i64], rows: usize) -> Result<Vec<EventRow>, Fault> {
    let is_any_kind = wanted.kind.is_none() && wanted.action.is_none();
    let kinds = codes_filed_under(wanted.kind, wanted.action);
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<Option<i64>> =
        if is_any_kind || wanted.requestor.is_some() { vec![None] } else { kinds.iter().copied().map(Some).collect() };
    let bounds = Bounds::of(conn, wanted).await?;
    let limit = rows + 1;
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM (");
    for (place, kind) in parts.into_iter().enumerate() {
        query.push(if place == 0 { "SELECT * FROM (SELECT " } else { " UNION ALL SELECT * FROM (SELECT " });
        query.push(EVENT).push(" FROM feed WHERE TRUE");
        if let Some(kind) = kind {
            // Written out: a plan for any kind would read everything to find the events of a rare one.
            query.push(" AND kind = ").push(kind);
        } else if !is_any_kind {
            // The sign keeps the index over kinds out of it.
            query.push(" AND +kind IN (");
            let mut codes = query.separated(", ");
            for kind in &kinds {
                codes.push(kind);
            }
            query.push(")");
        }
        push_filters(&mut query, wanted, &bounds);
        push_not_at(&mut query, unseen);
        query.push(" ORDER BY seq DESC LIMIT ").push(limit).push(") AS one_kind");
    }
    query.push(") AS all_kinds ORDER BY seq DESC LIMIT ").push(limit);
    Ok(query.build_query_as().fetch_all(conn).await?)
}

/// Adds what every row of a part passes.
fn push_filters(query: &mut QueryBuilder<Db>, wanted: &AuditQuery, bounds: &Bounds) {
    if let Some(group) = wanted.group {
        query.push(" AND group_id = ").push_bind(group.0);
    }
    if let Some(requestor) = wanted.requestor {
        query.push(" AND subject_id = ").push_bind(requestor.0);
    }
    if let Some(actor) = wanted.actor {
        // As above: what was done to one user is less than what one did.
        query.push(if wanted.requestor.is_some() { " AND +actor_id = " } else { " AND actor_id = " });
        query.push_bind(actor.0);
    }
    if let Some(from) = wanted.from {
        query.push(" AND +at >= ").push_bind(from.0);
    }
    if let Some(to) = wanted.to {
        query.push(" AND +at < ").push_bind(to.0);
    }
    if let Some(after) = bounds.from {
        query.push(" AND seq > ").push_bind(after);
    }
    let before = [paging::number(wanted.cursor.as_ref()), bounds.to].into_iter().flatten().min();
    if let Some(before) = before {
        query.push(" AND seq < ").push_bind(before);
    }
}
