//! What went wrong, said where it is seen.

use super::draw::draw;
use crate::{browser, error::AppError, text::language};
use leptos::{prelude::*, server_fn::error::ServerFnUrlError};
use leptos_router::hooks::{use_location, use_query_map};

/// A refusal beside the control that was refused. Only the browser learns of one in time to show it here.
#[component]
pub(crate) fn Trouble(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let words = language();
    let sign_in = (error == AppError::SignedOut)
        .then(|| view! { " " <a href=browser::sign_in_address() rel="external">{words.labels().sign_in}</a> });
    view! { <p class="said" role="alert">{words.trouble(&error)}{sign_in}</p> }
}

/// What was refused to a plain form, which comes back by the address: shown on top of the page, gone with the next one.
#[component]
pub(crate) fn AddressNotice() -> impl IntoView {
    let words = language();
    let query = use_query_map();
    let location = use_location();
    let told = query.read_untracked().get("__err").map(|code| ServerFnUrlError::<AppError>::decode_err(&code));
    let told = RwSignal::new(told);
    Effect::new(move |before: Option<()>| {
        location.pathname.track();
        location.search.track();
        if before.is_some() {
            told.set(None);
        } else if told.with_untracked(Option::is_some) {
            browser::replace_address(&without_refusal(&browser::here()));
        }
    });
    draw(move || {
        told.get().map(|error| {
            view! {
                <div class="notice" data-kind="problem" role="alert">
                    <h2>{words.labels().problem}</h2>
                    <p>{words.trouble(&error)}</p>
                </div>
            }
        })
    })
}

/// The address without what the refusal added to it.
fn without_refusal(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("__path=") && !pair.starts_with("__err="))
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_leaves_no_trace_in_the_address() {
        assert_eq!(without_refusal("/groups?filter=open&__path=%2Fapi&__err=ab"), "/groups?filter=open");
        assert_eq!(without_refusal("/groups?__path=x&__err=y"), "/groups");
        assert_eq!(without_refusal("/groups?"), "/groups");
        assert_eq!(without_refusal("/groups"), "/groups");
    }
}
