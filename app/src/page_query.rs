//! The query of the page that is open, with what its address may not tell.

use crate::{
    address::{KEPT_FIELD, Query},
    browser,
    view::dynamic::{Memoized, follow_while},
};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_matched},
    location::Url,
};

/// The query of the page's address. It is read from what stands there: what the router hands out it has decoded twice.
///
/// What the tab keeps of it comes once the page is alive: the server has drawn the page without.
pub(crate) fn use_query() -> Memoized<Query> {
    let search = use_location().search;
    let alive = browser::follow_alive();
    follow_while(use_stays(), move || {
        let query = search.with(|search| Query::read(search));
        if alive.get() { completed(query) } else { query }
    })
}

/// Whether the page stays. One that is being left is there until the next one can be, while the address is the next one's
/// already: it says nothing to the page that is left, which asks for nothing any more.
pub(crate) fn use_stays() -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    let address = use_location().pathname;
    // Only within a route there is one. What stands around the pages stays.
    let route = use_context::<ArcRwSignal<Url>>().map(|_| use_matched());
    move || {
        let leads_here =
            |route: &String| address.with(|address| address.trim_end_matches('/') == route.trim_end_matches('/'));
        route.is_none_or(|route| route.with(leads_here))
    }
}

/// With what this tab keeps of it. What stands in the address itself comes after that, and so counts.
fn completed(query: Query) -> Query {
    match browser::asked(&query.given(KEPT_FIELD)) {
        Some(kept) => query.after(Query::read(&kept)),
        None => query,
    }
}
