//! Moments on the page: how long ago, with the exact time on hover and for screen readers.

use crate::{
    browser,
    present::{PageTime, Present},
    text::{iso, language},
    view::dynamic::{DynText, dyn_text},
};
use domain::Timestamp;
use leptos::prelude::*;

/// Shows a moment as time passed since.
#[component]
pub(crate) fn When(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    let words = language();
    let present = expect_context::<Present>().0;
    let exactly = words.moment(at, None);
    let told = format!(", {exactly}");
    view! {
        <time datetime=iso(at) title=title(at, exactly, present)>
            {dyn_text(move || words.relative(at, present.get().now))}
            <span class="sr">{told}</span>
        </time>
    }
}

/// Shows a moment as the audit log does, in EVE time.
#[component]
pub(crate) fn Exactly(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    let words = language();
    let present = expect_context::<Present>().0;
    view! {
        <time datetime=iso(at) title=title(at, words.moment(at, None), present)>
            {words.exact(at)}
        </time>
    }
}

/// The moment in full, by the reader's own clock too once that is known.
fn title(at: Timestamp, exactly: String, present: RwSignal<PageTime>) -> DynText {
    let words = language();
    dyn_text(
        move || if present.get().local { words.moment(at, Some(browser::utc_offset(at))) } else { exactly.clone() },
    )
}
