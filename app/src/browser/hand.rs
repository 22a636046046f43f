//! The reader's hand: what is under it stays, and its keys and clicks are taken only for what they were meant for.
//!
//! A page changes while it is read. Whatever moves on it, what is under the pointer, or where a finger was last, stays
//! where it is until the hand goes elsewhere: where something above it leaves, or it leaves itself, a space is kept open;
//! where something comes above it, the page scrolls by as much. A space closes as soon as that moves nothing under the hand.
//!
//! A click on what has just come under a hand that rests was meant for what was there before, and does nothing.
//!
//! Single keys rest once the focus was taken by anything but the reader, until they act on the page again; after writing,
//! whose letters are the same keys, even those that only move about.
//!
//! All of it is found by looking: at the page before and after it changed. No page does anything for it.

use super::{MAIN, focus_in_place, has_lost_focus, types_into};
use js_sys::Array;
use leptos::prelude::{document, window};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, Event, HtmlElement, KeyboardEvent, MouseEvent, MutationObserver, MutationObserverInit, MutationRecord,
    Node, PointerEvent,
};

/// What does something when it is pressed.
const CONTROLS: &str = "button, .button";

/// What rides over the page, and does not move with it.
const RIDES: &str = ".chosen";

/// For how many milliseconds a click is not meant for what has come under the hand.
const JUST_COME: f64 = 500.0;

/// How far apart, in pixels, two clicks of a hand that rests are: of a mouse, and of a finger.
const STILL: (f64, f64) = (4.0, 24.0);

/// What is too little to be seen, in pixels.
const HAIR: f64 = 0.75;

/// Which single keys are meant as such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyPolicy {
    /// All of them: the reader is where they have gone themselves.
    #[default]
    All,
    /// Those that move about, and then all: the focus has been moved for the reader.
    Moving,
    /// None: the reader writes, or has been writing when the field was taken away.
    None,
}

type Point = (f64, f64);

#[derive(Default)]
struct Hand {
    /// Where it is in the window; nowhere while it is away.
    at: Option<Point>,
    is_finger: bool,
    /// Whether it did the last thing by pointing, and not by a key.
    points: bool,
    seen: Option<Seen>,
    spaces: Vec<Space>,
    /// What it pressed last.
    pressed: Option<Control>,
    /// When and where another button than that came under it.
    came: Option<(f64, Point)>,
    focused: Option<Element>,
    key_policy: KeyPolicy,
}

/// A button with what it says.
type Control = (Element, Option<String>);

/// Something with its top, counted from the top of the page.
type Mark = (Element, f64);

/// What was under the hand.
struct Seen {
    /// What is under the hand and everything around it, up to the main part of the page.
    around: Vec<Mark>,
    /// What follows it on the page, each with how many of `around` do not hold it.
    below: Vec<(Mark, usize)>,
    /// How many of those, the first ones, stand in what is under the hand: that is open ground.
    ground: usize,
    control: Option<Control>,
    rides: bool,
    scroll: f64,
    height: i32,
}

/// A space kept open above something.
struct Space {
    above: HtmlElement,
    height: f64,
    /// What stands there without it: in the cells of a row of a table, around anything else.
    own: f64,
    in_cells: bool,
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
        HAND.with_borrow_mut(Hand::hold);
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
}

/// Which single keys are meant as such.
pub(crate) fn key_policy() -> KeyPolicy {
    HAND.with_borrow(|hand| hand.key_policy)
}

/// From here on they all are: the reader has chosen to be here.
pub(crate) fn mean_all() {
    HAND.with_borrow_mut(|hand| hand.key_policy = KeyPolicy::All);
}

/// The focus is being moved for the reader.
pub(crate) fn take_over() {
    HAND.with_borrow_mut(|hand| hand.key_policy = hand.key_policy.max(KeyPolicy::Moving));
}

/// Whether the reader did the last thing by pointing, and not by a key.
pub(crate) fn points() -> bool {
    HAND.with_borrow(|hand| hand.points)
}

/// The page shows something else because the reader has asked for it: nothing is held until the hand moves.
pub(crate) fn let_go() {
    HAND.with_borrow_mut(|hand| {
        hand.at = None;
        hand.look();
    });
}

