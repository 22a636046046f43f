//! The browser tests, on the release binary.

use crate::{
    build,
    failure::{Failure, Outcome},
    place::Place,
    program::Program,
    provision,
};

/// Builds the release, then tests it. The options go to Playwright.
pub fn alone(place: &Place, args: &[String]) -> Outcome {
    build::build(place, true)?;
    if run(place, args, |_| ())? { Ok(()) } else { Err(Failure::new("browser tests failed")) }
}

/// Tests the release that is there. Each line of output is shown to `on_line` too.
pub fn run(place: &Place, args: &[String], on_line: impl FnMut(&str)) -> Outcome<bool> {
    let chromium = provision::chromium(place)?;
    let playwright = provision::playwright(place)?;
    Program::new(place, playwright)
        .args(["test"])
        .args(args)
        .dir(&place.end2end())
        .env("MUSTER_BINARY", place.binary(true))
        .env("MUSTER_CHROMIUM", chromium)
        .follow(on_line)
}
