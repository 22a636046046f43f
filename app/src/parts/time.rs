//! Moments on the page: how long ago, with the exact time on hover and for screen readers.

use super::draw::{Saying, say};
use crate::{
    browser,
    text::{iso, language},
};
use domain::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

/// How often what is relative is told anew.
const TICK: Duration = Duration::from_secs(20);

/// The present as the page is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The present, in whole seconds.
    pub(crate) now: Timestamp,
    /// Whether the reader's own clock is known: only in the browser, after hydration.
    pub(crate) local: bool,
}

/// The present, for all times on the page.
#[derive(Clone, Copy)]
pub(crate) struct Present(RwSignal<Moment>);

/// Makes the present known to all that is below. The first drawing in the browser is of the server's moment, so that
/// both drawings are the same; time passes from then on.
pub(crate) fn provide_present() {
    let told = use_context::<Moment>().unwrap_or_else(told_by_document);
    let present = RwSignal::new(told);
    provide_context(Present(present));
    Effect::new(move |_| {
        let tick = move || present.set(Moment { now: browser::now(), local: true });
        browser::take_server_time();
        tick();
        let _ = set_interval_with_handle(tick, TICK);
    });
}

fn told_by_document() -> Moment {
    let now = if cfg!(feature = "hydrate") { browser::take_server_time() } else { Timestamp(0) };
    Moment { now, local: false }
}

/// Shows a moment as time passed since.
#[component]
pub(crate) fn When(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    let words = language();
    let present = expect_context::<Present>().0;
    let exactly = words.moment(at, None);
    let told = format!(", {exactly}");
    view! {
        <time datetime=iso(at) title=title(at, exactly, present)>
            {say(move || words.relative(at, present.get().now))}
            <span class="sr">{told}</span>
        </time>
    }
}

/// Shows a moment as the audit log does, in EVE time.
#[component]
pub(crate) fn Exactly(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    let words = language();
    let present = expect_context::<Present>().0;
    view! {
        <time datetime=iso(at) title=title(at, words.moment(at, None), present)>
            {words.exact(at)}
        </time>
    }
}

/// The moment in full, by the reader's own clock too once that is known.
fn title(at: Timestamp, exactly: String, present: RwSignal<Moment>) -> Saying {
    let words = language();
    say(move || if present.get().local { words.moment(at, Some(browser::utc_offset(at))) } else { exactly.clone() })
}
