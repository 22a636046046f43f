//! Who is in a group, since when and why, for those who look after it. A table where there is room, cards where there is
//! not, a plain list on paper.

use crate::{
    api, browser,
    error::AppError,
    input::{MembersAddress, NEWEST},
    live::{Kept, keep},
    parts::{
        draw::{Saying, draw, mark, rows, say, track},
        empty::Empty,
        icon::{Glyph, Icon},
        join_link::JoinLinkCard,
        keys::{Use, use_keys},
        loaded::{Failure, loaded},
        member_row::{LIST, MemberItem},
        pager::{Pager, address},
        piece::{IntoPiece, Piece},
        query_form::{QueryForm, given},
        removal::Removal,
        stale::Stale,
        title::page_title,
    },
    text::language,
};
use domain::{
    Frame, MemberOrder, MemberRow, MembersPage,
    fold::{Follow, fold_members},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The id of the search field.
const SEARCH: &str = "search";

/// The page.
#[component]
pub(crate) fn Members() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = track(move || {
        let group = params.with(|params| params.get("id")).unwrap_or_default();
        query.with(|query| MembersAddress {
            group,
            search: given(query, "search"),
            order: given(query, "order"),
            cursor: given(query, "cursor"),
        })
    });
    let first = Resource::new_blocking(|| (), move |()| api::managing::list_members(asked.get_untracked()));
    loaded(first, move |_, page| view! { <Shown first=page asked=asked /> }.piece())
}

