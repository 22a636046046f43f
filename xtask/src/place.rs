//! Where things lie in the project. The only module that spells a path of the tree.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The project.
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// Cargo tells a program that it runs where its manifest is; the project is one level up.
    pub fn find() -> Self {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        Self { root }
    }

    /// The top level.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Something below the top level.
    pub fn join(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The files that the browser fetches, as the server embeds them.
    pub fn pkg(&self) -> PathBuf {
        self.root.join("target/site/pkg")
    }

    /// Names those of them whose names carry a hash.
    pub fn assets_json(&self) -> PathBuf {
        self.root.join("target/site/assets.json")
    }

    /// What cargo builds for the browser: a folder of its own, so that the two builds do not wait for one lock.
    pub fn front(&self) -> PathBuf {
        self.root.join("target/front")
    }

    /// The browser tests.
    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// The server's binary.
    pub fn binary(&self, release: bool) -> PathBuf {
        self.built(if release { "release" } else { "debug" })
    }

    /// The binary that is shipped.
    pub fn shipped(&self) -> PathBuf {
        self.built("dist")
    }

    fn built(&self, profile: &str) -> PathBuf {
        self.root.join("target").join(profile).join(format!("muster{}", env::consts::EXE_SUFFIX))
    }
}
