//! Says that a list is being read anew, or that it could not be: what is shown may be out of date.

use super::{draw::draw, piece::IntoPiece};
use crate::{error::AppError, text::language};
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
    draw(move || match (reads.get(), trouble.get()) {
        (_, Some(error)) => Some(
            view! {
                <div class="notice stale" data-kind="problem" role="alert">
                    <p>{lead.not_fresh}" "{words.trouble(&error)}</p>
                    <button class="button" type="button" on:click=move |_| again.run(())>{lead.try_again}</button>
                </div>
            }
            .piece(),
        ),
        (true, None) => Some(view! { <p class="reading" role="status">{lead.reading}</p> }.piece()),
        (false, None) => None,
    })
}
