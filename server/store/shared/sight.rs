//! Who may know of a group, in SQL: `domain::sight` for the viewer `v` and `groups g`. Everything that depends on the
//! viewer alone is known before a statement is put together.

use super::{account::ViewerRow, counts::Scope, group::IS_MEMBER};
use crate::{Conn, Db, dialect};
use domain::{Account, Actor, FoundBy, GroupId, Permission, authority};
use sqlx::QueryBuilder;
use std::collections::HashSet;

/// Narrows a statement to what the groups page shows: `sight::is_listed`.
pub(crate) fn narrow_to_listed(query: &mut QueryBuilder<Db>, viewer_row: &ViewerRow) {
    narrow(query, viewer_row, " OR NOT g.hidden AND ");
}

/// Narrows a statement to the groups the viewer sees at all: `sight::group`.
pub(crate) fn narrow_to_seen(query: &mut QueryBuilder<Db>, viewer_row: &ViewerRow) {
    if !authority::administers_groups(&Actor::User(viewer_row.account.clone())) {
        narrow(query, viewer_row, " OR ");
    }
}

/// Narrows a statement to the groups whose join link opens something for the viewer: all but internal ones (R1).
pub(crate) fn narrow_to_linked(query: &mut QueryBuilder<Db>, viewer_row: &ViewerRow) {
    if !authority::administers_groups(&Actor::User(viewer_row.account.clone())) {
        query.push(" AND NOT g.internal");
    }
}

/// Narrows a statement to groups that are not internal: those the viewer is in, those that are not hidden and that they
/// could enter or are shown anyhow, and of those they decide for what `or` lets through.
fn narrow(query: &mut QueryBuilder<Db>, viewer_row: &ViewerRow, or: &'static str) {
    query.push(" AND NOT g.internal AND (NOT g.hidden");
    if viewer_row.way == FoundBy::Use {
        query.push(" AND ");
        push_admits(query, &viewer_row.account);
    }
    query.push(" OR ").push(IS_MEMBER).push(or);
    Scope::of(viewer_row).push_decided(query);
    query.push(")");
}

/// Whether the viewer could enter the group, which is not internal: `domain::may_enter`.
pub(crate) fn push_admits(query: &mut QueryBuilder<Db>, account: &Account) {
    query.push("(");
    if !account.holds(Permission::RequestGroups) {
        query.push("g.public AND ");
    }
    query.push(
        "(NOT EXISTS (SELECT 1 FROM group_states gs WHERE gs.group_id = g.id) \
         OR EXISTS (SELECT 1 FROM group_states gs WHERE gs.group_id = g.id AND gs.state_id = ",
    );
    query.push_bind(account.state.0).push(")))");
}

/// Those of the groups, live or gone, that the viewer sees at all.
pub(crate) async fn list_seen(conn: &mut Conn, viewer_row: &ViewerRow, ids: &[i64]) -> sqlx::Result<HashSet<GroupId>> {
    let mut query = QueryBuilder::<Db>::new("SELECT g.id FROM (SELECT CAST(");
    query.push_bind(viewer_row.account.person.id.0);
    query.push(" AS BIGINT) AS id) AS v CROSS JOIN groups g WHERE g.id");
    dialect::push_is_any_of(&mut query, ids);
    narrow_to_seen(&mut query, viewer_row);
    let seen: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    Ok(seen.into_iter().map(GroupId).collect())
}
