//! What has just happened: said once, shown for some seconds, read to those who do not see it.

use crate::view::dynamic::{dyn_text, dyn_view};
use leptos::prelude::*;
use std::time::Duration;

/// How long it is shown: long enough to read two sentences.
const SHOWN: Duration = Duration::from_secs(6);

/// Where sentences go. One for the whole app.
#[derive(Clone, Copy)]
pub(crate) struct Toast {
    shown: RwSignal<Option<String>>,
    quiet: RwSignal<String>,
    count: StoredValue<u32>,
}

impl Toast {
    /// Makes it known to all that is below.
    pub(crate) fn provide() {
        provide_context(Self {
            shown: RwSignal::new(None),
            quiet: RwSignal::new(String::new()),
            count: StoredValue::new(0),
        });
    }

    /// Shows a sentence, in place of the one before.
    pub(crate) fn say(self, sentence: String) {
        self.shown.set(Some(sentence));
        self.count.update_value(|count| *count += 1);
        let count = self.count.get_value();
        let fade = move || {
            if self.count.get_value() == count {
                self.shown.set(None);
            }
        };
        set_timeout(fade, SHOWN);
    }

    /// Tells screen readers alone what others see by themselves.
    pub(crate) fn announce(self, sentence: String) {
        self.quiet.set(sentence);
    }
}

/// Where sentences go.
pub(crate) fn use_toast() -> Toast {
    expect_context()
}

/// The place where they are shown.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let toast = use_toast();
    view! {
        <div class="toasts" role="status">
            {dyn_view(move || toast.shown.get().map(|sentence| view! { <p class="toast">{sentence}</p> }))}
        </div>
        <div class="sr" aria-live="polite">{dyn_text(move || toast.quiet.get())}</div>
    }
}
