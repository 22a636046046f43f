//! How the instance is doing, for the admin area.

use crate::{GroupRef, Logged, Person, RequestId, RequestKind, ReservedNameId, Seq, Timestamp};
use serde::{Deserialize, Serialize};

/// The first rows of what was found, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings<T> {
    /// The first, at most [`Health::SHOWN`].
    pub first: Vec<T>,
    /// How many there are.
    pub total: u32,
}

/// A group that nobody active leads. Group managers decide its requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderlessGroup {
    /// The group.
    pub group: GroupRef,
    /// How many of its requests wait.
    pub waiting: u32,
}

/// A request that has waited for more than a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldRequest {
    /// The request.
    pub id: RequestId,
    /// Who asks.
    pub applicant: Person,
    /// About which group.
    pub group: GroupRef,
    /// For what.
    pub kind: RequestKind,
    /// Since when.
    pub created_at: Timestamp,
}

/// Somebody who is named to lead a group, and whose account is inactive: they lead nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InactiveLeader {
    /// Who.
    pub person: Person,
    /// The group.
    pub group: GroupRef,
}

/// A group whose name is reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameClash {
    /// The group.
    pub group: GroupRef,
    /// The reservation.
    pub reserved: ReservedNameId,
}

/// What the groups need somebody to look after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupHealth {
    /// Groups without a leader, by name.
    pub leaderless: Findings<LeaderlessGroup>,
    /// Old requests, oldest first.
    pub old_requests: Findings<OldRequest>,
    /// Inactive leaders, by name.
    pub inactive_leaders: Findings<InactiveLeader>,
}

/// The last copy of the database that Muster made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// When it was begun: it holds what was committed by then.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: u64,
}

/// A large change that is being worked off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenJob {
    /// What set it off.
    pub event: Option<Logged>,
    /// How many people are settled.
    pub done: u32,
    /// How many there were to look at.
    pub total: u32,
    /// When it was begun.
    pub started_at: Timestamp,
}

/// How far the feed is behind what is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedHealth {
    /// The newest place in the feed.
    pub head: Seq,
    /// How many committed events have no place in it yet.
    pub waiting: u32,
    /// Since when the oldest of them waits.
    pub waiting_since: Option<Timestamp>,
}

/// How the instance is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// The version of Muster.
    pub version: String,
    /// The database program and its version.
    pub database: String,
    /// How large the database is.
    pub database_bytes: u64,
    /// The last copy, if Muster ever made one.
    pub last_backup: Option<Backup>,
    /// How far the feed is.
    pub feed: FeedHealth,
    /// Large changes that are not done, oldest first.
    pub jobs: Vec<OpenJob>,
    /// What groups need; only for those with an admin right to groups.
    pub groups: Option<GroupHealth>,
    /// Groups with reserved names; only for those who administer groups or reserved names.
    pub clashes: Option<Findings<NameClash>>,
    /// When all this was read.
    pub read_at: Timestamp,
}

impl Health {
    /// The most rows of each finding that are shown.
    pub const SHOWN: usize = 20;
}
