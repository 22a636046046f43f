//! How much is added to a seeded instance, to see how it does when it is big.

use domain::{GroupId, Timestamp, UserId};

/// What is added to a seeded instance: its people and groups many times over, and what happened among them.
#[derive(Clone, Debug)]
pub struct Growth {
    /// How many users. They are called like those who are there, with a number.
    pub users: u64,
    /// How many groups, made in the same way.
    pub groups: u64,
    /// How many memberships: very many in a few groups, few in most.
    pub memberships: u64,
    /// How many events, of what came to memberships and what did not.
    pub events: u64,
    /// How many requests wait in the queue of the busiest group. Most others have one.
    pub waiting: u64,
    /// The group with the most members; closed, so that one can wait there.
    pub busiest: GroupId,
    /// A superuser, who decides where there is no leader.
    pub decider: UserId,
    /// When the first of it happened. What is there already is older.
    pub from: Timestamp,
    /// When the last of it happened.
    pub until: Timestamp,
    /// Why some ask.
    pub reason: String,
    /// What some are answered.
    pub comment: String,
}
