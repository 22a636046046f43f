//! Measures the release.

use crate::{build, failure::Outcome, place::Place, program::Program};

/// Builds the release and loads its groups page, beside a server that sends the same bytes from memory.
pub fn bench(place: &Place) -> Outcome {
    build::assets(place, true)?;
    Program::cargo(place).args(["bench", "--package", "server", "--bench", "groups_page"]).run()
}
