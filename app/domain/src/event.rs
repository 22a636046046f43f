//! Everything that can have happened, in the past tense. An event is a row of the audit log and a frame of the live feed.
//!
//! Long, because it is one closed enum and the questions that every variant has to answer.

use crate::{
    AccountFields, Cause, Character, EventId, FailedSignIns, Group, GroupRef, Holder, Invitation, InvitationId,
    MainCharacter, Permission, Person, RegistrationDraft, RequestId, RequestKind, RequestStatus, ReservedNameId, Seq,
    Settings, State, StateId, StateRef, Timestamp, TokenId, UserChange, UserDraft, UserId, closed::closed,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

closed! {
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
        /// About the leaders of a group.
        Leader,
        /// About an account.
        Account,
        /// About a state, or about the state somebody is in.
        State,
        /// About a permission.
        Permission,
        /// About the settings.
        Setting,
        /// About a reserved name.
        ReservedName,
    }
}

closed! {
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
    /// The group's fields changed.
    GroupEdited {
        /// As it was.
        before: Box<Group>,
        /// As it is.
        after: Box<Group>,
    },
    /// The group was deleted.
    GroupDeleted,
    /// The join link was replaced.
    JoinLinkReplaced,
    /// The subject was named a leader.
    LeaderAdded,
    /// The subject is named a leader no more.
    LeaderRemoved,
    /// The members of this group lead from now on.
    LeaderGroupAdded(GroupRef),
    /// The members of this group lead no more.
    LeaderGroupRemoved(GroupRef),
    /// A permission was given.
    PermissionGiven(Holder, Permission),
    /// A permission was taken away.
    PermissionTaken(Holder, Permission),
    /// The account was made.
    AccountCreated(Box<UserDraft>),
    /// The account's fields changed.
    #[serde(rename = "account_edited_from")]
    AccountEdited {
        /// As they were.
        before: Box<AccountFields>,
        /// As they are.
        after: Box<AccountFields>,
    },
    /// The account's fields changed, as earlier versions told it: by the new values alone. Read, and recorded no more.
    #[serde(rename = "account_edited")]
    AccountEditedTo(Box<UserChange>),
    /// The account was deleted.
    AccountDeleted,
    /// The account has another password.
    PasswordSet,
    /// The account was given a token of the API.
    TokenCreated {
        /// The token.
        id: TokenId,
        /// What it is for.
        name: String,
        /// When it ends by itself.
        expires_at: Option<Timestamp>,
    },
    /// A token of the account was made worthless.
    TokenRevoked(TokenId, String),
    /// Every session of the account was ended.
    SessionsEnded,
    /// Sign-ins to the account failed.
    SignInsFailed(Box<FailedSignIns>),
    /// A link was made by which the account gets another password.
    ResetLinkMade,
    /// The account has another password, set by such a link.
    PasswordReset,
    /// Somebody made the account for themselves.
    Registered {
        /// The account.
        draft: Box<RegistrationDraft>,
        /// The invitation they came by, where one was needed.
        invitation: Option<InvitationId>,
    },
    /// People were invited to make accounts.
    InvitationCreated(Box<Invitation>),
    /// An invitation was ended before its time.
    InvitationRevoked(Box<Invitation>),
    /// The account was given a character.
    CharacterAdded(Box<Character>),
    /// A character changed.
    CharacterEdited {
        /// As it was.
        before: Box<Character>,
        /// As it is.
        after: Box<Character>,
    },
    /// A character was taken away.
    CharacterRemoved(Box<Character>),
    /// Another character, or none, is the main.
    MainSet(Option<MainCharacter>),
    /// The user is in another state.
    StateChanged {
        /// The state they were in.
        from: StateId,
        /// The state they are in.
        to: StateId,
    },
    /// A state was made.
    StateCreated(Box<State>),
    /// A state's definition changed.
    StateEdited {
        /// As it was.
        before: Box<State>,
        /// As it is.
        after: Box<State>,
    },
    /// A state was deleted.
    StateDeleted(Box<State>),
    /// A name was reserved; the reason is the event's.
    NameReserved(String),
    /// A reserved name was freed.
    NameFreed(ReservedNameId, String),
    /// The settings changed.
    SettingsChanged {
        /// As they were.
        before: Settings,
        /// As they are.
        after: Settings,
    },
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
            Self::GroupCreated(_) | Self::GroupEdited { .. } | Self::GroupDeleted | Self::JoinLinkReplaced => {
                (EventType::Group, EventAction::Done)
            }
            Self::LeaderAdded | Self::LeaderRemoved | Self::LeaderGroupAdded(_) | Self::LeaderGroupRemoved(_) => {
                (EventType::Leader, EventAction::Done)
            }
            Self::PermissionGiven(..) | Self::PermissionTaken(..) => (EventType::Permission, EventAction::Done),
            Self::AccountCreated(_)
            | Self::AccountEdited { .. }
            | Self::AccountEditedTo(_)
            | Self::AccountDeleted
            | Self::PasswordSet
            | Self::TokenCreated { .. }
            | Self::TokenRevoked(..)
            | Self::SessionsEnded
            | Self::SignInsFailed(_)
            | Self::ResetLinkMade
            | Self::PasswordReset
            | Self::Registered { .. }
            | Self::InvitationCreated(_)
            | Self::InvitationRevoked(_)
            | Self::CharacterAdded(_)
            | Self::CharacterEdited { .. }
            | Self::CharacterRemoved(_)
            | Self::MainSet(_) => (EventType::Account, EventAction::Done),
            Self::StateChanged { .. } | Self::StateCreated(_) | Self::StateEdited { .. } | Self::StateDeleted(_) => {
                (EventType::State, EventAction::Done)
            }
            Self::NameReserved(_) | Self::NameFreed(..) => (EventType::ReservedName, EventAction::Done),
            Self::SettingsChanged { .. } => (EventType::Setting, EventAction::Done),
        }
    }

    /// What it touches: the one exhaustive list that sight and fold ask, so that a new event answers them all.
    #[must_use]
    pub const fn touches(&self) -> Touches {
        match self {
            Self::Requested(kind) => Touches::Request(*kind, RequestStatus::Open),
            Self::Approved(kind) => Touches::Request(*kind, RequestStatus::Approved),
            Self::Rejected(kind) => Touches::Request(*kind, RequestStatus::Rejected),
            Self::Withdrawn(kind) => Touches::Request(*kind, RequestStatus::Withdrawn),
            Self::Closed(kind) => Touches::Request(*kind, RequestStatus::Closed),
            Self::Joined | Self::Left | Self::Added | Self::Removed => Touches::Membership,
            Self::GroupCreated(_)
            | Self::GroupEdited { .. }
            | Self::GroupDeleted
            | Self::LeaderAdded
            | Self::LeaderRemoved
            | Self::LeaderGroupAdded(_)
            | Self::LeaderGroupRemoved(_) => Touches::Group,
            Self::JoinLinkReplaced => Touches::GroupInside,
            Self::PermissionGiven(..)
            | Self::PermissionTaken(..)
            | Self::StateChanged { .. }
            | Self::StateCreated(_)
            | Self::StateEdited { .. }
            | Self::StateDeleted(_) => Touches::Rights,
            Self::AccountCreated(_)
            | Self::AccountEdited { .. }
            | Self::AccountEditedTo(_)
            | Self::AccountDeleted
            | Self::PasswordSet
            | Self::TokenCreated { .. }
            | Self::TokenRevoked(..)
            | Self::SessionsEnded
            | Self::SignInsFailed(_)
            | Self::ResetLinkMade
            | Self::PasswordReset
            | Self::Registered { .. }
            | Self::CharacterAdded(_)
            | Self::CharacterEdited { .. }
            | Self::CharacterRemoved(_)
            | Self::MainSet(_) => Touches::Account,
            Self::InvitationCreated(_)
            | Self::InvitationRevoked(_)
            | Self::NameReserved(_)
            | Self::NameFreed(..)
            | Self::SettingsChanged { .. } => Touches::Instance,
        }
    }

    /// The states that it names by their ids alone.
    #[must_use]
    pub fn states(&self) -> BTreeSet<StateId> {
        match self {
            Self::StateChanged { from, to } => [*from, *to].into(),
            Self::GroupCreated(group) => group.states.iter().copied().collect(),
            Self::GroupEdited { before, after } => before.states.iter().chain(&after.states).copied().collect(),
            Self::PermissionGiven(Holder::State(id), _) | Self::PermissionTaken(Holder::State(id), _) => [*id].into(),
            _ => BTreeSet::new(),
        }
    }

    /// The group it names beside the one it is about.
    #[must_use]
    pub const fn leader_group(&self) -> Option<&GroupRef> {
        match self {
            Self::LeaderGroupAdded(leading) | Self::LeaderGroupRemoved(leading) => Some(leading),
            _ => None,
        }
    }

    /// By how much the number of members changes.
    #[must_use]
    pub const fn member_delta(&self) -> i64 {
        match self {
            Self::Joined | Self::Added | Self::Approved(RequestKind::Join) => 1,
            Self::Left | Self::Removed | Self::Approved(RequestKind::Leave) => -1,
            _ => 0,
        }
    }

    /// Whether an open request ended with it.
    #[must_use]
    pub const fn settles(&self) -> bool {
        match self.touches() {
            Touches::Request(_, status) => !matches!(status, RequestStatus::Open),
            Touches::Membership
            | Touches::Group
            | Touches::GroupInside
            | Touches::Rights
            | Touches::Account
            | Touches::Instance => false,
        }
    }
}

/// What an event touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touches {
    /// A request, which now stands like this.
    Request(RequestKind, RequestStatus),
    /// A membership, without a request.
    Membership,
    /// What everybody who sees the group sees of it.
    Group,
    /// What only those see who see the group in full.
    GroupInside,
    /// What somebody may do.
    Rights,
    /// An account and its characters.
    Account,
    /// The instance as a whole.
    Instance,
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
    /// The states that it names by their ids alone, as they were called. Whoever records the event adds them; what was
    /// recorded before they were kept has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateRef>,
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
