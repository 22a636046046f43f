//! What needs somebody to look after it, in short: each with its number and the way there.

use super::icon::{Glyph, Icon};
use crate::text::language;
use crate::view::erased::{ErasedView, IntoErased};
use domain::Health;
use leptos::prelude::*;

/// The page that tells more.
const MORE: &str = "/admin/health";

/// What needs care, or that nothing does.
pub(crate) fn care(health: &Health) -> ErasedView {
    let words = language();
    let labels = words.admin_area();
    let needs = words.needs(health);
    let more = view! { <p><a href=MORE>{labels.see_health}</a></p> };
    if needs.is_empty() {
        return view! {
            <section class="card section">
                <p class="foreseen-none"><Glyph icon=Icon::Check />{labels.all_well}</p>
                {more}
            </section>
        }
        .erased();
    }
    let need = |(part, need): (&str, String)| {
        view! { <li><Glyph icon=Icon::Warning /><a href=format!("{MORE}#{part}")>{need}</a></li> }
    };
    let needs = needs.into_iter().map(need).collect_view();
    view! {
        <section class="card section">
            <h2>{labels.needs_care}</h2>
            <ul class="needs">{needs}</ul>
            {more}
        </section>
    }
    .erased()
}
