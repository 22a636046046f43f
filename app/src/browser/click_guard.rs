//! A click counts for what the reader saw when they set out to make it.
//!
//! A hand takes about half a second from the eye to the button. What has moved, or says something else, since then is not
//! what it was aimed at, wherever the hand was before: a click does nothing where something else that can be pressed stood
//! at its place within that time. What stood there all the while hears of every click, and so does what has come to a place
//! where nothing was: nobody aims there. A key counts for what the button under the focus said that long ago.
//!
//! What changes by the reader's own act, at once, is not held against them, nor what their last press changes in its own
//! row when the answer comes: `pointer_guard` has an eye on the second click there.
//!
//! All of it is found by looking at the page whenever it changes.

use super::{
    pointer_guard::{CONTROLS, RIDES},
    spaces::{HAIR, Point, main, scroll},
};
use leptos::prelude::window;
use std::collections::VecDeque;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How long, in milliseconds, a hand that points is on its way.
const AIMED: f64 = 700.0;

/// How long, in milliseconds, one that presses a key is: the eye has to come to the focus first.
const READ: f64 = 700.0;

/// For how many milliseconds the answer to a press may change its own row.
const ANSWERED: f64 = 3_000.0;

/// How far beside something, in pixels, whoever aims at it hits.
const BESIDE: f64 = 8.0;

/// What somebody may aim at.
const TARGETS: &str = "a, button, input, label, select, summary, textarea";

/// What is heard of a click only where it was aimed at: what acts, and what chooses. Links lead on and can be gone back from.
const GUARDED: &str = "button, .choose";

/// What the answer to a press changes.
const ROWS: &str = "li, tr, section";

/// What a control does: where it leads or what its form asks for. Not what it says, which counts change and translators.
fn meaning(control: &Element) -> String {
    let of = |element: &Element, name: &str| element.get_attribute(name).unwrap_or_default();
    let form = control.closest("form").ok().flatten();
    let action = form.map(|form| of(&form, "action")).unwrap_or_default();
    [of(control, "href"), of(control, "id"), of(control, "data-verb"), of(control, "formaction"), action].join(" ")
}

/// Something to aim at: where it was in the window, and what it does.
struct Target {
    element: Element,
    says: Option<String>,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Target {
    fn holds(&self, (x, y): Point, beside: f64) -> bool {
        self.left - beside <= x && x <= self.right + beside && self.top - beside <= y && y <= self.bottom + beside
    }
}

/// All there was to aim at, from one change of the page to the next.
#[derive(Default)]
struct Layout {
    targets: Vec<Target>,
    scroll: f64,
}

impl Layout {
    fn read() -> Self {
        let scroll = scroll();
        let Some(found) = main().and_then(|main| main.query_selector_all(TARGETS).ok()) else { return Self::default() };
        // Nobody scrolls further than that on the way to a button.
        let window = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let targets = (0..found.length()).filter_map(|place| {
            let element = found.get(place)?.dyn_into::<Element>().ok()?;
            let area = element.get_bounding_client_rect();
            let is_near = area.height() > 0.0 && area.bottom() > -window && area.top() < 2.0 * window;
            is_near.then(|| Target {
                says: element.matches(CONTROLS).unwrap_or(false).then(|| meaning(&element)),
                left: area.left(),
                top: area.top(),
                right: area.right(),
                bottom: area.bottom(),
                element,
            })
        });
        Self { targets: targets.collect(), scroll }
    }

    fn is_like(&self, other: &Self) -> bool {
        let moved = other.scroll - self.scroll;
        self.targets.len() == other.targets.len()
            && self.targets.iter().zip(&other.targets).all(|(one, other)| {
                (one.left - other.left).abs() < HAIR
                    && (one.top - other.top - moved).abs() < HAIR
                    && one.says == other.says
                    && one.element == other.element
            })
    }

