//! A row of the audit log: when, what, about whom, by whom, and what was said.

use super::{
    piece::{IntoPiece, Piece},
    time::Exactly,
};
use crate::{input::AuditAddress, text::language};
use domain::Logged;
use leptos::prelude::*;

/// The row. Names lead to the rows about them alone.
pub(crate) fn entry(logged: &Logged, asked: &AuditAddress) -> Piece {
    let words = language();
    let labels = words.labels();
    let lead = words.managing();
    let event = &logged.event;
    let (kind, action) = event.what.filed_as();
    let is_whole = asked.group.is_empty();
    let main = event.subject.as_ref().and_then(|subject| subject.main_character.as_ref());
    let group = is_whole.then(|| {
        let link = event.group.as_ref().map(|group| {
            let there = AuditAddress { of: group.id.to_string(), ..asked.clone() };
            only(&group.name, &there)
        });
        cell(NAME, lead.group, link)
    });
    let requestor = event
        .subject
        .as_ref()
        .map(|subject| only(&subject.username, &AuditAddress { requestor: subject.id.to_string(), ..asked.clone() }));
    let actor = match &logged.actor {
        Some(actor) => only(&actor.username, &AuditAddress { actor: actor.id.to_string(), ..asked.clone() }),
        None => words.system().piece(),
    };
    let cause = event.cause.map(|cause| words.cause(cause).to_owned());
    let told = words.details(event).into_iter().chain(cause).map(|said| view! { <p>{said}</p> }).collect::<Vec<_>>();
    let quoted = [event.reason.clone(), event.comment.clone()];
    let quoted: Vec<_> =
        quoted.into_iter().flatten().map(|said| view! { <blockquote class="reason">{said}</blockquote> }).collect();
    view! {
        <tr role="row">
            <td role="cell" data-label=labels.when><Exactly at=logged.at /></td>
            {group}
            {cell(NAME, labels.requestor, requestor)}
            {cell(NAME, labels.character, main.map(|main| main.name.clone().piece()))}
            {cell(WORD, labels.kind, Some(words.event_type(kind).piece()))}
            {cell(WORD, labels.action, Some(words.event_action(action).piece()))}
            {cell(NAME, labels.actor, Some(actor))}
            <td role="cell" data-label=labels.their_words class="log-words">{told}{quoted}</td>
        </tr>
    }
    .piece()
}

/// A cell with one of few words, which are not torn apart.
const WORD: &str = "word";
/// A cell with a name, which has room for most.
const NAME: &str = "name";

fn cell(kind: &'static str, label: &'static str, value: Option<Piece>) -> Piece {
    view! { <td role="cell" data-label=label data-kind=kind>{value.unwrap_or_else(|| "–".piece())}</td> }.piece()
}

/// A name that leads to the rows about it alone.
fn only(name: &str, there: &AuditAddress) -> Piece {
    view! {
        <a class="only" href=there.href("")>
            {name.to_owned()}
            <span class="sr">{language().only_theirs()}</span>
        </a>
    }
    .piece()
}
