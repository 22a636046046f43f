//! How views are drawn: without their types, and changed in place.

pub(crate) mod draw;
pub(crate) mod piece;