    /// Whether somebody who clicks on this now would have hit something else then.
    fn misleads(&self, control: &Element, says: Option<&str>, at: Point, scroll: f64) -> bool {
        let rides = |element: &Element| element.closest(RIDES).is_ok_and(|bar| bar.is_some());
        let window = |element: &Element| element.closest("dialog").ok().flatten();
        let (own_window, is_riding) = (window(control), rides(control));
        // The reader may have scrolled since, or the browser, so that the page stays in place.
        let places = [(at.0, at.1 + scroll - self.scroll), at];
        let stood = self.targets.iter().any(|target| {
            target.element == *control
                && target.says.as_deref() == says
                && places.iter().any(|place| target.holds(*place, BESIDE))
        });
        !stood
            && self.targets.iter().any(|target| {
                target.holds(places[usize::from(is_riding)], BESIDE)
                    && window(&target.element) == own_window
                    && (!is_riding || rides(&target.element))
                    && !(target.element.contains(Some(control)) && target.element != *control)
            })
    }
}

/// What there is to aim at, and what there was a moment ago.
#[derive(Default)]
pub(super) struct ClickGuard {
    now: Layout,
    /// What there was before, each with when that ended.
    past: VecDeque<(f64, Layout)>,
    /// When the reader changed the page last.
    changed: f64,
    /// Whether what changes now does so by the reader's act.
    pub(super) acts: bool,
    /// Whether the press that a click follows was meant for something else.
    is_hasty: bool,
    /// The row of what was pressed last, and when.
    answers: Option<(Element, f64)>,
}

impl ClickGuard {
    /// The page may have changed.
    pub(super) fn look(&mut self) {
        let now = js_sys::Date::now();
        let before = std::mem::replace(&mut self.now, Layout::read());
        // Another page has nothing in common with the one before.
        let is_another = !before.targets.iter().any(|target| target.element.is_connected());
        if self.acts || is_another {
            self.changed = now;
        }
        if !before.is_like(&self.now) {
            self.past.push_back((now, before));
        }
        while self.past.front().is_some_and(|(ended, _)| now - ended > READ) {
            self.past.pop_front();
        }
    }

    /// The reader has changed how the page is laid out: by opening a fold, by another size of the window.
    pub(super) fn lay_out_anew(&mut self) {
        self.now = Layout::read();
        self.changed = js_sys::Date::now();
    }

    /// The hand comes down on something.
    pub(super) fn press(&mut self, on: Option<&Element>, at: Point) {
        self.is_hasty = on.is_some_and(|on| self.misleads(on, at));
    }

    /// Whether a click on this, by a hand at this place, was meant for what was there before.
    pub(super) fn is_hasty_click(&self, on: &Element, at: Point) -> bool {
        self.is_hasty || self.misleads(on, at)
    }

    /// Whether a key was pressed on what said something else, unless the reader has come to it since.
    pub(super) fn is_hasty_key(&self, on: &Element, came: f64) -> bool {
        let Some(control) = on.closest(CONTROLS).ok().flatten() else { return false };
        let says = meaning(&control);
        let since = came.max(js_sys::Date::now() - READ);
        self.past.iter().filter(|(ended, _)| *ended > since).any(|(_, layout)| {
            let mut targets = layout.targets.iter();
            targets.any(|target| target.element == control && target.says.as_ref().is_some_and(|said| *said != says))
        })
    }

    /// A press is heard: what it changes at once, and in its own row by the answer, the reader knows.
    pub(super) fn hear(&mut self, on: Option<&Element>) {
        self.acts = true;
        let row = on.and_then(|on| on.closest(ROWS).ok().flatten());
        self.answers = row.map(|row| (row, js_sys::Date::now()));
    }

    fn misleads(&self, on: &Element, at: Point) -> bool {
        let Some(control) = on.closest(GUARDED).ok().flatten() else { return false };
        let now = js_sys::Date::now();
        let answers = |(row, when): &(Element, f64)| now - when < ANSWERED && row.contains(Some(&control));
        if self.answers.as_ref().is_some_and(answers) {
            return false;
        }
        let says = control.matches(CONTROLS).unwrap_or(false).then(|| meaning(&control));
        let since = self.changed.max(now - AIMED);
        let (says, scroll) = (says.as_deref(), scroll());
        let mut past = self.past.iter().filter(|(ended, _)| *ended > since);
        past.any(|(_, layout)| layout.misleads(&control, says, at, scroll))
    }
}
