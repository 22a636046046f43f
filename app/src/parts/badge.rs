//! What kind of group it is, in words; the icon only helps.

use super::icon::{Glyph, Icon};
use crate::text::language;
use domain::{Flag, Flags, MyStatus};
use leptos::prelude::*;

/// The flags of a group that are set.
#[component]
pub(crate) fn Badges(
    /// The flags.
    flags: Flags,
) -> impl IntoView {
    let words = language();
    let badges: Vec<_> = ORDER
        .into_iter()
        .filter(|flag| flags.has(*flag))
        .map(|flag| view! { <li class="badge" data-kind=flag.code()><Glyph icon=icon(flag) />{words.flag(flag)}</li> })
        .collect();
    (!badges.is_empty()).then(|| view! { <ul class="badges">{badges}</ul> })
}

/// The order of badges: what matters most to those who look for a group comes first.
const ORDER: [Flag; Flag::ALL.len()] = [Flag::Internal, Flag::Open, Flag::Public, Flag::Hidden, Flag::Restricted];

const fn icon(flag: Flag) -> Icon {
    match flag {
        Flag::Internal | Flag::Restricted => Icon::Restricted,
        Flag::Hidden => Icon::Hidden,
        Flag::Open => Icon::Open,
        Flag::Public => Icon::Public,
    }
}

/// How the viewer stands to a group, where they do.
#[component]
pub(crate) fn Standing(
    /// How.
    status: MyStatus,
) -> impl IntoView {
    let icon = match status {
        MyStatus::Member => Icon::Check,
        MyStatus::None | MyStatus::JoinRequested | MyStatus::LeaveRequested => Icon::Waiting,
    };
    let kind = if status == MyStatus::Member { "member" } else { "waiting" };
    language().standing(status).map(|words| view! { <p class="standing" data-kind=kind><Glyph icon=icon />{words}</p> })
}
