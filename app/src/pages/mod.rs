//! One file per route: each reads its subject and composes parts.

pub(crate) mod audit;
pub(crate) mod group;
pub(crate) mod groups;
pub(crate) mod login;
pub(crate) mod not_found;
pub(crate) mod requests;
pub(crate) mod setup;
