//! Which code the browser loads when: that of the groups list at once, that of every other page when somebody goes there.
//!
//! There are few chunks, by who needs them: what two of them share is a file of its own, and each more would multiply
//! those. A new page is a variant of its chunk's enum, an arm in the function that draws it, and a row in `Chunk::of`.
#![expect(clippy::unnecessary_wraps, reason = "only in the browser can the code of a page be missing")]

use crate::{
    browser,
    error::AppError,
    pages::{
        AllGroups, AllMembers, Audit, BulkEditPage, Group, GroupSetupPage, HealthPage, InvitationsPage, Manage, Me,
        Members, NewGroup, NewUser, Notifications, Overview, Profile, Requests, ReservedNames, SettingsPage, StatePage,
        States, User, Users, WholeAudit,
    },
    parts::{key_help::KeyLines, loaded::Failure, palette::Search},
    view::{
        dynamic::once_here,
        erased::{ErasedView, IntoErased},
    },
};
use domain::{Viewer, listed};
use leptos::prelude::*;
use leptos_router::ChooseView;
use send_wrapper::SendWrapper;
use std::future::Future;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

listed! {
    /// Code that is loaded together. The code names it in `#[wasm_split(…)]`, by which the build lists the files it is in, and
    /// its style sheet.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Chunk {
        /// What everybody comes to from the groups list.
        Member = "member",
        /// What those need who decide.
        Lead = "lead",
        /// The admin area.
        Admin = "admin",
    }
}

impl Chunk {
    /// The one with the page at this path; `None` where everything that is needed is loaded already.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let mut steps = path.split('/').skip(1).filter(|step| !step.is_empty());
        match (steps.next()?, steps.next()) {
            ("groups", Some(_)) | ("join" | "me" | "notifications" | "once", _) => Some(Self::Member),
            ("requests" | "manage" | "audit", _) => Some(Self::Lead),
            ("admin", _) => Some(Self::Admin),
            _ => None,
        }
    }

    async fn load(self) -> Result<(), SplitLoaderError> {
        match self {
            Self::Member => load_member().await,
            Self::Lead => load_lead().await,
            Self::Admin => load_admin().await,
        }
    }
}

/// Loads what the page at this path needs before it can come to life, and says whether it is there.
pub async fn load(path: &str) -> bool {
    let is_there = match Chunk::of(path) {
        Some(chunk) => chunk.load().await.is_ok(),
        None => true,
    };
    browser::untranslate();
    is_there
}

/// The pages of [`Chunk::Member`], and what is in the windows of the frame.
#[derive(Clone, Copy)]
pub(crate) enum MemberPage {
    Group,
    Me,
    Profile,
    Notifications,
    /// What is in the palette, which is open, knows who is looking, and what was typed before it was there.
    Palette(RwSignal<bool>, RwSignal<Viewer>, RwSignal<String>),
    /// What is in the window with the keys, which is open.
    Keys(RwSignal<bool>),
}

/// Everything that only this reaches is in the chunk.
#[wasm_split(member, preload(load_member), fallible)]
fn draw_member(page: MemberPage) -> Result<ErasedView, SplitLoaderError> {
    Ok(match page {
        MemberPage::Group => view! { <Group /> }.erased(),
        MemberPage::Me => view! { <Me /> }.erased(),
        MemberPage::Profile => view! { <Profile /> }.erased(),
        MemberPage::Notifications => view! { <Notifications /> }.erased(),
        MemberPage::Palette(open, viewer, typed_early) => {
            view! { <Search open=open viewer=viewer typed_early=typed_early /> }.erased()
        }
        MemberPage::Keys(open) => view! { <KeyLines open=open /> }.erased(),
    })
}

/// The pages of [`Chunk::Lead`].
#[derive(Clone, Copy)]
pub(crate) enum LeadPage {
    Requests,
    Manage,
    Members,
    Audit,
    WholeAudit,
}

/// Everything that only this reaches is in the chunk.
#[wasm_split(lead, preload(load_lead), fallible)]
fn draw_lead(page: LeadPage) -> Result<ErasedView, SplitLoaderError> {
    Ok(match page {
        LeadPage::Requests => view! { <Requests /> }.erased(),
        LeadPage::Manage => view! { <Manage /> }.erased(),
        LeadPage::Members => view! { <Members /> }.erased(),
        LeadPage::Audit => view! { <Audit /> }.erased(),
        LeadPage::WholeAudit => view! { <WholeAudit /> }.erased(),
    })
}

/// The pages of [`Chunk::Admin`].
#[derive(Clone, Copy)]
pub(crate) enum AdminPage {
    Overview,
    Groups,
    NewGroup,
    Group,
    GroupMembers,
    BulkEdit,
    States,
    State,
    ReservedNames,
    Settings,
    Health,
    Users,
    NewUser,
    User,
    Invitations,
}

