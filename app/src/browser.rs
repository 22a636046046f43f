//! The browser, as far as the pages need it beyond what Leptos offers. Called from effects and handlers alone, so never
//! on the server; nothing here knows a page.

use crate::{
    error::{AppError, Ticket},
    text::Language,
};
use domain::Timestamp;
use leptos::prelude::{document, set_timeout_with_handle, window};
use std::{cell::Cell, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, FocusOptions, FormData, Headers, HtmlButtonElement, HtmlElement, HtmlFormElement,
    HtmlInputElement, RequestInit, Response, UrlSearchParams,
};

/// How long a command may stay without an answer before the page says so.
const PATIENCE: Duration = Duration::from_secs(15);

/// The id of the page's main part, which takes the focus where nothing nearer can.
pub(crate) const MAIN: &str = "main";

/// The field that names the attempt of a form.
pub(crate) const ATTEMPT_FIELD: &str = "command_id";

thread_local! {
    /// The language of the document, once it was asked for. Another one comes with another document.
    static LANGUAGE: Cell<Option<Language>> = const { Cell::new(None) };
    /// By how many microseconds the server's clock is ahead of this one.
    static SKEW: Cell<i64> = const { Cell::new(0) };
}

/// A fact that the server wrote on the document, such as `data-icons` for `icons`.
pub(crate) fn document_fact(name: &str) -> Option<String> {
    root()?.dataset().get(name)
}

/// Writes a fact on the document, for style sheets and tests.
pub(crate) fn set_document_fact(name: &str, value: &str) {
    if let Some(root) = root() {
        let _ = root.dataset().set(name, value);
    }
}

/// The language the server drew the document in.
pub(crate) fn document_language() -> Language {
    LANGUAGE.get().unwrap_or_else(|| {
        let language = root().and_then(|root| Language::tagged(&root.lang())).unwrap_or_default();
        LANGUAGE.set(Some(language));
        language
    })
}

/// Asks the server for the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}

fn root() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole and far below 2^53")]
fn own_clock() -> i64 {
    js_sys::Date::now() as i64 * 1000
}

/// The moment the server wrote on the document. From here on this clock is read as the server's.
pub(crate) fn take_server_time() -> Timestamp {
    let told = document_fact("now").and_then(|seconds| seconds.parse::<i64>().ok());
    if let Some(seconds) = told {
        SKEW.set(seconds * 1_000_000 - own_clock());
    }
    now()
}

/// The present moment by the server's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(own_clock() + SKEW.get())
}

/// Hour and minute of a moment where the reader is.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
pub(crate) fn local_clock(at: Timestamp) -> (u32, u32) {
    let date = js_sys::Date::new(&JsValue::from_f64((at.0 / 1000) as f64));
    (date.get_hours(), date.get_minutes())
}

/// Whether the reader looks at the page at this moment.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Path and query of the page.
pub(crate) fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// The sign-in page that leads back here.
pub(crate) fn sign_in_address() -> String {
    format!("/login?next={}", js_sys::encode_uri_component(&here()))
}

/// Leaves for the sign-in page.
pub(crate) fn leave_for_sign_in() {
    let _ = window().location().assign(&sign_in_address());
}

/// Rewrites the address without going anywhere.
pub(crate) fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Moves the focus to the element with this id, and brings it into view.
pub(crate) fn focus(id: &str) {
    focus_with(id, &FocusOptions::new());
}

/// Moves the focus to the element with this id, and nothing else.
pub(crate) fn focus_in_place(id: &str) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    focus_with(id, &options);
}

fn focus_with(id: &str, options: &FocusOptions) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus_with_options(options);
    }
}

/// Whether the focus is within the element with this id.
pub(crate) fn has_focus(id: &str) -> bool {
    let focused = document().active_element();
    document().get_element_by_id(id).is_some_and(|element| element.contains(focused.as_deref()))
}

/// Where the focus goes when the row with this id leaves: to the next row, else to the one before, else to the page.
pub(crate) fn heir(id: &str) -> String {
    let row = document().get_element_by_id(id);
    let near = row.and_then(|row| row.next_element_sibling().or_else(|| row.previous_element_sibling()));
    near.map(|near| near.id()).filter(|id| !id.is_empty()).unwrap_or_else(|| MAIN.to_owned())
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
    if !matches!(sent, Sent::Late | Sent::Refused(AppError::Offline | AppError::Busy)) {
        forget_attempt(&form);
    }
    sent
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
    let headers = Headers::new()?;
    headers.append("accept", "application/json")?;
    let abort = AbortController::new()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body);
    init.set_signal(Some(&abort.signal()));
    let (late, patience) = (abort.clone(), PATIENCE);
    let timer = set_timeout_with_handle(move || late.abort(), patience)?;
    let answer = read(window().fetch_with_str_and_init(&action_of(form, button), &init)).await;
    timer.clear();
    match answer {
        Ok((true, text)) => Ok(Sent::Done(text)),
        Ok((false, text)) => {
            Ok(Sent::Refused(serde_json::from_str(&text).unwrap_or_else(|_| AppError::Internal(Ticket(String::new())))))
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
        field.set_value(&format!("{}{}", random(), random()));
    }
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