fn heed(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |what: &str| target.as_ref().is_some_and(|target| target.closest(what).is_ok_and(|it| it.is_some()));
    match event.type_().as_str() {
        "pointermove" | "pointerdown" => {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            let presses = event.type_() == "pointerdown";
            HAND.with_borrow_mut(|hand| {
                hand.at = Some((f64::from(event.client_x()), f64::from(event.client_y())));
                hand.is_finger = event.pointer_type() == "touch";
                if presses {
                    hand.points = true;
                    hand.focused = None;
                    if within("main") {
                        hand.key_policy = KeyPolicy::All;
                    }
                }
                hand.look();
                if presses {
                    hand.pressed = hand.seen.as_ref().and_then(|seen| seen.control.clone());
                }
            });
        }
        // The finger scrolls: it takes hold of the page anew.
        "pointercancel" => HAND.with_borrow_mut(|hand| {
            let at = hand.at.take();
            hand.look();
            hand.at = at;
        }),
        "pointerleave" => {
            let is_mouse = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() != "touch");
            if is_mouse && target == document().document_element() {
                let_go();
            }
        }
        "scroll" | "toggle" | "resize" => HAND.with_borrow_mut(|hand| {
            if hand.seen.is_some() {
                hand.look();
            }
        }),
        "click" => {
            if HAND.with_borrow(|hand| hand.is_hasty(event)) {
                event.prevent_default();
                event.stop_immediate_propagation();
            }
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
                if is_lost && hand.focused.take().is_some() {
                    hand.key_policy = hand.key_policy.max(KeyPolicy::Moving);
                }
                if is_deliberate {
                    hand.key_policy = KeyPolicy::All;
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
                hand.focused = target;
                if writes {
                    hand.key_policy = KeyPolicy::None;
                }
            });
        }
    }
}

/// Where what has the focus was taken off the page, the next of its kind has it, or what it stood in.
fn rescue_focus(changes: &Array) {
    let focused = HAND.with_borrow(|hand| hand.focused.clone()).filter(|focused| !focused.is_connected());
    let Some(focused) = focused.filter(|_| has_lost_focus()) else { return };
    let rests = |node: Node| node.dyn_into::<Element>().ok().filter(|it| it.matches("[tabindex]").unwrap_or(false));
    let next_focus = changes.iter().filter_map(|change| change.dyn_into::<MutationRecord>().ok()).find_map(|change| {
        let gone = change.removed_nodes();
        (0..gone.length()).find(|place| gone.get(*place).is_some_and(|node| node.contains(Some(&focused))))?;
        let after = std::iter::successors(change.next_sibling(), Node::next_sibling).find_map(rests);
        let before = || std::iter::successors(change.previous_sibling(), Node::previous_sibling).find_map(rests);
        let around = || change.target()?.dyn_into::<Element>().ok()?.closest("[tabindex]").ok()?;
        after.or_else(before).or_else(around)
    });
    if let Some(next_focus) = next_focus {
        take_over();
        focus_in_place(&next_focus.id());
    }
}

impl Hand {
    /// Looks at what is under the hand, and closes what need not be kept open any more.
    fn look(&mut self) {
        self.seen = None;
        let Some(main) = main() else { return };
        let at = self.at.filter(|at| under(*at).is_some_and(|it| main.contains(Some(&it))));
        let (height, before) = (main.offset_height(), scroll());
        self.spaces.retain(|space| {
            let stays = space.above.is_connected() && at.is_some_and(|at| space.holds(at));
            if !stays {
                space.draw(0.0);
            }
            stays
        });
        let _ = main.style().remove_property("min-height");
        if at.is_some() && scroll() < before {
            keep_floor(&main, height, before);
        }
        self.seen = at.and_then(Seen::at);
        // Without a hand the browser holds what is at the top of the window.
        let anchor = if self.seen.is_some() { "none" } else { "auto" };
        let _ = main.style().set_property("overflow-anchor", anchor);
    }

