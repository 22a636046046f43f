//! A form that asks for another view of the same page: its fields stand in the address. Without script it is a plain
//! `GET`; with it the page follows while one typing or chooses.

use super::piece::Contents;
use crate::{address::Query, browser};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams};

/// How long typing rests before the page follows.
const REST: Duration = Duration::from_millis(180);

/// The address that a form asks for; fields left empty are left out.
pub(crate) fn asked_for(form: &HtmlFormElement) -> Option<String> {
    let fields = FormData::new_with_form(form).ok()?;
    let fields = String::from(UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.to_string());
    Some(Query::read(&fields).on(&form.get_attribute("action")?))
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
    // Back leads to what was shown before: what is chosen is a step of its own, what is typed one step in all.
    let typing = StoredValue::new(false);
    let go = move |form: HtmlFormElement| {
        if let Some(address) = asked_for(&form).filter(|address| *address != browser::here()) {
            navigate(
                &address,
                NavigateOptions { replace: typing.get_value(), scroll: false, ..NavigateOptions::default() },
            );
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
    let choose = go.clone();
    let mut typed = debounce(REST, move |form| {
        go(form);
        typing.try_set_value(true);
    });
    let input = move |event: web_sys::Event| {
        let Some(field) = event.target().and_then(|field| field.dyn_into::<HtmlElement>().ok()) else { return };
        let form = field.closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else { return };
        if field.is_instance_of::<HtmlInputElement>() {
            typed(form);
        } else {
            typing.set_value(false);
            choose(form);
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
            on:focusout=move |_| typing.set_value(false)
        >
            {children.draw()}
        </form>
    }
}
