//! What pages are made of. Everything here has passed the filters of sight and may be shown as it is.

mod account;
mod audit;
mod bulk_edit;
mod group;
mod group_setup;
mod health;
mod invitation;
mod member;
mod notification;
mod page_size;
mod preview;
mod request;
mod reserved_name;
mod search;
mod session;
mod state;
mod token;
mod user;

pub use account::Me;
pub use audit::{AuditPage, AuditQuery};
pub use bulk_edit::{BulkAction, BulkEdit, BulkLine, BulkOutcome, BulkPreview, BulkResult, BulkVerdict};
pub use group::{
    Care, GroupFilter, GroupOrder, GroupPage, GroupProperties, GroupQuery, GroupRow, GroupScope, JoinLink,
    ManagedGroup, MyGroup,
};
pub use group_setup::{GroupAction, GroupChoices, GroupOffer, GroupSetup, NamedLeader};
pub use health::{
    Backup, FeedHealth, Findings, GroupHealth, Health, InactiveLeader, LeaderlessGroup, NameClash, NameOf, Namesake,
    OldRequest, OpenJob, SharedKey,
};
pub use invitation::{FreshLink, FreshUser, InvitationQuery, InvitationRow, RegistrationStatus, ResetStatus};
pub use member::{Lead, MemberOrder, MemberQuery, MemberRow, MembersPage};
pub use notification::{NotificationQuery, NotificationRow, Notifications};
pub use page_size::PageSize;
pub use preview::{Consequence, Fingerprint, Preview, PreviewEffect, Tally, Touched};
pub use request::{QueueChoices, QueueCounts, QueuePage, QueueQuery, QueueRow, RequestQuery, SettledMark};
pub use reserved_name::{ReservedNameQuery, ReservedNameRow};
pub use search::{Found, FoundPerson};
pub use session::SessionRow;
pub use state::{KindNames, ScopeNames, StateRow};
pub use token::TokenRow;
pub use user::{
    HeldMembership, HeldPermission, LedGroup, Obstacle, Source, UserAction, UserChoices, UserOffer, UserPage,
    UserQuery, UserRow, WantedGroup,
};

use crate::{AdminPage, GroupId, Permissions, Person, RequestId, Seq, closed::closed};
use serde::{Deserialize, Serialize};

/// A page of a list, and the place in the feed it was read at: what came later reaches it by `fold`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The rows, in the order of the list.
    pub items: Vec<T>,
    /// Where the next page starts; `None` on the last.
    pub next_cursor: Option<String>,
    /// The feed's head, taken before the rows were read.
    pub seq: Seq,
}

impl<T> Listing<T> {
    /// An empty list read at the start of the feed.
    #[must_use]
    pub const fn empty() -> Self {
        Self { items: Vec::new(), next_cursor: None, seq: Seq(0) }
    }
}

closed! {
    /// Light or dark.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Theme {
        /// As the system has it.
        #[default]
        System = "system",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

/// Who is looking, and what the frame around every page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub person: Person,
    /// Effective permissions.
    pub permissions: Permissions,
    /// Whether there are groups they decide for: opens Requests and Manage.
    pub decides: bool,
    /// The pages of the admin area that open to them.
    pub admin_pages: Vec<AdminPage>,
    /// Whether the whole audit log opens.
    pub views_audit: bool,
    /// Whether they are a superuser.
    pub superuser: bool,
    /// Open requests they may decide.
    pub queue: QueueCounts,
    /// Unread notifications.
    pub unread: u32,
    /// Light or dark.
    pub theme: Theme,
    /// The feed's head, taken before the rest was read.
    pub seq: Seq,
}

impl Viewer {
    /// Whether a page of the admin area opens to them.
    #[must_use]
    pub fn opens(&self, page: AdminPage) -> bool {
        self.admin_pages.contains(&page)
    }

    /// Whether any page of the admin area opens to them.
    #[must_use]
    pub const fn enters_admin_area(&self) -> bool {
        !self.admin_pages.is_empty()
    }
}

/// What a command came to, with the id of what it made; kept in its receipt and answered again on a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The caller is a member now.
    Joined,
    /// The caller's request waits.
    Requested(RequestId),
    /// The caller is no longer a member.
    Left,
    /// The caller's request is taken back.
    Withdrawn(RequestId),
    /// The request was approved.
    Approved(RequestId),
    /// The request was rejected.
    Rejected(RequestId),
    /// The member was removed.
    Removed,
    /// The group was made.
    GroupCreated(GroupId),
    /// The user was made.
    UserCreated(crate::UserId),
    /// The character was added.
    CharacterAdded(crate::CharacterId),
    /// The token was made.
    TokenCreated(crate::TokenId),
    /// The state was made.
    StateCreated(crate::StateId),
    /// The name was reserved.
    NameReserved(crate::ReservedNameId),
    /// The invitation was made.
    InvitationCreated(crate::InvitationId),
    /// It was done, and there is nothing more to say about it.
    Done,
    /// Everything was already as it was asked to be.
    Unchanged,
}

/// The answer to a command that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What came of it.
    pub outcome: Outcome,
}
