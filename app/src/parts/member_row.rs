//! A member in the list of a group: who, from where, since when, how they got in, whether they lead, and the way to
//! remove them.

use super::{
    icon::{Glyph, Icon},
    person::{avatar, organisation},
    time::When,
};
use crate::view::{
    dynamic::{Memoized, dyn_text, dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{address::address, text::language};
use domain::{Grant, GroupRef, MemberRow, UserId};
use leptos::prelude::*;

/// The list of the rows.
pub(crate) const LIST: &str = "members";

/// The id of a member's row on the page.
pub(crate) fn row_id(member: UserId) -> String {
    format!("member-{member}")
}

/// The row.
#[component]
pub(crate) fn MemberItem(
    /// The member, as they are now.
    row: Memoized<MemberRow>,
    /// In which group.
    group: GroupRef,
    /// Whether one may remove them.
    removable: Signal<bool>,
    /// The address of the list: what removes a member stands in it.
    here: Signal<String>,
) -> impl IntoView {
    let words = language();
    let lead = words.managing();
    let first = row.get_untracked();
    let id = first.person.id;
    let rest = words.removing(&first.person, &group);
    let leads = memo(move || row.with(|row| row.lead));
    let remove = move || {
        removable.get().then(|| {
            let rest = rest.clone();
            view! {
                <a class="button" data-verb="remove" href=dyn_text(move || removal_address(&here.get(), id)) data-noscroll="">
                    {lead.remove}
                    <span class="sr">{rest}</span>
                </a>
            }
        })
    };
    let username = (first.person.main_character.is_some()).then(|| {
        view! { <span class="hint">{first.person.username.clone()}</span> }
    });
    view! {
        <tr role="row" id=row_id(id) tabindex="-1">
            <td role="cell" class="whole">
                <div class="who">
                    {avatar(&first.person)}
                    <div>
                        <p class="who-name">
                            {first.person.display_name().to_owned()}
                            {dyn_view(move || words.leads(leads.get()).map(|said| view! {
                                <span class="lead" data-lead=leads.get().code()><Glyph icon=Icon::Leader />{said}</span>
                            }))}
                        </p>
                        {username}
                    </div>
                </div>
            </td>
            <td role="cell" data-label=lead.organisation>{organisation(&first.person).unwrap_or_else(|| "–".to_owned())}</td>
            <td role="cell" data-label=lead.since><When at=first.since /></td>
            <td role="cell" data-label=lead.how>{dyn_view(move || row.with(|row| ways_in(&row.grants)))}</td>
            <td role="cell" class="row-action">{dyn_view(remove)}</td>
        </tr>
    }
}

/// The address of the list with the question whether to remove this member.
pub(crate) fn removal_address(here: &str, member: UserId) -> String {
    address(here, &[("remove", &member.to_string())])
}

/// How somebody got in: one line for each grant.
fn ways_in(grants: &[Grant]) -> ErasedView {
    let words = language();
    let lines: Vec<_> = grants
        .iter()
        .map(|grant| {
            let until = grant.until.map(|until| view! { " "<span class="hint">{words.until(until)}</span> });
            let reason = grant.reason.clone().map(|reason| view! { <p class="hint grant-reason">{reason}</p> });
            view! { <li>{words.grant(grant)}{until}{reason}</li> }
        })
        .collect();
    view! { <ul class="grants">{lines}</ul> }.erased()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_stands_in_the_address_of_the_list() {
        assert_eq!(removal_address("/manage/3/members", UserId(7)), "/manage/3/members?remove=7");
        assert_eq!(removal_address("/manage/3/members?search=a", UserId(7)), "/manage/3/members?search=a&remove=7");
    }
}
