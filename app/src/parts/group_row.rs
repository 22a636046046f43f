//! A group in a list: what it is, who leads it, how one stands to it, and the one button.

use super::{
    badge::{Badges, Standing},
    icon::{Glyph, Icon},
    offer_button::{OfferButton, Offered, stands_after},
    prose::Prose,
};
use crate::text::{isolated, language};
use crate::view::dynamic::{Memoized, dyn_view, memo};
use domain::{Action, GroupId, GroupRow};
use leptos::prelude::*;

/// The id of a group's row on the page.
pub(crate) fn row_id(group: GroupId) -> String {
    format!("group-{group}")
}

/// The row. The button is drawn anew only when what it offers changes, whatever else moves.
#[component]
pub(crate) fn GroupItem(
    /// The group, as it is now.
    row: Memoized<GroupRow>,
    /// Told when something was done, with the group.
    on_done: Callback<GroupId>,
) -> impl IntoView {
    let id = row.with_untracked(|row| row.id);
    let offered = memo(move || row.with(|row| Offered::of(row).into_iter().next()));
    let done = Callback::new(move |()| on_done.run(id));
    let sent = RwSignal::new(None);
    Effect::new(move |_| {
        offered.track();
        sent.set(None);
    });
    view! {
        <li class="group-row" id=row_id(id) tabindex="-1">
            {dyn_view(move || row.with(about_group))}
            <div class="group-side">
                {dyn_view(move || row.with(|row| standing(row, sent.get())))}
                {dyn_view(move || offered.get().map(|offered| {
                    view! { <OfferButton offered=offered on_done=done sent=sent /> }
                }))}
            </div>
        </li>
    }
}

fn about_group(row: &GroupRow) -> impl IntoView + use<> {
    let description = (!row.description.is_empty()).then(|| view! { <Prose text=dense(&row.description) /> });
    view! {
        <div class="group-about">
            <div class="group-head">
                <h2><a href=format!("/groups/{}", row.id)>{row.name.clone()}</a></h2>
                <Badges flags=row.flags />
            </div>
            {description}
            <p class="leaders"><Glyph icon=Icon::Leader />{led_by(row)}</p>
        </div>
    }
}

/// How one stands to it; what was just sent counts as done until the answer says otherwise.
fn standing(row: &GroupRow, sent: Option<Action>) -> impl IntoView + use<> {
    let words = language();
    let status = sent.map_or(row.my_status, |action| stands_after(action, row.my_status));
    let count = row.member_count.map(|count| view! { <p class="member-count">{words.members(count)}</p> });
    view! {
        <Standing status=status />
        {count}
    }
}

/// The text without its empty lines: a list has no room for them.
fn dense(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// Who leads, people and groups told apart.
pub(crate) fn led_by(row: &GroupRow) -> String {
    let labels = language().labels();
    if !row.is_led {
        return labels.no_leaders.to_owned();
    }
    let people = row.leaders.iter().map(|person| isolated(person.display_name()).into_owned());
    let groups = row.leader_groups.iter().map(|group| format!("{} {}", labels.members_of, isolated(&group.name)));
    let names: Vec<String> = people.chain(groups).collect();
    if names.is_empty() { labels.led_by_others.to_owned() } else { format!("{} {}", labels.led_by, names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{AutoLeave, Flags, GroupRef, MyStatus, Person, UserId};

    #[test]
    fn people_and_groups_that_lead_are_told_apart() {
        let ana = Person { id: UserId(1), username: "ana".to_owned(), main_character: None };
        let officers = GroupRef { id: GroupId(2), name: "Officers".to_owned() };
        let row = |is_led, leaders, leader_groups| GroupRow {
            id: GroupId(1),
            name: "Pilots".to_owned(),
            description: String::new(),
            flags: Flags::default(),
            auto_leave: AutoLeave::default(),
            states: Vec::new(),
            permissions: None,
            leaders,
            leader_groups,
            is_led,
            order: None,
            member_count: None,
            my_status: MyStatus::None,
            my_request: None,
            offers: Vec::new(),
        };
        assert_eq!(led_by(&row(true, vec![ana], vec![officers.clone()])), "Led by ana, members of Officers");
        assert_eq!(led_by(&row(true, vec![], vec![])), "Has a leader", "one the viewer does not see");
        assert_eq!(led_by(&row(false, vec![], vec![officers])), "No leader; group managers decide", "nobody is in it");
    }
}
