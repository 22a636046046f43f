//! Everything that can have happened, in the past tense. An event is a row of the audit log and a frame of the live feed.

use crate::{EventId, Group, GroupRef, Person, RequestId, RequestKind, Seq, Timestamp, UserDraft, UserId};
use serde::{Deserialize, Serialize};

/// Which rule did something that nobody asked for by name (api.md, `cause`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A leader or manager removed the member (R11).
    RemovedByManager,
    /// The user's state is not among the group's (R6).
    StateNotAllowed,
    /// The user lost `request_groups` (R7).
    PermissionLost,
    /// The account was deactivated (R7).
    AccountDeactivated,
    /// The account was deleted (R7).
    AccountDeleted,
    /// The group was deleted (R15).
    GroupDeleted,
    /// The group turned internal (R1).
    GroupInternal,
    /// Leaving became immediate (R8).
    AutoLeaveEnabled,
    /// The applicant became a member without the request being decided (R3).
    Joined,
    /// The applicant is no longer a member, so there is nothing to leave (R9).
    NoLongerMember,
    /// A membership rule of the group.
    Rule,
}

impl Cause {
    /// The code used in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RemovedByManager => "removed_by_manager",
            Self::StateNotAllowed => "state_not_allowed",
            Self::PermissionLost => "permission_lost",
            Self::AccountDeactivated => "account_deactivated",
            Self::AccountDeleted => "account_deleted",
            Self::GroupDeleted => "group_deleted",
            Self::GroupInternal => "group_internal",
            Self::AutoLeaveEnabled => "auto_leave_enabled",
            Self::Joined => "joined",
            Self::NoLongerMember => "no_longer_member",
            Self::Rule => "rule",
        }
    }
}

/// The first of the two columns an audit row is filed under (api.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventType {
    /// About joining.
    Join,
    /// About leaving.
    Leave,
    /// A membership was lost without the member asking.
    Removed,
    /// A member was added directly.
    Added,
    /// About the group itself.
    Group,
    /// About an account.
    Account,
}

/// The second of the two columns an audit row is filed under (api.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventAction {
    /// A request was made.
    Requested,
    /// It took effect.
    Accepted,
    /// A leader said no.
    Rejected,
    /// The applicant took it back.
    Withdrawn,
    /// A rule ended it.
    Closed,
    /// It was done; there was nothing to decide.
    Done,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A request was made.
    Requested(RequestKind),
    /// A request was approved and took effect.
    Approved(RequestKind),
    /// A request was rejected.
    Rejected(RequestKind),
    /// A request was taken back.
    Withdrawn(RequestKind),
    /// A request was ended by a rule.
    Closed(RequestKind),
    /// The subject joined at once.
    Joined,
    /// The subject left at once.
    Left,
    /// The subject was made a member directly.
    Added,
    /// The subject lost the membership without asking.
    Removed,
    /// The group was made.
    GroupCreated(Box<Group>),
    /// The account was made.
    AccountCreated(Box<UserDraft>),
}

impl What {
    /// Where the audit log files it.
    #[must_use]
    pub const fn filed_as(&self) -> (EventType, EventAction) {
        const fn about(kind: RequestKind) -> EventType {
            match kind {
                RequestKind::Join => EventType::Join,
                RequestKind::Leave => EventType::Leave,
            }
        }
        match self {
            Self::Requested(kind) => (about(*kind), EventAction::Requested),
            Self::Approved(kind) => (about(*kind), EventAction::Accepted),
            Self::Rejected(kind) => (about(*kind), EventAction::Rejected),
            Self::Withdrawn(kind) => (about(*kind), EventAction::Withdrawn),
            Self::Closed(kind) => (about(*kind), EventAction::Closed),
            Self::Joined => (EventType::Join, EventAction::Accepted),
            Self::Left => (EventType::Leave, EventAction::Accepted),
            Self::Added => (EventType::Added, EventAction::Done),
            Self::Removed => (EventType::Removed, EventAction::Done),
            Self::GroupCreated(_) => (EventType::Group, EventAction::Done),
            Self::AccountCreated(_) => (EventType::Account, EventAction::Done),
        }
    }

    /// By how much the number of members changes.
    #[must_use]
    pub const fn member_delta(&self) -> i64 {
        match self {
            Self::Joined | Self::Added | Self::Approved(RequestKind::Join) => 1,
            Self::Left | Self::Removed | Self::Approved(RequestKind::Leave) => -1,
            Self::Requested(_)
            | Self::Rejected(_)
            | Self::Withdrawn(_)
            | Self::Closed(_)
            | Self::GroupCreated(_)
            | Self::AccountCreated(_) => 0,
        }
    }

    /// Whether an open request ended with it.
    #[must_use]
    pub const fn settles(&self) -> bool {
        matches!(self, Self::Approved(_) | Self::Rejected(_) | Self::Withdrawn(_) | Self::Closed(_))
    }
}

/// One thing that happened, with the names as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What.
    pub what: What,
    /// In which group, if in one.
    pub group: Option<GroupRef>,
    /// To whom: the requestor of an audit row.
    pub subject: Option<Person>,
    /// About which request. `RequestId::UNASSIGNED` in a decision that makes one.
    pub request: Option<RequestId>,
    /// By which rule, where nobody asked for it by name.
    pub cause: Option<Cause>,
    /// Why, in the words of whoever asked.
    pub reason: Option<String>,
    /// What the decider said.
    pub comment: Option<String>,
}

/// Who did something: a user by the name they had, for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorRef {
    /// The account.
    pub id: UserId,
    /// Its username then.
    pub username: String,
}

/// An event as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The row.
    pub id: EventId,
    /// Its place in the feed.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// By whom; nobody where the system acted.
    pub actor: Option<ActorRef>,
    /// What happened.
    pub event: Event,
}
