//! Spaces that are kept open on a page above what would move otherwise, and the measures of the page they are made by: its
//! places, its length, how far it is scrolled.

use super::MAIN;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What is too little to be seen, in pixels.
pub(super) const HAIR: f64 = 0.75;

/// A place, in pixels.
pub(super) type Point = (f64, f64);

/// A space kept open above something.
struct Space {
    above: HtmlElement,
    height: f64,
    /// What stands there without it: in the cells of a row of a table, around anything else.
    own: f64,
    in_cells: bool,
}

/// All that are open.
#[derive(Default)]
pub(super) struct Spaces(Vec<Space>);

impl Spaces {
    /// Closes those that move nothing under a hand at this place.
    pub(super) fn close_behind(&mut self, at: Option<Point>) {
        self.0.retain(|space| {
            let stays = space.above.is_connected() && at.is_some_and(|at| space.holds(at));
            if !stays {
                space.draw(0.0);
            }
            stays
        });
    }

    /// Opens a space above something by so much more, or closes it by so much.
    pub(super) fn open(&mut self, above: HtmlElement, by: f64) {
        let place = self.0.iter().position(|space| space.above == above);
        if place.is_none() && by > 0.0 {
            self.0.push(Space::above(above));
        }
        let place = place.or_else(|| self.0.len().checked_sub(1).filter(|_| by > 0.0));
        if let Some(space) = place.and_then(|place| self.0.get_mut(place)) {
            space.height = (space.height + by).max(0.0);
            space.draw(space.height);
        }
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

pub(super) fn main() -> Option<HtmlElement> {
    document().get_element_by_id(MAIN)?.dyn_into().ok()
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
pub(super) fn under((x, y): Point) -> Option<Element> {
    document().element_from_point(x as f32, y as f32)
}

/// Whether it is on the page and to be seen.
pub(super) fn is_drawn(element: &Element) -> bool {
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

pub(super) fn scroll() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

fn scroll_by(by: f64) {
    window().scroll_by_with_x_and_y(0.0, by);
}

/// Keeps the page at least this long, and scrolled as far.
pub(super) fn keep_floor(main: &HtmlElement, height: i32, to: f64) {
    let _ = main.style().set_property("min-height", &pixels(f64::from(height)));
    scroll_by(to - scroll());
}

/// Scrolls down, and makes the page longer where it has no room for that.
pub(super) fn scroll_down(by: f64) {
    let before = scroll();
    scroll_by(by);
    let rest = by - (scroll() - before);
    if let Some(main) = main().filter(|_| rest > HAIR) {
        let _ = main.style().set_property("min-height", &pixels(f64::from(main.offset_height()) + rest));
        scroll_by(rest);
    }
}
