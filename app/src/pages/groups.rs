//! The groups there are for the viewer, each with its one button.

use crate::{
    address::{address, given},
    api, browser,
    error::AppError,
    input::{GroupAddress, GroupsAddress, NEWEST},
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        empty::Empty,
        frame::frame_viewer,
        group_row::{GroupItem, row_id},
        icon::{Glyph, Icon},
        keys::{Use, use_keys},
        loaded::{first_read, loaded},
        pager::Pager,
        query_form::QueryForm,
        stale::Stale,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{DynText, Memoized, dyn_attr, dyn_text, dyn_view, follow_row, memo, rows},
        erased::IntoErased,
    },
};
use domain::{
    Frame, GroupFilter, GroupId, GroupQuery, GroupRow, Listing, Viewer,
    fold::{Follow, fetch_group, fold_group, fold_groups},
};
use leptos::{html::Input, prelude::*, task::spawn_local};

/// The id of the search field.
const SEARCH: &str = "search";

type Page = LiveResource<Listing<GroupRow>>;

/// The page.
#[component]
pub(crate) fn Groups() -> impl IntoView {
    let labels = language().labels();
    page_title(|| labels.groups.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| GroupsAddress {
            filter: given(query, "filter"),
            search: given(query, "search"),
            order: given(query, "order"),
            cursor: given(query, "cursor"),
        })
    });
    let first = first_read(move || api::groups::list_groups(asked.get_untracked()));
    view! {
        <header class="page-head">
            <h1>{labels.groups}</h1>
            <p class="intro">{labels.groups_intro}</p>
        </header>
        <Filters asked=asked />
        {loaded(first, move |viewer, listing| view! { <List viewer=viewer first=listing asked=asked /> }.erased())}
    }
}

/// The chips and the search.
#[component]
fn Filters(asked: Memoized<GroupsAddress>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let chosen = memo(move || asked.with(|asked| asked.parse().filter));
    let search = memo(move || asked.with(|asked| asked.search.clone()));
    let order: DynText = dyn_text(move || asked.with(|asked| asked.order.clone()));
    let chosen_order = asked.with_untracked(|asked| asked.order.clone());
    let field = NodeRef::<Input>::new();
    use_keys().on("/", words.frame().key_search, Use::Look, || browser::focus(SEARCH));
    Effect::new(move |_| {
        let search = search.get();
        // Whoever types is ahead of the address.
        if let Some(field) = field.get().filter(|_| !browser::has_focus(SEARCH)) {
            field.set_value(&search);
        }
    });
    let chip = move |filter: GroupFilter| {
        let name = if filter == GroupFilter::All { "" } else { filter.code() };
        view! {
            <li>
                <a
                    class="chip"
                    href=dyn_text(move || asked.with(|asked| {
                        of_list(&GroupsAddress { filter: name.to_owned(), ..asked.clone() }, "")
                    }))
                    aria-current=dyn_attr(move || (chosen.get() == filter).then_some("true"))
                >
                    {words.group_filter(filter)}
                </a>
            </li>
        }
    };
    view! {
        <div class="filters">
            <nav aria-label=labels.group_filters>
                <ul class="chips">{GroupFilter::ALL.map(chip).into_iter().collect_view()}</ul>
            </nav>
            <QueryForm action="/groups".to_owned() label=labels.search search=true>
                <input
                    type="hidden"
                    name="filter"
                    value=dyn_text(move || asked.with(|asked| asked.filter.clone()))
                />
                <div class="search">
                    <Glyph icon=Icon::Search />
                    <input
                        node_ref=field
                        id=SEARCH
                        type="search"
                        name="search"
                        aria-label=labels.search_label
                        placeholder=labels.search_label
                        value=search.get_untracked()
                        autocomplete="off"
                    />
                </div>
                <label class="choice beside">
                    <span class="sr">{labels.order}</span>
                    <select name="order" prop:value=order>
                        <option value="">{labels.by_name}</option>
                        <option value=NEWEST selected=chosen_order == NEWEST>{labels.newest_first}</option>
                    </select>
                </label>
                <button class="button sr-until-focus">{labels.search}</button>
            </QueryForm>
        </div>
    }
}

