//! The parts of the admin area, as far as the viewer's permissions open them.

use super::icon::{Glyph, Icon};
use crate::text::language;
use crate::view::{
    dynamic::DynText,
    erased::{ErasedChildren, ErasedView, IntoErased},
};
use domain::{Permission, Viewer};
use leptos::prelude::*;

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AdminTab {
    /// What needs care.
    Overview,
    /// All groups.
    Groups,
    /// All accounts.
    People,
    /// What people are put into by their main characters.
    States,
    /// Names that no group may have (R12).
    ReservedNames,
    /// Links by which accounts are made.
    Invitations,
    /// What holds for everybody.
    Settings,
    /// How the instance is doing.
    Health,
}

impl AdminTab {
    /// Every part, in the order of the tabs.
    pub(crate) const ALL: [Self; 8] = [
        Self::Overview,
        Self::Groups,
        Self::People,
        Self::States,
        Self::ReservedNames,
        Self::Invitations,
        Self::Settings,
        Self::Health,
    ];

    /// Where it is.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Overview => "/admin",
            Self::Groups => "/admin/groups",
            Self::People => "/admin/users",
            Self::States => "/admin/states",
            Self::ReservedNames => "/admin/reserved-names",
            Self::Invitations => "/admin/invitations",
            Self::Settings => "/admin/settings",
            Self::Health => "/admin/health",
        }
    }

    /// What it is called.
    pub(crate) fn label(self) -> &'static str {
        let labels = language().admin_area();
        match self {
            Self::Overview => labels.overview,
            Self::Groups => labels.groups,
            Self::People => labels.people,
            Self::States => labels.states,
            Self::ReservedNames => labels.reserved_names,
            Self::Invitations => labels.invitations,
            Self::Settings => labels.settings,
            Self::Health => labels.health,
        }
    }

    /// Whether it opens for somebody.
    pub(crate) fn opens_for(self, viewer: &Viewer) -> bool {
        let administers = |permission| viewer.enters_admin_area && viewer.permissions.contains(permission);
        match self {
            Self::Overview | Self::Health => viewer.enters_admin_area,
            Self::Groups => administers(Permission::ManageGroups) || administers(Permission::ManageUsers),
            Self::People | Self::Invitations => administers(Permission::ManageUsers),
            Self::States => administers(Permission::ManageStates),
            Self::ReservedNames => administers(Permission::ManageReservedNames),
            Self::Settings => administers(Permission::ManageSettings),
        }
    }
}

/// The pages of the admin area that make something: where each is, and what it is called.
pub(crate) fn ways_to_make(viewer: &Viewer) -> Vec<(&'static str, &'static str)> {
    let words = language();
    let administers = |permission| viewer.enters_admin_area && viewer.permissions.contains(permission);
    [
        (Permission::ManageGroups, "/admin/groups/new", words.group_setup().new_group),
        (Permission::ManageUsers, "/admin/users/new", words.users().new_user),
        (Permission::ManageStates, "/admin/states/new", words.states_area().create),
    ]
    .into_iter()
    .filter(|(permission, ..)| administers(*permission))
    .map(|(_, path, label)| (path, label))
    .collect()
}

/// The head of a page of the admin area: its title, what it is for, and the ways to the other parts.
#[component]
pub(crate) fn AdminHead(
    /// Where one is.
    tab: AdminTab,
    /// Who is there.
    viewer: Viewer,
    /// What the page is called.
    title: &'static str,
    /// What it is for.
    intro: &'static str,
) -> impl IntoView {
    view! {
        <AdminTabs tab=tab viewer=viewer />
        <header class="page-head">
            <h1>{title}</h1>
            <p class="intro">{intro}</p>
        </header>
    }
}

/// The head of a page below a part of the admin area: the way back, and what it is about.
#[component]
pub(crate) fn AdminSubhead(
    /// Where one is.
    tab: AdminTab,
    /// Who is there.
    viewer: Viewer,
    /// Where the way back leads.
    #[prop(into)]
    back: String,
    /// What is there.
    #[prop(into)]
    back_to: String,
    /// What the page is called.
    title: DynText,
    /// What else stands in the head.
    children: ErasedChildren,
) -> impl IntoView {
    view! {
        <AdminTabs tab=tab viewer=viewer />
        <header class="page-head">
            <p class="back"><a href=back><Glyph icon=Icon::Back />{back_to}</a></p>
            <h1>{title}</h1>
            {children.draw()}
        </header>
    }
}

/// The ways to the parts.
#[component]
pub(crate) fn AdminTabs(
    /// Where one is.
    tab: AdminTab,
    /// Who is there.
    viewer: Viewer,
) -> impl IntoView {
    let entry = |other: AdminTab| -> ErasedView {
        let current = (tab == other).then_some("page");
        view! { <li><a class="tab" href=other.path() aria-current=current>{other.label()}</a></li> }.erased()
    };
    let entries: Vec<ErasedView> = AdminTab::ALL.into_iter().filter(|tab| tab.opens_for(&viewer)).map(entry).collect();
    view! {
        <nav class="tabbed admin-tabs" aria-label=language().admin_area().parts>
            <ul class="tabs">{entries}</ul>
        </nav>
    }
}
