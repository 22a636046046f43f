//! The browser, as far as the pages need it beyond what Leptos offers. Called from effects and handlers alone, so never
//! on the server; nothing here knows a page.

use crate::{
    error::{AppError, Ticket},
    text::Language,
    wire,
};
use domain::Timestamp;
use js_sys::Promise;
use leptos::prelude::{document, set_timeout_with_handle, window};
use std::{cell::Cell, future::Future, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Element, EventSource, FocusOptions, FormData, Headers, HtmlButtonElement, HtmlDocument,
    HtmlElement, HtmlFormElement, HtmlInputElement, MessageEvent, RequestInit, Response, ScrollIntoViewOptions,
    ScrollLogicalPosition, UrlSearchParams,
};

/// How long a question or a command may stay without an answer before the page says so.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

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

/// Enables the style sheet of a chunk. What is returned ends once it is loaded, or cannot be: then the page comes without.
pub(crate) fn wear(chunk: &str) -> impl Future<Output = ()> + use<> {
    let waiting = document().query_selector(&format!("link[data-chunk={chunk}][disabled]"));
    let loaded = waiting.ok().flatten().map(|sheet| {
        let loaded = Promise::new(&mut |done, _| {
            for event in ["load", "error"] {
                let _ = sheet.add_event_listener_with_callback(event, &done);
            }
        });
        let _ = sheet.remove_attribute("disabled");
        loaded
    });
    async move {
        if let Some(loaded) = loaded {
            let _ = JsFuture::from(loaded).await;
        }
    }
}

/// The stream that the document opened while its code was on the way, with what it has said so far. Only once.
pub(crate) fn take_stream() -> Option<(EventSource, Vec<MessageEvent>)> {
    let take = |name: &str| {
        let name = JsValue::from_str(name);
        let taken = js_sys::Reflect::get(&window(), &name).ok()?;
        let _ = js_sys::Reflect::set(&window(), &name, &JsValue::UNDEFINED);
        Some(taken)
    };
    let stream = take("stream")?.dyn_into::<EventSource>().ok()?;
    stream.set_onmessage(None);
    let said = take("said")?.dyn_into::<js_sys::Array>().ok()?;
    Some((stream, said.iter().filter_map(|event| event.dyn_into().ok()).collect()))
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

/// Whether keys go with the command key here, as on Apple's machines.
pub(crate) fn is_apple() -> bool {
    window().navigator().platform().is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"))
}

/// Path and query of the page.
pub(crate) fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Scheme, host and port of the page.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Copies what stands in the field with this id, and says whether the browser let us. It is selected then in any case.
pub(crate) fn copy_from(id: &str) -> bool {
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let document = document().dyn_into::<HtmlDocument>().ok();
    let (Some(field), Some(document)) = (field, document) else { return false };
    field.select();
    document.exec_command("copy").unwrap_or(false)
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

/// Brings the element with this id into view, by as little as that takes.
pub(crate) fn show(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Presses the button with this id.
pub(crate) fn press(id: &str) {
    if let Some(button) = document().get_element_by_id(id).and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// Whether the focus is within the element with this id.
pub(crate) fn has_focus(id: &str) -> bool {
    let focused = document().active_element();
    document().get_element_by_id(id).is_some_and(|element| element.contains(focused.as_deref()))
}

/// Whether a row is not about to leave.
fn stays(row: &Element) -> bool {
    !row.has_attribute("data-ending")
}

/// Where the focus goes when the row with this id leaves: to the next row, else to the one before, else to the page.
pub(crate) fn heir(id: &str) -> String {
    let row = document().get_element_by_id(id);
    let near = row.and_then(|row| {
        let mut after = std::iter::successors(row.next_element_sibling(), Element::next_element_sibling);
        let mut before = std::iter::successors(row.previous_element_sibling(), Element::previous_element_sibling);
        after.find(stays).or_else(|| before.find(stays))
    });
    near.map(|near| near.id()).filter(|id| !id.is_empty()).unwrap_or_else(|| MAIN.to_owned())
}

/// Whether nothing on the page has the focus, as when what had it is gone.
pub(crate) fn has_lost_focus() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

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

/// Whether the box with this id is ticked.
pub(crate) fn is_ticked(id: &str) -> bool {
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| field.checked())
}

/// Presses the button, or ticks the box, with this id. What is disabled is left alone.
pub(crate) fn click(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element.filter(|element| element.get_attribute("aria-disabled").is_none()) {
        element.click();
    }
}

/// Opens the details with this id.
pub(crate) fn unfold(id: &str) {
    if let Some(details) = document().get_element_by_id(id) {
        let _ = details.set_attribute("open", "");
    }
}

/// The rows of the list with this id that are not leaving, each with its own id.
fn rows_of(list: &str) -> Vec<Element> {
    let Ok(rows) = document().query_selector_all(&format!("#{list} > :not([data-ending])")) else { return Vec::new() };
    (0..rows.length()).filter_map(|place| rows.get(place)?.dyn_into().ok()).collect()
}

/// The id of the row of this list that has the focus.
pub(crate) fn row_in_focus(list: &str) -> Option<String> {
    let focused = document().active_element();
    rows_of(list).into_iter().find(|row| row.contains(focused.as_deref())).map(|row| row.id())
}

/// Moves the focus to the next row of this list, or to the one before. From elsewhere it goes to the first.
pub(crate) fn step(list: &str, back: bool) {
    let rows = rows_of(list);
    let focused = document().active_element();
    let place = rows.iter().position(|row| row.contains(focused.as_deref()));
    let next = match place {
        Some(place) if back => place.saturating_sub(1),
        Some(place) => (place + 1).min(rows.len().saturating_sub(1)),
        None => 0,
    };
    if let Some(row) = rows.get(next) {
        focus(&row.id());
    }
}

/// Asks the reader where to print the page.
pub(crate) fn print() {
    let _ = window().print();
}

/// Puts a text where it can be pasted from, and says whether that worked: browsers let only pages do so that came over
/// https, or from this very computer.
pub(crate) async fn copy(text: &str) -> bool {
    // By name: the types for it would weigh more than what it does.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    let Ok(clipboard) = clipboard else { return false };
    let write = js_sys::Reflect::get(&clipboard, &JsValue::from_str("writeText"));
    let Some(write) = write.ok().and_then(|write| write.dyn_into::<js_sys::Function>().ok()) else { return false };
    let Ok(writing) = write.call1(&clipboard, &JsValue::from_str(text)) else { return false };
    let Ok(writing) = writing.dyn_into::<js_sys::Promise>() else { return false };
    JsFuture::from(writing).await.is_ok()
}

/// Shows a text so that it can be copied by hand.
pub(crate) fn show_text(label: &str, text: &str) {
    let _ = window().prompt_with_message_and_default(label, text);
}

/// Whether a window is open above the page.
pub(crate) fn has_window() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|window| window.is_some())
}

/// Closes the menu with this id, where it is open.
pub(crate) fn close_menu(id: &str) {
    if let Some(menu) = document().get_element_by_id(id).and_then(|menu| menu.dyn_into::<HtmlElement>().ok()) {
        let _ = menu.hide_popover();
    }
}

/// What this browser keeps under a name.
pub(crate) fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Lets this browser keep something under a name, or forget it. Where it keeps nothing, it is forgotten with the page.
pub(crate) fn keep(name: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
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
