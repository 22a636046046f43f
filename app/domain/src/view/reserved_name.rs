//! Reserved names (R12) as the admin area and the API show them.

use crate::{ActorRef, PageSize, ReservedNameId, Timestamp};
use serde::{Deserialize, Serialize};

/// What the list of reserved names was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReservedNameQuery {
    /// Part of a name, ignoring case; empty for all.
    pub search: String,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// A reserved name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservedNameRow {
    /// The reservation.
    pub id: ReservedNameId,
    /// The name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who reserved it; nobody where the system did.
    pub created_by: Option<ActorRef>,
    /// When.
    pub created_at: Timestamp,
}
