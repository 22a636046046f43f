//! Says that a list is being read anew, or that it could not be: what is shown may be out of date.

use crate::view::{dynamic::dyn_view, erased::IntoErased};
use crate::{browser, error::AppError, text::language};
use leptos::prelude::*;

/// The place above a list. It takes no room while all is well.
#[component]
pub(crate) fn Stale(
    /// Whether the list is being read.
    reads: RwSignal<bool>,
    /// Why the last attempt did not work.
    trouble: RwSignal<Option<AppError>>,
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    let words = language();
    let lead = words.lead();
    let try_again = move |_| {
        // The button goes.
        browser::focus_in_place(browser::MAIN);
        again.run(());
    };
    dyn_view(move || match (reads.get(), trouble.get()) {
        (true, _) => Some(view! { <p class="reading" role="status">{lead.reading}</p> }.erased()),
        (false, Some(error)) => Some(
            view! {
                <div class="notice stale" data-kind="problem" role="alert">
                    <p>{lead.not_fresh}" "{words.trouble(&error)}</p>
                    <button class="button" type="button" on:click=try_again>{lead.try_again}</button>
                </div>
            }
            .erased(),
        ),
        (false, None) => None,
    })
}
