//! The parts of the admin area, as far as the server says that they open.

use super::icon::{Glyph, Icon};
use crate::text::language;
use crate::view::{
    dynamic::DynText,
    erased::{ErasedChildren, ErasedView, IntoErased},
};
use domain::{AdminPage, Viewer};
use leptos::prelude::*;

/// The parts of the admin area, in the order of the tabs.
pub(crate) const TABS: [AdminPage; 8] = [
    AdminPage::Overview,
    AdminPage::Groups,
    AdminPage::People,
    AdminPage::States,
    AdminPage::ReservedNames,
    AdminPage::Invitations,
    AdminPage::Settings,
    AdminPage::Health,
];

/// The pages that make something, in the order of the palette.
const MAKING: [AdminPage; 3] = [AdminPage::NewGroup, AdminPage::NewUser, AdminPage::NewState];

/// Where a page is.
pub(crate) const fn path(page: AdminPage) -> &'static str {
    match page {
        AdminPage::Overview => "/admin",
        AdminPage::Groups => "/admin/groups",
        AdminPage::NewGroup => "/admin/groups/new",
        AdminPage::People => "/admin/users",
        AdminPage::NewUser => "/admin/users/new",
        AdminPage::States => "/admin/states",
        AdminPage::NewState => "/admin/states/new",
        AdminPage::ReservedNames => "/admin/reserved-names",
        AdminPage::Invitations => "/admin/invitations",
        AdminPage::Settings => "/admin/settings",
        AdminPage::Health => "/admin/health",
    }
}

/// What a page is called.
pub(crate) fn label(page: AdminPage) -> &'static str {
    let words = language();
    let labels = words.admin_area();
    match page {
        AdminPage::Overview => labels.overview,
        AdminPage::Groups => labels.groups,
        AdminPage::NewGroup => words.group_setup().new_group,
        AdminPage::People => labels.people,
        AdminPage::NewUser => words.users().new_user,
        AdminPage::States => labels.states,
        AdminPage::NewState => words.states_area().create,
        AdminPage::ReservedNames => labels.reserved_names,
        AdminPage::Invitations => labels.invitations,
        AdminPage::Settings => labels.settings,
        AdminPage::Health => labels.health,
    }
}

/// The pages of the admin area that make something: where each is, and what it is called.
pub(crate) fn ways_to_make(viewer: &Viewer) -> impl Iterator<Item = (&'static str, &'static str)> {
    MAKING.into_iter().filter(|page| viewer.opens(*page)).map(|page| (path(page), label(page)))
}

/// The head of a page of the admin area: its title, what it is for, and the ways to the other parts.
#[component]
pub(crate) fn AdminHead(
    /// Where one is.
    tab: AdminPage,
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
    tab: AdminPage,
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
    tab: AdminPage,
    /// Who is there.
    viewer: Viewer,
) -> impl IntoView {
    let entry = |other: AdminPage| -> ErasedView {
        let current = (tab == other).then_some("page");
        view! { <li><a class="tab" href=path(other) aria-current=current>{label(other)}</a></li> }.erased()
    };
    let entries: Vec<ErasedView> = TABS.into_iter().filter(|page| viewer.opens(*page)).map(entry).collect();
    view! {
        <nav class="tabbed admin-tabs" aria-label=language().admin_area().parts>
            <ul class="tabs">{entries}</ul>
        </nav>
    }
}
