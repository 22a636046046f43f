//! What stands around a list whose rows can be chosen: the box for all of them, the bar with the buttons, what came of
//! it. Without script the bar is a plain form that the boxes belong to.

use super::{
    account_field::account_field,
    command_form::attempt_name,
    icon::{Glyph, Icon},
    selection::{APPROVE, FORM, QueueContext, REJECT, REPORT, Report, Run, Selection},
};
use crate::view::{
    dynamic::{dyn_attr, dyn_text, dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{
    browser::{self, ATTEMPT_FIELD},
    input::{MOST_AT_ONCE, Tally},
    text::{Language, language},
};
use domain::{Denial, Note, QueuePage, QueueRow, RequestStatus};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlFormElement};

/// The id of the button that decides all that is chosen.
pub(crate) const fn button_id(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::Rejected => "chosen-reject",
        RequestStatus::Open | RequestStatus::Approved | RequestStatus::Withdrawn | RequestStatus::Closed => {
            "chosen-approve"
        }
    }
}

/// The box that chooses every request on the page. Only script makes it do so.
#[component]
pub(crate) fn ChooseAll(
    /// What is chosen.
    selection: Selection,
    /// What is on the page.
    shown: RwSignal<QueuePage>,
) -> impl IntoView {
    let words = language();
    let count = memo(move || shown.with(|page| open_rows(page).count()));
    let are_all = memo(move || shown.with(|page| open_rows(page).all(|row| selection.has(row.id))));
    let turn = move |_| {
        shown.with_untracked(|page| {
            if are_all.get_untracked() {
                open_rows(page).for_each(|row| selection.drop_out(row.id));
            } else {
                selection.choose(open_rows(page));
            }
        });
    };
    view! {
        <label class="choose-all with-script" hidden=dyn_attr(move || (count.get() == 0).then_some(""))>
            <input type="checkbox" prop:checked=are_all autocomplete="off" on:change=turn />
            {dyn_text(move || words.choose_all(count.get()))}
        </label>
    }
}

/// The rows that one may decide and that still wait.
fn open_rows(page: &QueuePage) -> impl Iterator<Item = &QueueRow> {
    page.listing.items.iter().filter(|row| row.settled_mark.is_none() && row.warning != Some(Denial::OwnRequest))
}

/// The bar. It is there while something is chosen.
#[component]
pub(crate) fn SelectionBar(
    /// What is chosen.
    selection: Selection,
    /// What is on the page.
    shown: RwSignal<QueuePage>,
    /// Who decides.
    queue_context: QueueContext,
) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let lead = words.lead();
    let count = memo(move || selection.count());
    let elsewhere = memo(move || {
        let here = shown.with(|page| open_rows(page).filter(|row| selection.has(row.id)).count());
        count.get() - here.min(count.get())
    });
    let runs = memo(move || selection.run.get().is_some());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = event.target().and_then(|form| form.dyn_into().ok());
        let button: Option<HtmlButtonElement> = event.submitter().and_then(|button| button.dyn_into().ok());
        let Some(form) = form.filter(|_| !runs.get_untracked() && count.get_untracked() > 0) else { return };
        let rejects = browser::action_of(&form, button.as_ref()) == REJECT;
        let status = if rejects { RequestStatus::Rejected } else { RequestStatus::Approved };
        spawn_local(selection.decide(status, browser::field_of(&form, "comment"), queue_context.clone()));
    };
    let button = move |status: RequestStatus, verb, icon, action| {
        view! {
            <button class="button" id=button_id(status) data-verb=verb formaction=action>
                <Glyph icon=icon />
                {dyn_text(move || words.decide_chosen(status, count.get()))}
                <span class="sr">{lead.of_chosen}</span>
            </button>
        }
    };
    view! {
        <form
            class="chosen"
            id=FORM
            method="post"
            action=APPROVE
            aria-label=lead.chosen_actions
            data-open=dyn_attr(move || (count.get() > 0 || runs.get()).then_some("yes"))
            aria-busy=dyn_attr(move || runs.get().then_some("true"))
            on:submit=submit
        >
            <input type="hidden" name=ATTEMPT_FIELD value=attempt_name("each", 0) autocomplete="off" />
            {account_field()}
            <p class="chosen-count with-script" role="status">
                {dyn_text(move || match count.get() {
                    0 => lead.none_chosen.to_owned(),
                    chosen => words.chosen(chosen, elsewhere.get()),
                })}
            </p>
            {dyn_view(move || selection.run.get().map(progress))}
            {dyn_view(move || selection.is_full().then(|| view! {
                <p class="hint">{words.chosen_most(MOST_AT_ONCE as usize)}</p>
            }))}
            <details class="comment">
                <summary><Glyph icon=Icon::Comment />{labels.add_comment}</summary>
                <label for="chosen-comment">{labels.comment}</label>
                <p class="hint">{lead.bulk_comment_hint}</p>
                <textarea id="chosen-comment" name="comment" rows="2" maxlength=Note::MAX.to_string()></textarea>
            </details>
            <div class="chosen-buttons" inert=dyn_attr(move || runs.get().then_some(""))>
                {button(RequestStatus::Approved, "approve", Icon::Check, APPROVE)}
                {button(RequestStatus::Rejected, "reject", Icon::Cross, REJECT)}
                <button class="button with-script" type="button" on:click=move |_| selection.clear()>
                    {lead.clear_choice}
                </button>
            </div>
        </form>
    }
}

