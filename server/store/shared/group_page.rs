//! The page of one group.

use super::{
    Fault,
    account::{self, ViewerRow},
    event::{EVENT, logged},
    group, group_list,
};
use crate::{Conn, Db};
use domain::{
    Account, Actor, Flag, FoundBy, Group, GroupId, GroupKey, GroupPage, Need, Permission, RecordedEvent, Requirement,
    Sight, Standing, Timestamp, UserId, authority, sight,
};
use sqlx::QueryBuilder;

/// The page, where the viewer may see the group: by its id, or through the door of its join link.
pub(crate) async fn find(
    conn: &mut Conn,
    user: UserId,
    key: &GroupKey,
    now: Timestamp,
) -> Result<Option<GroupPage>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let by_link = matches!(key, GroupKey::Link(_));
    // No group has this number: what is not there takes the same way as what is hidden.
    let id = group::find_id(conn, key).await?.unwrap_or(GroupId(0));
    let Some(seen) = group_list::find(conn, &viewer_row, id, by_link, now).await? else { return Ok(None) };
    let ViewerRow { account, seq, way, .. } = viewer_row;
    let actor = Actor::User(account.clone());
    let way = if by_link { FoundBy::Link } else { way };
    if sight::group(&actor, seen.group.outline(), seen.standing, way) == Sight::Hidden {
        return Ok(None);
    }
    Ok(Some(GroupPage {
        requirements: requirements(conn, &account, &seen.group, seen.standing).await?,
        permissions: seen.group.permissions,
        history: history(conn, user, id).await?,
        decides: authority::decides(&actor, seen.group.flags, seen.standing),
        row: seen.row,
        seq,
    }))
}

/// What entering asks for, in the order of `domain::may_enter`, and how much of it the viewer meets.
async fn requirements(
    conn: &mut Conn,
    account: &Account,
    group: &Group,
    standing: Standing,
) -> sqlx::Result<Vec<Requirement>> {
    let mut requirements = Vec::new();
    if !group.states.is_empty() {
        let names = sqlx::query_scalar!(
            "SELECT s.name FROM group_states gs JOIN states s ON s.id = gs.state_id
                WHERE gs.group_id = $1 AND s.deleted_at IS NULL ORDER BY s.priority DESC",
            group.id.0
        )
        .fetch_all(conn)
        .await?;
        requirements.push(Requirement { need: Need::State(names), met: group.admits_state(account.state) });
    }
    if !group.flags.has(Flag::Public) {
        let met = account.holds(Permission::RequestGroups);
        requirements.push(Requirement { need: Need::RequestGroups, met });
    }
    if !group.flags.has(Flag::Open) {
        requirements.push(Requirement { need: Need::Approval, met: standing.member });
    }
    Ok(requirements)
}

/// The viewer's own past with a group, newest first.
async fn history(conn: &mut Conn, user: UserId, group: GroupId) -> Result<Vec<RecordedEvent>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM feed WHERE subject_id = ").push_bind(user.0);
    query.push(" AND group_id = ").push_bind(group.0).push(" ORDER BY seq DESC LIMIT 20");
    Ok(logged(query.build_query_as().fetch_all(conn).await?)?)
}
