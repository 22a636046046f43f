//! Adding many to a group, or removing many: a pasted list, looked at line by line before anything is done.

use crate::api::group_setup::{ApplyBulkEdit, ReadBulkEdit};
use crate::{
    address::{given, may_be_told},
    api::{
        self,
        group_setup::{BulkSheet, LIST, page_of, page_of_bulk_edit},
    },
    error::{AppError, Ticket},
    input::{BulkEditForm, EDIT, GroupSetupForm, LOOK, NAMES_FIELD},
    page_query::use_query,
    parts::{
        admin_tabs::AdminSubhead,
        field::{Area, Options},
        icon::{Glyph, Icon},
        loaded::{first_read, loaded},
        post_form::{PostForm, Reply},
        problems::Problems,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{dyn_text, dyn_view},
        erased::{ErasedView, IntoErased},
    },
    wire,
};
use domain::{AdminPage, BulkAction, BulkOutcome, BulkResult, BulkVerdict, GroupAction, GroupSetup, Note, Person};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

const LOOK_AT: &str = ReadBulkEdit::PATH;
const CALL: &str = ApplyBulkEdit::PATH;

/// The id of the form that leads back to the list.
const BACK: &str = "back-to-list";

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &[NAMES_FIELD, "reason"];

/// How far one has come.
#[derive(Clone)]
enum Step {
    /// The list is written.
    Write(BulkEditForm, Option<AppError>),
    /// Its lines are looked at.
    Look(Box<BulkSheet>),
    /// It was called.
    Called(Box<BulkEditForm>, Vec<BulkResult>),
}

/// What the page begins with.
#[derive(Clone, Serialize, Deserialize)]
struct Begun {
    setup: GroupSetup,
    form: BulkEditForm,
    looked: Option<Result<BulkSheet, AppError>>,
}

/// The page.
#[component]
pub(crate) fn BulkEditPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query());
    let group = params.with_untracked(|params| params.get("id")).unwrap_or_default();
    let (form, is_looked_at) = query.with_untracked(|query| {
        let form = BulkEditForm {
            group: group.clone(),
            verb: given(query, "verb"),
            names: given(query, NAMES_FIELD),
            reason: given(query, "reason"),
        };
        (form, given(query, "draft") == LOOK)
    });
    let first = first_read(move || begin(form.clone(), is_looked_at));
    loaded(first, move |viewer, begun| {
        let words = language();
        let labels = words.group_setup();
        let row = begun.setup.row.clone();
        let title = words.bulk_edit_of(&row.name);
        let heading = title.clone();
        page_title(move || title.clone());
        let step = RwSignal::new(match begun.looked {
            Some(Ok(sheet)) => Step::Look(Box::new(sheet)),
            Some(Err(error)) => Step::Write(begun.form, Some(error)),
            None => Step::Write(begun.form, None),
        });
        let setup = begun.setup;
        view! {
            <AdminSubhead
                tab=AdminPage::Groups
                viewer=viewer
                back=format!("{LIST}/{}", row.id)
                back_to=row.name
                title=dyn_text(move || heading.clone())
            >
                <p class="intro">{labels.bulk_intro}</p>
            </AdminSubhead>
            {dyn_view(move || match step.get() {
                Step::Write(form, error) => write(form, error.as_ref(), &setup, step),
                Step::Look(sheet) => look(&sheet, step),
                Step::Called(form, results) => called(*form, &results, step),
            })}
        }
        .erased()
    })
}

async fn begin(form: BulkEditForm, is_looked_at: bool) -> Result<Begun, AppError> {
    let address = GroupSetupForm { group: form.group.clone(), ..GroupSetupForm::default() };
    let setup = api::group_setup::read_group_setup(address).await?.subject;
    let looked = if is_looked_at { Some(api::group_setup::read_bulk_edit(form.clone()).await) } else { None };
    Ok(Begun { setup, form, looked })
}

/// The list is pasted.
fn write(form: BulkEditForm, error: Option<&AppError>, setup: &GroupSetup, step: RwSignal<Step>) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let problems = Problems::of(error, FIELDS);
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> });
    let options = BulkAction::ALL.map(|verb| {
        let (name, meaning) = words.bulk_action(verb);
        (verb.code(), name, meaning)
    });
    // R5: of a restricted group nobody but superusers adds or removes.
    let denied = [GroupAction::Add, GroupAction::Remove].map(|action| setup.choices.denial(action));
    let why = match denied {
        [Some(denial), Some(_)] => Some(words.denial(denial)),
        [None, _] | [_, None] => None,
    };
    let refused = move || why.map(str::to_owned);
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if let Ok(sheet) = reply.and_then(|body| read::<BulkSheet>(&body)) {
            step.set(Step::Look(Box::new(sheet)));
        }
    });
    view! {
        <section class="card section">
            <PostForm action=LOOK_AT on_reply=on_reply>
                {rest}
                <input type="hidden" name="group" value=form.group.clone() />
                <Options
                    name="verb"
                    label=labels.bulk_action
                    options=options.into()
                    chosen=form.verb().code().to_owned()
                    refused=refused()
                />
                <Area
                    name=NAMES_FIELD
                    label=labels.names
                    hint=labels.names_hint
                    value=form.names.clone()
                    problem=problems.with(NAMES_FIELD)
                    refused=refused()
                    required=true
                />
                <Area
                    name="reason"
                    label=labels.reason
                    hint=labels.reason_hint
                    longest=Note::MAX
                    value=form.reason
                    problem=problems.with("reason")
                    refused=refused()
                />
                {why.is_none().then(|| view! { <button class="button" data-verb="enter">{labels.bulk_look}</button> })}
            </PostForm>
        </section>
    }
    .erased()
}

