//! Which keys are meant for the page: single keys rest once the focus was taken by anything but the reader, until they act
//! on the page again; after writing, whose letters are the same keys, even those that only move about.
//!
//! It also finds where the focus goes when what had it was taken off the page.

use js_sys::Array;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, MutationRecord, Node};

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

/// The hand at the keyboard.
#[derive(Default)]
pub(super) struct KeyGuard {
    /// What the focus came to last.
    pub(super) focused: Option<Element>,
    pub(super) policy: KeyPolicy,
    /// When the reader moved the focus themselves, in milliseconds since 1970.
    pub(super) moved: f64,
}

impl KeyGuard {
    /// All single keys are meant: the reader has chosen to be here.
    pub(super) fn mean_all(&mut self) {
        self.policy = KeyPolicy::All;
    }

    /// The focus has been moved for the reader.
    pub(super) fn take_over(&mut self) {
        self.policy = self.policy.max(KeyPolicy::Moving);
    }

    /// The reader writes.
    pub(super) fn rest(&mut self) {
        self.policy = KeyPolicy::None;
    }

    /// The reader moves the focus.
    pub(super) fn move_focus(&mut self) {
        self.moved = js_sys::Date::now();
    }
}

/// Where a tab notes that it left for the sign-in by itself.
const LEFT: &str = "left";

/// For how many milliseconds somebody who was interrupted may still be pressing keys.
const INTERRUPTED: f64 = 5_000.0;

/// The page is about to be replaced by another that the reader has not asked for.
pub(super) fn note_departure() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(LEFT, &String::from(js_sys::Date::new_0().to_iso_string()));
    }
}

/// Whether this page came so a moment ago. It may be another account's by now, and what is pressed was never meant for it.
pub(super) fn is_unasked() -> bool {
    let Ok(Some(storage)) = window().session_storage() else { return false };
    let left = storage.get_item(LEFT).ok().flatten();
    let _ = storage.remove_item(LEFT);
    left.is_some_and(|left| js_sys::Date::now() - js_sys::Date::parse(&left) < INTERRUPTED)
}

/// Whether these changes took something off its place, wherever it stands by now.
pub(super) fn took(changes: &Array, what: &Element) -> bool {
    changes.iter().filter_map(|change| change.dyn_into::<MutationRecord>().ok()).any(|change| {
        let gone = change.removed_nodes();
        (0..gone.length()).any(|place| gone.get(place).is_some_and(|node| node.contains(Some(what))))
    })
}

/// What takes the focus where what had it was taken off the page: the next of its kind, or what it stood in.
pub(super) fn heir(changes: &Array, focused: &Element) -> Option<Element> {
    let rests = |node: Node| node.dyn_into::<Element>().ok().filter(|it| it.matches("[tabindex]").unwrap_or(false));
    changes.iter().filter_map(|change| change.dyn_into::<MutationRecord>().ok()).find_map(|change| {
        let gone = change.removed_nodes();
        (0..gone.length()).find(|place| gone.get(*place).is_some_and(|node| node.contains(Some(focused))))?;
        let after = std::iter::successors(change.next_sibling(), Node::next_sibling).find_map(rests);
        let before = || std::iter::successors(change.previous_sibling(), Node::previous_sibling).find_map(rests);
        let around = || change.target()?.dyn_into::<Element>().ok()?.closest("[tabindex]").ok()?;
        after.or_else(before).or_else(around)
    })
}
