//! Names that no group may have (R12): which, why, since when, and reserving or freeing one.

use crate::api::reserved_names::SaveReservedName;
use crate::{
    address::{address, given},
    api::{self, draft::Drafted},
    input::{DRAFT_FIELD, EDIT, RESERVED_NAMES, ReservedNameForm, Stage},
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminHead,
        draft_form::DraftForm,
        empty::Empty,
        field::{Area, Field},
        icon::{Glyph, Icon},
        pager::Pager,
        preview_panel::{Confirming, drafting},
        problems::Problems,
        query_form::QueryForm,
        time::When,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{dyn_view, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, EventPayload, GroupName, Listing, Note, ReservedNameRow};
use leptos::{prelude::*, server_fn::ServerFn};

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &["name", "reason"];

type Page = Drafted<Listing<ReservedNameRow>, ReservedNameForm>;

/// The page.
#[component]
pub(crate) fn ReservedNames() -> impl IntoView {
    let labels = language().reserved_names();
    page_title(|| labels.title.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| ReservedNameForm {
            search: given(query, "search"),
            cursor: given(query, "cursor"),
            name: given(query, "name"),
            reason: given(query, "reason"),
            reserved: given(query, "reserved"),
            stage: Stage::at(given(query, DRAFT_FIELD)),
        })
    });
    admin_page(asked, api::reserved_names::list_reserved_names, move |viewer, kept| {
        let seq = kept.shown.with_untracked(|page| page.subject.seq);
        kept.follow_admin(seq, |logged| {
            matches!(logged.event.what, EventPayload::NameReserved(_) | EventPayload::NameFreed(..))
        });
        let shown = kept.shown;
        let first_page = Signal::derive(move || {
            asked
                .with(|asked| (!asked.cursor.is_empty()).then(|| address(RESERVED_NAMES, &[("search", &asked.search)])))
        });
        let next_page = Signal::derive(move || {
            let cursor = shown.with(|page| page.subject.next_cursor.clone())?;
            let search = asked.with(|asked| asked.search.clone());
            Some(address(RESERVED_NAMES, &[("search", &search), ("cursor", &cursor)]))
        });
        view! {
            <AdminHead tab=AdminPage::ReservedNames viewer=viewer title=labels.title intro=labels.intro />
            <div class="columns">
                <div class="column-main">
                    {search(&asked.get_untracked().search)}
                    {dyn_view(move || shown.with(list))}
                    <Pager first=first_page next=next_page />
                </div>
                <div class="column-side">
                    {drafting(kept, FIELDS, |page, problems| form(page, &problems), confirming, |_| {
                        RESERVED_NAMES.to_owned()
                    })}
                </div>
            </div>
        }
        .erased()
    })
}

fn search(value: &str) -> ErasedView {
    let words = language();
    let labels = words.reserved_names();
    let value = value.to_owned();
    view! {
        <div class="filters">
            <QueryForm action=RESERVED_NAMES.to_owned() label=labels.search search=true>
                <div class="search">
                    <Glyph icon=Icon::Search />
                    <input
                        type="search"
                        name="search"
                        aria-label=labels.search
                        placeholder=labels.search
                        value=value
                        autocomplete="off"
                    />
                </div>
                <button class="button sr-until-focus">{words.labels().show}</button>
            </QueryForm>
        </div>
    }
    .erased()
}

fn list(page: &Page) -> ErasedView {
    let labels = language().reserved_names();
    let (names, searched) = (&page.subject.items, !page.form.search.trim().is_empty());
    if names.is_empty() {
        let (why, hint) =
            if searched { (labels.none_found, labels.none_found_hint) } else { (labels.none, labels.none_hint) };
        return view! {
            <Empty icon=Icon::Restricted why=why.to_owned()>
                <p>{hint}</p>
                {searched.then(|| view! { <a class="button" href=RESERVED_NAMES>{labels.all}</a> })}
            </Empty>
        }
        .erased();
    }
    let rows: Vec<ErasedView> = names.iter().map(|row| line(row, &page.form.search)).collect();
    view! { <ul class="card rows reserved">{rows}</ul> }.erased()
}

