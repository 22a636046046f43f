//! Parts of a page that follow signals, in one shape for all of them.
//!
//! Leptos compiles the closures and types of each view into code of their own: for drawing, hydrating, changing and
//! removing. In the browser they go into a box first, so that this code is there once. It costs an allocation on each
//! drawing and saves a third of what the browser has to load. On the server they are worked out where they stand.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub(crate) use browser::*;
#[cfg(feature = "ssr")]
pub(crate) use server::*;
