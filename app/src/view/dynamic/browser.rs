//! In the browser parts change with the signals they read.

use crate::{
    parts::keys::use_keys,
    view::erased::{ErasedView, IntoErased},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A part that is drawn anew whenever a signal it reads changes. What stays the same keeps its place in the page.
pub(crate) type DynView = Box<dyn FnMut() -> ErasedView + Send>;

/// A text that follows signals.
pub(crate) type DynText = Box<dyn Fn() -> String + Send + Sync>;

/// An attribute that follows signals: there with a value, or not there.
pub(crate) type Mark = Box<dyn FnMut() -> Option<&'static str> + Send>;

/// A value that follows signals, and is told on only when it changes.
pub(crate) type Memoized<T> = Memo<T>;

/// Draws a part.
pub(crate) fn dyn_view<V: IntoView + 'static>(mut part: impl FnMut() -> V + Send + 'static) -> DynView {
    Box::new(move || part().erased())
}

/// Draws a text.
pub(crate) fn dyn_text(text: impl Fn() -> String + Send + Sync + 'static) -> DynText {
    Box::new(text)
}

/// Sets an attribute.
pub(crate) fn dyn_attr(value: impl FnMut() -> Option<&'static str> + Send + 'static) -> Mark {
    Box::new(value)
}

/// Follows signals.
pub(crate) fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memoized<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Memo::new(move |_| value())
}

/// Follows signals for as long as `holds`, and keeps the value as it was after that.
pub(crate) fn follow_while<T>(
    holds: impl Fn() -> bool + Send + Sync + 'static,
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memoized<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&T>| before.filter(|_| !holds()).cloned().unwrap_or_else(&value))
}

/// Follows a row of a list. One that is leaving stays as it was.
pub(crate) fn follow_row<T>(first: T, find: impl Fn() -> Option<T> + Send + Sync + 'static) -> Memoized<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let find: Box<dyn Fn() -> Option<T> + Send + Sync> = Box::new(find);
    Memo::new(move |before: Option<&T>| find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone()))
}

/// Follows a value, but not while somebody writes: what is drawn anew then would take text and focus with it.
pub(crate) fn follow_patiently<T>(value: Memoized<T>) -> Memoized<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let keys = use_keys();
    Memo::new(move |before: Option<&T>| {
        let now = value.get();
        before.filter(|_| keys.someone_writes()).cloned().unwrap_or(now)
    })
}

/// Draws rows by their ids. A row stays while its id does, wherever it moves to.
pub(crate) fn rows(
    ids: impl Fn() -> Vec<i64> + Send + Sync + 'static,
    row: impl Fn(i64) -> ErasedView + Send + Sync + 'static,
) -> ErasedView {
    let ids: Box<dyn Fn() -> Vec<i64> + Send + Sync> = Box::new(ids);
    let row: Arc<dyn Fn(i64) -> ErasedView + Send + Sync> = Arc::new(row);
    view! { <For each=ids key=|id| *id children=move |id| row(id) /> }.erased()
}

/// Shows what has to be waited for, and `fallback` before.
pub(crate) fn awaited(
    wait: impl FnMut() -> Suspend<ErasedView> + Send + 'static,
    fallback: impl Fn() -> ErasedView + Send + Sync + 'static,
) -> ErasedView {
    let wait: Box<dyn FnMut() -> Suspend<ErasedView> + Send> = Box::new(wait);
    view! { <Suspense fallback=fallback>{wait}</Suspense> }.erased()
}

/// Shows what has to be waited for, and nothing before.
pub(crate) fn once_here(wait: impl FnMut() -> Suspend<ErasedView> + Send + 'static) -> ErasedView {
    let wait: Box<dyn FnMut() -> Suspend<ErasedView> + Send> = Box::new(wait);
    view! { <Suspense>{wait}</Suspense> }.erased()
}
