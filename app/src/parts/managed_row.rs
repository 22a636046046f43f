//! A group one decides for: what it is, what it needs, what waits, who leads it, and the ways on.

use super::{
    badge::Badges,
    group_row::led_by,
    icon::{Glyph, Icon},
    join_link::CopyJoinLink,
    time::When,
};
use crate::text::language;
use crate::view::{
    dynamic::{Memoized, dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use domain::{Care, ManagedGroup, QueueCounts};
use leptos::prelude::*;

/// The row. Its links stay while what it shows changes.
#[component]
pub(crate) fn ManagedItem(
    /// The group, as it is now.
    row: Memoized<ManagedGroup>,
) -> impl IntoView {
    let labels = language().labels();
    let lead = language().managing();
    let (id, name) = row.with_untracked(|row| (row.row.id, row.row.name.clone()));
    let of = move || view! { <span class="sr">{format!(": {name}")}</span> };
    let waiting = memo(move || row.with(|row| row.waiting));
    let cares = memo(move || row.with(|row| row.cares.clone()));
    view! {
        <li class="managed-row" id=format!("managed-{id}") tabindex="-1">
            <div class="managed-about">
                {dyn_view(move || row.with(about))}
                {dyn_view(move || cares.get().into_iter().map(care).collect::<Vec<_>>())}
            </div>
            <div class="managed-waiting">{dyn_view(move || queue(id.0, waiting.get()))}</div>
            <ul class="ways" aria-label=lead.ways>
                <li>
                    <a href=format!("/manage/{id}/members")><Glyph icon=Icon::Groups />{lead.members}{of.clone()()}</a>
                </li>
                <li>
                    <a href=format!("/manage/{id}/audit")><Glyph icon=Icon::Audit />{labels.see_audit}{of()}</a>
                </li>
                <li class="with-script"><CopyJoinLink group=id /></li>
            </ul>
        </li>
    }
}

fn about(row: &ManagedGroup) -> impl IntoView + use<> {
    let words = language();
    let lead = words.managing();
    let group = &row.row;
    let members = group.member_count.map(|count| view! { <span>{words.members(count)}</span> });
    let activity = match row.last_activity {
        Some(at) => view! { <span>{lead.last_activity}" "<When at=at /></span> }.erased(),
        None => view! { <span>{lead.never_active}</span> }.erased(),
    };
    view! {
        <div class="group-head">
            <h3><a href=format!("/groups/{}", group.id)>{group.name.clone()}</a></h3>
            <Badges flags=group.flags />
        </div>
        <p class="facts">{members}{activity}</p>
        <p class="leaders"><Glyph icon=Icon::Leader />{led_by(group)}</p>
    }
}

fn care(care: Care) -> ErasedView {
    let lead = language().managing();
    let said = match care {
        Care::NoLeader => lead.no_leader.erased(),
        Care::RequestWaits(since) => view! { {lead.request_waits}" "<When at=since />"." }.erased(),
    };
    view! { <p class="warning"><Glyph icon=Icon::Warning /><span>{said}</span></p> }.erased()
}

/// What waits, as the way to it.
fn queue(group: i64, counts: QueueCounts) -> ErasedView {
    let words = language();
    let kind = if counts.join == 0 && counts.leave > 0 { "&kind=leave" } else { "" };
    match words.waiting_for(counts) {
        Some(said) => view! {
            <a class="button" data-verb="queue" href=format!("/requests?group={group}{kind}")>
                <Glyph icon=Icon::Requests />
                {said}
            </a>
        }
        .erased(),
        None => view! { <p class="hint">{words.managing().nothing_waits}</p> }.erased(),
    }
}
