//! Requests: those of the viewer, and the queue of those who decide.

use crate::{
    ActorRef, Denial, GroupId, GroupRef, Listing, PageSize, Person, RecordedEvent, RequestId, RequestKind,
    RequestStatus, Timestamp,
};
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
pub struct SettledMark {
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
    pub settled_mark: Option<SettledMark>,
}

/// What the queue was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueueQuery {
    /// Only of this kind: one tab of the page.
    pub kind: Option<RequestKind>,
    /// Only of this group.
    pub group: Option<GroupId>,
    /// Only of applicants whose main character is in the corporation of this name.
    pub organisation: Option<String>,
    /// One's own requests too, which others decide (R10).
    pub own: bool,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

impl QueueQuery {
    /// Whether a request passes the filters.
    #[must_use]
    pub fn admits(&self, kind: RequestKind, group: GroupId, applicant: &Person) -> bool {
        let organisation = applicant.main_character.as_ref().and_then(|main| main.corporation.as_ref());
        self.kind.is_none_or(|only| only == kind)
            && self.group.is_none_or(|only| only == group)
            && self.organisation.as_ref().is_none_or(|only| organisation == Some(only))
    }
}

/// What the queue can be narrowed to: what waits in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueChoices {
    /// The groups, by name; the first [`QueueChoices::MOST`].
    pub groups: Vec<GroupRef>,
    /// The names of the corporations of the main characters of those who have waited longest, by name; the first
    /// [`QueueChoices::MOST`].
    pub organisations: Vec<String>,
}

impl QueueChoices {
    /// The most groups, and the most organisations, to choose from.
    pub const MOST: usize = 200;
}

/// What a list of one's own requests was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RequestQuery {
    /// Only those that stand like this.
    pub status: Option<RequestStatus>,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// The queue with the counts of both kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// What it was asked for.
    pub query: QueueQuery,
    /// The group it is narrowed to, where the viewer decides for that.
    pub group: Option<GroupRef>,
    /// How many wait in each tab, over all groups.
    pub counts: QueueCounts,
    /// The requests, oldest first.
    pub listing: Listing<QueueRow>,
    /// The last decision in any of the viewer's groups. Read for the empty queue only; any other learns of it by the feed.
    pub last_decision: Option<RecordedEvent>,
}
