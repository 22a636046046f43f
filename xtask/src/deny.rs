//! What Muster is made of: licences, sources and known faults of its dependencies, as `deny.toml` allows them.

use crate::{failure::Outcome, place::Place, program::Program, provision};

/// What cargo-deny says when the list of known faults cannot be fetched.
const UNREACHABLE: &str = "failed to fetch advisory database";

/// Checks all dependencies. Says whether they are in order.
///
/// The list of known faults is fetched anew. Where it cannot be reached, that is said and the rest still counts: a build
/// machine without the open network must not fail for it, and must not look as if it had checked.
pub fn check(place: &Place) -> Outcome<bool> {
    let cargo_deny = provision::cargo_deny(place)?;
    let deny = |checks: &[&str]| Program::new(place, &cargo_deny).args(["check"]).args(checks);
    let in_order = deny(&["licenses", "bans", "sources"]).follow(|_| ())?;
    let mut reached = true;
    let without_faults = deny(&["advisories"]).follow_errors(|line| reached &= !line.contains(UNREACHABLE))?;
    if !reached {
        println!("known faults of dependencies were NOT checked: the list of RustSec could not be fetched");
    }
    Ok(in_order && (without_faults || !reached))
}
