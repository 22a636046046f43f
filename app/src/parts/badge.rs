//! What kind of group it is, in words; the icon only helps.

use super::icon::{Glyph, Icon};
use crate::text::{Labels, language};
use domain::{Flags, MyStatus};
use leptos::prelude::*;

/// The flags of a group that are set.
#[component]
pub(crate) fn Badges(
    /// The flags.
    flags: Flags,
) -> impl IntoView {
    let labels = language().labels();
    let badges: Vec<_> = set(flags, labels)
        .map(|(kind, word, icon)| view! { <li class="badge" data-kind=kind><Glyph icon=icon />{word}</li> })
        .collect();
    (!badges.is_empty()).then(|| view! { <ul class="badges">{badges}</ul> })
}

fn set(flags: Flags, labels: &'static Labels) -> impl Iterator<Item = (&'static str, &'static str, Icon)> {
    [
        (flags.internal, ("internal", labels.internal, Icon::Restricted)),
        (flags.open, ("open", labels.open, Icon::Open)),
        (flags.public, ("public", labels.public, Icon::Public)),
        (flags.hidden, ("hidden", labels.hidden, Icon::Hidden)),
        (flags.restricted, ("restricted", labels.restricted, Icon::Restricted)),
    ]
    .into_iter()
    .filter_map(|(is_set, badge)| is_set.then_some(badge))
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
