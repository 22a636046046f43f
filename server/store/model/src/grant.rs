//! Grants and jobs as they are told.

use domain::{Cause, EventId, GrantKind, Timestamp, UserId};

/// One reason why somebody is in a group, or once was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// How it came to be.
    pub kind: GrantKind,
    /// Who gave it; nobody where the system did.
    pub by: Option<UserId>,
    /// Why, in their words.
    pub reason: Option<String>,
    /// Since when.
    pub from: Timestamp,
    /// Until when it was given, if not for good.
    pub until: Option<Timestamp>,
    /// When it ended; `None` while it is live.
    pub ended_at: Option<Timestamp>,
    /// By which rule it ended.
    pub ended_cause: Option<Cause>,
}

/// What is left to do of a change that touches many people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The row.
    pub id: i64,
    /// How many people are settled.
    pub done: i64,
    /// How many there were to look at.
    pub total: i64,
    /// What set it off.
    pub event: EventId,
    /// When.
    pub started_at: Timestamp,
}
