//! The app: its contexts and its routes.

use crate::{
    chunk::{
        AdminPage, LeadPage, MemberPage,
        RouteView::{Admin, Lead, Member, Now},
        in_window,
    },
    live::Live,
    pages::{Groups, Login, NotFound, Once, Register, Reset, Setup},
    parts::{
        frame::{Frame, WindowContents},
        keys::Keys,
        toast::Toast,
    },
    present::provide_present,
    view::erased::IntoErased,
};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The windows that open over any page.
const WINDOWS: WindowContents = WindowContents {
    palette: |open, viewer, typed_early| in_window(MemberPage::Palette(open, viewer, typed_early)),
    keys: |open| in_window(MemberPage::Keys(open)),
};

/// Everything between `<body>` and `</body>`. Every page is sent whole, once its subject is read.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    provide_present();
    Toast::provide();
    Keys::provide();
    Live::provide();
    view! {
        <Router>
            <Frame windows=WINDOWS>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/login") view=Now(|| view! { <Login /> }.erased()) ssr=SsrMode::Async />
                    <Route path=path!("/setup") view=Now(|| view! { <Setup /> }.erased()) ssr=SsrMode::Async />
                    <Route path=path!("/register") view=Now(|| view! { <Register /> }.erased()) ssr=SsrMode::Async />
                    <Route path=path!("/reset/:token") view=Now(|| view! { <Reset /> }.erased()) ssr=SsrMode::Async />
                    <Route path=path!("/once") view=Now(|| view! { <Once /> }.erased()) ssr=SsrMode::Async />
                    <Route path=path!("/groups") view=Now(|| view! { <Groups /> }.erased()) ssr=SsrMode::Async />
                    <Route path=path!("/groups/:id") view=Member(MemberPage::Group) ssr=SsrMode::Async />
                    <Route path=path!("/join/:token") view=Member(MemberPage::Group) ssr=SsrMode::Async />
                    <Route path=path!("/me") view=Member(MemberPage::Me) ssr=SsrMode::Async />
                    <Route path=path!("/me/profile") view=Member(MemberPage::Profile) ssr=SsrMode::Async />
                    <Route path=path!("/notifications") view=Member(MemberPage::Notifications) ssr=SsrMode::Async />
                    <Route path=path!("/requests") view=Lead(LeadPage::Requests) ssr=SsrMode::Async />
                    <Route path=path!("/manage") view=Lead(LeadPage::Manage) ssr=SsrMode::Async />
                    <Route path=path!("/manage/:id/members") view=Lead(LeadPage::Members) ssr=SsrMode::Async />
                    <Route path=path!("/manage/:id/audit") view=Lead(LeadPage::Audit) ssr=SsrMode::Async />
                    <Route path=path!("/audit") view=Lead(LeadPage::WholeAudit) ssr=SsrMode::Async />
                    <Route path=path!("/admin") view=Admin(AdminPage::Overview) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups") view=Admin(AdminPage::Groups) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/new") view=Admin(AdminPage::NewGroup) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/:id") view=Admin(AdminPage::Group) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/:id/members") view=Admin(AdminPage::GroupMembers) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/:id/roll") view=Admin(AdminPage::BulkEdit) ssr=SsrMode::Async />
                    <Route path=path!("/admin/states") view=Admin(AdminPage::States) ssr=SsrMode::Async />
                    <Route path=path!("/admin/states/new") view=Admin(AdminPage::State) ssr=SsrMode::Async />
                    <Route path=path!("/admin/states/:id") view=Admin(AdminPage::State) ssr=SsrMode::Async />
                    <Route path=path!("/admin/reserved-names") view=Admin(AdminPage::ReservedNames) ssr=SsrMode::Async />
                    <Route path=path!("/admin/users") view=Admin(AdminPage::Users) ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/new") view=Admin(AdminPage::NewUser) ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/:id") view=Admin(AdminPage::User) ssr=SsrMode::Async />
                    <Route path=path!("/admin/invitations") view=Admin(AdminPage::Invitations) ssr=SsrMode::Async />
                    <Route path=path!("/admin/health") view=Admin(AdminPage::Health) ssr=SsrMode::Async />
                    <Route path=path!("/admin/settings") view=Admin(AdminPage::Settings) ssr=SsrMode::Async />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
