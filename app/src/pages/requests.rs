//! The queue of those who decide: both kinds of request, the longest waiting first, kept true while it is open.

use crate::{
    api, browser,
    input::QueueAddress,
    live::{Kept, keep},
    parts::{
        draw::{draw, mark, rows, say, track},
        empty::Empty,
        icon::Icon,
        loaded::loaded,
        pager::{Pager, address},
        piece::IntoPiece,
        query_form::given,
        request_row::{RequestItem, row_id},
        time::When,
        title::page_title,
        toast::use_toast,
    },
    text::language,
};
use domain::{
    ActorRef, Farewell, Frame, QueuePage, QueueRow, RequestId, RequestKind, Viewer,
    fold::{Follow, fold_queue, leave_queue},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::time::Duration;

/// How long a row that is settled stays, so that one sees what became of it.
const FAREWELL: Duration = Duration::from_secs(3);

/// The page.
#[component]
pub(crate) fn Requests() -> impl IntoView {
    let labels = language().labels();
    page_title(|| labels.requests.to_owned());
    let query = use_query_map();
    let asked = track(move || {
        query.with(|query| QueueAddress {
            kind: given(query, "kind"),
            group: given(query, "group"),
            cursor: given(query, "cursor"),
        })
    });
    let first = Resource::new_blocking(|| (), move |()| api::requests::read_queue(asked.get_untracked()));
    view! {
        <header class="page-head">
            <h1>{labels.requests}</h1>
            <p class="intro">{labels.requests_intro}</p>
        </header>
        {loaded(first, move |viewer, page| view! { <Queue viewer=viewer first=page asked=asked /> }.piece())}
    }
}

#[component]
fn Queue(viewer: Viewer, first: QueuePage, asked: Memo<QueueAddress>) -> impl IntoView {
    let me = ActorRef { id: viewer.person.id, username: viewer.person.username };
    let seq = first.listing.seq;
    let kept = keep(first, asked, api::requests::read_queue);
    follow(kept, seq, &me);
    let shown = kept.shown;
    let is_empty = track(move || shown.with(|page| page.listing.items.is_empty()));
    let on_end = Callback::new(move |(id, farewell): (RequestId, Farewell)| {
        shown.try_update(|page| {
            if let Some(row) = page.listing.items.iter_mut().find(|row| row.id == id) {
                row.farewell.get_or_insert(farewell);
            }
        });
    });
    let find = move |id| shown.with(|page| page.listing.items.iter().find(|row| row.id.0 == id).cloned());
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".piece() };
        // A row that is leaving stays as it was.
        let row = Memo::new(move |before: Option<&QueueRow>| {
            find(id).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        leave_after_farewell(kept, row);
        view! { <RequestItem row=row me=me.clone() on_end=on_end /> }.piece()
    };
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_tab(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|page| page.listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_tab(asked, &cursor)))
    });
    view! {
        <Tabs shown=shown />
        <ul class="card rows" hidden=mark(move || is_empty.get().then_some(""))>
            {rows(move || shown.with(|page| page.listing.items.iter().map(|row| row.id.0).collect()), item)}
        </ul>
        {draw(move || is_empty.get().then(|| shown.with_untracked(nothing_waits)))}
        <Pager first=first_page next=next_page />
    }
}

fn of_tab(asked: &QueueAddress, cursor: &str) -> String {
    address("/requests", &[("kind", &asked.kind), ("group", &asked.group), ("cursor", cursor)])
}

/// Folds the feed into the page, and tells those who do not see it about new requests.
fn follow(kept: Kept<QueuePage>, seq: domain::Seq, me: &ActorRef) {
    let toast = use_toast();
    let words = language();
    let my_id = me.id;
    kept.follow(seq, move |kept, frame: &Frame| {
        let mut arrived = None;
        let follow = kept.shown.try_update(|page| {
            let before = page.listing.items.len();
            let follow = fold_queue(page, frame, my_id);
            arrived = page.listing.items.get(before).cloned();
            follow
        });
        if let Some(row) = arrived {
            toast.announce(words.arrived(&row.applicant, row.kind, &row.group.name));
        }
        if follow == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
}

/// Takes a row off the page some seconds after it was settled. Whoever has the focus in it goes on with the next.
fn leave_after_farewell(kept: Kept<QueuePage>, row: Memo<QueueRow>) {
    let is_settled = track(move || row.with(|row| row.farewell.is_some()));
    Effect::new(move |_| {
        if is_settled.get() {
            let id = row.with_untracked(|row| row.id);
            set_timeout(move || leave(kept, id), FAREWELL);
        }
    });
}

fn leave(kept: Kept<QueuePage>, id: RequestId) {
    let row = row_id(id);
    let next = browser::has_focus(&row).then(|| browser::heir(&row));
    let is_done = kept.shown.try_update(|page| {
        leave_queue(page, id);
        page.listing.items.is_empty() && page.listing.next_cursor.is_some()
    });
    if let Some(next) = next {
        browser::focus(&next);
    }
    if is_done == Some(true) {
        kept.read_anew();
    }
}

/// The two kinds with how many wait in each.
#[component]
fn Tabs(shown: RwSignal<QueuePage>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let group = move || shown.with(|page| page.group.clone());
    let tab = move |kind: RequestKind| {
        let name = if kind == RequestKind::Leave { "leave" } else { "" };
        let is_chosen = move || shown.with(|page| page.query.kind == Some(kind));
        let count = move || shown.with(|page| page.counts.of(kind).to_string());
        let href = move || {
            let group = group().map(|group| group.id.to_string()).unwrap_or_default();
            address("/requests", &[("kind", name), ("group", &group)])
        };
        view! {
            <li>
                <a class="tab" href=say(href) aria-current=mark(move || is_chosen().then_some("true"))>
                    {words.tab(kind)}
                    " ("
                    {say(count)}
                    ")"
                </a>
            </li>
        }
    };
    let only = move || {
        group().map(|group| {
            view! {
                <p class="only">
                    {labels.only_of} " " <strong>{group.name}</strong> " · " <a href="/requests">{labels.all_groups}</a>
                </p>
            }
        })
    };
    view! {
        <div class="filters">
            <nav aria-label=labels.request_kinds>
                <ul class="tabs">{tab(RequestKind::Join)}{tab(RequestKind::Leave)}</ul>
            </nav>
            {draw(only)}
        </div>
    }
}

/// The empty queue: what was decided last, and what to expect.
fn nothing_waits(page: &QueuePage) -> impl IntoView + use<> {
    let words = language();
    let labels = words.labels();
    let last = page.last_decision.as_ref().and_then(|logged| Some((words.last_decision(logged)?, logged.at)));
    view! {
        <Empty icon=Icon::Requests why=words.no_requests(page.query.kind.unwrap_or(RequestKind::Join)).to_owned()>
            <p>
                {match last {
                    Some((said, at)) => view! { {said} " " <When at=at /> "." }.piece(),
                    None => labels.queue_untouched.piece(),
                }}
            </p>
            <p>{labels.queue_follows}</p>
        </Empty>
    }
}
