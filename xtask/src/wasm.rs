//! Compiles the client for the browser and makes the JavaScript that loads it.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
    program::Program,
    provision,
};
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

/// The client, ready to be served.
pub struct Client {
    /// The module.
    pub wasm: Vec<u8>,
    /// Its loader. It holds no file name: the page tells it where the module is.
    pub js: Vec<u8>,
}

/// Compiles it. A release is made for size; wasm-opt is left out because it makes the compressed file larger.
pub fn build(place: &Place, release: bool) -> Outcome<Client> {
    provision::wasm_target(place)?;
    let profile = if release { "wasm-release" } else { "dev" };
    Program::cargo(place)
        .args(["build", "--package", "frontend", "--lib", "--target", provision::WASM_TARGET, "--profile", profile])
        .args(["--target-dir".as_ref(), place.front().as_os_str()])
        .run()?;
    let folder = if release { "wasm-release" } else { "debug" };
    let compiled = place.front().join(provision::WASM_TARGET).join(folder).join("frontend.wasm");
    let bound = place.front().join("bound");
    // Nothing of an earlier build may pass for part of this one.
    if bound.exists() {
        fs::remove_dir_all(&bound).explain(format!("clear {}", bound.display()))?;
    }
    Bindgen::new()
        .input_path(compiled)
        .out_name("muster")
        .typescript(false)
        .keep_debug(!release)
        .remove_name_section(release)
        .remove_producers_section(release)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&bound))
        .map_err(|cause| Failure::new(format!("cannot bind the client to JavaScript: {cause:#}")))?;
    if bound.join("snippets").exists() {
        // Its files would be imported by fixed names, which the hashed names of the others do not allow for.
        return Err(Failure::new(
            "a dependency of the client brings JavaScript files of its own, which are not served",
        ));
    }
    let read = |name: &str| fs::read(bound.join(name)).explain(format!("read {name}"));
    Ok(Client { wasm: read("muster_bg.wasm")?, js: read("muster.js")? })
}
