//! Invitations: links by which somebody makes an account of their own (product.md §6, `registration`).

use crate::{InvitationId, Note, Timestamp};
use serde::{Deserialize, Serialize};

/// An invitation that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationDraft {
    /// How many accounts may be made by it.
    pub uses: u32,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// For whom, or for what; for staff to know it again.
    pub note: Option<Note>,
}

impl InvitationDraft {
    /// The most accounts that one invitation is good for.
    pub const MOST_USES: u32 = 1000;
    /// The longest that one is good for, in days.
    pub const MOST_DAYS: u32 = 366;
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The invitation.
    pub id: InvitationId,
    /// How many accounts may be made by it.
    pub uses: u32,
    /// How many were.
    pub used: u32,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// Whether staff ended it before.
    pub revoked: bool,
    /// For whom, or for what.
    pub note: Option<String>,
}

impl Invitation {
    /// Whether somebody can still come by it.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        !self.revoked && self.used < self.uses && now < self.ends_at
    }
}
