//! The viewer's own: the groups they are in, hidden ones too, what they have asked for, and what came of it.

use crate::{
    address::{address, given},
    api, browser,
    error::AppError,
    input::{GroupAddress, MyGroupsAddress, MyRequestsAddress},
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        empty::Empty,
        icon::Icon,
        loaded::{first_read, loaded},
        me_tabs::{MeTab, MeTabs},
        my_group_row::{self, MyGroupItem},
        my_request_row::{self, MyRequestItem},
        pager::Pager,
        stale::Stale,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_attr, dyn_view, follow_row, memo, rows},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    Frame, GroupId, Listing, MyGroup, Request, RequestId, RequestStatus, Seq, UserId, Viewer,
    fold::{Follow, fold_my_group, fold_my_groups, fold_my_requests},
};
use leptos::{prelude::*, task::spawn_local};

type Groups = LiveResource<Listing<MyGroup>>;
type Requests = LiveResource<Listing<Request>>;

/// The page.
#[component]
pub(crate) fn Me() -> impl IntoView {
    let words = language();
    let title = words.frame().my_groups;
    page_title(move || title.to_owned());
    let query = use_query();
    let groups_asked = memo(move || query.with(|query| MyGroupsAddress { cursor: given(query, "groups") }));
    let past_asked = memo(move || {
        query.with(|query| MyRequestsAddress { cursor: given(query, "requests"), ..MyRequestsAddress::default() })
    });
    let open_asked = memo(MyRequestsAddress::open);
    let groups = first_read(move || api::mine::list_my_groups(groups_asked.get_untracked()));
    let open = first_read(move || api::mine::list_my_requests(open_asked.get_untracked()));
    let past = first_read(move || api::mine::list_my_requests(past_asked.get_untracked()));
    view! {
        <header class="page-head">
            <h1>{title}</h1>
            <p class="intro">{words.mine().intro}</p>
        </header>
        <MeTabs tab=MeTab::Groups />
        <div class="sections">
            {loaded(open, move |viewer, listing| {
                view! { <Waiting viewer=viewer first=listing asked=open_asked /> }.erased()
            })}
            {loaded(groups, move |viewer, listing| {
                view! { <Mine viewer=viewer first=listing asked=groups_asked /> }.erased()
            })}
            {loaded(past, move |viewer, listing| {
                view! { <Past viewer=viewer first=listing asked=past_asked /> }.erased()
            })}
        </div>
    }
}

/// What the groups were asked for and what the requests were, as one address.
fn of_page(groups: &str, requests: &str) -> String {
    address("/me", &[("groups", groups), ("requests", requests)])
}

/// The requests that wait. Where none does there is nothing to see.
#[component]
fn Waiting(viewer: Viewer, first: Listing<Request>, asked: Memoized<MyRequestsAddress>) -> impl IntoView {
    let labels = language().mine();
    let kept = follow_requests(first, asked, viewer.person.id);
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    view! {
        <section hidden=dyn_attr(move || is_empty.get().then_some(""))>
            <h2>{labels.waiting}</h2>
            <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
            <ul class="card rows">{request_rows(kept, |_| true)}</ul>
        </section>
    }
}

/// The groups one is in.
#[component]
fn Mine(viewer: Viewer, first: Listing<MyGroup>, asked: Memoized<MyGroupsAddress>) -> impl IntoView {
    let labels = language().mine();
    let me = viewer.person.id;
    let seq = first.seq;
    let kept = live_resource(first, asked, api::mine::list_my_groups);
    follow_groups(kept, seq, me);
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let on_done = Callback::new(move |()| kept.read_anew());
    let find = move |id| shown.with(|listing| listing.items.iter().find(|mine| mine.row.id.0 == id).cloned());
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let mine = follow_row(first, move || find(id));
        view! { <MyGroupItem mine=mine me=me on_done=on_done /> }.erased()
    };
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_page("", ""))));
    let next_page = Signal::derive(move || Some(of_page(&shown.with(|listing| listing.next_cursor.clone())?, "")));
    view! {
        <section>
            <h2>{labels.groups}</h2>
            <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
            <ul class="card rows" hidden=dyn_attr(move || is_empty.get().then_some(""))>
                {rows(move || shown.with(|listing| listing.items.iter().map(|mine| mine.row.id.0).collect()), item)}
            </ul>
            {dyn_view(move || is_empty.get().then(|| view! {
                <Empty icon=Icon::MyGroups why=labels.no_groups.to_owned()>
                    <p>{labels.no_groups_hint}</p>
                    <a class="button" href="/groups">{labels.find_groups}</a>
                </Empty>
            }))}
            <Pager first=first_page next=next_page />
        </section>
    }
}

