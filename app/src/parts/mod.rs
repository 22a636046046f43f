//! What pages are made of: one file per component, and a sheet of the same name in `style/parts` for what it looks like.

pub(crate) mod badge;
pub(crate) mod command_form;
pub(crate) mod connection;
pub(crate) mod draw;
pub(crate) mod empty;
#[cfg(feature = "ssr")]
pub(crate) mod field;
pub(crate) mod frame;
pub(crate) mod group_row;
pub mod icon;
pub(crate) mod language_switch;
pub(crate) mod loaded;
pub(crate) mod notice;
pub(crate) mod offer_button;
pub(crate) mod pager;
pub(crate) mod person;
pub(crate) mod piece;
pub(crate) mod prose;
pub(crate) mod query_form;
pub(crate) mod request_row;
pub(crate) mod theme_switch;
pub(crate) mod time;
pub(crate) mod title;
pub(crate) mod toast;