fn progress(run: Run) -> impl IntoView {
    let said = language().deciding_chosen(run.status, run.done, run.total);
    view! {
        <p class="chosen-progress" role="status">
            <progress max=run.total.to_string() value=run.done.to_string() aria-hidden="true"></progress>
            {said}
        </p>
    }
}

/// What came of deciding many, where not all went well. After a plain form the address carries it.
#[component]
pub(crate) fn SelectionReport(
    /// What was chosen.
    selection: Selection,
    /// What the address says of a plain form.
    told: Option<Tally>,
    /// What is on the page.
    shown: RwSignal<QueuePage>,
) -> impl IntoView {
    let told = RwSignal::new(told.map(|told| shown.with_untracked(|page| report_of(&told, page))));
    let close = move |_| {
        selection.report.set(None);
        told.set(None);
        browser::focus(browser::MAIN);
    };
    let said = move || {
        let report = selection.report.get().or_else(|| told.get())?;
        let kind = if report.went_well() { "done" } else { "problem" };
        Some(view! {
            <section
                class="notice report"
                data-kind=kind
                id=REPORT
                tabindex="-1"
                role="status"
            >
                {sentences(report)}
                <button class="button with-script" type="button" on:click=close>{language().lead().close}</button>
            </section>
        })
    };
    dyn_view(said)
}

impl Report {
    fn went_well(&self) -> bool {
        self.missed.is_empty() && self.unsent.is_none()
    }
}

fn sentences(report: Report) -> ErasedView {
    let words = language();
    let done = (report.done > 0).then(|| view! { <p>{words.decided_count(report.status, report.done)}</p> });
    let missed = (!report.missed.is_empty()).then(|| {
        let lines: Vec<_> = report
            .missed
            .iter()
            .map(|(which, why)| view! { <li><strong>{which.clone()}</strong>" – "{why.clone()}</li> })
            .collect();
        view! { <p>{words.missed_count(lines.len())}</p> <ul class="plain-list">{lines}</ul> }
    });
    let unsent = report.unsent.map(|(count, why)| view! { <p>{why}" "{words.unsent_count(count)}</p> });
    view! { {done}{missed}{unsent} }.erased()
}

/// The tally of a plain form in words. Whose row is still here is named.
fn report_of(told: &Tally, page: &QueuePage) -> Report {
    let words = language();
    let missed = told.missed.iter().map(|(id, miss)| {
        let row = page.listing.items.iter().find(|row| row.id == *id);
        let which = match row {
            Some(row) => Language::request_of(row.applicant.display_name(), &row.group.name),
            None => words.some_request().to_owned(),
        };
        (which, miss.error().map_or_else(|| words.settled_before().to_owned(), |error| words.missed(error)))
    });
    Report { status: told.status, done: told.done as usize, missed: missed.collect(), unsent: None }
}
