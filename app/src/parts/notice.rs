//! What went wrong, said where it is seen.

use crate::view::dynamic::dyn_view;
use crate::{
    address::{given, refusal, without, without_refusal},
    browser,
    error::AppError,
    input::{DONE, DONE_FIELD, misread},
    page_query::use_query,
    text::language,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A refusal beside the control that was refused. Only the browser learns of one in time to show it here.
#[component]
pub(crate) fn Trouble(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let words = language();
    let sign_in = (error == AppError::SignedOut).then(|| {
        view! {
            " "
            <a href=browser::sign_in_address() rel="external" on:click=|_| browser::keep_typed()>
                {words.labels().sign_in}
            </a>
        }
    });
    view! { <p class="said" role="alert">{words.trouble(&error)}{sign_in}</p> }
}

/// What came of a plain form, which comes back by the address: shown on top of the page, gone with the next one.
#[component]
pub(crate) fn AddressNotice() -> impl IntoView {
    let words = language();
    let query = use_query();
    let location = use_location();
    let told = query.with_untracked(refusal);
    let told = RwSignal::new(told);
    let done =
        RwSignal::new(told.with_untracked(Option::is_none) && given(&query.read_untracked(), DONE_FIELD) == DONE);
    Effect::new(move |before: Option<()>| {
        location.pathname.track();
        location.search.track();
        if before.is_some() {
            told.set(None);
            done.set(false);
        } else if told.with_untracked(Option::is_some) || done.get_untracked() {
            browser::replace_address(&without_outcome(&browser::here()));
        }
    });
    let saved = move || {
        done.get().then(|| {
            view! { <div class="notice" data-kind="done" role="status"><p>{words.labels().saved}</p></div> }
        })
    };
    let misread = move || {
        let path = location.pathname.get();
        let misread = query.with(|query| misread(&path, |name| given(query, name)));
        (!misread.is_empty()).then(|| {
            view! { <div class="notice" data-kind="problem" role="status"><p>{words.misread(&misread)}</p></div> }
        })
    };
    view! {
        {dyn_view(saved)}
        {dyn_view(misread)}
        {dyn_view(move || {
            told.get().map(|error| {
                view! {
                    <div class="notice" data-kind="problem" role="alert">
                        <h2>{words.labels().problem}</h2>
                        <p>{words.trouble(&error)}</p>
                    </div>
                }
            })
        })}
    }
}

/// The address without what the outcome of a form added to it.
fn without_outcome(address: &str) -> String {
    without(&without_refusal(address), &[DONE_FIELD])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_leaves_no_trace_in_the_address() {
        assert_eq!(without_outcome("/groups?filter=open&__path=%2Fapi&__err=ab"), "/groups?filter=open");
        assert_eq!(without_outcome("/groups?__path=x&__err=y"), "/groups");
        assert_eq!(without_outcome("/admin/users?done=saved&search=a"), "/admin/users?search=a");
        assert_eq!(without_outcome("/groups?"), "/groups");
        assert_eq!(without_outcome("/groups"), "/groups");
    }
}
