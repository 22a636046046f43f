//! Joining, leaving, deciding requests, removing.

use super::{Answer, and_settle_member};
use crate::{
    Account, Actor, Cause, Conflict, Denial, Event, EventPayload, Facts, Flag, Group, Note, Reach, Refusal, Request,
    RequestId, RequestKind, RequestStatus, Sight, Subject, Timestamp, authority, may_enter, may_remove, sight,
};

/// An event about a subject in a group; the caller adds what else there is to say.
fn about(what: EventPayload, group: &Group, account: &Account) -> Event {
    Event::of(what).in_group(group.reference()).about(account.person.clone())
}

fn text(note: Option<&Note>) -> Option<String> {
    note.map(|note| note.as_str().to_owned())
}

/// The end of an open request by a rule (R9).
fn closed(request: &Request, group: &Group, account: &Account, cause: Cause) -> Event {
    about(EventPayload::Closed(request.kind), group, account).of_request(request.id).because(cause)
}

/// The group, where the actor may see it.
fn seen<'a>(actor: &Actor, facts: &'a Facts) -> Result<&'a Group, Refusal> {
    facts.group.as_ref().filter(|_| facts.sight_of_group(actor) != Sight::Hidden).ok_or(Refusal::Unseen)
}

pub(super) fn join(actor: &Actor, reason: Option<&Note>, facts: &Facts, now: Timestamp) -> Answer {
    let group = seen(actor, facts)?;
    let Some(Subject { account, member, open_request, .. }) = &facts.subject else { return Err(Refusal::Unseen) };
    if *member {
        return Err(Conflict::AlreadyMember.into());
    }
    may_enter(group, account)?;
    if group.flags.has(Flag::Open) {
        if !facts.by_link {
            authority::may_let_in(actor, group.flags, facts.standing, Reach::of(group).union(facts.reach))?;
        }
        // R3: joining settles the open request.
        let settled = open_request.iter().map(|request| closed(request, group, account, Cause::Joined));
        return Ok(and_settle_member(
            [about(EventPayload::Joined, group, account)].into_iter().chain(settled).collect(),
            group,
            account.person.id,
        ));
    }
    if open_request.is_some() {
        return Err(Conflict::AlreadyRequested.into());
    }
    not_too_often(facts, now)?;
    Ok(vec![requested(RequestKind::Join, group, account, reason)].into())
}

pub(super) fn leave(actor: &Actor, reason: Option<&Note>, facts: &Facts, now: Timestamp) -> Answer {
    let group = seen(actor, facts)?;
    let Some(Subject { account, member, open_request, .. }) = &facts.subject else { return Err(Refusal::Unseen) };
    if group.flags.has(Flag::Internal) {
        return Err(Denial::GroupInternal.into());
    }
    if !member {
        return Err(Conflict::NotAMember.into());
    }
    if group.flags.has(Flag::Open) || group.auto_leave.is_effective(facts.settings.auto_leave) {
        // R8, R9: leaving at once ends a pending leave request.
        let settled = open_request.iter().map(|request| closed(request, group, account, Cause::NoLongerMember));
        return Ok(and_settle_member(
            [about(EventPayload::Left, group, account).with_reason(text(reason))].into_iter().chain(settled).collect(),
            group,
            account.person.id,
        ));
    }
    if open_request.is_some() {
        return Err(Conflict::AlreadyRequested.into());
    }
    not_too_often(facts, now)?;
    Ok(vec![requested(RequestKind::Leave, group, account, reason)].into())
}

/// Whoever asks and takes it back again and again waits with the next request: until the first of the last few withdrawals
/// is long enough ago.
fn not_too_often(facts: &Facts, now: Timestamp) -> Result<(), Refusal> {
    let Some(first) = facts.withdrawn.get(Facts::WITHDRAWALS - 1) else { return Ok(()) };
    let left = first.plus_seconds(Facts::WITHDRAWALS_WITHIN).0 - now.0;
    if left <= 0 {
        return Ok(());
    }
    Err(Refusal::Slow { retry_after: u32::try_from((left + 999_999) / 1_000_000).unwrap_or(u32::MAX) })
}

fn requested(kind: RequestKind, group: &Group, account: &Account, reason: Option<&Note>) -> Event {
    about(EventPayload::Requested(kind), group, account).of_request(RequestId::UNASSIGNED).with_reason(text(reason))
}

/// The request with its group and applicant, where the actor may know of it.
fn seen_request<'a>(actor: &Actor, facts: &'a Facts) -> Result<(&'a Request, &'a Group, &'a Subject), Refusal> {
    let (Some(request), Some(group), Some(subject)) = (&facts.request, &facts.group, &facts.subject) else {
        return Err(Refusal::Unseen);
    };
    if !sight::request(actor, request, group.flags, facts.standing) {
        return Err(Refusal::Unseen);
    }
    Ok((request, group, subject))
}

