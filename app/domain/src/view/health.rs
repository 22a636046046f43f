//! How the instance is doing, for the admin area.

use crate::{GroupRef, Person, RecordedEvent, RequestId, RequestKind, ReservedNameId, Seq, Timestamp, closed::closed};
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

/// Two accounts of which one is called what is the other's address: what is typed at the sign-in means the first (R17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedKey {
    /// Whose username it is.
    pub named: Person,
    /// Whose e-mail address it is.
    pub addressed: Person,
}

closed! {
    /// Whose name it is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum NameOf {
        /// A user, by their username.
        User = "user",
        /// A user, by their e-mail address.
        Email = "email",
        /// A group.
        Group = "group",
        /// A state.
        State = "state",
        /// A reserved name.
        ReservedName = "reserved_name",
    }
}

/// A name that is the same as another (R16), from before names were compared as they are now. The other is found by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namesake {
    /// Whose it is.
    pub of: NameOf,
    /// The id of its bearer.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The id of the other bearer.
    pub other_id: i64,
    /// How the other writes it.
    pub other: String,
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
    pub event: Option<RecordedEvent>,
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
    /// Accounts that share a name with the address of another; only for those who administer accounts.
    pub shared_keys: Option<Findings<SharedKey>>,
    /// Names that are the same as others: of those whom the viewer administers.
    pub namesakes: Findings<Namesake>,
    /// When all this was read.
    pub read_at: Timestamp,
}

impl Health {
    /// The most rows of each finding that are shown.
    pub const SHOWN: usize = 20;

    /// After how many seconds a copy of the database is old.
    const BACKUP_SECONDS: i64 = 7 * 24 * 60 * 60;

    /// For how many seconds an event may wait for its place in the feed.
    const FEED_SECONDS: i64 = 60;

    /// Whether Muster copies this database itself. PostgreSQL has its own tools, of which Muster knows nothing.
    #[must_use]
    pub fn makes_backups(&self) -> bool {
        self.database.starts_with("SQLite")
    }

    /// Whether a copy should be made: there is none, or an old one.
    #[must_use]
    pub fn needs_backup(&self) -> bool {
        let is_old = |backup: &Backup| self.read_at.seconds_since(backup.at) > Self::BACKUP_SECONDS;
        self.makes_backups() && self.last_backup.as_ref().is_none_or(is_old)
    }

    /// Whether the feed is too far behind.
    #[must_use]
    pub fn lags(&self) -> bool {
        self.feed.waiting_since.is_some_and(|since| self.read_at.seconds_since(since) > Self::FEED_SECONDS)
    }

    /// Whether nothing was found that somebody should look after, as far as the viewer may know.
    #[must_use]
    pub fn is_well(&self) -> bool {
        let groups_are = |groups: &GroupHealth| {
            groups.leaderless.total == 0 && groups.old_requests.total == 0 && groups.inactive_leaders.total == 0
        };
        !self.needs_backup()
            && !self.lags()
            && self.groups.as_ref().is_none_or(groups_are)
            && self.clashes.as_ref().is_none_or(|clashes| clashes.total == 0)
            && self.shared_keys.as_ref().is_none_or(|shared| shared.total == 0)
            && self.namesakes.total == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(2_000_000_000_000_000);

    fn health() -> Health {
        Health {
            version: "1".to_owned(),
            database: "SQLite 3".to_owned(),
            database_bytes: 1,
            last_backup: Some(Backup { at: NOW.plus_seconds(-60), bytes: 1 }),
            feed: FeedHealth { head: Seq(1), waiting: 0, waiting_since: None },
            jobs: Vec::new(),
            groups: None,
            clashes: Some(Findings { first: Vec::new(), total: 0 }),
            shared_keys: None,
            namesakes: Findings { first: Vec::new(), total: 0 },
            read_at: NOW,
        }
    }

    #[test]
    fn an_instance_that_is_looked_after_is_well() {
        assert!(health().is_well());
    }

    #[test]
    fn a_copy_of_the_database_gets_old() {
        let copied = |seconds: i64| Some(Backup { at: NOW.plus_seconds(-seconds), bytes: 1 });
        for (last_backup, needs) in [(None, true), (copied(8 * 86_400), true), (copied(6 * 86_400), false)] {
            let health = Health { last_backup, ..health() };
            assert_eq!((health.needs_backup(), health.is_well()), (needs, !needs), "{health:?}");
            assert!(!Health { database: "PostgreSQL 16".to_owned(), ..health }.needs_backup());
        }
    }

    #[test]
    fn an_event_that_waits_long_is_a_lag() {
        let waiting = |seconds: i64| FeedHealth { waiting_since: Some(NOW.plus_seconds(-seconds)), ..health().feed };
        assert!(!Health { feed: waiting(5), ..health() }.lags());
        assert!(Health { feed: waiting(90), ..health() }.lags());
    }
}