fn line(row: &ReservedNameRow, search: &str) -> ErasedView {
    let words = language();
    let labels = words.reserved_names();
    let id = row.id.to_string();
    let free = address(RESERVED_NAMES, &[("search", search), ("reserved", &id), (DRAFT_FIELD, EDIT)]);
    let by = row.created_by.as_ref().map_or_else(|| words.system().to_owned(), |by| by.username.clone());
    view! {
        <li class="reserved-row">
            <div>
                <p class="line-name">{row.name.clone()}</p>
                <p>{row.reason.clone()}</p>
                <p class="facts">
                    <span>{labels.by} " " {by}</span>
                    <span>{labels.when} " " <When at=row.created_at /></span>
                </p>
            </div>
            <a class="button" data-verb="reject" href=free data-noscroll="">
                {labels.free}
                <span class="sr">{words.of_name(&row.name)}</span>
            </a>
        </li>
    }
    .erased()
}

/// What the draft changes, and how it is carried out.
fn confirming(page: &Page) -> Confirming {
    let words = language();
    let labels = words.reserved_names();
    let form = &page.form;
    let frees = form.frees();
    let change = if frees { words.name_comes(name_of(page)) } else { words.name_goes(form.name.trim()) };
    let why = (frees && !form.reason.trim().is_empty()).then(|| words.reason_is(form.reason.trim()));
    Confirming {
        path: RESERVED_NAMES.to_owned(),
        action: SaveReservedName::PATH,
        changes: [change].into_iter().chain(why).collect(),
        button: if frees { labels.freeing } else { labels.reserve },
        destroys: false,
        said: if frees { labels.freed } else { labels.reserved }.to_owned(),
    }
}

/// The name that is to be freed, where it stands on this page of the list.
fn name_of(page: &Page) -> Option<&str> {
    let named = page.subject.items.iter().find(|row| row.id.to_string() == page.form.reserved);
    named.map(|row| row.name.as_str())
}

fn form(page: &Page, problems: &Problems) -> ErasedView {
    if page.form.frees() { freeing(page, problems) } else { reserving(page, problems) }
}

/// The form that frees a name.
fn freeing(page: &Page, problems: &Problems) -> ErasedView {
    let labels = language().reserved_names();
    let (search, reserved) = (page.form.search.clone(), page.form.reserved.clone());
    let (reason, of_reason) = (page.form.reason.clone(), problems.with("reason"));
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> }).erased();
    let cancel = address(RESERVED_NAMES, &[("search", &search)]);
    view! {
        <section class="card section">
            <h2>{labels.freeing}</h2>
            {name_of(page).map(|name| view! { <p class="line-name">{name.to_owned()}</p> })}
            <DraftForm action=RESERVED_NAMES.to_owned()>
                {rest}
                <input type="hidden" name="search" value=search />
                <input type="hidden" name="reserved" value=reserved />
                <Area
                    name="reason"
                    label=labels.why_free
                    hint=labels.why_free_hint
                    longest=Note::MAX
                    value=reason
                    problem=of_reason
                />
                <div class="dialog-buttons">
                    <a class="button" href=cancel data-noscroll="">{labels.cancel}</a>
                    <button class="button" data-verb="enter">{labels.look}</button>
                </div>
            </DraftForm>
        </section>
    }
    .erased()
}

/// The form that reserves one.
fn reserving(page: &Page, problems: &Problems) -> ErasedView {
    let labels = language().reserved_names();
    let (name, reason) = (page.form.name.clone(), page.form.reason.clone());
    let (of_name, of_reason) = (problems.with("name"), problems.with("reason"));
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> }).erased();
    view! {
        <section class="card section">
            <h2>{labels.add}</h2>
            <DraftForm action=RESERVED_NAMES.to_owned()>
                {rest}
                <Field
                    name="name"
                    label=labels.name
                    hint=labels.name_hint
                    autocomplete="off"
                    longest=GroupName::MAX
                    value=name
                    problem=of_name
                />
                <Area
                    name="reason"
                    label=labels.reason
                    hint=labels.reason_hint
                    longest=Note::MAX
                    required=true
                    value=reason
                    problem=of_reason
                />
                <button class="button" data-verb="enter">{labels.look}</button>
            </DraftForm>
        </section>
    }
    .erased()
}
