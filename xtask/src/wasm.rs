//! Compiles the client for the browser and makes the JavaScript that loads it.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
    program::Program,
    provision, shrink, split,
};
use std::{collections::BTreeMap, fs};
use wasm_bindgen_cli_support::Bindgen;

/// The client, ready to be served.
pub struct Client {
    /// The module.
    pub wasm: Vec<u8>,
    /// Its loader. The page tells it where the module is; what is loaded later it names itself.
    pub js: String,
    /// What is loaded later, by the names in the loader.
    pub later: BTreeMap<String, Vec<u8>>,
    /// Which of those files each chunk is in.
    pub chunks: BTreeMap<String, Vec<String>>,
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
    let split = place.front().join("split");
    // Nothing of an earlier build may pass for part of this one.
    for folder in [&bound, &split] {
        if folder.exists() {
            fs::remove_dir_all(folder).explain(format!("clear {}", folder.display()))?;
        }
    }
    let parts = split::split(&compiled, &split, release)?;
    Bindgen::new()
        .input_path(&parts.main)
        .out_name("muster")
        .typescript(false)
        // What the chunks take from here goes by the names that the linker gave.
        .keep_lld_exports(true)
        .demangle(false)
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
    let wasm = fs::read(bound.join("muster_bg.wasm")).explain("read muster_bg.wasm")?;
    let js = parts.complete(&fs::read_to_string(bound.join("muster.js")).explain("read muster.js")?)?;
    let (wasm, js) = if release { shrink::shrink(&wasm, &js)? } else { (wasm, js) };
    Ok(Client { wasm, js, later: parts.files, chunks: parts.chunks })
}
