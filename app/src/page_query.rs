//! The query of the page that is open, with what its address may not tell.

use crate::{
    address::{KEPT_FIELD, Query},
    browser,
    view::draw::{Followed, track},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The query of the page's address. It is read from what stands there: what the router hands out it has decoded twice.
///
/// What the tab keeps of it comes once the page is alive: the server has drawn the page without.
pub(crate) fn use_query() -> Followed<Query> {
    let search = use_location().search;
    let alive = browser::follow_alive();
    track(move || {
        let query = search.with(|search| Query::read(search));
        if alive.get() { completed(query) } else { query }
    })
}

/// With what this tab keeps of it. What stands in the address itself comes after that, and so counts.
fn completed(query: Query) -> Query {
    match browser::asked(&query.given(KEPT_FIELD)) {
        Some(kept) => query.after(Query::read(&kept)),
        None => query,
    }
}
