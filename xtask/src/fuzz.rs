//! Calls the API with whatever its description allows and with much that it does not: no answer may be a fault of ours,
//! and none may be missing from the description. Schemathesis makes the calls, a throw-away instance answers them.

use crate::{
    build,
    failure::{Explain, Failure, Outcome},
    place::Place,
    program::Program,
    provision,
};
use std::fs;

/// What an answer is held against.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Builds the release, then calls it.
pub fn alone(place: &Place) -> Outcome {
    build::build(place, true)?;
    if run(place)? { Ok(()) } else { Err(Failure::new("the API gave answers that it must not give")) }
}

/// Runs it against the release that is there. Says whether nothing was found.
pub fn run(place: &Place) -> Outcome<bool> {
    let schemathesis = provision::schemathesis(place)?;
    let data = place.join("target/fuzz");
    if data.exists() {
        fs::remove_dir_all(&data).explain(format!("clear {}", data.display()))?;
    }
    let muster = || Program::new(place, place.binary(true)).env("MUSTER_DATA_DIR", &data).env("MUSTER_API_RATE", "0");
    muster().args(["migrate"]).read()?;
    muster().args(["user", "create", "root", "--superuser"]).read()?;
    let token = muster().args(["token", "create", "root"]).read()?;
    let serving = muster().args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"]).start("http://")?;
    let address = serving.said().split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
    let address = address.ok_or_else(|| Failure::new("the server does not say where it listens"))?;
    Program::new(place, schemathesis)
        .args(["run", &format!("http://{address}/api/v1/openapi.json")])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--checks", CHECKS])
        // A stream never ends.
        .args(["--exclude-path", "/events"])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--max-time", "40", "--workers", "2"])
        .args(["--seed", "1"])
        .args(["--request-timeout", "10", "--generation-deterministic"])
        .follow(|_| ())
}
