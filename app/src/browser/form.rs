//! Forms: what stands in them, and sending them without leaving the page.

use super::PATIENCE;
use crate::{
    error::{AppError, Ticket},
    wire,
};
use leptos::prelude::{set_timeout_with_handle, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Element, FormData, Headers, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    RequestInit, Response, UrlSearchParams,
};

/// The field that names the attempt of a form.
pub(crate) const ATTEMPT_FIELD: &str = "command_id";

/// What stands in a field of a form.
pub(crate) fn field_of(form: &HtmlFormElement, name: &str) -> String {
    let fields = FormData::new_with_form(form).ok();
    fields.and_then(|fields| fields.get(name).as_string()).unwrap_or_default()
}

/// Everything that stands in the fields of this name of a form.
pub(crate) fn fields_of(form: &HtmlFormElement, name: &str) -> Vec<String> {
    let fields = FormData::new_with_form(form).ok();
    fields.map(|fields| fields.get_all(name).iter().filter_map(|value| value.as_string()).collect()).unwrap_or_default()
}

/// The form that an event came out of.
pub(crate) fn form_of(event: &web_sys::Event) -> Option<HtmlFormElement> {
    let field: Element = event.target()?.dyn_into().ok()?;
    field.closest("form").ok()??.dyn_into().ok()
}

/// What became of a form that was sent.
pub(crate) enum Sent {
    /// Carried out; the body of the answer.
    Done(String),
    /// Refused, or not reached.
    Refused(AppError),
    /// No answer in time. It may have been carried out, so it is tried again under the same name.
    Late,
}

/// Sends a form as the browser would have done, and waits for the answer instead of leaving the page.
pub(crate) async fn send(form: HtmlFormElement, button: Option<HtmlButtonElement>) -> Sent {
    name_attempt(&form);
    let sent = match request(&form, button.as_ref()).await {
        Ok(sent) => sent,
        Err(_) => Sent::Refused(AppError::Offline),
    };
    if !matches!(sent, Sent::Late | Sent::Refused(AppError::Offline | AppError::Busy | AppError::Unwritable(_))) {
        forget_attempt(&form);
    }
    sent
}

/// Marks the first of these fields that a form has, since something is the matter with it, and takes the focus there;
/// marks none any more first.
pub(crate) fn point_out(form: &HtmlFormElement, fields: &[&str]) {
    let elements = form.elements();
    for place in 0..elements.length() {
        let Some(element) = elements.item(place) else { continue };
        if element.get_attribute("name").is_some_and(|name| fields.contains(&name.as_str())) {
            let _ = element.set_attribute("aria-invalid", "true");
            if let Ok(element) = element.dyn_into::<HtmlElement>() {
                let _ = element.focus();
            }
            return;
        }
        let _ = element.remove_attribute("aria-invalid");
    }
}

/// Where a form goes, by the button it was sent with.
pub(crate) fn action_of(form: &HtmlFormElement, button: Option<&HtmlButtonElement>) -> String {
    button
        .and_then(|button| button.get_attribute("formaction"))
        .or_else(|| form.get_attribute("action"))
        .unwrap_or_default()
}

async fn request(form: &HtmlFormElement, button: Option<&HtmlButtonElement>) -> Result<Sent, JsValue> {
    let fields = FormData::new_with_form(form)?;
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        fields.append_with_str(&button.name(), &button.value())?;
    }
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields)?;
    exchange(&action_of(form, button), &body).await
}

/// Sends fields as a form would, and waits for the answer. An attempt has its name among them.
pub(crate) async fn post(path: &str, fields: &[(&str, String)]) -> Sent {
    let Ok(body) = UrlSearchParams::new() else { return Sent::Refused(AppError::Offline) };
    for (name, value) in fields {
        body.append(name, value);
    }
    exchange(path, &body).await.unwrap_or(Sent::Refused(AppError::Offline))
}

async fn exchange(path: &str, body: &UrlSearchParams) -> Result<Sent, JsValue> {
    let headers = Headers::new()?;
    headers.append("accept", "application/json")?;
    let abort = AbortController::new()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(body);
    init.set_signal(Some(&abort.signal()));
    let (late, patience) = (abort.clone(), PATIENCE);
    let timer = set_timeout_with_handle(move || late.abort(), patience)?;
    let answer = read(window().fetch_with_str_and_init(path, &init)).await;
    timer.clear();
    match answer {
        Ok((true, text)) => Ok(Sent::Done(text)),
        Ok((false, text)) => {
            Ok(Sent::Refused(wire::read(&text).unwrap_or_else(|_| AppError::Internal(Ticket(String::new())))))
        }
        Err(_) if abort.signal().aborted() => Ok(Sent::Late),
        Err(cause) => Err(cause),
    }
}

async fn read(answer: js_sys::Promise) -> Result<(bool, String), JsValue> {
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.ok(), text.as_string().unwrap_or_default()))
}

fn attempt_field(form: &HtmlFormElement) -> Option<HtmlInputElement> {
    form.query_selector(&format!("input[name={ATTEMPT_FIELD}]")).ok()??.dyn_into().ok()
}

/// Names the attempt, unless it is a repeat, or the server has named it already.
fn name_attempt(form: &HtmlFormElement) {
    if let Some(field) = attempt_field(form).filter(|field| field.value().is_empty()) {
        field.set_value(&attempt());
    }
}

/// A name for an attempt.
pub(crate) fn attempt() -> String {
    format!("{}{}", random(), random())
}

/// The next attempt is another one.
fn forget_attempt(form: &HtmlFormElement) {
    if let Some(field) = attempt_field(form) {
        field.set_value("");
    }
}

/// Thirteen letters and digits. An attempt is named among those of one user, so it must be unlikely, not secret.
fn random() -> String {
    let digits = js_sys::Number::from(js_sys::Math::random()).to_string_with_radix(36).ok();
    digits.map(|digits| String::from(digits).replace("0.", "")).unwrap_or_default()
}
