//! What is not there, or not for the viewer to see: the two look the same.

use crate::text::language;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let labels = language().labels();
    view! {
        <Title text=labels.not_found />
        <div class="lost">
            <h1>{labels.not_found}</h1>
            <p>{labels.not_found_text}</p>
            <p><a class="button" href="/groups">{labels.back_to_groups}</a></p>
        </div>
    }
}
