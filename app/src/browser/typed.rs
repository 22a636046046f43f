//! What was typed when a session ends. This tab keeps it, by account and form, until that very account is signed in again and
//! the form is shown; no other account gets to see it, and no password is kept.

use super::{ATTEMPT_FIELD, document_fact, property};
use crate::{
    address::{Query, encode_into},
    input::FINGERPRINT_FIELD,
    typed::ACCOUNT_FIELD,
};
use leptos::prelude::{document, set_timeout, window};
use std::{cell::Cell, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlFormElement, Storage};

/// Keeps what was typed into the forms of this page.
pub(crate) fn keep_typed() {
    for form in forms() {
        let fields = fields(&form);
        let is_typed = |field: &Element| {
            let differs = |now, first| {
                let first = property(field, first);
                !first.is_undefined() && property(field, now) != first
            };
            differs("value", "defaultValue") || differs("checked", "defaultChecked")
        };
        if !fields.iter().any(is_typed) {
            continue;
        }
        let mut typed = String::new();
        for field in fields.iter().filter(|field| !is_choice(field) || property(field, "checked").is_truthy()) {
            typed.push('&');
            encode_into(&mut typed, &text(field, "name"));
            typed.push('=');
            encode_into(&mut typed, &text(field, "value"));
        }
        if let Some((storage, place)) = place_of(&form) {
            let _ = storage.set_item(&place, &typed);
        }
    }
}

thread_local! {
    /// Whether forms that were just shown are about to be given back what was typed into them.
    static GIVES_BACK: Cell<bool> = const { Cell::new(false) };
}

/// Gives the forms of this page back what was typed into them: all that are shown at this moment at once.
pub(crate) fn give_back_typed() {
    let keeps = |storage: &Storage| storage.length().is_ok_and(|length| length > 0);
    if window().session_storage().ok().flatten().is_some_and(|storage| keeps(&storage)) && !GIVES_BACK.replace(true) {
        set_timeout(give_back, Duration::ZERO);
    }
}

fn give_back() {
    GIVES_BACK.set(false);
    for form in forms() {
        let Some((storage, place)) = place_of(&form) else { continue };
        let Ok(Some(typed)) = storage.get_item(&place) else { continue };
        let _ = storage.remove_item(&place);
        let typed = Query::read(&typed);
        for field in fields(&form) {
            let values = typed.all(&text(&field, "name"));
            if is_choice(&field) {
                // Whatever follows the choice hears of a click.
                let is_chosen = values.contains(&text(&field, "value"));
                if let (true, Ok(field)) =
                    (property(&field, "checked") != is_chosen, field.clone().dyn_into::<HtmlElement>())
                {
                    field.click();
                }
            } else if let Some(value) = values.last().filter(|value| **value != text(&field, "value")) {
                set(&field, "value", &JsValue::from_str(value));
                if let Ok(Some(folded)) = field.closest("details") {
                    let _ = folded.set_attribute("open", "");
                }
            }
        }
        // What follows the fields follows them.
        if let (Some(field), Ok(event)) = (fields(&form).first(), document().create_event("Event")) {
            event.init_event_with_bubbles("input", true);
            let _ = field.dispatch_event(&event);
        }
    }
}

/// Nothing is left of what was typed into a form, once it was carried out.
pub(crate) fn forget_typed(form: &HtmlFormElement) {
    if let Some((storage, place)) = place_of(form) {
        let _ = storage.remove_item(&place);
    }
}

/// The forms that change something; what a search is sent by says nothing that would be lost.
fn forms() -> Vec<HtmlFormElement> {
    let Ok(forms) = document().query_selector_all("form[method=post]:not([role=search])") else { return Vec::new() };
    (0..forms.length()).filter_map(|place| forms.get(place)?.dyn_into().ok()).collect()
}

/// The fields that one types into or chooses by.
fn fields(form: &HtmlFormElement) -> Vec<Element> {
    elements(form).filter(|field| !matches!(text(field, "type").as_str(), "hidden" | "password" | "submit")).collect()
}

fn elements(form: &HtmlFormElement) -> impl Iterator<Item = Element> + use<> {
    let elements = form.elements();
    (0..elements.length())
        .filter_map(move |place| elements.item(place))
        .filter(|element| !text(element, "name").is_empty())
}

fn is_choice(field: &Element) -> bool {
    matches!(text(field, "type").as_str(), "checkbox" | "radio")
}

/// Where this tab keeps what was typed into a form: by the account, and by what the form is about.
fn place_of(form: &HtmlFormElement) -> Option<(Storage, String)> {
    let storage = window().session_storage().ok()??;
    let mut place = format!("typed {} {}", document_fact("account")?, form.get_attribute("action")?);
    for field in elements(form).filter(|field| text(field, "type") == "hidden") {
        let name = text(&field, "name");
        if name != ATTEMPT_FIELD && name != FINGERPRINT_FIELD && name != ACCOUNT_FIELD {
            place = format!("{place} {name}={}", text(&field, "value"));
        }
    }
    Some((storage, place))
}

fn text(element: &Element, name: &str) -> String {
    property(element, name).as_string().unwrap_or_default()
}

fn set(element: &Element, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), value);
}
