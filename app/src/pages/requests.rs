//! The queue of those who decide: both kinds of request, the longest waiting first, kept true while it is open.

use crate::{
    address::{address, given, without},
    api,
    browser::{self, hand},
    input::{QueueAddress, TALLY_FIELD, Tally},
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        empty::Empty,
        icon::Icon,
        keys::{Use, use_keys},
        loaded::{first_read, loaded},
        pager::Pager,
        query_form::QueryForm,
        request_row::{self, LIST, RequestItem, row_id},
        selection::{QueueContext, Selection},
        selection_bar::{self, ChooseAll, SelectionBar, SelectionReport},
        stale::Stale,
        time::When,
        title::page_title,
        toast::use_toast,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_attr, dyn_text, dyn_view, follow_row, memo, rows},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    ActorRef, EventScope, Frame, QueueChoices, QueuePage, QueueRow, RequestId, RequestKind, RequestStatus, SettledMark,
    Viewer,
    fold::{Follow, carry_queue, fold_queue, leave_queue},
};
use leptos::prelude::*;
use std::time::Duration;

/// How long a row that is settled stays, so that one sees what became of it.
const FAREWELL: Duration = Duration::from_secs(3);

/// The page.
#[component]
pub(crate) fn Requests() -> impl IntoView {
    let labels = language().labels();
    page_title(|| labels.requests.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| QueueAddress {
            kind: given(query, "kind"),
            group: given(query, "group"),
            organisation: given(query, "organisation"),
            cursor: given(query, "cursor"),
        })
    });
    let told = query.with_untracked(|query| Tally::read(&given(query, TALLY_FIELD)));
    let first = first_read(move || async move {
        let page = api::requests::read_queue(asked.get_untracked()).await?;
        // Without them one cannot narrow the queue, but decide.
        Ok((page, api::requests::list_queue_choices().await.unwrap_or_default()))
    });
    view! {
        <header class="page-head">
            <h1>{labels.requests}</h1>
            <p class="intro">{labels.requests_intro}</p>
        </header>
        {loaded(first, move |viewer, (page, choices)| view! {
            <Queue viewer=viewer first=page choices=choices asked=asked told=told.clone() />
        }.erased())}
    }
}

#[component]
fn Queue(
    viewer: Viewer,
    first: QueuePage,
    choices: QueueChoices,
    asked: Memoized<QueueAddress>,
    told: Option<Tally>,
) -> impl IntoView {
    let me = ActorRef { id: viewer.person.id, username: viewer.person.username };
    let seq = first.listing.seq;
    let kept = live_resource(first, asked, api::requests::read_queue);
    let selection = Selection::new();
    let written = RwSignal::new(None::<RequestId>);
    kept.carry_along(move |before, page| carry_queue(before, page, written.get_untracked()));
    follow(kept, seq, &me, selection);
    forget_elsewhere(asked, selection);
    drop_tally();
    keys(selection);
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|page| page.listing.items.is_empty()));
    let on_end = Callback::new(move |(id, settled_mark): (RequestId, SettledMark)| {
        selection.drop_out(id);
        shown.try_update(|page| {
            if let Some(row) = page.listing.items.iter_mut().find(|row| row.id == id) {
                row.settled_mark.get_or_insert(settled_mark);
            }
        });
    });
    let queue_context = QueueContext { me, on_end, toast: use_toast(), words: language() };
    let find = move |id| shown.with(|page| page.listing.items.iter().find(|row| row.id.0 == id).cloned());
    let desk_of_rows = queue_context.clone();
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let row = follow_row(first, move || find(id));
        leave_after_farewell(kept, row, written);
        view! { <RequestItem row=row selection=selection queue_context=desk_of_rows.clone() written=written /> }
            .erased()
    };
    let first_page =
        Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_queue(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|page| page.listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_queue(asked, &cursor)))
    });
    view! {
        <Tabs shown=shown asked=asked />
        <Filters choices=choices asked=asked />
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <div class="queue">
            <SelectionReport selection=selection told=told shown=shown />
            <ChooseAll selection=selection shown=shown />
            <ul class="card rows" id=LIST hidden=dyn_attr(move || is_empty.get().then_some(""))>
                {rows(move || shown.with(|page| page.listing.items.iter().map(|row| row.id.0).collect()), item)}
            </ul>
            {dyn_view(move || is_empty.get().then(|| nothing_waits(kept.shown, asked)))}
            <Pager first=first_page next=next_page />
            <SelectionBar selection=selection shown=shown queue_context=queue_context />
        </div>
    }
}

