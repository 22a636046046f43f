//! Who is in a group, since when and why, for those who look after it. A table where there is room, cards where there is
//! not, a plain list on paper.

use crate::api::group_setup::AddMember;
use crate::{
    address::address,
    api::{self, group_setup::page_of},
    browser::{self, ATTEMPT_FIELD},
    error::AppError,
    input::{MembersAddress, NEWEST},
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        admin_tabs::AdminTabs,
        command_form::attempt_name,
        empty::Empty,
        field::Field,
        icon::{Glyph, Icon},
        join_link::JoinLinkCard,
        keys::{Use, use_keys},
        loaded::{Failure, first_read, loaded},
        member_row::{LIST, MemberItem},
        pager::Pager,
        post_form::{PostForm, Reply},
        query_form::QueryForm,
        removal::Removal,
        stale::Stale,
        title::page_title,
        toast::use_toast,
    },
    text::language,
    view::{
        dynamic::{DynText, Memoized, dyn_attr, dyn_text, dyn_view, follow_patiently, follow_row, memo, rows},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    AdminPage, Frame, MemberOrder, MembersPage, Note,
    fold::{Follow, fold_members},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

/// The id of the search field.
const SEARCH: &str = "search";

/// From which side one comes to the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// As somebody who decides for the group.
    Manage,
    /// From the admin area, where one also adds members.
    Admin,
}

impl Side {
    /// The list of this group.
    fn list_of(self, group: &str) -> String {
        match self {
            Self::Manage => format!("/manage/{group}/members"),
            Self::Admin => format!("{}/members", page_of(group)),
        }
    }
}

/// The page of those who decide for the group.
#[component]
pub(crate) fn Members() -> impl IntoView {
    page(Side::Manage)
}

/// The page of the admin area.
#[component]
pub(crate) fn AllMembers() -> impl IntoView {
    page(Side::Admin)
}

async fn read(side: Side, asked: MembersAddress) -> Result<MembersPage, AppError> {
    match side {
        Side::Manage => api::managing::list_members(asked).await,
        Side::Admin => api::group_setup::list_all_members(asked).await,
    }
}

fn page(side: Side) -> ErasedView {
    let params = use_params_map();
    let query = use_query();
    let asked = memo(move || {
        let group = params.with(|params| params.get("id")).unwrap_or_default();
        query.with(|query| MembersAddress::read(group, query))
    });
    let first = first_read(move || read(side, asked.get_untracked()));
    loaded(first, move |viewer, page| {
        let tabs = (side == Side::Admin).then(|| view! { <AdminTabs tab=AdminPage::Groups viewer=viewer /> });
        view! { {tabs} <Shown side=side first=page asked=asked /> }.erased()
    })
}

