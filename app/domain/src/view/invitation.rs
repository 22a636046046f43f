//! Ways in that are made of a link: invitations, and links to set another password.

use crate::{ActorRef, Invitation, PageSize, Timestamp, UserId, closed::closed};
use serde::{Deserialize, Serialize};

/// What the list of invitations was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InvitationQuery {
    /// Only those by which somebody can still come.
    pub live: bool,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// An invitation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The invitation.
    pub invitation: Invitation,
    /// Who made it; nobody where the system did.
    pub created_by: Option<ActorRef>,
    /// When.
    pub created_at: Timestamp,
    /// Whether somebody can still come by it.
    pub live: bool,
}

/// The secret end of a link that was just made. It is shown once: only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshLink {
    /// Stands at the end of the address: `/register?invitation=…` or `/reset/…`.
    pub token: String,
    /// When it ends by itself.
    pub ends_at: Timestamp,
}

/// An account that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshUser {
    /// The account.
    pub user: UserId,
    /// The link by which its owner sets a password, where one was asked for.
    pub link: Option<FreshLink>,
}

closed! {
    /// How `/register` stands open to whoever comes with what they have.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum RegistrationStatus {
        /// To everybody.
        Open = "open",
        /// To those who come by this invitation.
        Invited = "invited",
        /// An invitation is needed, and there is none, or it has ended.
        InvitationNeeded = "invitation_needed",
        /// To nobody.
        Closed = "closed",
    }
}

/// A link to set another password that still opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetStatus {
    /// The username of the account.
    pub username: String,
}
