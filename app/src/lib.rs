//! What server and browser share: the shell, the pages and their parts, the server functions, the texts.
//!
//! It never decides: it renders what the server offers and explains what it refuses.

#[cfg(feature = "ssr")]
pub mod backend;
pub mod error;
