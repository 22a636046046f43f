//! The admin area, as far as the viewer's office reaches.

mod groups;

pub(crate) use groups::AllGroups;
