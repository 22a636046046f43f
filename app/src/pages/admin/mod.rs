//! The admin area, as far as the viewer's office reaches.

mod groups;
mod health;
mod overview;
mod reserved_names;
mod settings;
mod state;
mod states;

pub(crate) use groups::AllGroups;
pub(crate) use health::HealthPage;
pub(crate) use overview::Overview;
pub(crate) use reserved_names::ReservedNames;
pub(crate) use settings::SettingsPage;
pub(crate) use state::StatePage;
pub(crate) use states::States;
