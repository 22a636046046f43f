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
pub(crate) use browser::ErasedView;
#[cfg(feature = "ssr")]
pub(crate) use server::ErasedView;

/// Views that can lose their type.
pub(crate) trait IntoErased {
    /// The same view, by one type for all.
    fn erased(self) -> ErasedView;
}

impl<V: IntoView + 'static> IntoErased for V {
    fn erased(self) -> ErasedView {
        ErasedView::of(self)
    }
}

/// What stands inside a part: its `children`, as a piece.
pub(crate) struct ErasedChildren(Box<dyn FnOnce() -> ErasedView + Send>);

impl ErasedChildren {
    pub(crate) fn draw(self) -> ErasedView {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for ErasedChildren
where
    F: FnOnce() -> V + Send + 'static,
    V: IntoView + 'static,
{
    fn to_children(inside: F) -> Self {
        Self(Box::new(move || inside().erased()))
    }
}
