//! How views are drawn: without their types, and changed in place.

pub(crate) mod dynamic;
pub(crate) mod erased;
