//! The reader's hand: what is under it stays, and its keys and clicks are taken only for what they were meant for.
//!
//! A page changes while it is read. What a hand that rests has under it stays in place (`pointer_guard`), a click or a key
//! of one that is on its way does nothing on what has changed meanwhile (`click_guard`), and single keys rest once the
//! focus was taken by anything but the reader (`key_policy`). This listens for all three.
//!
//! All of it is found by looking: at the page before and after it changed. No page does anything for it.

pub(crate) use super::key_policy::KeyPolicy;
use super::{
    click_guard::ClickGuard,
    focus_in_place, has_lost_focus,
    key_policy::{KeyGuard, heir, is_unasked, took},
    pointer_guard::PointerGuard,
    types_into,
};
use js_sys::Array;
use leptos::prelude::{document, set_timeout, window};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, KeyboardEvent, MouseEvent, MutationObserver, MutationObserverInit,
    PointerEvent,
};

#[derive(Default)]
struct Hand {
    pointer: PointerGuard,
    clicks: ClickGuard,
    keys: KeyGuard,
    /// Whether it did the last thing by pointing, and not by a key.
    points: bool,
}

thread_local! {
    static HAND: RefCell<Hand> = RefCell::default();
}

/// Watches the hand from now on.
pub(crate) fn watch() {
    let heed = Closure::<dyn FnMut(Event)>::new(|event: Event| heed(&event));
    let events = [
        "pointermove",
        "pointerdown",
        "pointercancel",
        "pointerleave",
        "click",
        "scroll",
        "toggle",
        "resize",
        "keydown",
        "focusin",
    ];
    for event in events {
        let _ = window().add_event_listener_with_callback_and_bool(event, heed.as_ref().unchecked_ref(), true);
    }
    heed.forget();
    let settle = Closure::<dyn FnMut(Array)>::new(|changes: Array| {
        HAND.with_borrow_mut(|hand| {
            hand.pointer.hold();
            hand.clicks.look();
        });
        rescue_focus(&changes);
    });
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    what.set_character_data(true);
    let marks: Array = ["hidden", "data-open", "data-ending", "data-held"].map(JsValue::from_str).into_iter().collect();
    what.set_attribute_filter(&marks);
    if let (Ok(observer), Some(body)) = (MutationObserver::new(settle.as_ref().unchecked_ref()), document().body()) {
        let _ = observer.observe_with_options(&body, &what);
    }
    settle.forget();
    HAND.with_borrow_mut(|hand| {
        hand.clicks.lay_out_anew();
        if is_unasked() {
            hand.keys.rest();
        }
    });
}

/// Which single keys are meant as such.
pub(crate) fn key_policy() -> KeyPolicy {
    HAND.with_borrow(|hand| hand.keys.policy)
}

/// From here on they all are: the reader has chosen to be here.
pub(crate) fn mean_all() {
    HAND.with_borrow_mut(|hand| hand.keys.mean_all());
}

/// The focus is being moved for the reader.
pub(crate) fn take_over() {
    HAND.with_borrow_mut(|hand| hand.keys.take_over());
}

/// Whether the reader did the last thing by pointing, and not by a key.
pub(crate) fn points() -> bool {
    HAND.with_borrow(|hand| hand.points)
}

/// The page shows something else because the reader has asked for it: nothing is held until the hand moves.
pub(crate) fn let_go() {
    HAND.with_borrow_mut(|hand| {
        hand.pointer.release();
        hand.clicks.acts = true;
    });
    set_timeout(rest, Duration::ZERO);
}

/// What changes from now on does so by itself.
fn rest() {
    HAND.with_borrow_mut(|hand| hand.clicks.acts = false);
}

fn heed(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |what: &str| target.as_ref().is_some_and(|target| target.closest(what).is_ok_and(|it| it.is_some()));
    match event.type_().as_str() {
        "pointermove" | "pointerdown" => {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            let presses = event.type_() == "pointerdown";
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            HAND.with_borrow_mut(|hand| {
                if presses {
                    hand.points = true;
                    hand.keys.focused = None;
                    hand.keys.move_focus();
                    hand.clicks.press(target.as_ref(), at);
                    if within("main") {
                        hand.keys.mean_all();
                    }
                }
                hand.pointer.move_to(at, event.pointer_type() == "touch");
                if presses {
                    hand.pointer.press();
                }
            });
        }
        // The finger scrolls: it takes hold of the page anew.
        "pointercancel" => HAND.with_borrow_mut(|hand| hand.pointer.grip()),
        "pointerleave" => {
            let is_mouse = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() != "touch");
            if is_mouse && target == document().document_element() {
                HAND.with_borrow_mut(|hand| hand.pointer.release());
            }
        }
        "scroll" => HAND.with_borrow_mut(|hand| hand.pointer.look_again()),
        "toggle" | "resize" => HAND.with_borrow_mut(|hand| {
            hand.pointer.look_again();
            hand.clicks.lay_out_anew();
        }),
        "click" => {
            if HAND.with_borrow(|hand| hand.is_hasty(event, target.as_ref())) {
                event.prevent_default();
                event.stop_immediate_propagation();
                return;
            }
            HAND.with_borrow_mut(|hand| hand.clicks.hear(target.as_ref()));
            set_timeout(rest, Duration::ZERO);
        }
        "keydown" => {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let is_lost = has_lost_focus();
            let key = event.key();
            let is_deliberate = match key.as_str() {
                "Tab" => true,
                "Escape" => !is_lost,
                "Enter" => within("dialog"),
                _ => false,
            };
            HAND.with_borrow_mut(|hand| {
                hand.points = false;
                if is_lost && hand.keys.focused.take().is_some() {
                    hand.keys.take_over();
                }
                if is_deliberate {
                    hand.keys.mean_all();
                }
                if key == "Tab" {
                    hand.keys.move_focus();
                }
            });
            // What a held key does, it does once.
            if event.repeat() && matches!(key.as_str(), "Enter" | " ") && within("a, button, summary, [type=checkbox]")
            {
                event.prevent_default();
            }
        }
        // The focus has come to something.
        _ => {
            let writes = types_into(target.as_ref());
            HAND.with_borrow_mut(|hand| {
                hand.keys.focused = target;
                if writes {
                    hand.keys.rest();
                }
            });
        }
    }
}

/// Where what has the focus was taken off the page, the next of its kind has it, or what it stood in. Where it was only put
/// elsewhere, as a row that moves in its list, it has it again before the next key.
fn rescue_focus(changes: &Array) {
    if !has_lost_focus() {
        return;
    }
    let Some(focused) = HAND.with_borrow(|hand| hand.keys.focused.clone()) else { return };
    if !focused.is_connected() {
        if let Some(next_focus) = heir(changes, &focused) {
            take_over();
            focus_in_place(&next_focus.id());
        }
    } else if took(changes, &focused)
        && let Ok(focused) = focused.dyn_into::<HtmlElement>()
    {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = focused.focus_with_options(&options);
    }
}

impl Hand {
    /// Whether this click, by a pointer or by a key, was meant for what was here before.
    fn is_hasty(&self, event: &Event, target: Option<&Element>) -> bool {
        let (Some(event), Some(target)) = (event.dyn_ref::<MouseEvent>(), target) else { return false };
        if !event.is_trusted() {
            return false;
        }
        if event.detail() == 0 {
            return self.clicks.is_hasty_key(target, self.keys.moved);
        }
        let clicked = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.pointer.has_just_come(clicked)
            || self.clicks.is_hasty_click(target, self.pointer.place().unwrap_or(clicked))
    }
}
