//! For whom a form was drawn: should they be signed in no more once they send it, they get back what they typed, and nobody
//! else does.

#[cfg(not(feature = "ssr"))]
use crate::browser;
use crate::typed::ACCOUNT_FIELD;
use crate::view::erased::{ErasedView, IntoErased};
use leptos::prelude::*;

/// The field of a form that says so.
pub(crate) fn account_field() -> ErasedView {
    view! { <input type="hidden" name=ACCOUNT_FIELD value=account() /> }.erased()
}

#[cfg(feature = "ssr")]
fn account() -> String {
    let follows = with_context::<crate::ShellFacts, _>(|facts| facts.follows).flatten();
    follows.map(|(account, _)| account.to_string()).unwrap_or_default()
}

#[cfg(not(feature = "ssr"))]
fn account() -> String {
    browser::document_fact("account").unwrap_or_default()
}
