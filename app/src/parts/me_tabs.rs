//! The two parts of what is one's own: groups and requests, and the account.

use crate::text::language;
use leptos::prelude::*;

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeTab {
    /// Groups and requests.
    Groups,
    /// The account.
    Profile,
}

/// The way from one to the other.
#[component]
pub(crate) fn MeTabs(
    /// Where one is.
    tab: MeTab,
) -> impl IntoView {
    let labels = language().mine();
    let chosen = move |other| (tab == other).then_some("page");
    view! {
        <nav class="tabbed" aria-label=labels.parts>
            <ul class="tabs">
                <li><a class="tab" href="/me" aria-current=chosen(MeTab::Groups)>{labels.groups_tab}</a></li>
                <li><a class="tab" href="/me/profile" aria-current=chosen(MeTab::Profile)>{labels.profile_tab}</a></li>
            </ul>
        </nav>
    }
}
