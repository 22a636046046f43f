//! Builds everything: what the browser runs, then the server that carries it.

use crate::{css, failure::Outcome, place::Place, program::Program, site, sizes, wasm};

/// The whole application. A release build ends with its sizes.
pub fn build(place: &Place, release: bool) -> Outcome {
    assets(place, release)?;
    server(place, release)?;
    if release { sizes::print(place, &place.binary(true)) } else { Ok(()) }
}

/// What is shipped: a release that was given more time to become quick.
pub fn ship(place: &Place) -> Outcome {
    assets(place, true)?;
    Program::cargo(place).args(["build", "--package", "server", "--bin", "muster", "--profile", "dist"]).run()?;
    sizes::print(place, &place.shipped())
}

/// What the browser fetches, under `target/site`.
pub fn assets(place: &Place, release: bool) -> Outcome {
    let client = wasm::build(place, release)?;
    let sheets = css::bundle(place, release)?;
    site::write(place, release, &client, &sheets)
}

/// The binary. It has to come last: in a release it embeds the assets.
pub fn server(place: &Place, release: bool) -> Outcome {
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    Program::cargo(place).args(["build", "--package", "server", "--bin", "muster"]).args(profile).run()
}
