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
    /// The first of the two columns an audit row is filed under (api.md), in the order in which filters offer them.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum EventType {
        /// About joining.
        Join = "join",
        /// About leaving.
        Leave = "leave",
        /// A member was added directly.
        Added = "added",
        /// A membership was lost without the member asking.
        Removed = "removed",
        /// About the group itself.
        Group = "group",
        /// About the leaders of a group.
        Leader = "leader",
        /// About a permission.
        Permission = "permission",
        /// About an account.
        Account = "account",
        /// About a state, or about the state somebody is in.
        State = "state",
        /// About a reserved name.
        ReservedName = "reserved_name",
        /// About the settings.
        Setting = "setting",
    }
}

impl EventType {
    /// Whether the audit log of a group has rows of it.
    #[must_use]
    pub const fn is_of_groups(self) -> bool {
        match self {
            Self::Join | Self::Leave | Self::Added | Self::Removed | Self::Group | Self::Leader | Self::Permission => {
                true
            }
            Self::Account | Self::State | Self::ReservedName | Self::Setting => false,
        }
    }
}

closed! {
    /// The second of the two columns an audit row is filed under (api.md).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum EventAction {
        /// A request was made.
        Requested = "requested",
        /// It took effect.
        Accepted = "accepted",
        /// A leader said no.
        Rejected = "rejected",
        /// The applicant took it back.
        Withdrawn = "withdrawn",
        /// A rule ended it.
        Closed = "closed",
        /// It was done; there was nothing to decide.
        Done = "done",
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventPayload {
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

/// The kinds of what can have happened, a row each: what is of it, and where the audit log files that.
macro_rules! kinds {
    (
        plain { $($plain:ident: $of:ident $((RequestKind::$asked:ident))? => $plain_type:ident, $plain_action:ident;)+ }
        carrying { $($carrying:ident => $type:ident;)+ }
    ) => {
        /// A kind of event: what is stored as one number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum EventKind {
            $(#[doc = concat!("[`EventPayload::", stringify!($of), "`], which says all.")] $plain,)+
            $(#[doc = concat!("[`EventPayload::", stringify!($carrying), "`], which carries more.")] $carrying,)+
        }

        impl EventKind {
            /// All there are.
            pub const ALL: [Self; [$(stringify!($plain),)+ $(stringify!($carrying)),+].len()] =
                [$(Self::$plain,)+ $(Self::$carrying),+];

            /// Where the audit log files it.
            #[must_use]
            pub const fn filed_as(self) -> (EventType, EventAction) {
                match self {
                    $(Self::$plain => (EventType::$plain_type, EventAction::$plain_action),)+
                    $(Self::$carrying => (EventType::$type, EventAction::Done)),+
                }
            }

            /// What happened, where the kind says all of it.
            #[must_use]
            pub const fn plain(self) -> Option<EventPayload> {
                match self {
                    $(Self::$plain => Some(EventPayload::$of $((RequestKind::$asked))?),)+
                    $(Self::$carrying)|+ => None,
                }
            }
        }

        impl EventPayload {
            /// Of which kind it is.
            #[must_use]
            pub const fn kind(&self) -> EventKind {
                match self {
                    $(Self::$of $((RequestKind::$asked))? => EventKind::$plain,)+
                    $(Self::$carrying { .. } => EventKind::$carrying),+
                }
            }
        }
    };
}

kinds! {
    plain {
        JoinRequested: Requested(RequestKind::Join) => Join, Requested;
        LeaveRequested: Requested(RequestKind::Leave) => Leave, Requested;
        JoinApproved: Approved(RequestKind::Join) => Join, Accepted;
        LeaveApproved: Approved(RequestKind::Leave) => Leave, Accepted;
        JoinRejected: Rejected(RequestKind::Join) => Join, Rejected;
        LeaveRejected: Rejected(RequestKind::Leave) => Leave, Rejected;
        JoinWithdrawn: Withdrawn(RequestKind::Join) => Join, Withdrawn;
        LeaveWithdrawn: Withdrawn(RequestKind::Leave) => Leave, Withdrawn;
        JoinClosed: Closed(RequestKind::Join) => Join, Closed;
        LeaveClosed: Closed(RequestKind::Leave) => Leave, Closed;
        Joined: Joined => Join, Accepted;
        Left: Left => Leave, Accepted;
        Added: Added => Added, Done;
        Removed: Removed => Removed, Done;
        GroupDeleted: GroupDeleted => Group, Done;
        JoinLinkReplaced: JoinLinkReplaced => Group, Done;
        LeaderAdded: LeaderAdded => Leader, Done;
        LeaderRemoved: LeaderRemoved => Leader, Done;
        AccountDeleted: AccountDeleted => Account, Done;
        PasswordSet: PasswordSet => Account, Done;
        SessionsEnded: SessionsEnded => Account, Done;
        ResetLinkMade: ResetLinkMade => Account, Done;
        PasswordReset: PasswordReset => Account, Done;
    }
    carrying {
        GroupCreated => Group;
        GroupEdited => Group;
        LeaderGroupAdded => Leader;
        LeaderGroupRemoved => Leader;
        PermissionGiven => Permission;
        PermissionTaken => Permission;
        AccountCreated => Account;
        AccountEdited => Account;
        AccountEditedTo => Account;
        TokenCreated => Account;
        TokenRevoked => Account;
        SignInsFailed => Account;
        Registered => Account;
        InvitationCreated => Account;
        InvitationRevoked => Account;
        CharacterAdded => Account;
        CharacterEdited => Account;
        CharacterRemoved => Account;
        MainSet => Account;
        StateChanged => State;
        StateCreated => State;
        StateEdited => State;
        StateDeleted => State;
        NameReserved => ReservedName;
        NameFreed => ReservedName;
        SettingsChanged => Setting;
    }
}

impl EventPayload {
    /// Where the audit log files it.
    #[must_use]
    pub const fn filed_as(&self) -> (EventType, EventAction) {
        self.kind().filed_as()
    }

    /// What it touches: the one exhaustive list that sight and fold ask, so that a new event answers them all.
    #[must_use]
    pub const fn touches(&self) -> EventScope {
        match self {
            Self::Requested(kind) => EventScope::Request(*kind, RequestStatus::Open),
            Self::Approved(kind) => EventScope::Request(*kind, RequestStatus::Approved),
            Self::Rejected(kind) => EventScope::Request(*kind, RequestStatus::Rejected),
            Self::Withdrawn(kind) => EventScope::Request(*kind, RequestStatus::Withdrawn),
            Self::Closed(kind) => EventScope::Request(*kind, RequestStatus::Closed),
            Self::Joined | Self::Left | Self::Added | Self::Removed => EventScope::Membership,
            Self::GroupCreated(_)
            | Self::GroupEdited { .. }
            | Self::GroupDeleted
            | Self::LeaderAdded
            | Self::LeaderRemoved
            | Self::LeaderGroupAdded(_)
            | Self::LeaderGroupRemoved(_) => EventScope::Group,
            Self::JoinLinkReplaced => EventScope::GroupInside,
            Self::PermissionGiven(..)
            | Self::PermissionTaken(..)
            | Self::StateChanged { .. }
            | Self::StateCreated(_)
            | Self::StateEdited { .. }
            | Self::StateDeleted(_) => EventScope::Rights,
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
            | Self::MainSet(_) => EventScope::Account,
            Self::InvitationCreated(_)
            | Self::InvitationRevoked(_)
            | Self::NameReserved(_)
            | Self::NameFreed(..)
            | Self::SettingsChanged { .. } => EventScope::Instance,
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
            EventScope::Request(_, status) => !matches!(status, RequestStatus::Open),
            EventScope::Membership
            | EventScope::Group
            | EventScope::GroupInside
            | EventScope::Rights
            | EventScope::Account
            | EventScope::Instance => false,
        }
    }
}

/// What an event touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventScope {
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
#[non_exhaustive]
pub struct Event {
    /// What.
    pub what: EventPayload,
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

impl Event {
    /// This happened; nothing more is said yet.
    #[must_use]
    pub const fn of(what: EventPayload) -> Self {
        Self {
            what,
            group: None,
            subject: None,
            request: None,
            cause: None,
            reason: None,
            comment: None,
            states: Vec::new(),
        }
    }

    /// In which group.
    #[must_use]
    pub fn in_group(self, group: impl Into<Option<GroupRef>>) -> Self {
        Self { group: group.into(), ..self }
    }

    /// To whom.
    #[must_use]
    pub fn about(self, subject: impl Into<Option<Person>>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// About which request.
    #[must_use]
    pub fn of_request(self, request: impl Into<Option<RequestId>>) -> Self {
        Self { request: request.into(), ..self }
    }

    /// By which rule.
    #[must_use]
    pub fn because(self, cause: impl Into<Option<Cause>>) -> Self {
        Self { cause: cause.into(), ..self }
    }

    /// Why, in the words of whoever asked.
    #[must_use]
    pub fn with_reason(self, reason: impl Into<Option<String>>) -> Self {
        Self { reason: reason.into(), ..self }
    }

    /// What the decider said.
    #[must_use]
    pub fn with_comment(self, comment: impl Into<Option<String>>) -> Self {
        Self { comment: comment.into(), ..self }
    }

    /// The states that it names, as they were called.
    #[must_use]
    pub fn naming(self, states: Vec<StateRef>) -> Self {
        Self { states, ..self }
    }
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
pub struct RecordedEvent {
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
