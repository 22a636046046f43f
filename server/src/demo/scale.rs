//! The community years later: how many have come, and what is kept of the time before.

use super::{generate, groups, people};
use domain::{GroupId, RequestStatus, Timestamp};
use std::collections::HashSet;
use store::{Engine, Growth, Seed};

/// How long the community has grown: two years.
const GROWTH_SECONDS: i64 = 2 * 365 * 24 * 3_600;
/// How many requests wait in one queue.
const WAITING: u64 = 500;

/// The community as it was before it grew. What waited then has been settled long ago, and is left out.
#[must_use]
pub fn generate_past(now: Timestamp, seed: u64, password_hash: String) -> Seed {
    let mut past = generate(now.plus_seconds(-GROWTH_SECONDS), seed, password_hash);
    let waits = |status| status == RequestStatus::Open;
    let waiting: HashSet<_> = past.requests.iter().filter(|it| waits(it.status)).map(|it| it.id).collect();
    past.requests.retain(|request| !waiting.contains(&request.id));
    past.events.retain(|event| event.event.request.is_none_or(|request| !waiting.contains(&request)));
    past
}

/// What came to the community: with a factor of 1 what Muster is made to hold on this database (product.md §8).
#[must_use]
pub fn growth(past: &Seed, engine: Engine, factor: f64, now: Timestamp) -> Growth {
    let unit = match engine {
        Engine::Sqlite => 1_000.0,
        Engine::Postgres => 10_000.0,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "factors are between 0.001 and 10")]
    let times = |count: f64| (unit * factor * count).round().max(1.0) as u64;
    let busiest = past.groups.iter().find(|group| group.name == groups::SHOWN).map_or(GroupId(1), |group| group.id);
    Growth {
        users: times(100.0),
        groups: times(1.0),
        memberships: times(1_000.0),
        events: times(5_000.0),
        waiting: WAITING,
        busiest,
        decider: people::SUPERUSER,
        from: now.plus_seconds(-GROWTH_SECONDS),
        until: now,
        reason: "I have been around for a while, and would like to help.".to_owned(),
        comment: "Thank you for asking.".to_owned(),
    }
}