#[component]
fn Shown(first: MembersPage, asked: Memo<MembersAddress>) -> impl IntoView {
    let seq = first.listing.seq;
    let kept = keep(first, asked, api::managing::list_members);
    kept.follow(seq, |kept, frame: &Frame| {
        if kept.shown.try_update(|page| fold_members(page, frame)) == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
    // The group is gone, or is looked after by others now.
    let gone =
        track(move || kept.trouble.get().filter(|error| matches!(error, AppError::NotFound | AppError::Denied(_))));
    draw(move || match gone.get() {
        Some(error) => view! { <Failure error=error /> }.piece(),
        None => view! { <Whole kept=kept asked=asked /> }.piece(),
    })
}

#[component]
fn Whole(kept: Kept<MembersPage>, asked: Memo<MembersAddress>) -> impl IntoView {
    let words = language();
    let lead = words.managing();
    let shown = kept.shown;
    let title = move || shown.with(|page| words.members_of(&page.group.name));
    page_title(title);
    keys();
    let (group, seq) = shown.with_untracked(|page| (page.group.id, page.listing.seq));
    let total = move || shown.with(|page| words.members(page.total));
    view! {
        <header class="page-head">
            <p class="back with-print"><a href="/manage"><Glyph icon=Icon::Back />{lead.manage}</a></p>
            <h1>{say(title)}</h1>
            <p class="intro">{say(total)}</p>
            <Ways asked=asked group=group.0 />
        </header>
        <Filters asked=asked />
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <Removal shown=shown here=Signal::derive(move || asked.with(|asked| of_members(asked, &asked.cursor))) />
        <List shown=shown asked=asked />
        <JoinLinkCard group=group seq=seq />
    }
}

/// What the keys of the page do.
fn keys() {
    let lead = language().lead();
    let keys = use_keys();
    keys.on("j", lead.key_next, Use::Look, || browser::step(LIST, false));
    keys.on("k", lead.key_previous, Use::Look, || browser::step(LIST, true));
    keys.on("/", language().managing().search_members, Use::Look, || browser::focus(SEARCH));
}

/// The ways on from here, and out of here by file and paper.
#[component]
fn Ways(asked: Memo<MembersAddress>, group: i64) -> impl IntoView {
    let labels = language().labels();
    let lead = language().managing();
    let file = move || {
        asked.with(|asked| {
            address(&format!("/manage/{group}/members.csv"), &[("search", &asked.search), ("order", &asked.order)])
        })
    };
    view! {
        <ul class="ways">
            <li><a href=format!("/groups/{group}")><Glyph icon=Icon::Groups />{labels.about}</a></li>
            <li><a href=format!("/requests?group={group}")><Glyph icon=Icon::Requests />{labels.requests}</a></li>
            <li><a href=format!("/manage/{group}/audit")><Glyph icon=Icon::Audit />{labels.see_audit}</a></li>
            <li>
                <a href=say(file) rel="external" download="" title=lead.export_hint>
                    <Glyph icon=Icon::Download />
                    {lead.export}
                </a>
            </li>
            <li class="with-script">
                <button class="link" type="button" on:click=|_| browser::print()>
                    <Glyph icon=Icon::Print />
                    {lead.print}
                </button>
            </li>
        </ul>
    }
}

/// Search and order.
#[component]
fn Filters(asked: Memo<MembersAddress>) -> impl IntoView {
    let labels = language().labels();
    let lead = language().managing();
    let chosen = asked.get_untracked();
    let value: Saying = say(move || asked.with(|asked| asked.order.clone()));
    view! {
        <div class="filters">
            <QueryForm
                action=of_members(&MembersAddress { group: chosen.group, ..MembersAddress::default() }, "")
                label=lead.search_members
                search=true
            >
                <div class="search">
                    <Glyph icon=Icon::Search />
                    <input
                        id=SEARCH
                        type="search"
                        name="search"
                        aria-label=lead.search_members
                        placeholder=lead.search_members
                        value=chosen.search
                        autocomplete="off"
                    />
                </div>
                <label class="choice beside">
                    <span class="sr">{lead.order}</span>
                    <select name="order" prop:value=value>
                        <option value="">{lead.by_name}</option>
                        <option value=NEWEST selected=chosen.order == NEWEST>{lead.by_newest}</option>
                    </select>
                </label>
                <button class="button sr-until-focus">{labels.search}</button>
            </QueryForm>
        </div>
    }
}

#[component]
fn List(shown: RwSignal<MembersPage>, asked: Memo<MembersAddress>) -> impl IntoView {
    let words = language();
    let lead = words.managing();
    let is_empty = track(move || shown.with(|page| page.listing.items.is_empty()));
    // R5, R11: where one may remove nobody, the reason stands once above the list.
    let denied = track(move || shown.with(|page| page.removal_denied));
    let first_page =
        Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_members(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|page| page.listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_members(asked, &cursor)))
    });
    let find = move |id| shown.with(|page| page.listing.items.iter().find(|row| row.person.id.0 == id).cloned());
    let removal = Signal::derive(move || asked.with(|asked| of_members(asked, &asked.cursor)));
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".piece() };
        // A row that is leaving stays as it was.
        let row = Memo::new(move |before: Option<&MemberRow>| {
            find(id).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        let group = shown.with_untracked(|page| page.group.clone());
        view! { <MemberItem row=row group=group removable=Signal::derive(move || denied.get().is_none()) here=removal /> }
            .piece()
    };
    let columns = [lead.member, lead.organisation, lead.since, lead.how, lead.action];
    let sorted = move |order: MemberOrder, direction| {
        mark(move || shown.with(|page| (page.query.order == order).then_some(direction)))
    };
    let heads: Vec<_> = columns
        .into_iter()
        .enumerate()
        .map(|(place, column)| {
            let order = match place {
                0 => Some((MemberOrder::Name, "ascending")),
                2 => Some((MemberOrder::Newest, "descending")),
                _ => None,
            };
            match order {
                Some((order, direction)) => view! {
                    <th scope="col" role="columnheader" aria-sort=sorted(order, direction)>{sorter(asked, order, column)}</th>
                }
                .piece(),
                None => view! { <th scope="col" role="columnheader">{column}</th> }.piece(),
            }
        })
        .collect();
    view! {
        {draw(move || denied.get().map(|denial| view! { <p class="hint why-none">{words.denial(denial)}</p> }))}
        <div class="card table-card" hidden=mark(move || is_empty.get().then_some(""))>
            <table class="table members" role="table">
                <caption class="sr">{say(move || shown.with(|page| words.members_of(&page.group.name)))}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup" id=LIST>
                    {rows(move || shown.with(|page| page.listing.items.iter().map(|row| row.person.id.0).collect()), item)}
                </tbody>
            </table>
        </div>
        {draw(move || is_empty.get().then(|| nobody(&asked.get_untracked())))}
        <Pager first=first_page next=next_page />
    }
}

/// The head of a column that the list can be sorted by.
fn sorter(asked: Memo<MembersAddress>, order: MemberOrder, column: &'static str) -> Piece {
    let name = if order == MemberOrder::Newest { NEWEST } else { "" };
    let href = move || asked.with(|asked| of_members(&MembersAddress { order: name.to_owned(), ..asked.clone() }, ""));
    view! { <a href=say(href)>{column}</a> }.piece()
}

/// The address of a page of the list.
fn of_members(asked: &MembersAddress, cursor: &str) -> String {
    let path = format!("/manage/{}/members", asked.group);
    address(&path, &[("search", &asked.search), ("order", &asked.order), ("cursor", cursor)])
}

/// The empty list.
fn nobody(asked: &MembersAddress) -> Piece {
    let words = language();
    let lead = words.managing();
    let (why, hint) = if asked.search.is_empty() {
        (lead.no_members.to_owned(), lead.no_members_hint)
    } else {
        (words.no_member_named(&asked.search), lead.none_found_hint)
    };
    view! { <Empty icon=Icon::Groups why=why><p>{hint}</p></Empty> }.piece()
}
