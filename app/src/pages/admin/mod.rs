//! The admin area, as far as the viewer's office reaches.

mod groups;
mod overview;
mod settings;

pub(crate) use groups::AllGroups;
pub(crate) use overview::Overview;
pub(crate) use settings::SettingsPage;
