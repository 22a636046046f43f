//! The audit log: of one group for those who look after it, of everything for whoever may read it. A table where there is
//! room, cards where there is not.

use crate::{
    address::address,
    api,
    audit::AuditColumn,
    error::AppError,
    input::AuditAddress,
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        audit_row::entry,
        empty::Empty,
        icon::{Glyph, Icon},
        loaded::{Failure, first_read, loaded},
        pager::Pager,
        query_form::QueryForm,
        stale::Stale,
        title::page_title,
    },
    text::{Language, language},
    view::{
        dynamic::{Memoized, dyn_attr, dyn_text, dyn_view, memo, rows},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    AuditPage, EventAction, EventType, Frame,
    fold::{Follow, fold_audit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The log of one group.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    let params = use_params_map();
    log(move || params.with(|params| params.get("id")).unwrap_or_default())
}

/// The log of everything.
#[component]
pub(crate) fn WholeAudit() -> impl IntoView {
    log(String::new)
}

fn log(group: impl Fn() -> String + Send + Sync + 'static) -> ErasedView {
    let query = use_query();
    let asked = memo(move || {
        let group = group();
        query.with(|query| AuditAddress::read(group, query))
    });
    let first = first_read(move || api::audit::read_audit_log(asked.get_untracked()));
    loaded(first, move |_, page| view! { <Shown first=page asked=asked /> }.erased())
}

#[component]
fn Shown(first: AuditPage, asked: Memoized<AuditAddress>) -> impl IntoView {
    let seq = first.listing.seq;
    let kept = live_resource(first, asked, api::audit::read_audit_log);
    kept.follow(seq, move |kept, frame: &Frame| {
        if kept.shown.try_update(|page| fold_audit(page, frame)) == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
    // The group is gone, or one looks after it no more.
    let gone =
        memo(move || kept.trouble.get().filter(|error| matches!(error, AppError::NotFound | AppError::Denied(_))));
    dyn_view(move || match gone.get() {
        Some(error) => view! { <Failure error=error /> }.erased(),
        None => view! { <Log kept=kept asked=asked /> }.erased(),
    })
}

#[component]
fn Log(kept: LiveResource<AuditPage>, asked: Memoized<AuditAddress>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let lead = words.managing();
    let shown = kept.shown;
    let is_whole = asked.with_untracked(|asked| asked.group.is_empty());
    let name = move || shown.with(|page| page.group.as_ref().map(|group| group.name.clone()).unwrap_or_default());
    page_title(
        move || if is_whole { labels.see_audit.to_owned() } else { format!("{}: {}", labels.see_audit, name()) },
    );
    let is_empty = memo(move || shown.with(|page| page.listing.items.is_empty()));
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| asked.href(""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|page| page.listing.next_cursor.clone())?;
        Some(asked.with(|asked| asked.href(&cursor)))
    });
    let row = move |id| {
        shown.with_untracked(|page| match page.listing.items.iter().find(|logged| logged.id.0 == id) {
            Some(logged) => asked.with_untracked(|asked| entry(logged, asked)),
            None => "".erased(),
        })
    };
    let file = move || {
        let path = asked.with(AuditAddress::path);
        asked.with(|asked| address(&format!("{path}.csv"), &asked.filters()))
    };
    let columns: Vec<_> = AuditColumn::on_page(is_whole)
        .map(|column| view! { <th scope="col" role="columnheader">{column.label(words)}</th> })
        .collect();
    let back = (!is_whole).then(|| {
        let group = asked.get_untracked().group;
        view! {
            <p class="back with-print"><a href=format!("/groups/{group}")><Glyph icon=Icon::Back />{dyn_text(name)}</a></p>
        }
    });
    view! {
        <header class="page-head">
            {back}
            <h1>{labels.see_audit}</h1>
            <p class="intro">{if is_whole { lead.everything_intro } else { labels.audit_intro }}</p>
            <ul class="ways">
                <li>
                    <a href=dyn_text(file) rel="external" download="" title=lead.export_hint>
                        <Glyph icon=Icon::Download />
                        {lead.export}
                    </a>
                </li>
            </ul>
        </header>
        <Filters asked=asked shown=shown />
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <div class="card table-card" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            <table class="table log" data-whole=is_whole.then_some("yes") role="table">
                <caption class="sr">{labels.see_audit}</caption>
                <thead role="rowgroup"><tr role="row">{columns}</tr></thead>
                <tbody role="rowgroup">
                    {rows(move || shown.with(|page| page.listing.items.iter().map(|logged| logged.id.0).collect()), row)}
                </tbody>
            </table>
        </div>
        {dyn_view(move || is_empty.get().then(|| nothing(&asked.get_untracked())))}
        <Pager first=first_page next=next_page />
    }
}

/// The empty log.
fn nothing(asked: &AuditAddress) -> ErasedView {
    let words = language();
    let labels = words.labels();
    let all = asked.is_narrowed().then(|| {
        let all = AuditAddress { group: asked.group.clone(), ..AuditAddress::default() }.href("");
        view! { <a class="button" href=all>{words.managing().all_rows}</a> }
    });
    view! {
        <Empty icon=Icon::Audit why=labels.audit_empty.to_owned()>
            <p>{labels.audit_empty_hint}</p>
            {all}
        </Empty>
    }
    .erased()
}

/// What narrows the log: what happened, to whom, by whom, when. The page follows as soon as something is chosen; a name
/// has to be sent.
#[component]
fn Filters(asked: Memoized<AuditAddress>, shown: RwSignal<AuditPage>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let lead = words.managing();
    let chosen = asked.get_untracked();
    let is_whole = chosen.group.is_empty();
    let kinds = EventType::ALL.into_iter().filter(|kind| is_whole || kind.is_of_groups());
    let kinds: Vec<_> = kinds.map(|kind| choice(kind.code(), words.event_type(kind), &chosen.kind)).collect();
    let actions = EventAction::ALL.into_iter();
    let actions: Vec<_> =
        actions.map(|action| choice(action.code(), words.event_action(action), &chosen.action)).collect();
    // What narrows the log must be seen, and be at hand to be taken away.
    let is_open = memo(move || {
        asked.with(|asked| {
            [&asked.of, &asked.requestor, &asked.actor, &asked.from, &asked.to].iter().any(|field| !field.is_empty())
        })
    });
    let person = move |field: Field| {
        dyn_view(move || {
            let value = asked.with(|asked| field.of(asked).clone());
            if value.parse::<i64>().is_ok() { by_id(field, asked, shown) } else { by_name(field, value) }
        })
    };
    let date = move |name, label, value: fn(&AuditAddress) -> String| {
        view! {
            <label class="choice">
                {label}
                <input type="date" name=name prop:value=dyn_text(move || asked.with(value)) value=asked.with_untracked(value) />
            </label>
        }
    };
    view! {
        <div class="filters">
            <QueryForm action=chosen.path() label=labels.see_audit>
                <label class="choice">
                    {labels.kind}
                    <select name="kind" prop:value=dyn_text(move || asked.with(|asked| asked.kind.clone()))>
                        <option value="">{labels.any_kind}</option>
                        {kinds}
                    </select>
                </label>
                <label class="choice">
                    {labels.action}
                    <select name="action" prop:value=dyn_text(move || asked.with(|asked| asked.action.clone()))>
                        <option value="">{labels.any_action}</option>
                        {actions}
                    </select>
                </label>
                <details class="more" open=dyn_attr(move || is_open.get().then_some(""))>
                    <summary>{lead.more_filters}</summary>
                    <div class="more-fields" on:input=wait_for_send>
                        {is_whole.then(|| person(Field::Group))}
                        {person(Field::Requestor)}
                        {person(Field::Actor)}
                    </div>
                    <div class="more-fields">
                        {date("from", lead.from_day, |asked| asked.from.clone())}
                        {date("to", lead.to_day, |asked| asked.to.clone())}
                        <button class="button">{labels.show}</button>
                    </div>
                </details>
            </QueryForm>
        </div>
    }
}

/// A name is looked up whole: the page does not follow its letters.
fn wait_for_send(event: web_sys::Event) {
    event.stop_propagation();
}

/// A filter by somebody, or by a group.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Group,
    Requestor,
    Actor,
}

