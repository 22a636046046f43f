//! The browser, as far as the pages need it beyond what Leptos offers. Called from effects and handlers alone, so never
//! on the server; nothing here knows a page.

mod asked;
mod click_guard;
mod form;
pub(crate) mod hand;
mod key_policy;
mod pointer_guard;
mod spaces;
mod typed;

pub(crate) use asked::{asked, follow_alive, keep_asked};
pub(crate) use form::{ATTEMPT_FIELD, Sent, action_of, attempt, field_of, fields_of, form_of, point_out, post, send};
pub(crate) use typed::{forget_typed, give_back_typed, keep_typed};

use crate::{address::address, language::Language};
use domain::Timestamp;
use js_sys::{JsString, Promise};
use leptos::prelude::{document, set_timeout, window, window_event_listener};
use std::{cell::Cell, future::Future, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, FocusOptions, HtmlDocument, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// How long a question or a command may stay without an answer before the page says so.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// How much of a row, in pixels, has to be in sight for one to know which it is.
const SEEN: f64 = 64.0;

/// Says in the address of the sign-in page that it came by itself.
pub(crate) const UNASKED_FIELD: &str = "unasked";

/// The id of the page's main part, which takes the focus where nothing nearer can.
pub(crate) const MAIN: &str = "main";

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

/// A text of the languages of the pages without accents and case.
pub(crate) fn folded(text: &str) -> String {
    let plain = String::from(JsString::from(text).normalize("NFKD"));
    plain.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect::<String>().to_lowercase()
}

/// How the document names a style sheet that is not to be loaded yet.
pub(crate) const WAITING_SHEET: &str = "waiting";

/// Loads the style sheet of a chunk. What is returned ends once it is loaded, or cannot be: then the page comes without.
pub(crate) fn load_stylesheet(chunk: &str) -> impl Future<Output = ()> + use<> {
    let waiting = document().query_selector(&format!("link[data-chunk={chunk}][rel={WAITING_SHEET}]"));
    let loaded = waiting.ok().flatten().map(|sheet| {
        let loaded = Promise::new(&mut |done, _| {
            for event in ["load", "error"] {
                let _ = sheet.add_event_listener_with_callback(event, &done);
            }
        });
        let _ = sheet.set_attribute("rel", "stylesheet");
        loaded
    });
    async move {
        if let Some(loaded) = loaded {
            let _ = JsFuture::from(loaded).await;
        }
    }
}

/// A value of the document's scripts that has no type here.
pub(crate) fn property(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default()
}

/// Takes such a value away.
pub(crate) fn take_property(of: &JsValue, name: &str) -> JsValue {
    let taken = property(of, name);
    let _ = js_sys::Reflect::set(of, &JsValue::from_str(name), &JsValue::UNDEFINED);
    taken
}

/// Takes the browser's translation back, if there is one: a page is taken over as the server has drawn it. The browser
/// translates it again then.
pub(crate) fn untranslate() {
    if let Ok(untranslated) = property(&window(), "untranslated").dyn_into::<js_sys::Function>() {
        let _ = untranslated.call0(&JsValue::NULL);
    }
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

/// How many minutes the reader's clock is ahead of UTC at a moment.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
#[expect(clippy::cast_possible_truncation, reason = "no clock on Earth is a day away from UTC")]
pub(crate) fn utc_offset(at: Timestamp) -> i64 {
    let date = js_sys::Date::new(&JsValue::from_f64((at.0 / 1000) as f64));
    -(date.get_timezone_offset() as i64)
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
    address("/login", &[("next", &here())])
}

/// The sign-in page that nobody asked for. Its fields wait until somebody goes there.
fn unasked_sign_in_address() -> String {
    address("/login", &[("next", &here()), (UNASKED_FIELD, "yes")])
}

/// Leaves for the sign-in page by itself. What was typed is there again afterwards.
pub(crate) fn leave_for_sign_in() {
    keep_typed();
    key_policy::note_departure();
    let _ = window().location().assign(&unasked_sign_in_address());
}

/// Whether the reader is in the middle of what they write: in a field that no longer says what it did at first.
pub(crate) fn is_typing() -> bool {
    let focused = document().active_element();
    focused.filter(|field| types_into(Some(field))).is_some_and(|field| {
        let first = property(&field, "defaultValue");
        !first.is_undefined() && property(&field, "value") != first
    })
}

/// Does this once the reader writes no more, unless the focus goes to what is within the element of this class.
pub(crate) fn once_typing_ends(except: &'static str, run: fn()) {
    let look = move || {
        let is_within = |element: Element| element.closest(except).is_ok_and(|it| it.is_some());
        if !is_typing() && !document().active_element().is_some_and(is_within) {
            run();
        }
    };
    // A window that is left keeps its focus.
    let _ = window_event_listener(leptos::ev::focusout, move |_| set_timeout(look, Duration::ZERO));
}

/// Whether anybody is signed in in this browser by now. Nothing is read for it: the server only says whether it would lead
/// to the sign-in.
pub(crate) async fn is_anybody_signed_in() -> bool {
    let init = web_sys::RequestInit::new();
    init.set_method("HEAD");
    let _ = js_sys::Reflect::set(&init, &JsValue::from_str("redirect"), &JsValue::from_str("manual"));
    let answer = JsFuture::from(window().fetch_with_str_and_init("/me", &init)).await;
    answer.is_ok_and(|answer| property(&answer, "ok").is_truthy())
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

/// Whether something takes letters.
pub(crate) fn types_into(element: Option<&Element>) -> bool {
    const FIELDS: &str = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
    element.is_some_and(|element| element.matches(FIELDS).unwrap_or(false))
}

/// Whether the reader writes somewhere in the window.
pub(crate) fn writes() -> bool {
    types_into(document().active_element().as_ref())
}

/// Whether the reader writes in the main part of the page: what is drawn anew there does not touch what stands in the frame.
pub(crate) fn writes_on_page() -> bool {
    let within = |element: &Element| element.closest("main").is_ok_and(|main| main.is_some());
    writes() && document().active_element().as_ref().is_some_and(within)
}

/// The row with this id leaves. Whoever has the focus in it goes on with the next.
pub(crate) fn pass_on(row: &str) {
    if has_focus(row) {
        hand::take_over();
        go_on(row);
    }
}

/// Moves the focus from the row with this id to the next. A pointer that rests keeps what is under it.
pub(crate) fn go_on(row: &str) {
    let next_focus = next_focus(row);
    if hand::points() { focus_in_place(&next_focus) } else { focus(&next_focus) }
}

/// Where the focus goes when the row with this id leaves: to the next row, else to the one before, else to the page.
pub(crate) fn next_focus(id: &str) -> String {
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

/// The id of the row of this list that has the focus. One that is out of sight is shown instead.
pub(crate) fn row_in_focus(list: &str) -> Option<String> {
    let focused = document().active_element();
    let row = rows_of(list).into_iter().find(|row| row.contains(focused.as_deref()))?;
    let area = row.get_bounding_client_rect();
    let window = f64::from(document().document_element()?.client_height());
    let is_seen = area.bottom().min(window) - area.top().max(0.0) >= area.height().min(SEEN);
    if !is_seen {
        show(&row.id());
    }
    is_seen.then(|| row.id())
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
