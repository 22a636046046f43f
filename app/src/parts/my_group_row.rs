//! A group one is in: since when, what holds the membership, and the way out.

use super::{
    badge::{Badges, Standing},
    icon::{Glyph, Icon},
    offer_button::{OfferButton, Offered, stands_after},
    time::When,
};
use crate::text::language;
use crate::view::dynamic::{Memoized, dyn_attr, dyn_view, memo};
use domain::{GroupId, MyGroup, MyStatus, UserId};
use leptos::prelude::*;

/// The id of the group's row on the page.
pub(crate) fn row_id(group: GroupId) -> String {
    format!("mine-{group}")
}

/// The row. The button is drawn anew only when what it offers changes, whatever else moves.
#[component]
pub(crate) fn MyGroupItem(
    /// The group, as it is now.
    mine: Memoized<MyGroup>,
    /// Who is in it.
    me: UserId,
    /// Told when something was done.
    on_done: Callback<()>,
) -> impl IntoView {
    let id = mine.with_untracked(|mine| mine.row.id);
    let offered = memo(move || mine.with(|mine| Offered::of(&mine.row).into_iter().next()));
    let sent = RwSignal::new(None);
    Effect::new(move |_| {
        offered.track();
        sent.set(None);
    });
    let status = memo(move || {
        let before = mine.with(|mine| mine.row.my_status);
        sent.get().map_or(before, |action| stands_after(action, before))
    });
    let standing = move || (status.get() != MyStatus::Member).then(|| view! { <Standing status=status.get() /> });
    view! {
        <li
            class="group-row"
            id=row_id(id)
            tabindex="-1"
            data-ending=dyn_attr(move || (status.get() == MyStatus::None).then_some("yes"))
        >
            {dyn_view(move || mine.with(|mine| about(mine, me)))}
            <div class="group-side">
                {dyn_view(standing)}
                {dyn_view(move || offered.get().map(|offered| {
                    view! { <OfferButton offered=offered on_done=on_done sent=sent /> }
                }))}
            </div>
        </li>
    }
}

fn about(mine: &MyGroup, me: UserId) -> impl IntoView + use<> {
    let words = language();
    let labels = words.mine();
    let leads = mine.row.leaders.iter().any(|leader| leader.id == me).then(|| {
        view! { <span class="badge" data-kind="leader"><Glyph icon=Icon::Leader />{labels.you_lead}</span> }
    });
    let grants: Vec<_> = mine
        .grants
        .iter()
        .map(|grant| {
            let until = grant.until.map(|until| view! { ", " {labels.until} " " <When at=until /> });
            view! { <span>{words.membership_by(grant)}{until}</span> }
        })
        .collect();
    view! {
        <div class="group-about">
            <div class="group-head">
                <h3><a href=format!("/groups/{}", mine.row.id)>{mine.row.name.clone()}</a></h3>
                <Badges flags=mine.row.flags />
                {leads}
            </div>
            <p class="facts"><span>{labels.joined} " " <When at=mine.since /></span>{grants}</p>
        </div>
    }
}
