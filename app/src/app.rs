//! The app: its contexts and its routes.

use crate::{
    chunk::{AdminPage, Later, LeadPage, MemberPage},
    live::Live,
    pages::{Groups, Login, NotFound, Once, Register, Reset, Setup},
    parts::{frame::Frame, keys::Keys, time::provide_present, toast::Toast},
};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
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
            <Frame>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/login") view=Login ssr=SsrMode::Async />
                    <Route path=path!("/setup") view=Setup ssr=SsrMode::Async />
                    <Route path=path!("/register") view=Register ssr=SsrMode::Async />
                    <Route path=path!("/reset/:token") view=Reset ssr=SsrMode::Async />
                    <Route path=path!("/once") view=Once ssr=SsrMode::Async />
                    <Route path=path!("/groups") view=Groups ssr=SsrMode::Async />
                    <Route path=path!("/groups/:id") view=Later(MemberPage::Group) ssr=SsrMode::Async />
                    <Route path=path!("/join/:token") view=Later(MemberPage::Group) ssr=SsrMode::Async />
                    <Route path=path!("/me") view=Later(MemberPage::Me) ssr=SsrMode::Async />
                    <Route path=path!("/me/profile") view=Later(MemberPage::Profile) ssr=SsrMode::Async />
                    <Route path=path!("/notifications") view=Later(MemberPage::Notifications) ssr=SsrMode::Async />
                    <Route path=path!("/requests") view=Later(LeadPage::Requests) ssr=SsrMode::Async />
                    <Route path=path!("/manage") view=Later(LeadPage::Manage) ssr=SsrMode::Async />
                    <Route path=path!("/manage/:id/members") view=Later(LeadPage::Members) ssr=SsrMode::Async />
                    <Route path=path!("/manage/:id/audit") view=Later(LeadPage::Audit) ssr=SsrMode::Async />
                    <Route path=path!("/audit") view=Later(LeadPage::WholeAudit) ssr=SsrMode::Async />
                    <Route path=path!("/admin") view=Later(AdminPage::Overview) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups") view=Later(AdminPage::Groups) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/new") view=Later(AdminPage::NewGroup) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/:id") view=Later(AdminPage::Group) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/:id/members") view=Later(AdminPage::GroupMembers) ssr=SsrMode::Async />
                    <Route path=path!("/admin/groups/:id/roll") view=Later(AdminPage::Roll) ssr=SsrMode::Async />
                    <Route path=path!("/admin/states") view=Later(AdminPage::States) ssr=SsrMode::Async />
                    <Route path=path!("/admin/states/new") view=Later(AdminPage::State) ssr=SsrMode::Async />
                    <Route path=path!("/admin/states/:id") view=Later(AdminPage::State) ssr=SsrMode::Async />
                    <Route path=path!("/admin/reserved-names") view=Later(AdminPage::ReservedNames) ssr=SsrMode::Async />
                    <Route path=path!("/admin/users") view=Later(AdminPage::Users) ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/new") view=Later(AdminPage::NewUser) ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/:id") view=Later(AdminPage::User) ssr=SsrMode::Async />
                    <Route path=path!("/admin/invitations") view=Later(AdminPage::Invitations) ssr=SsrMode::Async />
                    <Route path=path!("/admin/health") view=Later(AdminPage::Health) ssr=SsrMode::Async />
                    <Route path=path!("/admin/settings") view=Later(AdminPage::Settings) ssr=SsrMode::Async />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
