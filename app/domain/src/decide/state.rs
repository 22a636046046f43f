//! Making, changing and deleting states.

use super::{Answer, about_instance, and_settle};
use crate::{
    Actor, Conflict, Denial, EventPayload, Facts, Holder, Permission, Permissions, Refusal, State, StateChange,
    StateDraft, StateId, Who, state_of,
};

/// Moving a definition moves people. Staff may, as far as nobody comes by it to what staff may not hand out: those whom
/// the state takes in to what it opens, those whom it lets go to what a lower one opens; and the actor to no more than
/// they hold.
fn may_define(actor: &Actor, facts: &Facts, before: Option<&State>, after: Option<&State>) -> Result<(), Denial> {
    if !actor.administers(Permission::ManageStates) {
        return Err(Denial::StaffPermissionRequired);
    }
    let states = &facts.states;
    if let Some(after) = after.filter(|after| before.is_none_or(|before| takes_more(before, after))) {
        states.opens(after.id).entrusted_to(actor)?;
    }
    if let Some(before) = before.filter(|before| after.is_none_or(|after| takes_more(after, before))) {
        let opened = states.opens(before.id);
        let lower = states.all.iter().filter(|other| other.id != before.id && other.priority < before.priority);
        for other in lower {
            states.opens(other.id).beyond(opened).entrusted_to(actor)?;
        }
    }
    let redefined: Vec<State> =
        states.all.iter().filter(|state| before.is_none_or(|it| it.id != state.id)).chain(after).cloned().collect();
    let own = state_of(states.actor_main.as_ref(), &redefined);
    match actor.account() {
        Some(account) if account.state != own => states.opens(own).given_by(actor),
        Some(_) | None => Ok(()),
    }
}

/// Whether somebody may be in the state as it is `then` who was not, or was in a higher one, as it is `now`.
fn takes_more(now: &State, then: &State) -> bool {
    let adds = |now: &[i64], then: &[i64]| then.iter().any(|id| !now.contains(id));
    then.priority > now.priority
        || (then.public && !now.public)
        || adds(&now.scope.characters, &then.scope.characters)
        || adds(&now.scope.corporations, &then.scope.corporations)
        || adds(&now.scope.alliances, &then.scope.alliances)
        || adds(&now.scope.factions, &then.scope.factions)
}

fn is_free(facts: &Facts, is_new_name: bool) -> Result<(), Refusal> {
    if is_new_name && facts.name.taken {
        Err(Conflict::NameTaken.into())
    } else if facts.states.priority_taken {
        Err(Conflict::PriorityTaken.into())
    } else {
        Ok(())
    }
}

/// The answer about a state that is not there.
fn unknown(actor: &Actor) -> Refusal {
    if actor.administers(Permission::ManageStates) { Refusal::Unseen } else { Denial::StaffPermissionRequired.into() }
}

/// Staff define states; what these give is a superuser's to say.
pub(super) fn create(actor: &Actor, draft: &StateDraft, facts: &Facts) -> Answer {
    let state = State {
        id: StateId::UNASSIGNED,
        name: draft.name.as_str().to_owned(),
        priority: draft.priority,
        public: draft.public,
        permissions: draft.permissions,
        scope: draft.scope.clone(),
    };
    may_define(actor, facts, None, Some(&state))?;
    may_give(actor, Permissions::NONE, state.permissions)?;
    is_free(facts, true)?;
    Ok(and_settle(vec![about_instance(EventPayload::StateCreated(Box::new(state)))], Who::Everyone))
}

pub(super) fn edit(actor: &Actor, change: &StateChange, facts: &Facts) -> Answer {
    let (before, after) = match &facts.states.named {
        Some(before) => (before, change.applied_to(before)),
        None => return Err(unknown(actor)),
    };
    may_define(actor, facts, Some(before), Some(&after))?;
    let permissions = change.permissions.unwrap_or(before.permissions);
    may_give(actor, before.permissions, permissions)?;
    let redefined = (after.priority, after.public, &after.scope) != (before.priority, before.public, &before.scope);
    if redefined && before.id == State::GUEST {
        return Err(Conflict::GuestState.into());
    }
    is_free(facts, after.name != before.name)?;
    let edited = EventPayload::StateEdited { before: Box::new(before.clone()), after: Box::new(after.clone()) };
    let edited = (after != *before).then_some(edited);
    let holder = Holder::State(before.id);
    let given = permissions.minus(before.permissions).iter().map(|given| EventPayload::PermissionGiven(holder, given));
    let taken = before.permissions.minus(permissions).iter().map(|taken| EventPayload::PermissionTaken(holder, taken));
    let events = edited.into_iter().chain(given).chain(taken).map(about_instance).collect();
    let requesters = |held: Permissions| held.contains(Permission::RequestGroups);
    Ok(if redefined {
        and_settle(events, Who::Everyone)
    } else if requesters(permissions) != requesters(before.permissions) {
        // R7: whoever comes to hold `request_groups`, or holds it no more, is settled.
        and_settle(events, Who::State(before.id))
    } else {
        events.into()
    })
}

/// Giving permissions, and taking them, is for superusers.
fn may_give(actor: &Actor, before: Permissions, after: Permissions) -> Result<(), Denial> {
    if before == after || actor.is_superuser() { Ok(()) } else { Err(Denial::SuperuserRequired) }
}

/// Groups that were open to this state alone are open to nobody's state then: the store drops the state from the
/// groups' lists only together with the members it let in, so a group never opens to all by the loss of a state.
pub(super) fn delete(actor: &Actor, facts: &Facts) -> Answer {
    let Some(state) = &facts.states.named else { return Err(unknown(actor)) };
    may_define(actor, facts, Some(state), None)?;
    if state.id == State::GUEST {
        return Err(Conflict::GuestState.into());
    }
    Ok(and_settle(vec![about_instance(EventPayload::StateDeleted(Box::new(state.clone())))], Who::Everyone))
}
