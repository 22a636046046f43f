//! Whom an event is told to (product.md §5, R18). Pure: who could be told is loaded, who is told is decided here.

use crate::{Cause, Event, EventPayload, EventScope, RequestKind, RequestStatus, Settings, UserId};
use serde::{Deserialize, Serialize};

/// Somebody who might decide a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decider {
    /// Who.
    pub id: UserId,
    /// Inactive accounts are told nothing: they decide nothing.
    pub active: bool,
    /// Leads the group, by name or through a leader group; else holds `group_management`.
    pub leads: bool,
}

/// What goes on between a person and a group. Of each matter a reader has one notification at most (R18): what happens next
/// in it is told in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Matter {
    /// Whether they get in, or out.
    Request(RequestKind),
    /// That they are in.
    Membership,
    /// Who tries to sign in as them: a matter of no group.
    SignIn,
}

impl Matter {
    /// The matter in which something happened; `None` where nobody is told of such events.
    #[must_use]
    pub const fn of(what: &EventPayload) -> Option<Self> {
        if matches!(what, EventPayload::SignInsFailed(_)) {
            return Some(Self::SignIn);
        }
        match what.touches() {
            EventScope::Request(kind, _) => Some(Self::Request(kind)),
            EventScope::Membership => Some(Self::Membership),
            EventScope::Group
            | EventScope::GroupInside
            | EventScope::Rights
            | EventScope::Account
            | EventScope::Instance => None,
        }
    }
}

/// What a notification is about, as its reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One's own request was decided, or ended by a rule.
    RequestSettled(RequestKind, RequestStatus),
    /// One was added while one's own request waited, which settled it.
    Admitted,
    /// One's own membership ended without one's asking.
    MembershipLost,
    /// Somebody asks, and one may decide it.
    RequestWaits(RequestKind),
    /// Somebody asked, and there is nothing left to decide: takes the place of the earlier notification, and is no news.
    RequestEnded(RequestKind, RequestStatus),
    /// Sign-ins to one's own account failed: takes the place of the earlier notification of such.
    SignInsFailed,
}

impl Subject {
    /// What a notification of this event is about to that reader; `None` where nobody is told of such events.
    #[must_use]
    pub fn of(event: &Event, reader: UserId) -> Option<Self> {
        if matches!(event.what, EventPayload::SignInsFailed(_)) {
            return Some(Self::SignInsFailed);
        }
        let own = event.subject.as_ref().is_some_and(|person| person.id == reader);
        match event.what.touches() {
            EventScope::Request(kind, RequestStatus::Open) => Some(Self::RequestWaits(kind)),
            EventScope::Request(kind, status) if !own => Some(Self::RequestEnded(kind, status)),
            EventScope::Request(RequestKind::Join, RequestStatus::Closed) if event.cause == Some(Cause::Joined) => {
                Some(Self::Admitted)
            }
            EventScope::Request(kind, status) => Some(Self::RequestSettled(kind, status)),
            EventScope::Membership => Some(Self::MembershipLost),
            EventScope::Group
            | EventScope::GroupInside
            | EventScope::Rights
            | EventScope::Account
            | EventScope::Instance => None,
        }
    }
}

/// One notification that an event gives rise to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whose inbox it goes to.
    pub to: UserId,
    /// What it is about.
    pub subject: Subject,
}

/// The notifications that one event makes. `by` is who did it, `deciders` are those of the event's group, in the order of
/// their ids.
///
/// Whoever was told that a request waits is told here of nothing else: what settles it is written in that place, as read
/// (`EventPayload::settles`), whoever may still see it.
#[must_use]
pub fn notices(event: &Event, by: Option<UserId>, deciders: &[Decider], settings: &Settings) -> Vec<Notice> {
    let Some(person) = event.subject.as_ref().map(|person| person.id) else { return Vec::new() };
    let to_person = || {
        let notice = Subject::of(event, person).map(|subject| Notice { to: person, subject });
        notice.into_iter().collect()
    };
    if matches!(event.what, EventPayload::SignInsFailed(_)) {
        return to_person();
    }
    match (event.what.touches(), event.cause) {
        (EventScope::Request(kind, RequestStatus::Open), _) => {
            to_deciders(Subject::RequestWaits(kind), person, deciders, *settings)
        }
        // What one did oneself, and what the loss of the membership says already, is not said again.
        (EventScope::Request(_, RequestStatus::Withdrawn), _)
        | (
            EventScope::Request(_, RequestStatus::Closed),
            Some(Cause::NoLongerMember | Cause::AutoLeaveEnabled | Cause::AccountDeleted),
        ) => Vec::new(),
        (EventScope::Request(_, RequestStatus::Closed), Some(Cause::Joined)) if by == Some(person) => Vec::new(),
        (EventScope::Request(..), _) => to_person(),
        (EventScope::Membership, Some(cause)) if matches!(event.what, EventPayload::Removed | EventPayload::Left) => {
            if cause == Cause::AccountDeleted {
                Vec::new()
            } else {
                to_person()
            }
        }
        (
            EventScope::Membership
            | EventScope::Group
            | EventScope::GroupInside
            | EventScope::Rights
            | EventScope::Account
            | EventScope::Instance,
            _,
        ) => Vec::new(),
    }
}

/// Active leaders; where there is none to be told, group managers; never the applicant; nobody while the setting is off.
fn to_deciders(subject: Subject, applicant: UserId, deciders: &[Decider], settings: Settings) -> Vec<Notice> {
    if !settings.requests_notification {
        return Vec::new();
    }
    let able = || deciders.iter().filter(|decider| decider.active && decider.id != applicant);
    let led = able().any(|decider| decider.leads);
    let mut notices: Vec<Notice> =
        able().filter(|decider| decider.leads == led).map(|decider| Notice { to: decider.id, subject }).collect();
    notices.dedup();
    notices
}
