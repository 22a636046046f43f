//! What every page of the admin area does first: it is read for its address, and kept true from then on.

use super::loaded::{first_read, loaded};
use crate::view::{
    dynamic::{Memoized, memo},
    erased::ErasedView,
};
use crate::{
    error::AppError,
    live::{LiveResource, live_resource_of},
};
use domain::Viewer;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// A page that shows what `read` answers for its address. What is not there, or not for the viewer, says so in its place.
pub(crate) fn admin_page<T, A, F>(
    asked: Memoized<A>,
    read: fn(A) -> F,
    page: impl Fn(Viewer, LiveResource<T>) -> ErasedView + Clone + Send + Sync + 'static,
) -> ErasedView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    A: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let begun = asked.get_untracked();
    let of_first = begun.clone();
    let first = first_read(move || read(of_first.clone()));
    loaded(first, move |viewer, first| page(viewer, live_resource_of(begun.clone(), first, asked, read)))
}

/// The address of a page that has nothing in it.
pub(crate) fn nothing_asked() -> Memoized<()> {
    memo(|| ())
}
