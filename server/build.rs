//! Makes sure that the folder of browser assets exists, so that a clean checkout compiles without them, and that the
//! server is compiled anew when `cargo xtask build` has made others.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let site = Path::new(&root).join("../target/site");
    fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", site.display());
    Ok(())
}