fn of_queue(asked: &QueueAddress, cursor: &str) -> String {
    let filters = [("kind", asked.kind.as_str()), ("group", &asked.group), ("organisation", &asked.organisation)];
    let all: Vec<_> = filters.into_iter().chain([("cursor", cursor)]).collect();
    address("/requests", &all)
}

/// Folds the feed into the page, and tells those who do not see it about new requests.
fn follow(kept: LiveResource<QueuePage>, seq: domain::Seq, me: &ActorRef, selection: Selection) {
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
        if let Some(id) = settled_by(frame) {
            selection.drop_out(id);
        }
        if follow == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
}

/// The request that a frame ends, if it ends one.
fn settled_by(frame: &Frame) -> Option<RequestId> {
    let Frame::Event { logged, .. } = frame else { return None };
    match logged.event.what.touches() {
        EventScope::Request(_, status) if status != RequestStatus::Open => logged.event.request,
        _ => None,
    }
}

/// What is chosen stays so on other pages of the same list, and nowhere else.
fn forget_elsewhere(asked: Memoized<QueueAddress>, selection: Selection) {
    let list = memo(move || asked.with(|asked| QueueAddress { cursor: String::new(), ..asked.clone() }));
    Effect::new(move |before: Option<()>| {
        list.track();
        if before.is_some() {
            selection.clear();
            selection.report.set(None);
        }
    });
}

/// What came of a plain form is told once; a reload says nothing of it.
fn drop_tally() {
    Effect::new(move |_| {
        let here = browser::here();
        let plain = without_tally(&here);
        if plain != here {
            browser::replace_address(&plain);
        }
    });
}

fn without_tally(here: &str) -> String {
    without(here, &[TALLY_FIELD])
}

/// What the keys of the page do.
fn keys(selection: Selection) {
    let lead = language().lead();
    let keys = use_keys();
    keys.on("j", lead.key_next, Use::Look, || browser::step(LIST, false));
    keys.on("k", lead.key_previous, Use::Look, || browser::step(LIST, true));
    let with_row = |run: fn(RequestId)| {
        move || {
            if let Some(id) = request_row::in_focus() {
                run(id);
            }
        }
    };
    keys.on("x", lead.key_choose, Use::Act, with_row(|id| browser::click(&request_row::box_id(id))));
    // Many at once are never decided by one key: it leads to the button that says how many.
    let decide = move |status| {
        move || {
            if selection.count() > 0 {
                browser::focus(selection_bar::button_id(status));
            } else if let Some(id) = request_row::in_focus() {
                browser::click(&request_row::button_id(id, status));
            }
        }
    };
    keys.on("a", lead.key_approve, Use::Act, decide(RequestStatus::Approved));
    keys.on("r", lead.key_reject, Use::Act, decide(RequestStatus::Rejected));
    keys.on(
        "c",
        lead.key_comment,
        Use::Act,
        with_row(|id| {
            browser::unfold(&request_row::comment_id(id));
            browser::focus(&request_row::field_id(id));
        }),
    );
}

/// Takes a row off the page some seconds after it was settled, and after nobody writes in it any more. Whoever has the
/// focus in it goes on with the next.
fn leave_after_farewell(kept: LiveResource<QueuePage>, row: Memoized<QueueRow>, written: RwSignal<Option<RequestId>>) {
    if cfg!(feature = "ssr") {
        return;
    }
    let id = row.with_untracked(|row| row.id);
    let may_leave = memo(move || row.with(|row| row.settled_mark.is_some()) && written.get() != Some(id));
    Effect::new(move |_| {
        if may_leave.get() {
            let row = row_id(id);
            if browser::has_focus(&row) {
                // What is in it rests from now on.
                hand::take_over();
                browser::focus_in_place(&row);
            }
            let leaves = move || {
                if may_leave.try_get_untracked() == Some(true) {
                    leave(kept, id);
                }
            };
            set_timeout(leaves, FAREWELL);
        }
    });
}

fn leave(kept: LiveResource<QueuePage>, id: RequestId) {
    browser::pass_on(&row_id(id));
    let is_done = kept.shown.try_update(|page| {
        leave_queue(page, id);
        // There is more, or it is yet to be read what the empty queue tells.
        page.listing.items.is_empty() && (page.listing.next_cursor.is_some() || page.last_decision.is_none())
    });
    if is_done == Some(true) {
        kept.read_anew();
    }
}

