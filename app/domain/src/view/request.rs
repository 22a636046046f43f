//! The queue of those who decide.

use crate::{ActorRef, Denial, GroupId, GroupRef, Listing, Logged, Person, RequestId, RequestKind, Timestamp};
use serde::{Deserialize, Serialize};

/// How many open requests of each kind the viewer may decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// Requests to join.
    pub join: u32,
    /// Requests to leave.
    pub leave: u32,
}

impl QueueCounts {
    /// Of both kinds.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.join + self.leave
    }

    /// The count of one kind.
    #[must_use]
    pub const fn of(self, kind: RequestKind) -> u32 {
        match kind {
            RequestKind::Join => self.join,
            RequestKind::Leave => self.leave,
        }
    }

    /// The count of one kind, to change it.
    pub const fn of_mut(&mut self, kind: RequestKind) -> &mut u32 {
        match kind {
            RequestKind::Join => &mut self.join,
            RequestKind::Leave => &mut self.leave,
        }
    }
}

/// How a request left the queue, for the seconds it is still shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Farewell {
    /// What became of it.
    pub status: crate::RequestStatus,
    /// Who did it; nobody where a rule closed it.
    pub by: Option<ActorRef>,
}

/// A request in the queue of those who may decide it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The request.
    pub id: RequestId,
    /// Who asks.
    pub applicant: Person,
    /// About which group.
    pub group: GroupRef,
    /// For what.
    pub kind: RequestKind,
    /// Why, in their words.
    pub reason: Option<String>,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// What approving would meet now (R10).
    pub warning: Option<Denial>,
    /// Set by `fold` once it is settled.
    pub farewell: Option<Farewell>,
}

/// What the queue was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueueQuery {
    /// Which tab.
    pub kind: RequestKind,
    /// Only of this group.
    pub group: Option<GroupId>,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// The queue of one tab with the counts of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// Which tab it is.
    pub kind: RequestKind,
    /// Only of this group.
    pub group: Option<GroupRef>,
    /// How many wait in each tab, over all groups.
    pub counts: QueueCounts,
    /// The requests, oldest first.
    pub listing: Listing<QueueRow>,
    /// The last decision in any of the viewer's groups, for the empty queue.
    pub last_decision: Option<Logged>,
}
