//! A form that asks for another view of the same page: its fields stand in the address, but for what no address may tell.
//! Without script it is a plain `GET`, or a `POST` where such things may be typed into it; with it the page follows while
//! one is typing or chooses.

use crate::view::erased::ErasedChildren;
use crate::{
    address::{KEPT_FIELD, Query, address, may_be_told},
    browser,
    typed::ACCOUNT_FIELD,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams};

/// How long typing rests before the page follows.
const REST: Duration = Duration::from_millis(180);

/// The address that a form asks for; fields left empty are left out. What no address may tell is kept by this tab. `None`
/// where it keeps nothing: the form is sent as without script then.
pub(crate) fn asked_for(form: &HtmlFormElement) -> Option<String> {
    let fields = FormData::new_with_form(form).ok()?;
    let fields = String::from(UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.to_string());
    let (query, path) = (Query::read(&fields).without(ACCOUNT_FIELD), form.get_attribute("action")?);
    let asked = query.on(&path);
    if may_be_told(&asked) {
        return Some(asked);
    }
    let kept = browser::keep_asked(&query.written())?;
    Some(address(&path, &[(KEPT_FIELD, &kept)]))
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
    /// Whether somebody may be looked for by what no address may tell.
    #[prop(optional)]
    private: bool,
    /// Fields and a button.
    children: ErasedChildren,
) -> impl IntoView {
    let navigate = use_navigate();
    // Back leads to what was shown before: what is chosen is a step of its own, what is typed one step in all.
    let typing = StoredValue::new(false);
    let go = move |form: HtmlFormElement| {
        let Some(address) = asked_for(&form) else { return false };
        if address != browser::here() {
            navigate(
                &address,
                NavigateOptions { replace: typing.get_value(), scroll: false, ..NavigateOptions::default() },
            );
        }
        true
    };
    let submit = {
        let go = go.clone();
        move |event: SubmitEvent| {
            let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
            if form.is_some_and(&go) {
                event.prevent_default();
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
            method=if private { "post" } else { "get" }
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
