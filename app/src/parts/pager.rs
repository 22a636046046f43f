//! The way to the next page of a list, and back to the first.

use super::icon::{Glyph, Icon};
use crate::view::{
    dynamic::dyn_view,
    erased::{ErasedView, IntoErased},
};
use crate::{
    address::{Query, may_be_told},
    text::language,
};
use leptos::prelude::*;

/// The links, as far as there are pages.
#[component]
pub(crate) fn Pager(
    /// The address of the first page, unless this is it.
    first: Signal<Option<String>>,
    /// The address of the next page, unless this is the last.
    next: Signal<Option<String>>,
) -> impl IntoView {
    let labels = language().labels();
    let link = move |href: Option<String>, icon, label| {
        let label = view! { <Glyph icon=icon />{label} }.erased();
        href.map(|href| view! { <li>{way(href, label)}</li> })
    };
    dyn_view(move || {
        let (first, next) = (first.get(), next.get());
        (first.is_some() || next.is_some()).then(|| {
            view! {
                <nav class="pager" aria-label=labels.pages>
                    <ul>
                        {link(first, Icon::Back, labels.first_page)}
                        {link(next, Icon::Next, labels.next_page)}
                    </ul>
                </nav>
            }
        })
    })
}

/// A link, or where no address may tell what is asked for, a form.
fn way(href: String, label: ErasedView) -> ErasedView {
    if may_be_told(&href) {
        return view! { <a class="button" href=href>{label}</a> }.erased();
    }
    let (path, query) = href.split_once('?').unwrap_or((&href, ""));
    let fields: Vec<ErasedView> = Query::read(query)
        .pairs()
        .map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }.erased())
        .collect();
    view! { <form method="post" action=path.to_owned()>{fields}<button class="button">{label}</button></form> }.erased()
}
