//! The admin area, as far as the viewer's office reaches.

mod bulk_edit;
mod group;
mod groups;
mod health;
mod invitations;
mod new_group;
mod new_user;
mod overview;
mod reserved_names;
mod settings;
mod state;
mod states;
mod user;
mod users;

pub(crate) use bulk_edit::BulkEditPage;
pub(crate) use group::GroupSetupPage;
pub(crate) use groups::AllGroups;
pub(crate) use health::HealthPage;
pub(crate) use invitations::InvitationsPage;
pub(crate) use new_group::NewGroup;
pub(crate) use new_user::NewUser;
pub(crate) use overview::Overview;
pub(crate) use reserved_names::ReservedNames;
pub(crate) use settings::SettingsPage;
pub(crate) use state::StatePage;
pub(crate) use states::States;
pub(crate) use user::User;
pub(crate) use users::Users;
