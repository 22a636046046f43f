//! The audit log of one group. A table where there is room, cards where there is not.

use crate::{
    api,
    input::{AuditAddress, EVENT_ACTIONS, EVENT_TYPES, event_action_name, event_type_name},
    live::keep,
    parts::{
        draw::{draw, mark, rows, say, track},
        empty::Empty,
        icon::{Glyph, Icon},
        loaded::loaded,
        pager::{Pager, address},
        piece::IntoPiece,
        query_form::{QueryForm, given},
        time::Exactly,
        title::page_title,
    },
    text::language,
};
use domain::{
    AuditPage, Frame, Logged,
    fold::{Follow, fold_audit},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = track(move || {
        let group = params.with(|params| params.get("id")).unwrap_or_default();
        query.with(|query| AuditAddress {
            group,
            kind: given(query, "kind"),
            action: given(query, "action"),
            cursor: given(query, "cursor"),
        })
    });
    let first = Resource::new_blocking(|| (), move |()| api::audit::read_audit_log(asked.get_untracked()));
    loaded(first, move |_, page| view! { <Log first=page asked=asked /> }.piece())
}

#[component]
fn Log(first: AuditPage, asked: Memo<AuditAddress>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let seq = first.listing.seq;
    let kept = keep(first, asked, api::audit::read_audit_log);
    kept.follow(seq, move |kept, frame: &Frame| {
        if kept.shown.try_update(|page| fold_audit(page, frame)) == Some(Follow::FetchAll) {
            kept.read_anew();
        }
    });
    let shown = kept.shown;
    let name = move || shown.with(|page| page.group.as_ref().map(|group| group.name.clone()).unwrap_or_default());
    page_title(move || format!("{}: {}", labels.see_audit, name()));
    let is_empty = track(move || shown.with(|page| page.listing.items.is_empty()));
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_log(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|page| page.listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_log(asked, &cursor)))
    });
    let row = move |id| {
        shown.with_untracked(|page| match page.listing.items.iter().find(|logged| logged.id.0 == id) {
            Some(logged) => entry(logged).piece(),
            None => "".piece(),
        })
    };
    let columns =
        [labels.when, labels.requestor, labels.character, labels.kind, labels.action, labels.actor, labels.their_words];
    view! {
        <header class="page-head">
            <p class="back">
                <a href=say(move || shown.with(group_address))>
                    <Glyph icon=Icon::Back />
                    {say(name)}
                </a>
            </p>
            <h1>{labels.see_audit}</h1>
            <p class="intro">{labels.audit_intro}</p>
        </header>
        <Filters asked=asked />
        <div class="card table-card" hidden=mark(move || is_empty.get().then_some(""))>
            <table class="log" role="table">
                <caption class="sr">{labels.see_audit}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {columns.map(|column| view! { <th scope="col" role="columnheader">{column}</th> }).into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows(move || shown.with(|page| page.listing.items.iter().map(|logged| logged.id.0).collect()), row)}
                </tbody>
            </table>
        </div>
        {draw(move || is_empty.get().then(|| view! {
            <Empty icon=Icon::Audit why=labels.audit_empty.to_owned()>
                <p>{labels.audit_empty_hint}</p>
            </Empty>
        }))}
        <Pager first=first_page next=next_page />
    }
}

fn group_address(page: &AuditPage) -> String {
    page.group.as_ref().map(|group| format!("/groups/{}", group.id)).unwrap_or_default()
}

fn of_log(asked: &AuditAddress, cursor: &str) -> String {
    let path = format!("/manage/{}/audit", asked.group);
    address(&path, &[("kind", &asked.kind), ("action", &asked.action), ("cursor", cursor)])
}

/// Type and action, as choices in the address.
#[component]
fn Filters(asked: Memo<AuditAddress>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let chosen = asked.get_untracked();
    let kinds = EVENT_TYPES
        .map(|kind| choice(event_type_name(kind), words.event_type(kind), &chosen.kind))
        .into_iter()
        .collect_view();
    let actions = EVENT_ACTIONS
        .map(|action| choice(event_action_name(action), words.event_action(action), &chosen.action))
        .into_iter()
        .collect_view();
    view! {
        <div class="filters">
            <QueryForm action=of_log(&AuditAddress { group: chosen.group, ..AuditAddress::default() }, "") label=labels.see_audit>
                <label class="choice">
                    {labels.kind}
                    <select name="kind" prop:value=say(move || asked.with(|asked| asked.kind.clone()))>
                        <option value="">{labels.any_kind}</option>
                        {kinds}
                    </select>
                </label>
                <label class="choice">
                    {labels.action}
                    <select name="action" prop:value=say(move || asked.with(|asked| asked.action.clone()))>
                        <option value="">{labels.any_action}</option>
                        {actions}
                    </select>
                </label>
                <button class="button">{labels.show}</button>
            </QueryForm>
        </div>
    }
}

fn choice(name: &'static str, word: &'static str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=name selected=name == chosen>{word}</option> }
}

fn entry(logged: &Logged) -> impl IntoView + use<> {
    let words = language();
    let labels = words.labels();
    let event = &logged.event;
    let (kind, action) = event.what.filed_as();
    let main = event.subject.as_ref().and_then(|subject| subject.main_character.as_ref());
    let said = [event.cause.map(|cause| words.cause(cause).to_owned()), event.reason.clone(), event.comment.clone()];
    let said = words
        .details(event)
        .into_iter()
        .chain(said.into_iter().flatten())
        .map(|said| view! { <p>{said}</p> })
        .collect_view();
    let cell = |label, value: Option<String>| {
        view! { <td role="cell" data-label=label>{value.unwrap_or_else(|| "–".to_owned())}</td> }
    };
    view! {
        <tr role="row">
            <td role="cell" data-label=labels.when><Exactly at=logged.at /></td>
            {cell(labels.requestor, event.subject.as_ref().map(|subject| subject.username.clone()))}
            {cell(labels.character, main.map(|main| main.name.clone()))}
            {cell(labels.kind, Some(words.event_type(kind).to_owned()))}
            {cell(labels.action, Some(words.event_action(action).to_owned()))}
            {cell(
                labels.actor,
                Some(logged.actor.as_ref().map_or_else(|| words.system().to_owned(), |actor| actor.username.clone())),
            )}
            <td role="cell" data-label=labels.their_words class="log-words">{said}</td>
        </tr>
    }
}