#[component]
fn Shown(side: Side, first: MembersPage, asked: Memoized<MembersAddress>) -> impl IntoView {
    let seq = first.listing.seq;
    let address = memo(move || (side, asked.get()));
    let kept = live_resource(first, address, |(side, asked)| read(side, asked));
    kept.follow(seq, |kept, frame: &Frame| {
        if kept.shown.try_update(|page| fold_members(page, frame)) == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
    // The group is gone, or is looked after by others now.
    let gone =
        memo(move || kept.trouble.get().filter(|error| matches!(error, AppError::NotFound | AppError::Denied(_))));
    let gone = follow_patiently(gone);
    dyn_view(move || match gone.get() {
        Some(error) => view! { <Failure error=error /> }.erased(),
        None => view! { <Whole side=side kept=kept asked=asked /> }.erased(),
    })
}

#[component]
fn Whole(side: Side, kept: LiveResource<MembersPage>, asked: Memoized<MembersAddress>) -> impl IntoView {
    let words = language();
    let lead = words.managing();
    let shown = kept.shown;
    let title = move || shown.with(|page| words.members_of(&page.group.name));
    page_title(title);
    keys();
    let (group, seq) = shown.with_untracked(|page| (page.group.id, page.listing.seq));
    let total = move || shown.with(|page| words.members(page.total));
    let back = match side {
        Side::Manage => view! { <a href="/manage"><Glyph icon=Icon::Back />{lead.manage}</a> }.erased(),
        Side::Admin => {
            let name = shown.with_untracked(|page| page.group.name.clone());
            view! { <a href=page_of(&group.to_string())><Glyph icon=Icon::Back />{name}</a> }.erased()
        }
    };
    let add = (side == Side::Admin).then(|| view! { <AddMember kept=kept /> });
    view! {
        <header class="page-head">
            <p class="back with-print">{back}</p>
            <h1>{dyn_text(title)}</h1>
            <p class="intro">{dyn_text(total)}</p>
            {dyn_view(move || part_on_paper(&shown.read(), asked.with(|asked| !asked.cursor.is_empty())))}
            <Ways asked=asked group=group.0 />
        </header>
        {add}
        <Filters side=side asked=asked />
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <Removal shown=shown here=Signal::derive(move || asked.with(|asked| of_members(side, asked, &asked.cursor))) />
        <List side=side shown=shown asked=asked />
        {dyn_view(move || {
            let hands_out = shown.with(|page| page.removal_denied.is_none());
            hands_out.then(|| view! { <JoinLinkCard group=group seq=seq /> })
        })}
    }
}

/// The way to add somebody by name, and the way to add many.
#[component]
fn AddMember(kept: LiveResource<MembersPage>) -> impl IntoView {
    let words = language();
    let labels = words.group_setup();
    let toast = use_toast();
    let group = kept.shown.with_untracked(|page| page.group.clone());
    let said = words.was_added(&group.name);
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if reply.is_ok() {
            toast.say(said.clone());
            kept.read_anew();
        }
    });
    let action = AddMember::PATH;
    view! {
        <section class="card section with-print">
            <h2>{labels.add_member}</h2>
            <PostForm action=action on_reply=on_reply resets=true>
                <input type="hidden" name="group" value=group.id.to_string() />
                <input type="hidden" name=ATTEMPT_FIELD value=attempt_name(action, group.id.0) autocomplete="off" />
                <div class="two-columns">
                    <Field name="member" label=labels.member hint=labels.member_hint autocomplete="off" />
                    <Field
                        name="reason"
                        label=labels.reason
                        hint=labels.reason_hint
                        autocomplete="off"
                        longest=Note::MAX
                        optional=true
                    />
                </div>
                <div class="danger-way">
                    <button class="button" data-verb="enter">{labels.add}</button>
                    <a href=format!("{}/roll", page_of(&group.id.to_string()))>{labels.add_or_remove_many}</a>
                </div>
            </PostForm>
        </section>
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

/// What is printed is what is shown. Where that is not the whole list, the paper says which part it is.
fn part_on_paper(page: &MembersPage, goes_before: bool) -> Option<ErasedView> {
    let items = &page.listing.items;
    let (first, last) = (items.first()?, items.last()?);
    let is_part = goes_before || page.listing.next_cursor.is_some() || !page.query.search.is_empty();
    let said =
        language().part_of_members(items.len(), page.total, [first.person.display_name(), last.person.display_name()]);
    is_part.then(|| view! { <p class="on-paper">{said}</p> }.erased())
}

/// The ways on from here, and out of here by file and paper.
#[component]
fn Ways(asked: Memoized<MembersAddress>, group: i64) -> impl IntoView {
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
                <a href=dyn_text(file) rel="external" download="" title=lead.export_hint>
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
fn Filters(side: Side, asked: Memoized<MembersAddress>) -> impl IntoView {
    let labels = language().labels();
    let lead = language().managing();
    let chosen = asked.get_untracked();
    let value: DynText = dyn_text(move || asked.with(|asked| asked.order.clone()));
    view! {
        <div class="filters">
            <QueryForm
                action=of_members(side, &MembersAddress { group: chosen.group, ..MembersAddress::default() }, "")
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
                    <span class="sr">{labels.order}</span>
                    <select name="order" prop:value=value>
                        <option value="">{labels.by_name}</option>
                        <option value=NEWEST selected=chosen.order == NEWEST>{labels.newest_first}</option>
                    </select>
                </label>
                <button class="button sr-until-focus">{labels.search}</button>
            </QueryForm>
        </div>
    }
}

#[component]
fn List(side: Side, shown: RwSignal<MembersPage>, asked: Memoized<MembersAddress>) -> impl IntoView {
    let words = language();
    let lead = words.managing();
    let is_empty = memo(move || shown.with(|page| page.listing.items.is_empty()));
    // R5, R11: where one may remove nobody, the reason stands once above the list.
    let denied = memo(move || shown.with(|page| page.removal_denied));
    let first_page =
        Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_members(side, asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|page| page.listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_members(side, asked, &cursor)))
    });
    let find = move |id| shown.with(|page| page.listing.items.iter().find(|row| row.person.id.0 == id).cloned());
    let removal = Signal::derive(move || asked.with(|asked| of_members(side, asked, &asked.cursor)));
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let row = follow_row(first, move || find(id));
        let group = shown.with_untracked(|page| page.group.clone());
        view! { <MemberItem row=row group=group removable=Signal::derive(move || denied.get().is_none()) here=removal /> }
            .erased()
    };
    let columns = [lead.member, lead.organisation, lead.since, lead.how, lead.action];
    let sorted = move |order: MemberOrder, direction| {
        dyn_attr(move || shown.with(|page| (page.query.order == order).then_some(direction)))
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
                    <th scope="col" role="columnheader" aria-sort=sorted(order, direction)>{sorter(side, asked, order, column)}</th>
                }
                .erased(),
                None => view! { <th scope="col" role="columnheader">{column}</th> }.erased(),
            }
        })
        .collect();
    view! {
        {dyn_view(move || denied.get().map(|denial| view! { <p class="hint why-none">{words.denial(denial)}</p> }))}
        <div class="card table-card" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            <table class="table members" role="table">
                <caption class="sr">{dyn_text(move || shown.with(|page| words.members_of(&page.group.name)))}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup" id=LIST>
                    {rows(move || shown.with(|page| page.listing.items.iter().map(|row| row.person.id.0).collect()), item)}
                </tbody>
            </table>
        </div>
        {dyn_view(move || is_empty.get().then(|| nobody(&asked.get_untracked())))}
        <Pager first=first_page next=next_page />
    }
}

/// The head of a column that the list can be sorted by.
fn sorter(side: Side, asked: Memoized<MembersAddress>, order: MemberOrder, column: &'static str) -> ErasedView {
    let name = if order == MemberOrder::Newest { order.code() } else { "" };
    let href =
        move || asked.with(|asked| of_members(side, &MembersAddress { order: name.to_owned(), ..asked.clone() }, ""));
    view! { <a href=dyn_text(href)>{column}</a> }.erased()
}

/// The address of a page of the list.
fn of_members(side: Side, asked: &MembersAddress, cursor: &str) -> String {
    address(&side.list_of(&asked.group), &[("search", &asked.search), ("order", &asked.order), ("cursor", cursor)])
}

/// The empty list.
fn nobody(asked: &MembersAddress) -> ErasedView {
    let words = language();
    let lead = words.managing();
    let (why, hint) = if asked.search.is_empty() {
        (lead.no_members.to_owned(), lead.no_members_hint)
    } else {
        (words.no_member_named(&asked.search), lead.none_found_hint)
    };
    view! { <Empty icon=Icon::Groups why=why><p>{hint}</p></Empty> }.erased()
}
