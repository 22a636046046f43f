//! What opens one's account, as lists on the profile: sessions and tokens look alike.

use super::{loaded::FirstRead, notice::Trouble};
use crate::live::LiveResource;
use crate::view::{
    dynamic::{dyn_view, once_here},
    erased::{ErasedView, IntoErased},
};
use leptos::prelude::*;

/// A list under its title, once it is read.
pub(crate) fn credential_list<T>(
    (title, hint): (&'static str, &'static str),
    first: FirstRead<T>,
    list: impl Fn(T) -> ErasedView + Clone + Send + Sync + 'static,
) -> ErasedView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <section class="card section">
            <h2>{title}</h2>
            <p class="hint">{hint}</p>
            {once_here(move || {
                let list = list.clone();
                Suspend::new(async move {
                    match first.await {
                        Ok(rows) => list(rows),
                        Err(error) => view! { <Trouble error=error /> }.erased(),
                    }
                })
            })}
        </section>
    }
    .erased()
}

/// One of them: what it is called, what is known of it, and how to end it.
pub(crate) fn way_in(id: String, name: String, facts: Vec<ErasedView>, end: ErasedView) -> ErasedView {
    let facts: Vec<_> = facts.into_iter().map(|fact| view! { <span>{fact}</span> }).collect();
    view! {
        <li class="line" id=id tabindex="-1">
            <div>
                <p class="line-name">{name}</p>
                <p class="facts">{facts}</p>
            </div>
            {end}
        </li>
    }
    .erased()
}

/// Why the list could not be read anew.
pub(crate) fn trouble<T: Send + Sync + 'static>(kept: LiveResource<T>) -> ErasedView {
    dyn_view(move || kept.trouble.get().map(|error| view! { <Trouble error=error /> })).erased()
}