    /// The page has changed: what is under the hand goes back to where it was. Where that is gone, what stands around it
    /// does, and nothing that follows comes up into its place.
    fn hold(&mut self) {
        let (Some(at), Some(seen)) = (self.at, self.seen.take()) else { return };
        let nearest = seen.around.iter().position(|(element, _)| is_drawn(element));
        let next = seen.below.iter().position(|((element, _), _)| is_drawn(element));
        // Another page has nothing in common with this one but the main part itself.
        let nearest = nearest.filter(|nearest| next.is_some() || nearest + 1 < seen.around.len());
        if let Some(nearest) = nearest {
            // Where the page has become so short that it scrolled up by itself, it is kept as long as it was.
            if let Some(main) = main().filter(|main| main.offset_height() < seen.height && scroll() < seen.scroll) {
                keep_floor(&main, seen.height, seen.scroll);
            }
            let (element, top) = &seen.around[nearest];
            self.put_back(&seen, element, *top, nearest + 1, true);
            if let Some(next) = next.filter(|_| nearest > 0 || seen.ground > 0) {
                let ((element, own), depth) = &seen.below[next];
                let top = if next < seen.ground { seen.below[0].0.1 } else { *own };
                self.put_back(&seen, element, top, *depth, false);
            }
        }
        self.seen = Seen::at(at);
        let now = self.seen.as_ref().and_then(|seen| seen.control.as_ref());
        if nearest.is_some() && now.is_some() && now != seen.control.as_ref() && now != self.pressed.as_ref() {
            self.came = Some((js_sys::Date::now(), at));
        }
    }

    /// Puts something that has moved back to where its top was; where it may not be `both` ways, only down.
    fn put_back(&mut self, seen: &Seen, element: &Element, top: f64, depth: usize, both: bool) {
        let moved = || seen.top(element) - top;
        // What is opened may be more or less than that in the end: margins meet.
        for _ in 0..2 {
            let moved = moved();
            if moved < -HAIR || (both && moved > HAIR) {
                self.open(seen.outermost(element, depth, moved), -moved);
            }
        }
        let rest = moved();
        if both && rest > HAIR {
            scroll_down(rest);
        }
    }

    /// Opens a space above something by so much more, or closes it by so much.
    fn open(&mut self, above: HtmlElement, by: f64) {
        let place = self.spaces.iter().position(|space| space.above == above);
        if place.is_none() && by > 0.0 {
            self.spaces.push(Space::above(above));
        }
        let place = place.or_else(|| self.spaces.len().checked_sub(1).filter(|_| by > 0.0));
        if let Some(space) = place.and_then(|place| self.spaces.get_mut(place)) {
            space.height = (space.height + by).max(0.0);
            space.draw(space.height);
        }
    }

    /// Whether this click was meant for what was here before.
    fn is_hasty(&self, event: &Event) -> bool {
        let Some((when, (x, y))) = self.came else { return false };
        let Some(event) = event.dyn_ref::<MouseEvent>().filter(|event| event.detail() > 0) else { return false };
        let still = if self.is_finger { STILL.1 } else { STILL.0 };
        let is_near = |one: i32, other: f64| (f64::from(one) - other).abs() <= still;
        js_sys::Date::now() - when < JUST_COME && is_near(event.client_x(), x) && is_near(event.client_y(), y)
    }
}

impl Seen {
    fn at(at: Point) -> Option<Self> {
        let main = main()?;
        let it = under(at).filter(|it| main.contains(Some(it)))?;
        let rides = it.closest(RIDES).is_ok_and(|bar| bar.is_some());
        let control = it.closest(CONTROLS).ok().flatten().map(|control| {
            let says = control.text_content();
            (control, says)
        });
        let mut seen = Self {
            around: Vec::new(),
            below: Vec::new(),
            ground: 0,
            control,
            rides,
            scroll: scroll(),
            height: main.offset_height(),
        };
        let inner = it.children();
        for place in 0..inner.length() {
            let Some(child) = inner.item(place) else { continue };
            let area = child.get_bounding_client_rect();
            if area.top() > at.1 && area.left() <= at.0 && at.0 <= area.right() && area.height() > 0.0 {
                seen.below.push((seen.mark(child), 0));
            }
        }
        seen.ground = seen.below.len();
        let mut next = Some(it);
        while let Some(element) = next.take() {
            if element != *main {
                let depth = seen.around.len() + 1;
                let following = std::iter::successors(element.next_element_sibling(), Element::next_element_sibling);
                let following: Vec<_> = following.map(|element| (seen.mark(element), depth)).collect();
                seen.below.extend(following);
                next = element.parent_element();
            }
            seen.around.push(seen.mark(element));
        }
        Some(seen)
    }

