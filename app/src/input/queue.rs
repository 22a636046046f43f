//! The address of the queue.

use super::given;
use domain::{QueueQuery, RequestKind};
use serde::{Deserialize, Serialize};

/// The address of the queue. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueAddress {
    /// `join` or `leave`.
    pub kind: String,
    /// Only of the group with this id.
    pub group: String,
    /// Only of applicants from the corporation of this name.
    pub organisation: String,
    /// Where to go on.
    pub cursor: String,
}

impl QueueAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> QueueQuery {
        let kind = RequestKind::from_code(&self.kind).unwrap_or(RequestKind::Join);
        QueueQuery {
            kind: Some(kind),
            group: self.group.parse().ok(),
            organisation: given(&self.organisation),
            own: true,
            cursor: given(&self.cursor),
            ..QueueQuery::default()
        }
    }
}
