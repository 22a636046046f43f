//! What one can do on a page by a key. Each page says what its keys do; `?` lists them, and the palette offers what is
//! more than moving about.
//!
//! A key alone does nothing while somebody types, nor after the focus was taken from them (`browser::hand` says until
//! when), and all of them can be turned off: whoever speaks to their computer would set them off by accident (WCAG 2.1.4).
//! That choice stays in this browser.

use crate::{
    browser::{self, hand, hand::KeyPolicy},
    text::language,
};
use leptos::{ev, prelude::*};
use std::time::Duration;
use web_sys::KeyboardEvent;

/// Where the browser keeps that keys are off.
const KEPT_AS: &str = "muster-keys";

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Moves about or shows something; goes on while the key is held.
    Look,
    /// Does something, once for each press; the palette offers it too.
    Act,
}

/// Something one can do on the page.
#[derive(Clone)]
pub(crate) struct Shortcut {
    /// The key, by the name the browser gives it; empty for what only the palette offers.
    pub(crate) key: &'static str,
    /// What it does, in words.
    pub(crate) label: String,
    /// What it is for.
    pub(crate) purpose: Use,
    run: Callback<()>,
    number: u32,
}

impl Shortcut {
    /// Does it.
    pub(crate) fn run(&self) {
        self.run.run(());
    }
}

/// The keys of the page as it is. One for the whole app.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    shortcuts: RwSignal<Vec<Shortcut>>,
    count: StoredValue<u32>,
    off: RwSignal<bool>,
    writes: RwSignal<bool>,
}

impl Keys {
    /// Makes it known to all that is below.
    pub(crate) fn provide() -> Self {
        let keys = Self {
            shortcuts: RwSignal::new(Vec::new()),
            count: StoredValue::new(0),
            off: RwSignal::new(false),
            writes: RwSignal::new(false),
        };
        provide_context(keys);
        Effect::new(move |_| {
            keys.off.set(browser::kept(KEPT_AS).is_some());
            hand::watch();
            let handle = window_event_listener(ev::keydown, move |event| keys.press(&event));
            on_cleanup(move || handle.remove());
            // A window that is left keeps its focus: whoever comes back to it goes on writing.
            let look = move || {
                let writes = browser::writes_on_page();
                if keys.writes.get_untracked() != writes {
                    keys.writes.set(writes);
                }
            };
            let came = window_event_listener(ev::focusin, move |_| look());
            let went = window_event_listener(ev::focusout, move |_| set_timeout(look, Duration::ZERO));
            on_cleanup(move || {
                came.remove();
                went.remove();
            });
        });
        keys
    }

    /// From now on this key does this, until the part of the page that says so is gone. What was said last counts.
    pub(crate) fn on(
        self,
        key: &'static str,
        label: impl Into<String>,
        purpose: Use,
        run: impl Fn() + Send + Sync + 'static,
    ) {
        if cfg!(feature = "ssr") {
            return;
        }
        let number = self.count.get_value();
        self.count.set_value(number + 1);
        let shortcut = Shortcut { key, label: label.into(), purpose, run: Callback::new(move |()| run()), number };
        self.shortcuts.update(|shortcuts| shortcuts.push(shortcut));
        on_cleanup(move || {
            self.shortcuts.try_update(|shortcuts| shortcuts.retain(|shortcut| shortcut.number != number));
        });
    }

    /// What the palette offers here beside the pages.
    pub(crate) fn offer(self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) {
        self.on("", label, Use::Act, run);
    }

    /// Everything one can do here, the latest first.
    pub(crate) fn shortcuts(self) -> Vec<Shortcut> {
        self.shortcuts.with(|shortcuts| shortcuts.iter().rev().cloned().collect())
    }

    /// Whether somebody writes in a field of the page: what is drawn anew then takes text and focus with it.
    #[cfg(not(feature = "ssr"))]
    pub(crate) fn someone_writes(self) -> bool {
        self.writes.get()
    }

    /// Whether the keys are off.
    pub(crate) fn are_off(self) -> bool {
        self.off.get()
    }

    /// Turns the keys on or off in this browser.
    pub(crate) fn turn(self, on: bool) {
        self.off.set(!on);
        browser::keep(KEPT_AS, (!on).then_some("off"));
    }

    fn press(self, event: &KeyboardEvent) {
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        if with_others || event.is_composing() || event.default_prevented() || self.off.get_untracked() {
            return;
        }
        let key_policy = hand::key_policy();
        if browser::writes() || browser::has_window() || key_policy == KeyPolicy::None {
            return;
        }
        let pressed = event.key();
        let shortcut = self.shortcuts.with_untracked(|shortcuts| {
            shortcuts.iter().rev().find(|shortcut| !shortcut.key.is_empty() && shortcut.key == pressed).cloned()
        });
        if let Some(shortcut) = shortcut {
            event.prevent_default();
            if shortcut.purpose == Use::Look {
                hand::mean_all();
                shortcut.run();
            } else if key_policy == KeyPolicy::All && !event.repeat() {
                shortcut.run();
            }
        }
    }
}

/// The keys of the page.
pub(crate) fn use_keys() -> Keys {
    expect_context()
}

/// The name of the key that goes with `K` on this machine.
pub(crate) fn control_key() -> &'static str {
    if browser::is_apple() { "⌘" } else { language().frame().control }
}
