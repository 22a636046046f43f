//! On the server a page is written once, and nothing changes meanwhile: whatever follows signals in the browser is worked
//! out here where it stands, and follows nothing.

use crate::{
    document::ShellFacts,
    language::Language,
    present::Present,
    view::erased::{ErasedView, IntoErased},
};
use leptos::{
    prelude::*,
    tachys::{html::InertElement, view::Position},
};

/// A part.
pub(crate) type DynView = ErasedView;

/// A text.
pub(crate) type DynText = String;

/// An attribute: there with a value, or not there.
pub(crate) type Mark = Option<&'static str>;

/// A value.
pub(crate) type Memoized<T> = Signal<T>;

/// Draws a part.
pub(crate) fn dyn_view<V: IntoView + 'static>(part: impl FnMut() -> V) -> DynView {
    untrack(part).erased()
}

/// Draws a text.
pub(crate) fn dyn_text(text: impl Fn() -> String) -> DynText {
    untrack(text)
}

/// Sets an attribute.
pub(crate) fn dyn_attr(value: impl FnMut() -> Option<&'static str>) -> Mark {
    untrack(value)
}

/// Works a value out.
pub(crate) fn memo<T: Send + Sync + 'static>(value: impl Fn() -> T) -> Memoized<T> {
    Signal::stored(untrack(value))
}

/// Works a value out.
pub(crate) fn follow_while<T: Send + Sync + 'static>(_: impl Fn() -> bool, value: impl Fn() -> T) -> Memoized<T> {
    memo(value)
}

/// A row of a list.
pub(crate) fn follow_row<T: Send + Sync + 'static>(first: T, _: impl Fn() -> Option<T>) -> Memoized<T> {
    Signal::stored(first)
}

/// A value.
pub(crate) fn follow_patiently<T: Send + Sync + 'static>(value: Memoized<T>) -> Memoized<T> {
    value
}

/// Writes rows, each of them an element.
///
/// They are written as they are drawn, into one text: what is made for a row is gone before the next. Leptos would keep
/// them all, and takes two allocations more for each element where something may have to be waited for.
pub(crate) fn rows(ids: impl Fn() -> Vec<i64>, row: impl Fn(i64) -> ErasedView) -> ErasedView {
    let mut html = String::new();
    bring_near();
    untrack(|| {
        for id in ids() {
            row(id).to_html_with_buf(&mut html, &mut Position::NextChild, true, false, Vec::new());
        }
    });
    // By this the list finds its end when it changes.
    html.push_str("<!>");
    InertElement::new(html).erased()
}

/// Makes known here what every row asks for several times: it is looked for in every owner between here and where it was
/// made known.
fn bring_near() {
    fn near<T: Clone + Send + Sync + 'static>() {
        if let Some(known) = use_context::<T>() {
            provide_context(known);
        }
    }
    near::<Language>();
    near::<ShellFacts>();
    near::<Present>();
}

/// Waits for something, once: as often as Leptos asks, the whole page would be drawn.
pub(crate) fn awaited(
    mut wait: impl FnMut() -> Suspend<ErasedView> + Send + 'static,
    fallback: impl Fn() -> ErasedView + Send + Sync + 'static,
) -> ErasedView {
    view! { <Suspense fallback=fallback>{wait()}</Suspense> }.erased()
}

/// Waits for something, once.
pub(crate) fn once_here(wait: impl FnMut() -> Suspend<ErasedView> + Send + 'static) -> ErasedView {
    awaited(wait, || "".erased())
}