#[component]
fn List(viewer: Viewer, first: Listing<GroupRow>, asked: Memoized<GroupsAddress>) -> impl IntoView {
    let (me, seq) = (viewer.person.id, first.seq);
    let viewer = frame_viewer(viewer);
    let kept = live_resource(first, asked, api::groups::list_groups);
    let fetch = move |query: GroupQuery, follow| match follow {
        Follow::Fetch(id) => fetch_row(kept, id, query),
        Follow::FetchAll => kept.read_anew(),
        Follow::Done => {}
    };
    kept.follow(seq, move |kept, frame: &Frame| {
        let query = asked.get_untracked().parse();
        if let Some(follow) = kept.shown.try_update(|listing| fold_groups(listing, &query, frame, me)) {
            fetch(query, follow);
        }
    });
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_list(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|listing| listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_list(asked, &cursor)))
    });
    let on_done = Callback::new(move |id| {
        let query = asked.get_untracked().parse();
        let follow = fetch_group(&query, id);
        fetch(query, follow);
    });
    let find = move |id| shown.with(|listing| listing.items.iter().find(|row| row.id.0 == id).cloned());
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let row = follow_row(first, move || find(id));
        view! { <GroupItem row=row on_done=on_done /> }.erased()
    };
    view! {
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <ul class="card rows" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            {rows(move || shown.with(|listing| listing.items.iter().map(|row| row.id.0).collect()), item)}
        </ul>
        {dyn_view(move || is_empty.get().then(|| view! { <NoGroups asked=asked.get_untracked().parse() viewer=viewer /> }))}
        {dyn_view(move || {
            let is_all = !is_empty.get() && next_page.with(Option::is_none);
            let lack = is_all.then(|| viewer.with(|viewer| language().lack(viewer))).flatten();
            lack.map(|lack| view! { <p class="hint">{lack}</p> })
        })}
        <Pager first=first_page next=next_page />
    }
}

/// The address of a page of the list.
fn of_list(asked: &GroupsAddress, cursor: &str) -> String {
    let asked = [("filter", asked.filter.as_str()), ("search", &asked.search), ("order", &asked.order)];
    let all: Vec<_> = asked.into_iter().chain([("cursor", cursor)]).collect();
    address("/groups", &all)
}

#[component]
fn NoGroups(asked: GroupQuery, viewer: RwSignal<Viewer>) -> impl IntoView {
    let words = language();
    let (why, hint) = words.no_groups(asked.filter, &asked.search);
    let narrowed = asked.filter != GroupFilter::All || !asked.search.is_empty();
    let lack = viewer.with(|viewer| words.lack(viewer)).filter(|_| !narrowed);
    view! {
        <Empty icon=Icon::Groups why=why>
            <p>{lack.unwrap_or(hint)}</p>
            {narrowed.then(|| view! { <a class="button" href="/groups">{words.labels().back_to_groups}</a> })}
        </Empty>
    }
}

/// Reads one row and puts it where it belongs, or takes it away.
fn fetch_row(kept: Page, id: GroupId, query: GroupQuery) {
    spawn_local(async move {
        let row = match api::groups::read_group_row(GroupAddress { group: id.to_string(), ..GroupAddress::default() })
            .await
        {
            Ok(row) => Some(row),
            Err(AppError::NotFound) => None,
            // The next reset or page brings it.
            Err(_) => return,
        };
        let is_there = kept.shown.try_update(|listing| fold_group(listing, &query, id, row));
        // The row is still drawn: what follows from the change comes after this.
        if is_there == Some(false) {
            browser::pass_on(&row_id(id));
        }
    });
}
