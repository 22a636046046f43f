//! Making and changing groups.

use crate::{Actor, Conflict, Denial, Event, Facts, Group, GroupDraft, GroupId, GroupRef, Permission, Refusal, What};

/// Staff with `manage_groups` make groups; what is restricted or carries permissions only a superuser may make (R5).
pub(super) fn create(actor: &Actor, draft: &GroupDraft, facts: &Facts) -> Result<Vec<Event>, Refusal> {
    if !actor.administers(Permission::ManageGroups) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    if (draft.flags.restricted || !draft.permissions.is_empty()) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    if facts.name.reserved {
        return Err(Conflict::NameReserved.into());
    }
    if facts.name.taken {
        return Err(Conflict::NameTaken.into());
    }
    let name = draft.name.as_str().to_owned();
    let group = Group {
        id: GroupId::UNASSIGNED,
        name: name.clone(),
        description: draft.description.as_str().to_owned(),
        flags: draft.flags,
        auto_leave: draft.auto_leave,
        states: draft.states.clone(),
        permissions: draft.permissions,
    };
    Ok(vec![Event {
        what: What::GroupCreated(Box::new(group)),
        group: Some(GroupRef { id: GroupId::UNASSIGNED, name }),
        subject: None,
        request: None,
        cause: None,
        reason: None,
        comment: None,
    }])
}
