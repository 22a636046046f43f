//! One file per route: each reads its subject and composes parts.

mod admin;
mod audit;
mod group;
mod groups;
#[cfg(feature = "ssr")]
mod login;
mod manage;
mod me;
mod members;
mod notifications;
#[cfg(feature = "ssr")]
mod one_time_secret;
mod profile;
#[cfg(feature = "ssr")]
mod register;
mod requests;
#[cfg(feature = "ssr")]
mod reset;
#[cfg(feature = "ssr")]
mod setup;

pub(crate) use crate::parts::not_found::NotFound;
pub(crate) use admin::{
    AllGroups, BulkEditPage, GroupSetupPage, HealthPage, InvitationsPage, NewGroup, NewUser, Overview, ReservedNames,
    SettingsPage, StatePage, States, User, Users,
};
pub(crate) use audit::{Audit, WholeAudit};
pub(crate) use group::Group;
pub(crate) use groups::Groups;
#[cfg(feature = "ssr")]
pub(crate) use login::Login;
pub(crate) use manage::Manage;
pub(crate) use me::Me;
pub(crate) use members::{AllMembers, Members};
pub(crate) use notifications::Notifications;
#[cfg(feature = "ssr")]
pub(crate) use one_time_secret::Once;
pub(crate) use profile::Profile;
#[cfg(feature = "ssr")]
pub(crate) use register::Register;
pub(crate) use requests::Requests;
#[cfg(feature = "ssr")]
pub(crate) use reset::Reset;
#[cfg(feature = "ssr")]
pub(crate) use setup::Setup;

// The ways in are plain forms, which the browser has nothing to add to: it does not even load their code.
#[cfg(not(feature = "ssr"))]
pub(crate) use crate::parts::not_found::{
    NotFound as Login, NotFound as Once, NotFound as Register, NotFound as Reset, NotFound as Setup,
};
