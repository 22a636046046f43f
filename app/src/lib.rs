//! What server and browser share: the shell, the pages and their parts, the server functions, the texts.
//!
//! It never decides: it renders what the server offers and explains what it refuses.

// A page is one deeply nested type; the default depth is not enough to lay it out.
#![recursion_limit = "256"]

pub mod address;
pub mod api;
mod app;
#[cfg(feature = "ssr")]
pub mod backend;
mod browser;
mod chunk;
pub mod error;
#[cfg(feature = "ssr")]
pub mod export;
pub mod input;
mod live;
#[cfg(feature = "ssr")]
pub mod once;
mod pages;
pub mod parts;
#[cfg(feature = "ssr")]
mod shell;
pub mod text;
pub mod typed;
pub mod wire;

pub use app::App;
pub use chunk::{Chunk, load};
#[cfg(feature = "ssr")]
pub use shell::{Assets, ShellFacts, Still, shell};
