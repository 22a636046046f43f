//! What server and browser share: the shell, the pages and their parts, the server functions, the texts.
//!
//! It never decides: it renders what the server offers and explains what it refuses.

// A page is one deeply nested type; the default depth is not enough to lay it out.
#![recursion_limit = "256"]

pub mod address;
pub mod api;
mod app;
pub mod audit;
#[cfg(feature = "ssr")]
pub mod backend;
mod browser;
mod chunk;
#[cfg(feature = "ssr")]
mod document;
pub mod error;
#[cfg(feature = "ssr")]
pub mod export;
pub mod input;
pub mod language;
mod live;
#[cfg(feature = "ssr")]
pub mod one_time_secret;
mod page_query;
mod pages;
pub mod parts;
mod present;
pub mod secret;
#[cfg(feature = "ssr")]
mod shell;
pub mod text;
pub mod typed;
mod view;
pub mod wire;

pub use app::App;
pub use chunk::{Chunk, load};
#[cfg(feature = "ssr")]
pub use document::{Assets, ShellFacts, Still};
#[cfg(feature = "ssr")]
pub use shell::shell;
