//! Builds what a person is to meet and serves it: the one command that a fresh machine needs.

use crate::{build, elapsed, failure::Outcome, place::Place, program::Program};
use std::time::Instant;

/// Serves the release build, which is what the tests leave behind: after them nothing is compiled here. The options go to
/// `muster serve`; a `--` before them is allowed and means nothing.
pub fn serve(place: &Place, args: &[String]) -> Outcome {
    let begun = Instant::now();
    build::assets(place, true)?;
    build::server(place, true)?;
    let took = elapsed::since_command(place).unwrap_or_else(|| begun.elapsed());
    println!("built in {} s", took.as_secs());
    let options = args.iter().filter(|arg| *arg != "--");
    Program::new(place, place.binary(true)).args(["serve"]).args(options).become_it()
}
