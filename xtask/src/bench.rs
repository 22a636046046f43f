//! Measures what is shipped.

use crate::{build, failure::Outcome, place::Place, program::Program, provision};

/// Builds what is shipped and measures it beside the limits of the machine; `benches` says which options there are.
pub fn bench(place: &Place, options: &[String]) -> Outcome {
    build::ship(place)?;
    let manifest = place.join("benches/Cargo.toml");
    Program::cargo(place)
        .args(["run", "--release", "--manifest-path"])
        .args([manifest])
        .args(["--"])
        .args([place.shipped()])
        .args(options)
        .env("MUSTER_CHROMIUM", provision::chromium(place)?)
        .env("MUSTER_BENCH_PLAYWRIGHT", provision::playwright(place)?)
        .run()
}
