//! Sessions as their owner sees them.

use crate::{SessionId, Timestamp};
use serde::{Deserialize, Serialize};

/// One of the viewer's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// What the browser calls itself.
    pub user_agent: String,
    /// When it was signed in.
    pub created_at: Timestamp,
    /// When it was last used, to within some minutes.
    pub last_seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub present: bool,
}
