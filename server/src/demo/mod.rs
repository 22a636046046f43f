//! A made-up community to try Muster with: people, groups of every kind, and eighteen months of what happened.
//!
//! Plain data out of a seed; nothing here touches a database. The same seed gives the same community, names and join
//! links included, so it is for trying things out, never for a place with anything to protect.

mod backstage;
mod catalogue;
mod dice;
mod groups;
mod history;
mod memberships;
mod names;
mod organisations;
mod people;
mod record;
mod scale;
mod words;

#[cfg(test)]
mod tests;

pub use scale::{generate_past, growth};

use dice::Dice;
use domain::{State, Timestamp};
use history::Historian;
use memberships::Community;
use store::Seed;

/// Who can be signed in as: role and username.
pub const SIGN_INS: &[(&str, &str)] =
    &[("member", "mika"), ("leader", "leila"), ("manager", "marek"), ("staff", "stella"), ("superuser", "ada")];

/// The password of every demo user.
pub const PASSWORD: &str = "muster-demo-pass";

/// How long the community has been there: eighteen months.
const AGE_SECONDS: i64 = 548 * 24 * 3_600;

/// A whole community as it would be at `now`. `password_hash` is that of [`PASSWORD`].
#[must_use]
pub fn generate(now: Timestamp, seed: u64, password_hash: String) -> Seed {
    let dice = &mut Dice::new(seed);
    let start = now.plus_seconds(-AGE_SECONDS);
    let people = people::invent(dice, start, now, &password_hash);
    let groups = groups::invent(dice, start, now);
    let community = Community::settle(dice, people, groups);
    let mut historian = Historian::new(dice, &community, now);
    let memberships = historian.tell();
    let (requests, events) = historian.record.write(&community);
    let states = organisations::states();
    Seed {
        users: community.people,
        state_corporations: scopes(&states, |state| &state.scope.corporations),
        state_alliances: scopes(&states, |state| &state.scope.alliances),
        groups: community.groups,
        memberships,
        requests,
        events,
    }
}

fn scopes(states: &[State], ids: impl Fn(&State) -> &[i64]) -> Vec<(domain::StateId, i64)> {
    states.iter().flat_map(|state| ids(state).iter().map(|id| (state.id, *id))).collect()
}
