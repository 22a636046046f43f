//! Making and changing accounts.

use crate::{Actor, Conflict, Denial, Event, Facts, Permission, Person, Refusal, UserDraft, UserId, What};

/// Staff with `manage_users` make users, superusers make staff and superusers. While there is no user at all, whoever
/// asks makes the first one, and it is a superuser (`/setup`).
pub(super) fn create(actor: &Actor, draft: &UserDraft, facts: &Facts) -> Result<Vec<Event>, Refusal> {
    if !actor.administers(Permission::ManageUsers) {
        let first = matches!(actor, Actor::Nobody) && facts.first_run && draft.superuser;
        return if first { Ok(vec![created(draft)]) } else { Err(Denial::StaffPermissionRequired.into()) };
    }
    if (draft.staff || draft.superuser) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    if facts.name.taken {
        return Err(Conflict::NameTaken.into());
    }
    Ok(vec![created(draft)])
}

fn created(draft: &UserDraft) -> Event {
    let username = draft.username.as_str().to_owned();
    Event {
        what: What::AccountCreated(Box::new(draft.clone())),
        group: None,
        subject: Some(Person { id: UserId::UNASSIGNED, username, main_character: None }),
        request: None,
        cause: None,
        reason: None,
        comment: None,
    }
}