impl Field {
    const fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Requestor => "requestor",
            Self::Actor => "actor",
        }
    }

    const fn label(self, words: Language) -> &'static str {
        match self {
            Self::Group => words.managing().group,
            Self::Requestor => words.labels().requestor,
            Self::Actor => words.labels().actor,
        }
    }

    const fn of(self, asked: &AuditAddress) -> &String {
        match self {
            Self::Group => &asked.of,
            Self::Requestor => &asked.requestor,
            Self::Actor => &asked.actor,
        }
    }

    /// The address without it.
    fn without(self, asked: &AuditAddress) -> String {
        let mut rest = asked.clone();
        match self {
            Self::Group => rest.of.clear(),
            Self::Requestor => rest.requestor.clear(),
            Self::Actor => rest.actor.clear(),
        }
        rest.href("")
    }

    /// The name of whom it names by id, as far as a row on the page tells it.
    fn found(self, id: i64, page: &AuditPage) -> Option<String> {
        let mut rows = page.listing.items.iter();
        match self {
            Self::Group => page.group.as_ref().map(|group| group.name.clone()),
            Self::Requestor => {
                rows.find_map(|row| row.event.subject.as_ref().filter(|s| s.id.0 == id).map(|s| s.username.clone()))
            }
            Self::Actor => rows.find_map(|row| row.actor.as_ref().filter(|a| a.id.0 == id).map(|a| a.username.clone())),
        }
    }
}

fn by_name(field: Field, value: String) -> ErasedView {
    let words = language();
    view! {
        <label class="choice">
            {field.label(words)}
            <input
                type="text"
                name=field.name()
                value=value
                placeholder=if field == Field::Group { words.managing().group_hint } else { words.managing().by_name_hint }
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </label>
    }
    .erased()
}

/// Whom a link has named: shown by name, kept by id, taken away by a link.
fn by_id(field: Field, asked: Memoized<AuditAddress>, shown: RwSignal<AuditPage>) -> ErasedView {
    let words = language();
    let label = field.label(words);
    let value = asked.with_untracked(|asked| field.of(asked).clone());
    let id = value.parse().unwrap_or_default();
    let name = memo(move || shown.with(|page| field.found(id, page)).unwrap_or_else(|| format!("#{id}")));
    view! {
        <div class="choice">
            {label}
            <input type="hidden" name=field.name() value=value />
            <a class="chip" href=dyn_text(move || asked.with(|asked| field.without(asked)))>
                {dyn_text(move || name.get())}
                <Glyph icon=Icon::Cross />
                <span class="sr">{words.without_filter(label)}</span>
            </a>
        </div>
    }
    .erased()
}

fn choice(name: &'static str, word: &'static str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=name selected=name == chosen>{word}</option> }
}
