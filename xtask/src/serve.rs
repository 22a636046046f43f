//! Builds and runs the application: the one command that a fresh machine needs.

use crate::{build, failure::Outcome, place::Place, program::Program};

/// Options other than `--release` go to `muster serve`; a `--` before them is allowed and means nothing.
pub fn serve(place: &Place, args: &[String]) -> Outcome {
    let release = args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--release");
    let options = args.iter().filter(|arg| !["--release", "--"].contains(&arg.as_str()));
    build::build(place, release)?;
    Program::new(place, place.binary(release)).args(["serve"]).args(options).become_it()
}