/// R9: both kinds can be taken back, as long as they are open, by the applicant alone.
pub(super) fn withdraw(actor: &Actor, facts: &Facts) -> Answer {
    let (request, group, subject) = seen_request(actor, facts)?;
    if actor.id() != Some(request.applicant.id) {
        return Err(Denial::NotTheApplicant.into());
    }
    still_open(actor, request, facts)?;
    Ok(vec![about(EventPayload::Withdrawn(request.kind), group, &subject.account).of_request(request.id)].into())
}

/// A settled request tells how it ended, to those who do not see its group with the name that was known when it was made.
fn still_open(actor: &Actor, request: &Request, facts: &Facts) -> Result<(), Refusal> {
    match request.status {
        RequestStatus::Open => Ok(()),
        RequestStatus::Approved | RequestStatus::Rejected | RequestStatus::Withdrawn | RequestStatus::Closed => {
            let group = seen(actor, facts).map_or_else(|_| request.group.clone(), Group::reference);
            Err(Conflict::RequestSettled(Box::new(Request { group, ..request.clone() })).into())
        }
    }
}

/// What deciding either way asks (R10): seen, not one's own, of a group one decides for, still open.
fn decidable<'a>(actor: &Actor, facts: &'a Facts) -> Result<(&'a Request, &'a Group, &'a Subject), Refusal> {
    let (request, group, subject) = seen_request(actor, facts)?;
    if actor.id() == Some(request.applicant.id) {
        return Err(Denial::OwnRequest.into());
    }
    if !authority::leads_or_manages(actor, facts.standing) {
        return Err(Denial::NotAManager.into());
    }
    if group.flags.has(Flag::Internal) {
        return Err(Denial::GroupInternal.into());
    }
    still_open(actor, request, facts)?;
    Ok((request, group, subject))
}

pub(super) fn approve(actor: &Actor, comment: Option<&Note>, facts: &Facts) -> Answer {
    let (request, group, subject) = decidable(actor, facts)?;
    match request.kind {
        RequestKind::Join if subject.member => return Err(Conflict::AlreadyMember.into()),
        RequestKind::Join => may_enter(group, &subject.account)?,
        RequestKind::Leave if !subject.member => return Err(Conflict::NotAMember.into()),
        RequestKind::Leave => {}
    }
    let events = vec![decided(EventPayload::Approved(request.kind), request, group, subject, comment)];
    Ok(and_settle_member(events, group, request.applicant.id))
}

pub(super) fn reject(actor: &Actor, comment: Option<&Note>, facts: &Facts) -> Answer {
    let (request, group, subject) = decidable(actor, facts)?;
    Ok(vec![decided(EventPayload::Rejected(request.kind), request, group, subject, comment)].into())
}

fn decided(what: EventPayload, request: &Request, group: &Group, subject: &Subject, comment: Option<&Note>) -> Event {
    about(what, group, &subject.account).of_request(request.id).with_comment(text(comment))
}

/// Staff with `manage_groups` or `manage_users` add directly: R5 and R6 bind them, `request_groups` does not.
pub(super) fn add(actor: &Actor, reason: Option<&Note>, facts: &Facts) -> Answer {
    let group = seen(actor, facts)?;
    if !authority::administers_groups(actor) {
        return Err(Denial::StaffPermissionRequired.into());
    }
    // Being in the group, or leading others through it, must not be more than the actor has to give.
    Reach::of(group).union(facts.reach).given_by(actor)?;
    let Subject { account, member, open_request, .. } = facts.subject.as_ref().ok_or(Refusal::Unseen)?;
    if *member {
        return Err(Conflict::AlreadyMember.into());
    }
    if !account.active {
        return Err(Conflict::AccountInactive.into());
    }
    if !group.admits_state(account.state) {
        return Err(Denial::StateNotAllowed.into());
    }
    let added = about(EventPayload::Added, group, account).with_reason(text(reason));
    let settled = open_request.iter().map(|request| closed(request, group, account, Cause::Joined));
    Ok(and_settle_member([added].into_iter().chain(settled).collect(), group, account.person.id))
}

/// Ends a membership with whatever waits for it.
pub(super) fn remove(actor: &Actor, reason: Option<&Note>, facts: &Facts) -> Answer {
    let group = seen(actor, facts)?;
    may_remove(actor, group.flags, facts.standing, facts.reach)?;
    let Some(Subject { account, member: true, open_request, .. }) = &facts.subject else {
        return Err(Conflict::NotAMember.into());
    };
    let removed =
        about(EventPayload::Removed, group, account).because(Cause::RemovedByManager).with_reason(text(reason));
    // R9: nobody has to decide whether somebody who is gone may go.
    let settled = open_request.iter().map(|request| closed(request, group, account, Cause::NoLongerMember));
    Ok(and_settle_member([removed].into_iter().chain(settled).collect(), group, account.person.id))
}
