//! The way to the next page of a list, and back to the first.

use super::{
    draw::draw,
    icon::{Glyph, Icon},
};
use crate::text::language;
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
        href.map(|href| view! { <li><a class="button" href=href><Glyph icon=icon />{label}</a></li> })
    };
    draw(move || {
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