/// The two kinds with how many wait in each.
#[component]
fn Tabs(shown: RwSignal<QueuePage>, asked: Memoized<QueueAddress>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let tab = move |kind: RequestKind| {
        let name = if kind == RequestKind::Leave { kind.code() } else { "" };
        let is_chosen = move || shown.with(|page| page.query.kind == Some(kind));
        let count = move || shown.with(|page| page.counts.of(kind).to_string());
        let href = move || asked.with(|asked| of_queue(&QueueAddress { kind: name.to_owned(), ..asked.clone() }, ""));
        view! {
            <li>
                <a class="tab" href=dyn_text(href) aria-current=dyn_attr(move || is_chosen().then_some("true"))>
                    {words.tab(kind)}
                    " ("
                    {dyn_text(count)}
                    ")"
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabbed" aria-label=labels.request_kinds>
            <ul class="tabs">{tab(RequestKind::Join)}{tab(RequestKind::Leave)}</ul>
        </nav>
    }
}

/// What the queue can be narrowed to. Where there is nothing to choose from, nothing is asked.
#[component]
fn Filters(choices: QueueChoices, asked: Memoized<QueueAddress>) -> impl IntoView {
    let labels = language().labels();
    let lead = language().lead();
    let chosen = asked.get_untracked();
    let groups = choices.groups.into_iter().map(|group| (group.id.to_string(), group.name)).collect();
    let organisations = choices.organisations.into_iter().map(|name| (name.clone(), name)).collect();
    let group = choice("group", (lead.group, lead.any_group), groups, &chosen.group, move || {
        asked.with(|asked| asked.group.clone())
    });
    let organisation = choice(
        "organisation",
        (lead.organisation, lead.any_organisation),
        organisations,
        &chosen.organisation,
        move || asked.with(|asked| asked.organisation.clone()),
    );
    if group.is_none() && organisation.is_none() {
        return "".erased();
    }
    view! {
        <div class="filters">
            <QueryForm action="/requests".to_owned() label=lead.queue_filters>
                <input type="hidden" name="kind" value=dyn_text(move || asked.with(|asked| asked.kind.clone())) />
                {group}
                {organisation}
                <button class="button sr-until-focus">{labels.show}</button>
            </QueryForm>
        </div>
    }
    .erased()
}

/// A list to choose from, where there is more than one thing in it, or something is chosen.
fn choice(
    name: &'static str,
    (label, any): (&'static str, &'static str),
    mut options: Vec<(String, String)>,
    chosen: &str,
    value: impl Fn() -> String + Send + Sync + 'static,
) -> Option<ErasedView> {
    if !chosen.is_empty() && options.iter().all(|(value, _)| value != chosen) {
        options.push((chosen.to_owned(), chosen.to_owned()));
    }
    if options.len() < 2 && chosen.is_empty() {
        return None;
    }
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, word)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{word}</option> }
        })
        .collect();
    let list = view! {
        <label class="choice">
            {label}
            <select name=name prop:value=dyn_text(value)>
                <option value="">{any}</option>
                {options}
            </select>
        </label>
    };
    Some(list.erased())
}

/// The empty queue: what was decided last, and what to expect; or that the filters let nothing through.
fn nothing_waits(shown: RwSignal<QueuePage>, asked: Memoized<QueueAddress>) -> ErasedView {
    let words = language();
    let labels = words.labels();
    let lead = words.lead();
    let asked = asked.get_untracked();
    let narrowed = !asked.group.is_empty() || !asked.organisation.is_empty() || !asked.cursor.is_empty();
    let kind = shown.with_untracked(|page| page.query.kind.unwrap_or(RequestKind::Join));
    let decided =
        move |page: &QueuePage| page.last_decision.as_ref().and_then(|it| Some((words.last_decision(it)?, it.at)));
    let last = dyn_view(move || match shown.with(decided) {
        Some((said, at)) => view! { {said} " " <When at=at /> "." }.erased(),
        None => labels.queue_untouched.erased(),
    });
    let all = narrowed.then(|| {
        let all = of_queue(&QueueAddress { kind: asked.kind.clone(), ..QueueAddress::default() }, "");
        view! { <a class="button" href=all>{lead.all_requests}</a> }
    });
    view! {
        <Empty icon=Icon::Requests why=words.no_requests(kind).to_owned()>
            <p>{last}</p>
            <p>{labels.queue_follows}</p>
            {all}
        </Empty>
    }
    .erased()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_a_form_leaves_no_trace_in_the_address() {
        assert_eq!(without_tally("/requests?kind=leave&decided=%7B%7D"), "/requests?kind=leave");
        assert_eq!(without_tally("/requests?decided=%7B%7D"), "/requests");
        assert_eq!(without_tally("/requests"), "/requests");
    }
}
