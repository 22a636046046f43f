//! Everything that has to hold before a change is taken. The same here and on the build machine.

use crate::{
    build, deny, e2e,
    failure::Outcome,
    fuzz,
    place::Place,
    program::Program,
    provision, sizes,
    steps::{Count, Steps},
};

/// The crates that run natively. The client is built apart: its features must not reach the server.
const NATIVE: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// Runs all steps and fails if one did.
pub fn test(place: &Place) -> Outcome {
    provision::wasm_target(place)?;
    provision::postgresql(place)?;

    let mut steps = Steps::default();
    steps.run("format", |_| done(Program::cargo(place).args(["fmt", "--all", "--check"])));
    steps.run("lints, native", |_| {
        let clippy = Program::cargo(place).args(["clippy", "--all-targets"]).args(NATIVE);
        done(clippy.args(["--", "--deny", "warnings"]))
    });
    steps.run("lints, browser", |_| {
        let clippy = Program::cargo(place).args(["clippy", "--package", "frontend", "--lib"]);
        let clippy = clippy.args(["--target", provision::WASM_TARGET, "--target-dir"]).args([place.front()]);
        done(clippy.args(["--", "--deny", "warnings"]))
    });
    steps.run("dependencies", |_| deny::check(place));
    steps.run("documentation", |_| {
        let doc = Program::cargo(place).args(["doc", "--no-deps", "--document-private-items"]).args(NATIVE);
        done(doc.env("RUSTDOCFLAGS", "--deny warnings"))
    });
    steps.run("tests of the build tool", |count| {
        counted(Program::cargo(place).args(["test", "--package", "xtask"]), count)
    });
    let assets = steps.run("release build, browser", |_| build::assets(place, true).map(|()| true));
    // In the release profile, so that one compilation serves the tests and the binary that is shipped. The rules are
    // tested apart: their tests switch on a feature that would have everything above them compiled twice.
    steps.run("tests of the rules", |count| {
        counted(Program::cargo(place).args(["test", "--release", "--package", "domain"]), count)
    });
    steps.run("tests", |count| {
        let tests = Program::cargo(place).args(["test", "--release", "--no-fail-fast"]).args(NATIVE);
        counted(tests.args(["--exclude", "xtask", "--exclude", "domain"]), count)
    });
    let server = steps.run("release build, server", |_| build::server(place, true).map(|()| true));
    if assets && server {
        steps.run("made-up calls of the API", |_| fuzz::run(place));
        steps.run("browser tests", |count| e2e::run(place, &[], |line| count.add_line(line)));
        sizes::print(place, &place.binary(true))?;
    }
    steps.close()
}

fn done(program: Program) -> Outcome<bool> {
    program.run().map(|()| true)
}

fn counted(program: Program, count: &mut Count) -> Outcome<bool> {
    program.follow(|line| count.add_line(line))
}
