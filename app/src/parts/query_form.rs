//! A form that asks for another view of the same page: its fields stand in the address. Without script it is a plain
//! `GET`; with it the page follows while one types or chooses.

use super::piece::Contents;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate, params::ParamsMap};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement, UrlSearchParams};

/// How long typing rests before the page follows.
const REST: Duration = Duration::from_millis(180);

/// The address that a form asks for; fields left empty are left out.
pub(crate) fn asked_for(form: &HtmlFormElement) -> Option<String> {
    let fields = FormData::new_with_form(form).ok()?;
    let query = String::from(UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.to_string());
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.ends_with('=')).collect();
    let path = form.get_attribute("action")?;
    Some(if kept.is_empty() { path } else { format!("{path}?{}", kept.join("&")) })
}

/// The form.
#[component]
pub(crate) fn QueryForm(
    /// The path of the page.
    action: String,
    /// What it is called by screen readers.
    label: &'static str,
    /// Whether it searches, which makes it a landmark.
    #[prop(optional)]
    search: bool,
    /// Fields and a button.
    children: Contents,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = move |form: HtmlFormElement| {
        if let Some(address) = asked_for(&form) {
            navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    };
    let submit = {
        let go = go.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(form) = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
                go(form);
            }
        }
    };
    let typed = debounce(REST, go);
    let mut typed = typed;
    let input = move |event: web_sys::Event| {
        let field = event.target().and_then(|field| field.dyn_into::<HtmlElement>().ok());
        let form = field.and_then(|field| field.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            typed(form);
        }
    };
    view! {
        <form
            class="query"
            method="get"
            action=action
            role=search.then_some("search")
            aria-label=label
            on:submit=submit
            on:input=input
        >
            {children.draw()}
        </form>
    }
}

/// One value of an address; empty where it is not given.
pub(crate) fn given(query: &ParamsMap, name: &str) -> String {
    query.get(name).unwrap_or_default()
}
