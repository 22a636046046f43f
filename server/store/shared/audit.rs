//! The audit log of one group.

use super::{
    Fault, account,
    event::{EVENT, codes_filed_under, logged},
    group,
};
use crate::{Conn, Db, dialect};
use domain::{
    Actor, AuditPage, AuditQuery, Denial, GroupId, Listing, Logged, Permission, Refusal, Sight, UserId, sight,
};
use sqlx::QueryBuilder;

/// How many rows a page has. The statement asks for one more.
const PAGE: usize = 50;

/// A page of the log, newest first; a refusal comes as a fault.
pub(crate) async fn find(conn: &mut Conn, user: UserId, id: GroupId, wanted: &AuditQuery) -> Result<AuditPage, Fault> {
    let seq = dialect::head(conn).await?;
    let account = account::find_active(conn, user).await?.ok_or(Refusal::Unseen)?;
    let (group, _) = group::find(conn, id).await?.ok_or(Refusal::Unseen)?;
    let standing = group::standing(conn, id, user).await?;
    let sees_every_log = account.administers(Permission::ViewAudit);
    match sight::of(&Actor::User(account), &group, standing) {
        _ if sees_every_log => {}
        Sight::Full => {}
        Sight::Summary => return Err(Refusal::from(Denial::NotAManager).into()),
        Sight::Hidden => return Err(Refusal::Unseen.into()),
    }
    let mut items = list(conn, id, wanted).await?;
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let next_cursor = items.last().filter(|_| more).map(|last| last.seq.to_string());
    Ok(AuditPage { group: group.reference(), query: wanted.clone(), listing: Listing { items, next_cursor, seq } })
}

/// The rows of a page and one more.
///
/// A filter becomes one statement part for each kind of event it lets through, each a walk along an index, of which the
/// newest are taken: a filter that lets little through would else read all the group's events to find it.
async fn list(conn: &mut Conn, id: GroupId, wanted: &AuditQuery) -> Result<Vec<Logged>, Fault> {
    let before = wanted.cursor.as_deref().and_then(|cursor| cursor.parse::<i64>().ok());
    let kinds: Vec<Option<i64>> = if wanted.kind.is_none() && wanted.action.is_none() {
        vec![None]
    } else {
        codes_filed_under(wanted.kind, wanted.action).into_iter().map(Some).collect()
    };
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM (");
    for (place, kind) in kinds.into_iter().enumerate() {
        query.push(if place == 0 { "SELECT * FROM (SELECT " } else { " UNION ALL SELECT * FROM (SELECT " });
        query.push(EVENT).push(" FROM feed WHERE group_id = ").push_bind(id.0);
        if let Some(kind) = kind {
            // Written out: a plan for any kind would read all the group's events to find those of a rare one.
            query.push(" AND kind = ").push(kind);
        }
        if let Some(before) = before {
            query.push(" AND seq < ").push_bind(before);
        }
        query.push(" ORDER BY seq DESC LIMIT 51) AS one_kind");
    }
    query.push(") AS all_kinds ORDER BY seq DESC LIMIT 51");
    Ok(logged(query.build_query_as().fetch_all(conn).await?)?)
}
