//! Whom an event is told to (product.md §5). Pure: who could be told is loaded, who is told is decided here.

use crate::{Cause, Event, RequestKind, RequestStatus, Settings, Touches, UserId, What};
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

/// What a notification is about, as its reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One's own request was decided, or ended by a rule.
    RequestSettled(RequestKind, RequestStatus),
    /// One's own membership ended without one's asking.
    MembershipLost,
    /// Somebody asks, and one may decide it.
    RequestWaits(RequestKind),
    /// Who asked has taken it back: takes the place of the earlier notification.
    RequestWithdrawn(RequestKind),
    /// Sign-ins to one's own account failed: takes the place of the earlier notification of such.
    SignInsFailed,
}

impl Subject {
    /// What a notification of this event is about; `None` where nobody is told of such events.
    #[must_use]
    pub const fn of(event: &Event) -> Option<Self> {
        if matches!(event.what, What::SignInsFailed(_)) {
            return Some(Self::SignInsFailed);
        }
        match event.what.touches() {
            Touches::Request(kind, RequestStatus::Open) => Some(Self::RequestWaits(kind)),
            Touches::Request(kind, RequestStatus::Withdrawn) => Some(Self::RequestWithdrawn(kind)),
            Touches::Request(kind, status) => Some(Self::RequestSettled(kind, status)),
            Touches::Membership => Some(Self::MembershipLost),
            Touches::Group | Touches::GroupInside | Touches::Rights | Touches::Account | Touches::Instance => None,
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

/// The notifications of one event. `deciders` are those of the event's group, in the order of their ids.
#[must_use]
pub fn notices(event: &Event, deciders: &[Decider], settings: &Settings) -> Vec<Notice> {
    let Some(person) = event.subject.as_ref().map(|person| person.id) else { return Vec::new() };
    let to_person = |subject| vec![Notice { to: person, subject }];
    if matches!(event.what, What::SignInsFailed(_)) {
        return to_person(Subject::SignInsFailed);
    }
    match (event.what.touches(), event.cause) {
        (Touches::Request(kind, RequestStatus::Open), _) => {
            to_deciders(Subject::RequestWaits(kind), person, deciders, *settings)
        }
        (Touches::Request(kind, RequestStatus::Withdrawn), _) => {
            to_deciders(Subject::RequestWithdrawn(kind), person, deciders, *settings)
        }
        // What one did oneself, and what the loss of the membership says already, is not said again.
        (
            Touches::Request(_, RequestStatus::Closed),
            Some(Cause::Joined | Cause::NoLongerMember | Cause::AutoLeaveEnabled | Cause::AccountDeleted),
        ) => Vec::new(),
        (Touches::Request(kind, status), _) => to_person(Subject::RequestSettled(kind, status)),
        (Touches::Membership, Some(cause)) if matches!(event.what, What::Removed | What::Left) => {
            if cause == Cause::AccountDeleted { Vec::new() } else { to_person(Subject::MembershipLost) }
        }
        (
            Touches::Membership
            | Touches::Group
            | Touches::GroupInside
            | Touches::Rights
            | Touches::Account
            | Touches::Instance,
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
