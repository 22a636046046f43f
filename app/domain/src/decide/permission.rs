//! Giving and taking permissions: superusers only.

use super::{Answer, about_instance, and_settle};
use crate::{Actor, Denial, EventPayload, Facts, Holder, Permission, Refusal, Who};

pub(super) fn give(actor: &Actor, to: Holder, permission: Permission, facts: &Facts) -> Answer {
    change(actor, to, permission, facts, true)
}

pub(super) fn take(actor: &Actor, from: Holder, permission: Permission, facts: &Facts) -> Answer {
    change(actor, from, permission, facts, false)
}

fn change(actor: &Actor, holder: Holder, permission: Permission, facts: &Facts, wanted: bool) -> Answer {
    if !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    if !facts.holder_exists {
        return Err(Refusal::Unseen);
    }
    if facts.holds == wanted {
        return Ok(Vec::new().into());
    }
    let what = if wanted {
        EventPayload::PermissionGiven(holder, permission)
    } else {
        EventPayload::PermissionTaken(holder, permission)
    };
    let event = about_instance(what)
        .in_group(facts.group.as_ref().map(crate::Group::reference))
        .about(facts.subject.as_ref().map(|subject| subject.account.person.clone()));
    if permission != Permission::RequestGroups {
        return Ok(vec![event].into());
    }
    // R7: whoever comes to hold `request_groups`, or holds it no more, is settled.
    let who = match holder {
        Holder::User(user) => Who::User(user),
        Holder::Group(group) => Who::Group(group),
        Holder::State(state) => Who::State(state),
    };
    Ok(and_settle(vec![event], who))
}