/// Everything that only this reaches is in the chunk.
#[wasm_split(admin, preload(load_admin), fallible)]
fn draw_admin(page: AdminPage) -> Result<ErasedView, SplitLoaderError> {
    Ok(match page {
        AdminPage::Overview => view! { <Overview /> }.erased(),
        AdminPage::Groups => view! { <AllGroups /> }.erased(),
        AdminPage::NewGroup => view! { <NewGroup /> }.erased(),
        AdminPage::Group => view! { <GroupSetupPage /> }.erased(),
        AdminPage::GroupMembers => view! { <AllMembers /> }.erased(),
        AdminPage::BulkEdit => view! { <BulkEditPage /> }.erased(),
        AdminPage::States => view! { <States /> }.erased(),
        AdminPage::State => view! { <StatePage /> }.erased(),
        AdminPage::ReservedNames => view! { <ReservedNames /> }.erased(),
        AdminPage::Settings => view! { <SettingsPage /> }.erased(),
        AdminPage::Health => view! { <HealthPage /> }.erased(),
        AdminPage::Users => view! { <Users /> }.erased(),
        AdminPage::NewUser => view! { <NewUser /> }.erased(),
        AdminPage::User => view! { <User /> }.erased(),
        AdminPage::Invitations => view! { <InvitationsPage /> }.erased(),
    })
}

/// A page in a chunk.
pub(crate) trait PageInChunk: Copy + Send + 'static {
    /// Which chunk.
    const CHUNK: Chunk;

    /// Draws it, once its code is there. On the server it always is.
    fn draw(self) -> impl Future<Output = Result<ErasedView, SplitLoaderError>>;
}

impl PageInChunk for MemberPage {
    const CHUNK: Chunk = Chunk::Member;

    fn draw(self) -> impl Future<Output = Result<ErasedView, SplitLoaderError>> {
        draw_member(self)
    }
}

impl PageInChunk for LeadPage {
    const CHUNK: Chunk = Chunk::Lead;

    fn draw(self) -> impl Future<Output = Result<ErasedView, SplitLoaderError>> {
        draw_lead(self)
    }
}

impl PageInChunk for AdminPage {
    const CHUNK: Chunk = Chunk::Admin;

    fn draw(self) -> impl Future<Output = Result<ErasedView, SplitLoaderError>> {
        draw_admin(self)
    }
}

/// Draws a page once its code is there. Where that cannot be had, the connection is lost, or the server is another since
/// this page was opened: opening it anew heals both.
async fn drawn<P: PageInChunk>(page: P) -> ErasedView {
    // On the server the document names the sheet.
    let worn = cfg!(not(feature = "ssr")).then(|| browser::load_stylesheet(P::CHUNK.code()));
    let drawn = page.draw().await;
    if let Some(worn) = worn {
        worn.await;
    }
    drawn.unwrap_or_else(|_| view! { <Failure error=AppError::Offline /> }.erased())
}

/// What is in a window, once its code is there. Windows open in the browser alone, which has one thread.
pub(crate) fn in_window(page: impl PageInChunk) -> ErasedView {
    once_here(move || Suspend::new(SendWrapper::new(drawn(page))))
}

/// The view of a route. It is one type for all of them, as the router is compiled anew for each type of view.
#[derive(Clone, Copy)]
pub(crate) enum RouteView {
    /// Whose code is loaded at once.
    Now(fn() -> ErasedView),
    Member(MemberPage),
    Lead(LeadPage),
    Admin(AdminPage),
}

impl ChooseView for RouteView {
    async fn choose(self) -> AnyView {
        match self {
            Self::Now(draw) => draw(),
            Self::Member(page) => drawn(page).await,
            Self::Lead(page) => drawn(page).await,
            Self::Admin(page) => drawn(page).await,
        }
        .into_any()
    }

    async fn preload(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_needs_no_chunk() {
        for path in ["/groups", "/groups/", "/", "/login", "/not-found"] {
            assert_eq!(Chunk::of(path), None, "{path}");
        }
    }

    #[test]
    fn every_other_page_is_in_one() {
        for (path, chunk) in [
            ("/groups/12", Chunk::Member),
            ("/join/abc", Chunk::Member),
            ("/me", Chunk::Member),
            ("/me/profile", Chunk::Member),
            ("/notifications", Chunk::Member),
            ("/once", Chunk::Member),
            ("/requests", Chunk::Lead),
            ("/manage/12/audit", Chunk::Lead),
            ("/admin", Chunk::Admin),
            ("/admin/groups", Chunk::Admin),
        ] {
            assert_eq!(Chunk::of(path), Some(chunk), "{path}");
        }
    }
}
