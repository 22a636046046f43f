//! All groups there are, with what they are set to be.

use crate::{
    address::{address, given},
    api,
    input::{AllGroupsAddress, FlagFields},
    live::LiveResource,
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminHead,
        empty::Empty,
        icon::{Glyph, Icon},
        pager::Pager,
        query_form::QueryForm,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_attr, dyn_view, memo, rows},
        erased::IntoErased,
    },
};
use domain::{AdminPage, Flag, GroupRow, Listing};
use leptos::prelude::*;

const PATH: &str = "/admin/groups";

/// The page.
#[component]
pub(crate) fn AllGroups() -> impl IntoView {
    let labels = language().admin();
    page_title(|| labels.groups.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| AllGroupsAddress {
            flags: FlagFields::of(|name| given(query, name)),
            has_leader: given(query, "has_leader"),
            search: given(query, "search"),
            cursor: given(query, "cursor"),
        })
    });
    admin_page(asked, api::admin::list_all_groups, move |viewer, kept| {
        let create = viewer.opens(AdminPage::NewGroup);
        view! {
            <AdminHead tab=AdminPage::Groups viewer=viewer title=labels.groups intro=labels.groups_intro />
            {create.then(|| view! {
                <p class="list-ways">
                    <a class="button" data-verb="enter" href=format!("{PATH}/new")>{language().group_setup().new_group}</a>
                </p>
            })}
            <Filters asked=asked />
            <List kept=kept asked=asked />
        }
        .erased()
    })
}

/// The same list from another place on.
fn from(asked: &AllGroupsAddress, cursor: &str) -> String {
    let rest: [(&str, &str); 3] = [("has_leader", &asked.has_leader), ("search", &asked.search), ("cursor", cursor)];
    address(PATH, &asked.flags.named().chain(rest).collect::<Vec<_>>())
}

#[component]
fn Filters(asked: Memoized<AllGroupsAddress>) -> impl IntoView {
    let words = language();
    let (labels, own) = (words.labels(), words.admin());
    let chosen = asked.get_untracked();
    let choice = |name: &'static str, label: &'static str, chosen: &str| {
        let options = [("", own.any), ("yes", own.yes), ("no", own.no)]
            .map(|(value, word)| view! { <option value=value selected=value == chosen>{word}</option> });
        view! { <label class="choice">{label}<select name=name>{options.into_iter().collect_view()}</select></label> }
    };
    view! {
        <div class="filters many">
            <QueryForm action=PATH.to_owned() label=own.filters search=true>
                <div class="search">
                    <Glyph icon=Icon::Search />
                    <input
                        type="search"
                        name="search"
                        aria-label=labels.search_label
                        placeholder=labels.search_label
                        value=chosen.search.clone()
                        autocomplete="off"
                    />
                </div>
                {Flag::ALL.map(|flag| choice(flag.code(), words.flag(flag), chosen.flags.get(flag))).into_iter().collect_view()}
                {choice("has_leader", own.has_leader, &chosen.has_leader)}
                <button class="button sr-until-focus">{labels.show}</button>
            </QueryForm>
        </div>
    }
}

#[component]
fn List(kept: LiveResource<Listing<GroupRow>>, asked: Memoized<AllGroupsAddress>) -> impl IntoView {
    let own = language().admin();
    let seq = kept.shown.with_untracked(|listing| listing.seq);
    // Whoever comes here sees every group in full.
    kept.follow_admin(seq, |logged| logged.event.group.is_some());
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let find = move |id| shown.with(|listing| listing.items.iter().find(|row| row.id.0 == id).cloned());
    let row = move |id| dyn_view(move || find(id).map(|row| entry(&row))).erased();
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| from(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|listing| listing.next_cursor.clone())?;
        Some(asked.with(|asked| from(asked, &cursor)))
    });
    let columns = [own.name, own.description, own.properties, own.members, own.has_leader];
    view! {
        <div class="card table-card" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            <table class="table groups-table" role="table">
                <caption class="sr">{own.groups}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {columns.map(|column| view! { <th scope="col" role="columnheader">{column}</th> }).into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows(move || shown.with(|listing| listing.items.iter().map(|row| row.id.0).collect()), row)}
                </tbody>
            </table>
        </div>
        {dyn_view(move || is_empty.get().then(|| view! {
            <Empty icon=Icon::Groups why=own.nothing.to_owned()>
                <p>{own.nothing_hint}</p>
                <a class="button" href=PATH>{own.all}</a>
            </Empty>
        }))}
        <Pager first=first_page next=next_page />
    }
}

fn entry(row: &GroupRow) -> impl IntoView + use<> {
    let words = language();
    let own = words.admin();
    let members = row.member_count.map(|count| words.number(count.into())).unwrap_or_default();
    view! {
        <tr role="row">
            <td role="cell" data-label=own.name data-kind="name"><a href=format!("{PATH}/{}", row.id)>{row.name.clone()}</a></td>
            <td role="cell" data-label=own.description><p class="cut">{row.description.clone()}</p></td>
            <td role="cell" data-label=own.properties>{words.properties(row.flags).join(", ")}</td>
            <td role="cell" data-label=own.members>{members}</td>
            <td role="cell" data-label=own.has_leader>{if row.is_led { own.yes } else { own.no }}</td>
        </tr>
    }
}
