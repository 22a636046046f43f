//! Parts of a page that follow signals, in one shape for all of them.
//!
//! Leptos compiles the closures and types of each view into code of their own: for drawing, hydrating, changing and
//! removing. In the browser they go into a box first, so that this code is there once. It costs an allocation on each
//! drawing and saves a third of what the browser has to load. On the server they are worked out where they stand.
//!
//! A browser that translates pages puts elements of its own (`font`) in the place of texts, which are then no longer on the
//! page: what is written into them would not be seen, and nothing could be put before them. `translated.js`, a part of the
//! document, puts each text back beside its translation, empty for as long as that stands. Once the text is written anew or
//! taken away, its translation goes.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub(crate) use browser::*;
#[cfg(feature = "ssr")]
pub(crate) use server::*;

/// The script that keeps texts on the page while it is translated.
#[cfg(feature = "ssr")]
pub(crate) const TRANSLATED: &str = include_str!("dynamic/translated.js");
