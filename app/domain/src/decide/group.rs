//! Making, changing and deleting groups.

use super::{Answer, about_group};
use crate::{
    Actor, Cascade, Conflict, Decision, Denial, EventPayload, Facts, Flag, Flaw, Group, GroupChange, GroupDraft,
    GroupId, Holder, Permission, Permissions, Problem, Reach, Refusal, Sight, State, Trigger, Who, sight,
};

/// The group, where the actor sees it and may administer groups.
pub(super) fn administered<'a>(actor: &Actor, facts: &'a Facts) -> Result<&'a Group, Refusal> {
    let group = facts.group.as_ref().ok_or(Refusal::Unseen)?;
    if facts.sight_of_group(actor) == Sight::Hidden {
        return Err(Refusal::Unseen);
    }
    if actor.administers(Permission::ManageGroups) { Ok(group) } else { Err(Denial::StaffPermissionRequired.into()) }
}

fn name_is_free(facts: &Facts) -> Result<(), Refusal> {
    if facts.name.reserved {
        Err(Conflict::NameReserved.into())
    } else if facts.name.taken {
        Err(Conflict::NameTaken.into())
    } else {
        Ok(())
    }
}

fn states_exist(wanted: &[crate::StateId], states: &[State]) -> Result<(), Refusal> {
    if wanted.iter().all(|id| states.iter().any(|state| state.id == *id)) {
        Ok(())
    } else {
        Err(Problem::new("states", Flaw::Unknown).into())
    }
}

/// Staff with `manage_groups` make groups; what is restricted or carries permissions only a superuser may make (R5).
pub(super) fn create(actor: &Actor, draft: &GroupDraft, facts: &Facts) -> Answer {
    if !actor.administers(Permission::ManageGroups) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    if (draft.flags.has(Flag::Restricted) || !draft.permissions.is_empty()) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    name_is_free(facts)?;
    states_exist(&draft.states, &facts.states.all)?;
    if draft.leaders.iter().any(|id| facts.named_leaders.iter().all(|person| person.id != *id)) {
        return Err(Problem::new("leaders", Flaw::Unknown).into());
    }
    if draft.leader_groups.iter().any(|id| facts.named_leader_groups.iter().all(|group| group.id != *id)) {
        return Err(Problem::new("leader_groups", Flaw::Unknown).into());
    }
    let group = Group {
        id: GroupId::UNASSIGNED,
        name: draft.name.as_str().to_owned(),
        description: draft.description.as_str().to_owned(),
        flags: draft.flags,
        auto_leave: draft.auto_leave,
        states: draft.states.clone(),
        permissions: draft.permissions,
    };
    let leaders =
        facts.named_leaders.iter().map(|person| about_group(EventPayload::LeaderAdded, &group).about(person.clone()));
    let leading = facts
        .named_leader_groups
        .iter()
        .map(|leading| about_group(EventPayload::LeaderGroupAdded(leading.clone()), &group));
    let created = about_group(EventPayload::GroupCreated(Box::new(group.clone())), &group);
    Ok([created].into_iter().chain(leaders).chain(leading).collect::<Vec<_>>().into())
}

/// Staff edit what is not restricted (R5); flags and states only as far as the group reaches no further than they do.
/// Permissions are a superuser's.
pub(super) fn edit(actor: &Actor, change: &GroupChange, facts: &Facts) -> Answer {
    let before = administered(actor, facts)?;
    let after = change.applied_to(before);
    let permissions = change.permissions.unwrap_or(before.permissions);
    let superusers_only =
        before.flags.has(Flag::Restricted) || after.flags.has(Flag::Restricted) || permissions != before.permissions;
    if superusers_only && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    let opens = (after.flags, after.auto_leave, &after.states) != (before.flags, before.auto_leave, &before.states);
    if opens {
        // R5, and whoever could open the door of a group could hand out what is behind it.
        facts.reach.given_by(actor)?;
    }
    if after.name != before.name {
        name_is_free(facts)?;
    }
    states_exist(&after.states, &facts.states.all)?;
    let what = EventPayload::GroupEdited { before: Box::new(before.clone()), after: Box::new(after.clone()) };
    let edited = (after != *before).then(|| about_group(what, &after));
    let holder = Holder::Group(before.id);
    let given = permissions.minus(before.permissions).iter().map(|given| EventPayload::PermissionGiven(holder, given));
    let taken = before.permissions.minus(permissions).iter().map(|taken| EventPayload::PermissionTaken(holder, taken));
    let events = edited.into_iter().chain(given.chain(taken).map(|what| about_group(what, &after))).collect();
    let requesters = |held: Permissions| held.contains(Permission::RequestGroups);
    let settles = opens || requesters(permissions) != requesters(before.permissions);
    let closes = before.flags.has(Flag::Public) && !after.flags.has(Flag::Public);
    let trigger = if closes { Trigger::NoLongerPublic(before.id) } else { Trigger::Rights };
    Ok(Decision { events, cascade: settles.then_some(Cascade { who: Who::Group(before.id), trigger }) })
}

/// R15: the memberships end and the requests close, each with its own event; the log stays. A group that leads a restricted
/// one is a leader group of that, and those are a superuser's to take (R5).
pub(super) fn delete(actor: &Actor, facts: &Facts) -> Answer {
    let group = administered(actor, facts)?;
    if Reach::of(group).union(facts.reach).restricted && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    let cascade = Some(Cascade { who: Who::Group(group.id), trigger: Trigger::GroupDeleted(group.id) });
    Ok(Decision { events: vec![about_group(EventPayload::GroupDeleted, group)], cascade })
}

/// R2: leaders and managers replace the link; staff too, but for restricted groups (R5).
pub(super) fn replace_join_link(actor: &Actor, facts: &Facts) -> Answer {
    let group = facts.group.as_ref().ok_or(Refusal::Unseen)?;
    if facts.sight_of_group(actor) == Sight::Hidden {
        return Err(Refusal::Unseen);
    }
    sight::may_hand_out_link(actor, group.flags, facts.standing, Reach::of(group).union(facts.reach))?;
    Ok(vec![about_group(EventPayload::JoinLinkReplaced, group)].into())
}
