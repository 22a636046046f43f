//! Every state there is, the highest first.

use crate::{
    api,
    input::STATES,
    live::keep,
    parts::{
        admin_tabs::{AdminHead, AdminTab},
        draw::draw,
        loaded::{first_read, loaded},
        piece::{IntoPiece, Piece},
        title::page_title,
    },
    text::language,
};
use domain::{Frame, StateRow, Touches};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn States() -> impl IntoView {
    let labels = language().states_area();
    page_title(|| labels.title.to_owned());
    let first = first_read(api::states::list_states);
    loaded(first, move |viewer, listing| {
        let seq = listing.seq;
        let kept = keep(listing, Memo::new(|_| ()), |()| api::states::list_states());
        kept.follow(seq, |kept, frame: &Frame| {
            let Frame::Event { logged, .. } = frame else { return };
            if matches!(logged.event.what.touches(), Touches::Rights | Touches::Account) {
                kept.read_anew();
            }
        });
        let sees_people = AdminTab::People.opens_for(&viewer);
        view! {
            <AdminHead tab=AdminTab::States viewer=viewer title=labels.title intro=labels.intro />
            <div class="filters">
                <a class="button" data-verb="enter" href=format!("{STATES}/new")>{labels.create}</a>
            </div>
            {draw(move || kept.shown.with(|listing| table(&listing.items, sees_people)))}
        }
        .piece()
    })
}

fn table(states: &[StateRow], sees_people: bool) -> Piece {
    let labels = language().states_area();
    let columns = [labels.name, labels.priority, labels.open_to, labels.permissions, labels.people];
    let columns = columns.map(|column| view! { <th scope="col" role="columnheader">{column}</th> });
    let rows: Vec<Piece> = states.iter().map(|row| entry(row, sees_people)).collect();
    view! {
        <div class="card table-card">
            <table class="table" role="table">
                <caption class="sr">{labels.title}</caption>
                <thead role="rowgroup"><tr role="row">{columns.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .piece()
}

fn entry(row: &StateRow, sees_people: bool) -> Piece {
    let words = language();
    let labels = words.states_area();
    let state = &row.state;
    let held: Vec<&str> = state.permissions.iter().map(|permission| words.permission(permission)).collect();
    let count = words.number(row.users.into());
    let people = if sees_people && row.users > 0 {
        view! { <a href=format!("{}?state={}", AdminTab::People.path(), state.id)>{count}</a> }.piece()
    } else {
        count.piece()
    };
    view! {
        <tr role="row">
            <td role="cell" data-label=labels.name><a href=format!("{STATES}/{}", state.id)>{state.name.clone()}</a></td>
            <td role="cell" data-label=labels.priority>{state.priority.to_string()}</td>
            <td role="cell" data-label=labels.open_to>{words.open_to(state)}</td>
            <td role="cell" data-label=labels.permissions>{held.join(", ")}</td>
            <td role="cell" data-label=labels.people>{people}</td>
        </tr>
    }
    .piece()
}