/// The requests that have ended, newest first.
#[component]
fn Past(viewer: Viewer, first: Listing<Request>, asked: Memoized<MyRequestsAddress>) -> impl IntoView {
    let labels = language().mine();
    let kept = follow_requests(first, asked, viewer.person.id);
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| !listing.items.iter().any(is_past)));
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_page("", ""))));
    let next_page = Signal::derive(move || Some(of_page("", &shown.with(|listing| listing.next_cursor.clone())?)));
    view! {
        <section>
            <h2>{labels.past}</h2>
            <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
            <ul class="card rows" hidden=dyn_attr(move || is_empty.get().then_some(""))>{request_rows(kept, is_past)}</ul>
            {dyn_view(move || is_empty.get().then(|| view! { <p class="hint">{labels.no_past}</p> }))}
            <Pager first=first_page next=next_page />
        </section>
    }
}

fn is_past(request: &Request) -> bool {
    request.status != RequestStatus::Open
}

fn request_rows(kept: Requests, wanted: fn(&Request) -> bool) -> ErasedView {
    let shown = kept.shown;
    let on_done = Callback::new(move |()| kept.read_anew());
    let find = move |id| shown.with(|listing| listing.items.iter().find(|request| request.id.0 == id).cloned());
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let request = follow_row(first, move || find(id));
        view! { <MyRequestItem request=request on_done=on_done /> }.erased()
    };
    let ids = move || {
        shown.with(|listing| listing.items.iter().filter(|row| wanted(row)).map(|request| request.id.0).collect())
    };
    rows(ids, item)
}

fn follow_requests(first: Listing<Request>, asked: Memoized<MyRequestsAddress>, me: UserId) -> Requests {
    let seq = first.seq;
    let kept = live_resource(first, asked, api::mine::list_my_requests);
    kept.follow(seq, move |kept, frame: &Frame| {
        let query = asked.with_untracked(MyRequestsAddress::parse);
        let Some(before) = kept.shown.try_with_untracked(request_ids) else { return };
        let follow = kept.shown.try_update(|listing| fold_my_requests(listing, &query, frame, me));
        let after = kept.shown.with_untracked(request_ids);
        pass_focus(before.into_iter().filter(|id| !after.contains(id)).map(my_request_row::row_id));
        if follow == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
    kept
}

fn follow_groups(kept: Groups, seq: Seq, me: UserId) {
    kept.follow(seq, move |kept, frame: &Frame| {
        let Some(before) = kept.shown.try_with_untracked(group_ids) else { return };
        let follow = kept.shown.try_update(|listing| fold_my_groups(listing, frame, me));
        let after = kept.shown.with_untracked(group_ids);
        pass_focus(before.into_iter().filter(|id| !after.contains(id)).map(my_group_row::row_id));
        match follow {
            Some(Follow::FetchAll) => kept.read_anew(),
            Some(Follow::Fetch(group)) => fetch(kept, group),
            Some(Follow::Done) | None => {}
        }
    });
}

fn request_ids(listing: &Listing<Request>) -> Vec<RequestId> {
    listing.items.iter().map(|request| request.id).collect()
}

fn group_ids(listing: &Listing<MyGroup>) -> Vec<GroupId> {
    listing.items.iter().map(|mine| mine.row.id).collect()
}

/// Rows that leave are still drawn: whoever has the focus in one goes on with the next.
fn pass_focus(leaving: impl Iterator<Item = String>) {
    leaving.for_each(|row| browser::pass_on(&row));
}

/// Reads the row of one group anew.
fn fetch(kept: Groups, group: GroupId) {
    spawn_local(async move {
        let address = GroupAddress { group: group.to_string(), ..GroupAddress::default() };
        let row = match api::groups::read_group_row(address).await {
            Ok(row) => Some(row),
            Err(AppError::NotFound) => None,
            // The next reset or page brings it.
            Err(_) => return,
        };
        if kept.shown.try_update(|listing| fold_my_group(listing, group, row)) == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
}