/// Each line, with the form that does it.
fn look(sheet: &BulkSheet, step: RwSignal<Step>) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let (form, preview) = (sheet.form.clone(), &sheet.preview);
    let verb = preview.verb;
    let ready = preview.ready().count();
    let lines = preview.lines.iter().map(|line| {
        let is_ready = line.verdict == BulkVerdict::Ready;
        entry(&line.name, line.person.as_ref(), is_ready, words.bulk_verdict(verb, &line.verdict))
    });
    let of_call = form.clone();
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if let Ok(results) = reply.and_then(|body| read::<Vec<BulkResult>>(&body)) {
            step.set(Step::Called(Box::new(of_call.clone()), results));
        }
    });
    let (back, page) = (page_of_bulk_edit(&form, EDIT), format!("{}/roll", page_of(&form.group)));
    // The names alone: the other columns of a table have done their part.
    let names = preview.lines.iter().map(|line| quoted(&line.name)).collect::<Vec<_>>().join("\n");
    let again = form.clone();
    let go_back = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        step.set(Step::Write(again.clone(), None));
    };
    // A list that no link may tell goes back by a form.
    let way_back = if may_be_told(&back) {
        view! { <a class="button" href=back on:click=go_back>{labels.roll_back}</a> }.erased()
    } else {
        view! { <button class="button" form=BACK on:click=go_back>{labels.roll_back}</button> }.erased()
    };
    let BulkEditForm { verb: of_verb, names: of_names, reason: of_reason, .. } = form.clone();
    let plain_back = view! {
        <form id=BACK method="post" action=page hidden>
            <input type="hidden" name="draft" value=EDIT />
            <input type="hidden" name="verb" value=of_verb />
            <input type="hidden" name=NAMES_FIELD value=of_names />
            <input type="hidden" name="reason" value=of_reason />
        </form>
    };
    let call = (ready > 0)
        .then(|| view! { <button class="button" data-verb="enter">{words.apply_bulk_edit(verb, ready)}</button> });
    view! {
        <section class="card section foreseen roll" tabindex="-1" aria-labelledby="roll-title">
            <h2 id="roll-title">{labels.bulk_title}</h2>
            <p role="status"><strong>{words.bulk_count(verb, ready, preview.lines.len())}</strong></p>
            {table(labels.verdict, lines.collect())}
            <PostForm action=CALL on_reply=on_reply>
                <input type="hidden" name="group" value=form.group.clone() />
                <input type="hidden" name="verb" value=form.verb.clone() />
                <input type="hidden" name=NAMES_FIELD value=names />
                <input type="hidden" name="reason" value=form.reason.clone() />
                <div class="dialog-buttons">
                    {way_back}
                    {call}
                </div>
            </PostForm>
            {plain_back}
        </section>
    }
    .erased()
}

/// What came of each line.
fn called(form: BulkEditForm, results: &[BulkResult], step: RwSignal<Step>) -> ErasedView {
    let words = language();
    let verb = form.verb();
    let labels = words.group_setup();
    let done = results.iter().filter(|result| result.outcome == BulkOutcome::Done).count();
    let lines = results.iter().map(|result| {
        let is_done = result.outcome == BulkOutcome::Done;
        entry(&result.name, result.person.as_ref(), is_done, words.bulk_outcome(verb, &result.outcome))
    });
    let another = move |_| {
        let fresh = BulkEditForm { names: String::new(), reason: String::new(), ..form.clone() };
        step.set(Step::Write(fresh, None));
    };
    view! {
        <section class="card section roll" tabindex="-1" aria-labelledby="roll-title">
            <h2 id="roll-title">{labels.came_of_it}</h2>
            <p role="status"><strong>{words.bulk_done(verb, done, results.len())}</strong></p>
            {table(labels.came_of_it, lines.collect())}
            <button class="button" type="button" on:click=another>{labels.another_bulk_edit}</button>
        </section>
    }
    .erased()
}

fn table(last: &'static str, lines: Vec<ErasedView>) -> ErasedView {
    let labels = language().group_setup();
    let columns = [labels.line, labels.person, last];
    let heads = columns.map(|column| view! { <th scope="col" role="columnheader">{column}</th> });
    view! {
        <div class="roll-lines" tabindex="0" role="group" aria-label=labels.bulk_title>
            <table class="table" role="table">
                <thead role="rowgroup"><tr role="row">{heads.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        </div>
    }
    .erased()
}

fn entry(name: &str, person: Option<&Person>, is_good: bool, said: String) -> ErasedView {
    let labels = language().group_setup();
    let icon = if is_good { Icon::Check } else { Icon::Warning };
    let who = person.map_or_else(|| "–".to_owned(), |person| person.display_name().to_owned());
    view! {
        <tr role="row">
            <td role="cell" data-label=labels.line>{name.to_owned()}</td>
            <td role="cell" data-label=labels.person>{who}</td>
            <td role="cell" data-label=labels.verdict>
                <span class="roll-verdict" data-good=is_good.then_some("yes")><Glyph icon=icon />{said}</span>
            </td>
        </tr>
    }
    .erased()
}

/// A name as the first cell of a line, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, AppError> {
    wire::read(body).map_err(|_| AppError::Internal(Ticket(String::new())))
}
