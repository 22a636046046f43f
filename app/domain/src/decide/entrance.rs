//! The ways in that are made of a link: registering, invitations, and setting another password without the old one.

use super::{
    Answer, about_instance, about_person,
    account::{administered, are_free, may_stand_in_for, tokens_revoked},
    and_settle,
};
use crate::{
    Actor, Denial, EventPayload, Facts, Flaw, Invitation, InvitationDraft, InvitationId, Permission, Person, Problem,
    Refusal, Registration, RegistrationDraft, Timestamp, UserId, Who,
};
use std::iter::once;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Whoever has no account makes one: as the setting says, for all or by an invitation. It is an account without any
/// right; whom staff want to give more, they give it.
pub(super) fn register(actor: &Actor, draft: &RegistrationDraft, facts: &Facts, now: Timestamp) -> Answer {
    if !matches!(actor, Actor::Nobody) {
        return Err(Refusal::Unseen);
    }
    let invitation = match facts.settings.registration {
        Registration::Closed => return Err(Denial::RegistrationClosed.into()),
        Registration::Open => None,
        Registration::Invitation => match &facts.invitation {
            Some(invitation) if invitation.is_live(now) => Some(invitation.id),
            Some(_) | None => return Err(Denial::InvitationRequired.into()),
        },
    };
    are_free(facts.name)?;
    let username = draft.username.as_str().to_owned();
    let person = Person { id: UserId::UNASSIGNED, username, main_character: None };
    let what = EventPayload::Registered { draft: Box::new(draft.clone()), invitation };
    Ok(and_settle(vec![about_person(what, &person)], Who::User(UserId::UNASSIGNED)))
}

/// Staff with `manage_users` invite.
pub(super) fn invite(actor: &Actor, draft: &InvitationDraft, now: Timestamp) -> Answer {
    if !actor.administers(Permission::ManageUsers) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    if !(1..=InvitationDraft::MOST_USES).contains(&draft.uses) {
        return Err(Problem::new("uses", Flaw::OutOfRange(1, InvitationDraft::MOST_USES)).into());
    }
    let latest = now.plus_seconds(i64::from(InvitationDraft::MOST_DAYS) * DAY_SECONDS);
    if draft.ends_at <= now || draft.ends_at > latest {
        return Err(Problem::new("ends_at", Flaw::OutOfRange(1, InvitationDraft::MOST_DAYS)).into());
    }
    let invitation = Invitation {
        id: InvitationId::UNASSIGNED,
        uses: draft.uses,
        used: 0,
        ends_at: draft.ends_at,
        revoked: false,
        note: draft.note.as_ref().map(|note| note.as_str().to_owned()),
    };
    Ok(vec![about_instance(EventPayload::InvitationCreated(Box::new(invitation)))].into())
}

/// Any of them revokes what any of them made.
pub(super) fn revoke(actor: &Actor, facts: &Facts) -> Answer {
    if !actor.administers(Permission::ManageUsers) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    let invitation = facts.invitation.as_ref().ok_or(Refusal::Unseen)?;
    if invitation.revoked {
        return Ok(Vec::new().into());
    }
    let revoked = Invitation { revoked: true, ..invitation.clone() };
    Ok(vec![about_instance(EventPayload::InvitationRevoked(Box::new(revoked)))].into())
}

/// A link by which a user sets another password lets whoever has it into the account, so it asks what setting the
/// password asks.
pub(super) fn make_reset_link(actor: &Actor, facts: &Facts) -> Answer {
    let subject = administered(actor, facts)?;
    may_stand_in_for(subject, actor)?;
    Ok(vec![about_person(EventPayload::ResetLinkMade, &subject.account.person)].into())
}

/// Whoever has the link sets the password. Whoever made it must still be one who may: an account that has come to more
/// in the meantime is not taken over by a link from before.
pub(super) fn reset_password(facts: &Facts, now: Timestamp) -> Answer {
    let link = facts.reset_link.as_ref().filter(|link| now < link.ends_at).ok_or(Refusal::Unseen)?;
    let subject = facts.subject.as_ref().filter(|subject| subject.account.active).ok_or(Refusal::Unseen)?;
    let stands = administered(&link.author, facts).is_ok() && may_stand_in_for(subject, &link.author).is_ok();
    if stands {
        let person = &subject.account.person;
        let reset = about_person(EventPayload::PasswordReset, person);
        Ok(once(reset).chain(tokens_revoked(person, facts)).collect::<Vec<_>>().into())
    } else {
        Err(Refusal::Unseen)
    }
}
