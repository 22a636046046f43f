//! A row of the audit log: when, what, about whom, by whom, and what was said.

use super::time::Exactly;
use crate::view::erased::{ErasedView, IntoErased};
use crate::{audit::AuditColumn, input::AuditAddress, text::language};
use domain::RecordedEvent;
use leptos::prelude::*;

/// The row. Names lead to the rows about them alone.
pub(crate) fn entry(logged: &RecordedEvent, asked: &AuditAddress) -> ErasedView {
    let cells: Vec<_> =
        AuditColumn::on_page(asked.group.is_empty()).map(|column| cell(column, logged, asked)).collect();
    view! { <tr role="row">{cells}</tr> }.erased()
}

fn cell(column: AuditColumn, logged: &RecordedEvent, asked: &AuditAddress) -> ErasedView {
    let words = language();
    let label = column.label(words);
    let event = &logged.event;
    let value = match column {
        AuditColumn::Time => {
            return view! { <td role="cell" data-label=label><Exactly at=logged.at /></td> }.erased();
        }
        AuditColumn::Comment => {
            return view! { <td role="cell" data-label=label class="log-words">{said(logged)}</td> }.erased();
        }
        AuditColumn::Group => event
            .group
            .as_ref()
            .map(|group| only(&group.name, &AuditAddress { of: group.id.to_string(), ..asked.clone() })),
        AuditColumn::Requestor => event.subject.as_ref().map(|subject| {
            only(&subject.username, &AuditAddress { requestor: subject.id.to_string(), ..asked.clone() })
        }),
        AuditColumn::Actor => Some(match &logged.actor {
            Some(actor) => only(&actor.username, &AuditAddress { actor: actor.id.to_string(), ..asked.clone() }),
            None => words.system().erased(),
        }),
        AuditColumn::Character
        | AuditColumn::Type
        | AuditColumn::Action
        | AuditColumn::Cause
        | AuditColumn::Detail
        | AuditColumn::Reason => {
            Some(column.text(words, logged)).filter(|text| !text.is_empty()).map(IntoErased::erased)
        }
    };
    let kind = if matches!(column, AuditColumn::Type | AuditColumn::Action) { WORD } else { NAME };
    view! { <td role="cell" data-label=label data-kind=kind>{value.unwrap_or_else(|| "–".erased())}</td> }.erased()
}

/// Everything that is said: what changed, which rule did it, and the words of whoever asked and of the decider.
fn said(logged: &RecordedEvent) -> ErasedView {
    let words = language();
    let event = &logged.event;
    let cause = event.cause.map(|cause| words.cause(cause).to_owned());
    let told = words.details(event).into_iter().chain(cause).map(|said| view! { <p>{said}</p> }).collect::<Vec<_>>();
    let quoted = [event.reason.clone(), event.comment.clone()];
    let quoted: Vec<_> =
        quoted.into_iter().flatten().map(|said| view! { <blockquote class="reason">{said}</blockquote> }).collect();
    (told, quoted).erased()
}

/// A cell with one of few words, which are not torn apart.
const WORD: &str = "word";
/// A cell with a name, which has room for most.
const NAME: &str = "name";

/// A name that leads to the rows about it alone.
fn only(name: &str, there: &AuditAddress) -> ErasedView {
    view! {
        <a class="only" href=there.href("")>
            {name.to_owned()}
            <span class="sr">{language().only_theirs()}</span>
        </a>
    }
    .erased()
}
