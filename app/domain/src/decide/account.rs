//! Making, changing and deleting accounts.

use super::{Answer, about_person, and_settle};
use crate::{
    Account, Actor, Character, Conflict, Denial, Event, EventPayload, Facts, FailedSignIns, Holder, NameFacts,
    NamedLead, Permission, Permissions, Person, Reach, Refusal, Subject, UserChange, UserDraft, UserId, Who, state_of,
};

/// Staff with `manage_users` make users, superusers make staff and superusers. While there is no user at all, whoever
/// asks makes the first one, and it is a superuser (`/setup`).
pub(super) fn create(actor: &Actor, draft: &UserDraft, facts: &Facts) -> Answer {
    if !actor.administers(Permission::ManageUsers) {
        let first = matches!(actor, Actor::Nobody) && facts.first_run && draft.superuser;
        return if first { Ok(created(draft)) } else { Err(Denial::StaffPermissionRequired.into()) };
    }
    if (draft.staff || draft.superuser || !draft.permissions.is_empty()) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    are_free(facts.name)?;
    Ok(created(draft))
}

/// Nobody else has the username or the address: one signs in with either.
pub(super) fn are_free(wanted: NameFacts) -> Result<(), Conflict> {
    match wanted {
        NameFacts { taken: true, .. } => Err(Conflict::NameTaken),
        NameFacts { email_taken: true, .. } => Err(Conflict::EmailTaken),
        NameFacts { taken: false, email_taken: false, .. } => Ok(()),
    }
}

fn created(draft: &UserDraft) -> crate::Decision {
    let username = draft.username.as_str().to_owned();
    let person = Person { id: UserId::UNASSIGNED, username, main_character: None };
    let created = about_person(EventPayload::AccountCreated(Box::new(draft.clone())), &person);
    // What the state of guests gives, a new account holds from its first moment on.
    and_settle(vec![created], Who::User(UserId::UNASSIGNED))
}

/// The user, where the actor may administer them: superusers, and staff whose office reaches further than the actor's,
/// are a superuser's.
pub(super) fn administered<'a>(actor: &Actor, facts: &'a Facts) -> Result<&'a Subject, Refusal> {
    if !actor.administers(Permission::ManageUsers) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    let subject = facts.subject.as_ref().ok_or(Refusal::Unseen)?;
    let account = &subject.account;
    let office = Reach { restricted: account.superuser, permissions: account.granted };
    if account.staff || account.superuser {
        office.entrusted_to(actor)?;
    }
    Ok(subject)
}

/// Whether the actor may come into the place of the subject, by a password, an address or what they are called, or bring
/// the account back: not where it could do what the actor cannot. Everybody is in their own place already.
pub(super) fn may_stand_in_for(subject: &Subject, actor: &Actor) -> Result<(), Denial> {
    if actor.id() == Some(subject.account.person.id) {
        return Ok(());
    }
    let permissions = subject.account.granted.union(subject.reach.permissions);
    Reach { permissions, ..subject.reach }.entrusted_to(actor)
}

/// Somebody must be left who can repair everything.
fn is_last_superuser(account: &Account, facts: &Facts) -> bool {
    account.superuser && account.active && facts.superusers <= 1
}

