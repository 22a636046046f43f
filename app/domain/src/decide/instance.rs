//! Reserved names and settings.

use super::{Answer, about_instance};
use crate::{
    Actor, Cascade, Conflict, Decision, Denial, EventPayload, Facts, Flaw, GroupName, Note, Permission, Problem,
    Refusal, ReservedNameId, SettingsChange, Trigger, Who,
};

/// R12: what a group uses cannot be reserved.
pub(super) fn reserve_name(actor: &Actor, name: &GroupName, reason: &Note, facts: &Facts) -> Answer {
    if !actor.administers(Permission::ManageReservedNames) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    if facts.name.taken {
        return Err(Conflict::NameInUse.into());
    }
    if facts.name.reserved {
        return Err(Conflict::NameReserved.into());
    }
    let what = EventPayload::NameReserved(name.as_str().to_owned());
    Ok(vec![about_instance(what).with_reason(reason.as_str().to_owned())].into())
}

pub(super) fn free_name(actor: &Actor, id: ReservedNameId, reason: Option<&Note>, facts: &Facts) -> Answer {
    if !actor.administers(Permission::ManageReservedNames) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    let name = facts.reserved_name.clone().ok_or(Refusal::Unseen)?;
    let reason = reason.map(|reason| reason.as_str().to_owned());
    Ok(vec![about_instance(EventPayload::NameFreed(id, name)).with_reason(reason)].into())
}

pub(super) fn change_settings(actor: &Actor, change: &SettingsChange, facts: &Facts) -> Answer {
    if !actor.administers(Permission::ManageSettings) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    let before = facts.settings;
    let after = change.applied_to(&before);
    if !(1..=1000).contains(&after.notifications_max_per_user) {
        return Err(Problem::new("notifications_max_per_user", Flaw::OutOfRange(1, 1000)).into());
    }
    if after == before {
        return Ok(Vec::new().into());
    }
    // R8: nobody is left waiting to leave what can be left at once.
    let cascade = (after.auto_leave && !before.auto_leave)
        .then_some(Cascade { who: Who::LeaveApplicants, trigger: Trigger::AutoLeave });
    Ok(Decision { events: vec![about_instance(EventPayload::SettingsChanged { before, after })], cascade })
}
