//! Every state there is, the highest first.

use crate::{
    api,
    input::STATES,
    parts::{
        admin_page::{admin_page, nothing_asked},
        admin_tabs::{AdminHead, path},
        title::page_title,
    },
    text::language,
    view::{
        dynamic::dyn_view,
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, EventScope, StateRow};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn States() -> impl IntoView {
    let labels = language().states_area();
    page_title(|| labels.title.to_owned());
    admin_page(
        nothing_asked(),
        |()| api::states::list_states(),
        move |viewer, kept| {
            let seq = kept.shown.with_untracked(|listing| listing.seq);
            kept.follow_admin(seq, |logged| {
                matches!(logged.event.what.touches(), EventScope::Rights | EventScope::Account)
            });
            let sees_people = viewer.opens(AdminPage::People);
            view! {
                <AdminHead tab=AdminPage::States viewer=viewer title=labels.title intro=labels.intro />
                <p class="list-ways">
                    <a class="button" data-verb="enter" href=format!("{STATES}/new")>{labels.create}</a>
                </p>
                {dyn_view(move || kept.shown.with(|listing| table(&listing.items, sees_people)))}
            }
            .erased()
        },
    )
}

fn table(states: &[StateRow], sees_people: bool) -> ErasedView {
    let labels = language().states_area();
    let columns = [labels.name, labels.priority, labels.open_to, labels.permissions, labels.people];
    let columns = columns.map(|column| view! { <th scope="col" role="columnheader">{column}</th> });
    let rows: Vec<ErasedView> = states.iter().map(|row| entry(row, sees_people)).collect();
    view! {
        <div class="card table-card">
            <table class="table states-table" role="table">
                <caption class="sr">{labels.title}</caption>
                <thead role="rowgroup"><tr role="row">{columns.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .erased()
}

fn entry(row: &StateRow, sees_people: bool) -> ErasedView {
    let words = language();
    let labels = words.states_area();
    let state = &row.state;
    let held: Vec<&str> = state.permissions.iter().map(|permission| words.permission(permission)).collect();
    let held = if held.is_empty() { "–".to_owned() } else { held.join(", ") };
    let count = words.number(row.users.into());
    let people = if sees_people && row.users > 0 {
        view! { <a href=format!("{}?state={}", path(AdminPage::People), state.id)>{count}</a> }.erased()
    } else {
        count.erased()
    };
    view! {
        <tr role="row">
            <td role="cell" data-label=labels.name data-kind="name"><a href=format!("{STATES}/{}", state.id)>{state.name.clone()}</a></td>
            <td role="cell" data-label=labels.priority>{state.priority.to_string()}</td>
            <td role="cell" data-label=labels.open_to>{words.open_to(state, &row.names)}</td>
            <td role="cell" data-label=labels.permissions>{held}</td>
            <td role="cell" data-label=labels.people>{people}</td>
        </tr>
    }
    .erased()
}
