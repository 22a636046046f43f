//! What a page knows of the document around it: its files, its theme and language, the moment it is made.

use crate::language::Language;
use domain::{Seq, Theme, Timestamp, UserId};
use std::{collections::BTreeMap, sync::Arc};

/// Where the files of the browser are, content-hashed, as absolute paths on this host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet of the frame, the ways in and the groups list.
    pub css: String,
    /// The style sheets of the other pages, by the name of the chunk.
    pub sheets: BTreeMap<String, String>,
    /// The glue that starts the WebAssembly.
    pub js: String,
    /// The WebAssembly itself.
    pub wasm: String,
    /// What is loaded later, by the name of the chunk.
    pub chunks: BTreeMap<String, Vec<String>>,
    /// The sprite that `parts::icon::sprite` makes.
    pub icons: String,
    /// What names the build, where pages are to load again when it is another: `cargo xtask dev` alone has one.
    pub build: Option<String>,
}

/// What a document is made with. The router provides it as a context for every page.
#[derive(Clone, Debug)]
pub struct ShellFacts {
    /// The files of the browser.
    pub assets: Arc<Assets>,
    /// The viewer's choice of light or dark, or `System` for visitors.
    pub theme: Theme,
    /// The language of everything on the page.
    pub language: Language,
    /// The present moment: times on the page are relative to it.
    pub now: Timestamp,
    /// Scheme, host and port under which this is reached: begins every address that is to be passed on.
    pub origin: String,
    /// Whose page it is, and where the feed stood before anything on it was read; `None` for visitors, who follow nothing.
    pub follows: Option<(UserId, Seq)>,
    /// Random and new for every answer: begins the `CommandId` of each form shown. At most 32 visible ASCII characters.
    pub form_seed: String,
}

/// That a page stays as it is drawn: its address does not say what it shows. Provided as a context by whoever draws it.
#[derive(Clone, Copy, Debug)]
pub struct Still;
