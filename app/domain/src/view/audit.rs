//! Audit logs.

use crate::{GroupRef, Listing, Logged};
use serde::{Deserialize, Serialize};

/// What an audit log was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Only rows filed under this type.
    pub kind: Option<crate::EventType>,
    /// Only rows filed under this action.
    pub action: Option<crate::EventAction>,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// The audit log of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Of which group.
    pub group: GroupRef,
    /// What it was asked for.
    pub query: AuditQuery,
    /// The rows, newest first.
    pub listing: Listing<Logged>,
}
