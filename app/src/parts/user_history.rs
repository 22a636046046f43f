//! The last that happened to somebody, and the last that they did.

use super::time::Exactly;
use crate::text::{joined, language};
use crate::view::erased::{ErasedView, IntoErased};
use domain::{RecordedEvent, UserPage};
use leptos::prelude::*;

/// Both lists, each with the way to the whole of it for those who may read that.
pub(crate) fn history(page: &UserPage, views_audit: bool) -> ErasedView {
    let labels = language().users();
    let user = page.row.person.id;
    let part = |title: &'static str, events: &[RecordedEvent], filter: &'static str| {
        let lines: Vec<ErasedView> = events.iter().map(line).collect();
        let list = if lines.is_empty() {
            view! { <p class="hint">{labels.no_events}</p> }.erased()
        } else {
            view! { <ol class="history">{lines}</ol> }.erased()
        };
        let all = views_audit.then(|| {
            view! {
                <p><a href=format!("/audit?{filter}={user}")>{labels.all_events}<span class="sr">": "{title}</span></a></p>
            }
        });
        view! { <section class="card section"><h2>{title}</h2>{list}{all}</section> }.erased()
    };
    view! { {part(labels.about, &page.about, "requestor")} {part(labels.by, &page.by, "actor")} }.erased()
}

/// An event in short: what it is, in which group, about whom and by whom, with its details.
fn line(logged: &RecordedEvent) -> ErasedView {
    let words = language();
    let event = &logged.event;
    let (kind, action) = event.what.filed_as();
    let group = event.group.as_ref().map(|group| group.name.clone());
    let subject = event.subject.as_ref().map(|subject| subject.username.clone());
    let by = logged.actor.as_ref().map_or(words.system(), |actor| &actor.username).to_owned();
    let facts: Vec<String> = [group, subject].into_iter().flatten().chain([words.done_by(&by)]).collect();
    let details: Vec<_> = words.details(event).into_iter().map(|said| view! { <p>{said}</p> }).collect();
    let cause = event.cause.map(|cause| view! { <p>{words.cause(cause)}</p> });
    let quoted: Vec<_> = [event.reason.clone(), event.comment.clone()]
        .into_iter()
        .flatten()
        .map(|said| view! { <blockquote class="reason">{said}</blockquote> })
        .collect();
    view! {
        <li>
            <p class="history-what">
                {format!("{} – {}", words.event_type(kind), words.event_action(action))} " " <Exactly at=logged.at />
            </p>
            <p class="facts">{joined(&facts)}</p>
            {details}
            {cause}
            {quoted}
        </li>
    }
    .erased()
}