/// Flags and permissions are a superuser's. Permissions come and go by events of their own, as when they are given and
/// taken one by one.
pub(super) fn edit(actor: &Actor, change: &UserChange, facts: &Facts) -> Answer {
    let subject = administered(actor, facts)?;
    let account = &subject.account;
    let before = subject.fields();
    let after = change.applied_to(&before);
    let permissions = change.permissions.unwrap_or(subject.own);
    let promotes = (after.staff, after.superuser) != (before.staff, before.superuser) || permissions != subject.own;
    if promotes && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    if !(after.active && after.superuser) && is_last_superuser(account, facts) {
        return Err(Conflict::LastSuperuser.into());
    }
    // What the account has already is no wish, whoever has the same (R16).
    are_free(NameFacts {
        taken: facts.name.taken && after.username != before.username,
        email_taken: facts.name.email_taken && after.email != before.email,
        ..facts.name
    })?;
    let returns = after.active && !before.active;
    if after.username != before.username || after.email != before.email || returns {
        may_stand_in_for(subject, actor)?;
    }
    if returns {
        let state = state_of(facts.main.as_ref().map(Character::affiliation).as_ref(), &facts.states.all);
        facts.states.opens(state).entrusted_to(actor)?;
    }
    let person = Person { username: after.username.clone(), ..account.person.clone() };
    let requesters = |held: Permissions| held.contains(Permission::RequestGroups);
    let settles = (after.staff, after.superuser, after.active) != (before.staff, before.superuser, before.active)
        || requesters(permissions) != requesters(subject.own);
    let holder = Holder::User(person.id);
    let given = permissions.minus(subject.own).iter().map(|given| EventPayload::PermissionGiven(holder, given));
    let taken = subject.own.minus(permissions).iter().map(|taken| EventPayload::PermissionTaken(holder, taken));
    let edited = (after != before)
        .then(|| EventPayload::AccountEdited { before: Box::new(before.clone()), after: Box::new(after.clone()) });
    let whats = edited.into_iter().chain(given).chain(taken);
    let mut events: Vec<Event> = whats.map(|what| about_person(what, &person)).collect();
    if change.keeps_leads == Some(false) {
        for NamedLead { group, restricted } in &facts.leads {
            if *restricted && !actor.is_superuser() {
                return Err(Denial::SuperuserRequired.into());
            }
            events.push(about_person(EventPayload::LeaderRemoved, &person).in_group(group.clone()));
        }
    }
    if before.active && !after.active {
        events.extend(tokens_revoked(&person, facts));
    }
    Ok(if settles { and_settle(events, Who::User(person.id)) } else { events.into() })
}

pub(super) fn delete(actor: &Actor, facts: &Facts) -> Answer {
    let subject = administered(actor, facts)?;
    if is_last_superuser(&subject.account, facts) {
        return Err(Conflict::LastSuperuser.into());
    }
    // R5: who leads a restricted group, by name or through a group, is a superuser's to take.
    if facts.leads.iter().any(|lead| lead.restricted) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    let person = &subject.account.person;
    Ok(and_settle(vec![about_person(EventPayload::AccountDeleted, person)], Who::User(person.id)))
}

/// One's own, or that of somebody one may administer. Where somebody else sets it, whoever had the account may have made
/// tokens of it: they go with the old password.
pub(super) fn set_password(actor: &Actor, facts: &Facts) -> Answer {
    let own = facts.subject.as_ref().filter(|subject| actor.id() == Some(subject.account.person.id));
    let subject = own.map_or_else(|| administered(actor, facts), Ok)?;
    if own.is_none() {
        may_stand_in_for(subject, actor)?;
    }
    let person = &subject.account.person;
    let mut events = vec![about_person(EventPayload::PasswordSet, person)];
    if own.is_none() {
        events.extend(tokens_revoked(person, facts));
    }
    Ok(events.into())
}

/// Every token of the account is made worthless.
pub(super) fn tokens_revoked<'a>(person: &'a Person, facts: &'a Facts) -> impl Iterator<Item = Event> + 'a {
    facts.tokens.iter().map(|(id, name)| about_person(EventPayload::TokenRevoked(*id, name.clone()), person))
}

/// Whoever is signed in as oneself, or as somebody one may administer, has to sign in again.
pub(super) fn end_sessions(actor: &Actor, tokens: bool, facts: &Facts) -> Answer {
    let own = facts.subject.as_ref().filter(|subject| actor.id() == Some(subject.account.person.id));
    let person = &own.map_or_else(|| administered(actor, facts), Ok)?.account.person;
    let mut events = vec![about_person(EventPayload::SessionsEnded, person)];
    if tokens {
        events.extend(tokens_revoked(person, facts));
    }
    Ok(events.into())
}

/// Muster alone sees the sign-ins of others.
pub(super) fn tell_of_failed_sign_ins(actor: &Actor, failed: &FailedSignIns, facts: &Facts) -> Answer {
    let subject = facts.subject.as_ref().filter(|subject| *actor == Actor::System && subject.account.active);
    let subject = subject.ok_or(Refusal::Unseen)?;
    Ok(vec![about_person(EventPayload::SignInsFailed(Box::new(failed.clone())), &subject.account.person)].into())
}
