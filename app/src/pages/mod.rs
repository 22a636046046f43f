//! One file per route: each reads its subject and composes parts.

mod audit;
mod group;
mod groups;
#[cfg(feature = "ssr")]
mod login;
mod not_found;
mod requests;
#[cfg(feature = "ssr")]
mod setup;

pub(crate) use audit::Audit;
pub(crate) use group::Group;
pub(crate) use groups::Groups;
#[cfg(feature = "ssr")]
pub(crate) use login::Login;
pub(crate) use not_found::NotFound;
pub(crate) use requests::Requests;
#[cfg(feature = "ssr")]
pub(crate) use setup::Setup;

// The ways in are plain forms, which the browser has nothing to add to: it does not even load their code.
#[cfg(not(feature = "ssr"))]
pub(crate) use not_found::{NotFound as Login, NotFound as Setup};
