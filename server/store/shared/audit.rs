//! The audit log: of one group, or of everything.

use super::{
    Fault, account,
    event::{EVENT, EventRow, codes_filed_under, logged},
    group, paging,
};
use crate::{Conn, Db, dialect};
use domain::{
    Account, Actor, AuditPage, AuditQuery, Denial, GroupId, GroupRef, Listing, Logged, Permission, Refusal, Sight,
    UserId, sight,
};
use sqlx::QueryBuilder;

/// A page of the log, newest first; a refusal comes as a fault.
pub(crate) async fn find(conn: &mut Conn, user: UserId, wanted: &AuditQuery) -> Result<AuditPage, Fault> {
    let seq = dialect::head(conn).await?;
    let group = find_readable(conn, user, wanted.group).await?;
    let mut rows = list(conn, wanted, wanted.limit.rows()).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |last| last.seq.to_string());
    Ok(AuditPage { group, query: wanted.clone(), listing: Listing { items: logged(rows)?, next_cursor, seq } })
}

/// The next rows of a log that is read to its end, and where to go on.
pub(crate) async fn find_batch(
    conn: &mut Conn,
    user: UserId,
    wanted: &AuditQuery,
) -> Result<(Vec<Logged>, Option<String>), Fault> {
    find_readable(conn, user, wanted.group).await?;
    let mut rows = list(conn, wanted, BATCH).await?;
    let more = rows.len() > BATCH;
    rows.truncate(BATCH);
    let next_cursor = rows.last().filter(|_| more).map(|last| last.seq.to_string());
    Ok((logged(rows)?, next_cursor))
}

/// How many rows a batch has.
const BATCH: usize = 1000;

/// The group whose log is asked for, where the user may read it: who may read all of it may read that of a group that is
/// gone too (R15).
async fn find_readable(conn: &mut Conn, user: UserId, wanted: Option<GroupId>) -> Result<Option<GroupRef>, Fault> {
    let account = account::find_active(conn, user).await?.ok_or(Refusal::Unseen)?;
    let sees_every_log = account.administers(Permission::ViewAudit);
    match wanted {
        None if sees_every_log => Ok(None),
        None => Err(Refusal::from(Denial::StaffPermissionRequired).into()),
        Some(id) if sees_every_log => {
            let row = sqlx::query!("SELECT name FROM groups WHERE id = $1", id.0).fetch_optional(conn).await?;
            let row = row.ok_or(Refusal::Unseen)?;
            Ok(Some(GroupRef { id, name: row.name }))
        }
        Some(id) => find_decided(conn, account, id).await.map(Some),
    }
}

/// A live group that the account sees in full.
async fn find_decided(conn: &mut Conn, account: Account, id: GroupId) -> Result<GroupRef, Fault> {
    let user = account.person.id;
    let (group, _) = group::find(conn, id).await?.ok_or(Refusal::Unseen)?;
    let standing = group::standing(conn, id, user).await?;
    match sight::of(&Actor::User(account), &group, standing) {
        Sight::Full => Ok(group.reference()),
        Sight::Summary => Err(Refusal::from(Denial::NotAManager).into()),
        Sight::Hidden => Err(Refusal::Unseen.into()),
    }
}

/// As many rows as these and one more.
///
/// A filter by type or action becomes one statement part for each kind of event it lets through, each a walk along an
/// index, of which the newest are taken: a filter that lets little through would else read all events to find it.
async fn list(conn: &mut Conn, wanted: &AuditQuery, rows: usize) -> Result<Vec<EventRow>, Fault> {
    let kinds: Vec<Option<i64>> = if wanted.kind.is_none() && wanted.action.is_none() {
        vec![None]
    } else {
        codes_filed_under(wanted.kind, wanted.action).into_iter().map(Some).collect()
    };
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let limit = rows + 1;
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM (");
    for (place, kind) in kinds.into_iter().enumerate() {
        query.push(if place == 0 { "SELECT * FROM (SELECT " } else { " UNION ALL SELECT * FROM (SELECT " });
        query.push(EVENT).push(" FROM feed WHERE TRUE");
        push_filters(&mut query, wanted, kind);
        query.push(" ORDER BY seq DESC LIMIT ").push(limit).push(") AS one_kind");
    }
    query.push(") AS all_kinds ORDER BY seq DESC LIMIT ").push(limit);
    Ok(query.build_query_as().fetch_all(conn).await?)
}

/// Adds what every row of a part passes.
fn push_filters(query: &mut QueryBuilder<Db>, wanted: &AuditQuery, kind: Option<i64>) {
    if let Some(kind) = kind {
        // Written out: a plan for any kind would read everything to find the events of a rare one.
        query.push(" AND kind = ").push(kind);
    }
    if let Some(group) = wanted.group {
        query.push(" AND group_id = ").push_bind(group.0);
    }
    if let Some(requestor) = wanted.requestor {
        query.push(" AND subject_id = ").push_bind(requestor.0);
    }
    if let Some(actor) = wanted.actor {
        query.push(" AND actor_id = ").push_bind(actor.0);
    }
    if let Some(from) = wanted.from {
        query.push(" AND at >= ").push_bind(from.0);
    }
    if let Some(to) = wanted.to {
        query.push(" AND at < ").push_bind(to.0);
    }
    if let Some(before) = paging::number(wanted.cursor.as_ref()) {
        query.push(" AND seq < ").push_bind(before);
    }
}
