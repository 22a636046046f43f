//! What is not there, or not for the viewer to see: the two look the same.

use super::title::page_title;
use crate::text::language;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let labels = language().labels();
    page_title(|| labels.not_found.to_owned());
    view! {
        <div class="lost">
            <h1>{labels.not_found}</h1>
            <p>{labels.not_found_text}</p>
            <p><a class="button" href="/groups">{labels.back_to_groups}</a></p>
        </div>
    }
}
