//! The groups one decides for: what waits in each, who leads it, when something last happened; what needs care first.

use crate::{
    address::{address, given},
    api,
    error::AppError,
    input::{GroupAddress, ManagedAddress},
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        empty::Empty,
        icon::{Glyph, Icon},
        loaded::{first_read, loaded},
        managed_row::ManagedItem,
        pager::Pager,
        query_form::QueryForm,
        stale::Stale,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_view, follow_row, memo, rows},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    Frame, GroupId, Listing, ManagedGroup, UserId,
    fold::{Follow, fold_managed, fold_managed_group},
};
use leptos::{prelude::*, task::spawn_local};

/// The id of the search field.
const SEARCH: &str = "search";

/// The page.
#[component]
pub(crate) fn Manage() -> impl IntoView {
    let lead = language().managing();
    page_title(|| lead.manage.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| ManagedAddress { search: given(query, "search"), cursor: given(query, "cursor") })
    });
    let first = first_read(move || api::managing::list_managed(asked.get_untracked()));
    view! {
        <header class="page-head">
            <h1>{lead.manage}</h1>
            <p class="intro">{lead.manage_intro}</p>
        </header>
        {loaded(first, move |viewer, listing| view! { <Managed me=viewer.person.id first=listing asked=asked /> }.erased())}
    }
}

#[component]
fn Managed(me: UserId, first: Listing<ManagedGroup>, asked: Memoized<ManagedAddress>) -> impl IntoView {
    let lead = language().managing();
    let seq = first.seq;
    let kept = live_resource(first, asked, api::managing::list_managed);
    kept.follow(seq, move |kept, frame: &Frame| {
        match kept.shown.try_update(|listing| fold_managed(listing, frame, me)) {
            Some(Follow::Fetch(id)) => fetch_row(kept, id),
            Some(Follow::FetchAll) => kept.read_anew(),
            Some(Follow::Done) | None => {}
        }
    });
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let some_care = memo(move || shown.with(|listing| listing.items.iter().any(needs_care)));
    let find = move |id| shown.with(|listing| listing.items.iter().find(|row| row.row.id.0 == id).cloned());
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let row = follow_row(first, move || find(id));
        view! { <ManagedItem row=row /> }.erased()
    };
    let of = move |wanted: bool| {
        move || {
            shown.with(|listing| {
                let rows = listing.items.iter().filter(|row| needs_care(row) == wanted);
                rows.map(|row| row.row.id.0).collect()
            })
        }
    };
    let others = memo(move || shown.with(|listing| listing.items.iter().any(|row| !needs_care(row))));
    let first_page =
        Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_managed(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|listing| listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_managed(asked, &cursor)))
    });
    // Whoever has so few groups that they see all of them needs no search.
    let searchable = memo(move || {
        first_page.get().is_some() || next_page.get().is_some() || asked.with(|asked| !asked.search.is_empty())
    });
    view! {
        {dyn_view(move || searchable.get().then(|| view! { <Filters asked=asked /> }))}
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        {dyn_view(move || some_care.get().then(|| view! {
            <section class="managed">
                <h2 class="list-head"><Glyph icon=Icon::Warning />{lead.needs_care}</h2>
                <ul class="card rows">{rows(of(true), item)}</ul>
            </section>
        }))}
        {dyn_view(move || others.get().then(|| view! {
            <section class="managed">
                <h2 class="list-head">{if some_care.get() { lead.others } else { lead.all_managed }}</h2>
                <ul class="card rows">{rows(of(false), item)}</ul>
            </section>
        }))}
        {dyn_view(move || is_empty.get().then(|| nothing(&asked.get_untracked())))}
        <Pager first=first_page next=next_page />
    }
}

fn needs_care(group: &ManagedGroup) -> bool {
    !group.cares.is_empty()
}

/// Reads one group and puts it in its place, or takes it away.
fn fetch_row(kept: LiveResource<Listing<ManagedGroup>>, id: GroupId) {
    spawn_local(async move {
        let group =
            match api::managing::read_managed_group(GroupAddress { group: id.to_string(), ..GroupAddress::default() })
                .await
            {
                Ok(group) => Some(group),
                Err(AppError::NotFound | AppError::Denied(_)) => None,
                // The next reset or page brings it.
                Err(_) => return,
            };
        if kept.shown.try_update(|listing| fold_managed_group(listing, id, group)) == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
}

fn of_managed(asked: &ManagedAddress, cursor: &str) -> String {
    address("/manage", &[("search", &asked.search), ("cursor", cursor)])
}

#[component]
fn Filters(asked: Memoized<ManagedAddress>) -> impl IntoView {
    let labels = language().labels();
    view! {
        <div class="filters">
            <QueryForm action="/manage".to_owned() label=labels.search_label search=true>
                <div class="search">
                    <Glyph icon=Icon::Search />
                    <input
                        id=SEARCH
                        type="search"
                        name="search"
                        aria-label=labels.search_label
                        placeholder=labels.search_label
                        value=asked.get_untracked().search
                        autocomplete="off"
                    />
                </div>
                <button class="button sr-until-focus">{labels.search}</button>
            </QueryForm>
        </div>
    }
}

/// The empty list.
fn nothing(asked: &ManagedAddress) -> ErasedView {
    let lead = language().managing();
    let (why, hint) = if asked.search.is_empty() {
        (lead.no_managed, lead.no_managed_hint)
    } else {
        (lead.none_of_name, lead.none_of_name_hint)
    };
    view! { <Empty icon=Icon::Groups why=why.to_owned()><p>{hint}</p></Empty> }.erased()
}
