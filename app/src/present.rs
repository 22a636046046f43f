//! The present moment, to which times on the page are relative.

use crate::browser;
use domain::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

/// How often what is relative is told anew.
const TICK: Duration = Duration::from_secs(20);

/// The present as the page is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageTime {
    /// The present, in whole seconds.
    pub(crate) now: Timestamp,
    /// Whether the reader's own clock is known: only in the browser, after hydration.
    pub(crate) local: bool,
}

/// The present, for all times on the page.
#[derive(Clone, Copy)]
pub(crate) struct Present(pub(crate) RwSignal<PageTime>);

/// Makes the present known to all that is below. The first drawing in the browser is of the server's moment, so that
/// both drawings are the same; time passes from then on.
pub(crate) fn provide_present() {
    let told = use_context::<PageTime>().unwrap_or_else(told_by_document);
    let present = RwSignal::new(told);
    provide_context(Present(present));
    Effect::new(move |_| {
        let tick = move || present.set(PageTime { now: browser::now(), local: true });
        browser::take_server_time();
        tick();
        let _ = set_interval_with_handle(tick, TICK);
    });
}

fn told_by_document() -> PageTime {
    let now = if cfg!(feature = "hydrate") { browser::take_server_time() } else { Timestamp(0) };
    PageTime { now, local: false }
}
