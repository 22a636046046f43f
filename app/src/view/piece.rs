//! A view without its type.
//!
//! A piece is less than Leptos' own `AnyView`, on either side. In the browser it is built, hydrated in one step, changed
//! and removed, and knows neither how to write HTML nor how to hydrate in several steps: `AnyView` compiles both for every
//! type of view, which made up a quarter of all code. On the server it is written, once.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

use leptos::{children::ToChildren, prelude::IntoView};

#[cfg(not(feature = "ssr"))]
pub(crate) use browser::Piece;
#[cfg(feature = "ssr")]
pub(crate) use server::Piece;

/// Views that can lose their type.
pub(crate) trait IntoPiece {
    /// The same view, by one type for all.
    fn piece(self) -> Piece;
}

impl<V: IntoView + 'static> IntoPiece for V {
    fn piece(self) -> Piece {
        Piece::of(self)
    }
}

/// What stands inside a part: its `children`, as a piece.
pub(crate) struct Contents(Box<dyn FnOnce() -> Piece + Send>);

impl Contents {
    pub(crate) fn draw(self) -> Piece {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for Contents
where
    F: FnOnce() -> V + Send + 'static,
    V: IntoView + 'static,
{
    fn to_children(inside: F) -> Self {
        Self(Box::new(move || inside().piece()))
    }
}
