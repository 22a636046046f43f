//! What is under the pointer, or where a finger was last, stays where it is until the hand goes elsewhere: where something
//! above it leaves, or it leaves itself, a space is kept open; where something comes above it, the page scrolls by as much.
//! A space closes as soon as that moves nothing under the hand.
//!
//! This is the hand that rests. What one that is still on its way finds is a matter of `click_guard`.

use super::spaces::{HAIR, Point, Spaces, is_drawn, keep_floor, main, scroll, scroll_down, under};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What does something when it is pressed.
pub(super) const CONTROLS: &str = "button, .button";

/// What rides over the page, and does not move with it.
pub(super) const RIDES: &str = ".chosen";

/// For how many milliseconds a click is not meant for what has come under the hand.
const JUST_COME: f64 = 500.0;

/// How far apart, in pixels, two clicks of a hand that rests are: of a mouse, and of a finger.
const STILL: (f64, f64) = (4.0, 24.0);

/// The hand that points, and what it holds in place.
#[derive(Default)]
pub(super) struct PointerGuard {
    /// Where it is in the window; nowhere while it is away.
    at: Option<Point>,
    is_finger: bool,
    seen: Option<Seen>,
    spaces: Spaces,
    /// What it pressed last.
    pressed: Option<Control>,
    /// When and where another button than that came under it.
    came: Option<(f64, Point)>,
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

impl PointerGuard {
    /// Looks at what is under the hand, and closes what need not be kept open any more.
    pub(super) fn look(&mut self) {
        self.seen = None;
        let Some(main) = main() else { return };
        let at = self.at.filter(|at| under(*at).is_some_and(|it| main.contains(Some(&it))));
        let (height, before) = (main.offset_height(), scroll());
        self.spaces.close_behind(at);
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
    pub(super) fn hold(&mut self) {
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
                self.spaces.open(seen.outermost(element, depth, moved), -moved);
            }
        }
        let rest = moved();
        if both && rest > HAIR {
            scroll_down(rest);
        }
    }

    /// Whether something else came under the hand that rests at this place a moment ago.
    pub(super) fn has_just_come(&self, (x, y): Point) -> bool {
        let still = if self.is_finger { STILL.1 } else { STILL.0 };
        let is_near = |one: f64, other: f64| (one - other).abs() <= still;
        self.came
            .is_some_and(|(when, at)| js_sys::Date::now() - when < JUST_COME && is_near(x, at.0) && is_near(y, at.1))
    }

    /// The hand is here now.
    pub(super) fn move_to(&mut self, at: Point, is_finger: bool) {
        self.at = Some(at);
        self.is_finger = is_finger;
        self.look();
    }

    /// The hand presses what is under it.
    pub(super) fn press(&mut self) {
        self.pressed = self.seen.as_ref().and_then(|seen| seen.control.clone());
    }

    /// The hand takes hold of the page anew, as a finger that scrolls it.
    pub(super) fn grip(&mut self) {
        let at = self.at.take();
        self.look();
        self.at = at;
    }

    /// The hand holds nothing until it moves again.
    pub(super) fn release(&mut self) {
        self.at = None;
        self.look();
    }

    /// The page has moved by the reader: what is under the hand now is what it holds.
    pub(super) fn look_again(&mut self) {
        if self.seen.is_some() {
            self.look();
        }
    }

    /// Where the hand is.
    pub(super) const fn place(&self) -> Option<Point> {
        self.at
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
