//! The facts about groups and those who lead them.

use crate::{
    Conn, dialect,
    shared::{Fault, account, group, leader, reach, state},
};
use domain::{
    Actor, Facts, GroupChange, GroupDraft, GroupId, GroupName, LeadingGroup, Permissions, Reach, StateFacts, Subject,
    UserId,
};
use store_model::CallerId;

/// A group that is to be made.
pub(super) async fn of_draft(conn: &mut Conn, caller: CallerId, draft: &GroupDraft) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, _) = account::find_actor_and(conn, caller, None).await?;
    let facts = Facts {
        name: group::name_facts(conn, draft.name.as_str(), None).await?,
        states: StateFacts { all: state::list(conn).await?, ..StateFacts::default() },
        named_leaders: leader::list_people(conn, &draft.leaders).await?,
        named_leader_groups: leader::list_groups(conn, &draft.leader_groups).await?,
        ..Facts::default()
    };
    Ok((actor, facts))
}

/// A group that is to change.
pub(super) async fn of_change(
    conn: &mut Conn,
    caller: CallerId,
    id: GroupId,
    change: &GroupChange,
) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, facts) = of_group(conn, caller, id, None).await?;
    let name = match change.name.as_ref().map(GroupName::as_str) {
        Some(name) => group::name_facts(conn, name, Some(id)).await?,
        None => facts.name,
    };
    let states = StateFacts { all: state::list(conn).await?, ..StateFacts::default() };
    Ok((actor, Facts { name, states, reach: reach::of_group(conn, id).await?, ..facts }))
}

/// A group, how the caller stands to it, and perhaps somebody who leads it or is to.
pub(super) async fn of_group(
    conn: &mut Conn,
    caller: CallerId,
    id: GroupId,
    leader: Option<UserId>,
) -> Result<(Actor, Facts), Fault> {
    let ((actor, standing), leader) = account::find_actor_and_in(conn, caller, leader, Some(id)).await?;
    let Some((group, settings)) = group::find(conn, id).await? else { return Ok((actor, Facts::default())) };
    let mut facts = Facts { group: Some(group), settings, standing, ..Facts::default() };
    if let Some((account, standing)) = leader {
        facts.subject = Some(Subject {
            account,
            own: Permissions::NONE,
            member: standing.member,
            leader: standing.leader,
            open_request: None,
            reach: Reach::default(),
            email: None,
        });
    }
    Ok((actor, facts))
}

/// A group with what it opens.
pub(super) async fn of_reach(conn: &mut Conn, caller: CallerId, id: GroupId) -> Result<(Actor, Facts), Fault> {
    let (actor, facts) = of_group(conn, caller, id, None).await?;
    Ok((actor, Facts { reach: reach::of_group(conn, id).await?, ..facts }))
}

/// Somebody who is to lead a group, or to lead it no more.
pub(super) async fn of_leader(
    conn: &mut Conn,
    caller: CallerId,
    id: GroupId,
    leader: UserId,
) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, facts) = of_group(conn, caller, id, Some(leader)).await?;
    Ok((actor, Facts { reach: reach::of_group(conn, id).await?, ..facts }))
}

/// A group whose members are to lead another, or to lead it no more.
pub(super) async fn of_leading(
    conn: &mut Conn,
    caller: CallerId,
    id: GroupId,
    leading: GroupId,
) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, facts) = of_group(conn, caller, id, None).await?;
    let leading = match group::find(conn, leading).await? {
        Some((group, _)) => Some(LeadingGroup { leads: leader::leads(conn, id, leading).await?, group }),
        None => None,
    };
    Ok((actor, Facts { leading, reach: reach::of_group(conn, id).await?, ..facts }))
}