    fn mark(&self, element: Element) -> Mark {
        let top = self.top(&element);
        (element, top)
    }

    fn top(&self, element: &Element) -> f64 {
        let scroll = if self.rides { 0.0 } else { scroll() };
        element.get_bounding_client_rect().top() + scroll
    }

    /// The outermost of what has moved together with this element.
    fn outermost(&self, element: &Element, depth: usize, moved: f64) -> HtmlElement {
        let together = |(around, top): &&Mark| is_drawn(around) && (self.top(around) - top - moved).abs() < HAIR;
        let moved = self.around.iter().skip(depth).take_while(together);
        // Around the rows of a table there is no space of its own.
        let outermost = moved.filter(|(around, _)| around.tag_name() != "TBODY").last();
        outermost.map_or_else(|| element.clone(), |(around, _)| around.clone()).unchecked_into()
    }
}

impl Space {
    fn above(above: HtmlElement) -> Self {
        let style = |element: &Element, name| {
            let style = window().get_computed_style(element).ok().flatten();
            style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
        };
        let in_cells = style(&above, "display") == "table-row";
        let own = match above.first_element_child().filter(|_| in_cells) {
            Some(cell) => style(&cell, "padding-top"),
            None => style(&above, "margin-top"),
        };
        let own = pixels_of(&own);
        Self { above, height: 0.0, own, in_cells }
    }

    fn draw(&self, height: f64) {
        let set = |element: &HtmlElement, name| {
            let style = element.style();
            let _ = if height > 0.0 {
                style.set_property(name, &pixels(self.own + height))
            } else {
                style.remove_property(name).map(|_| ())
            };
        };
        if !self.in_cells {
            return set(&self.above, "margin-top");
        }
        let cells = self.above.children();
        for place in 0..cells.length() {
            if let Some(cell) = cells.item(place) {
                set(cell.unchecked_ref(), "padding-top");
            }
        }
    }

    /// Whether something would move under a hand at this place if it closed.
    fn holds(&self, (x, y): Point) -> bool {
        let area = self.above.get_bounding_client_rect();
        let top = if self.in_cells { area.top() } else { area.top() - self.height };
        let beside = self.above.parent_element().map(|parent| parent.get_bounding_client_rect());
        self.height > 0.0 && y >= top && beside.is_some_and(|beside| beside.left() <= x && x <= beside.right())
    }
}

fn main() -> Option<HtmlElement> {
    document().get_element_by_id(MAIN)?.dyn_into().ok()
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
fn under((x, y): Point) -> Option<Element> {
    document().element_from_point(x as f32, y as f32)
}

/// Whether it is on the page and to be seen.
fn is_drawn(element: &Element) -> bool {
    element.is_connected() && element.get_bounding_client_rect().height() > 0.0
}

/// A length as a style says it, written by the browser: what Rust reads and writes floats by weighs 20 kB.
fn pixels(length: f64) -> String {
    let number = js_sys::Number::from(length).to_string_with_radix(10);
    number.map_or_else(|_| String::new(), |number| String::from(number) + "px")
}

/// The length that a style says; 0 where it says none.
fn pixels_of(style: &str) -> f64 {
    let length = js_sys::parse_float(style);
    if length.is_nan() { 0.0 } else { length }
}

fn scroll() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

fn scroll_by(by: f64) {
    window().scroll_by_with_x_and_y(0.0, by);
}

/// Keeps the page at least this long, and scrolled as far.
fn keep_floor(main: &HtmlElement, height: i32, to: f64) {
    let _ = main.style().set_property("min-height", &pixels(f64::from(height)));
    scroll_by(to - scroll());
}

/// Scrolls down, and makes the page longer where it has no room for that.
fn scroll_down(by: f64) {
    let before = scroll();
    scroll_by(by);
    let rest = by - (scroll() - before);
    if let Some(main) = main().filter(|_| rest > HAIR) {
        let _ = main.style().set_property("min-height", &pixels(f64::from(main.offset_height()) + rest));
        scroll_by(rest);
    }
}
