//! Grants: what holds a membership (R14).

use crate::{Person, Timestamp, closed::closed};
use serde::{Deserialize, Serialize};

closed! {
    /// How a membership came to be.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum GrantKind {
        /// By joining an open group.
        Join = "join",
        /// By a request that was approved.
        Approval = "approval",
        /// Added directly by staff.
        Admin = "admin",
        /// By a membership rule.
        Rule = "rule",
        /// By an invitation.
        Invite = "invite",
        /// By an import.
        Import = "import",
    }
}

/// One reason why somebody is in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// How it came to be.
    pub kind: GrantKind,
    /// Who gave it; nobody where the system did.
    pub by: Option<Person>,
    /// Why, in their words.
    pub reason: Option<String>,
    /// Since when.
    pub from: Timestamp,
    /// Until when, if not for good.
    pub until: Option<Timestamp>,
}
