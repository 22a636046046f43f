//! Changes of what exists: only the fields that are named change, the others stay as they are.

use crate::{
    AccountFields, AutoLeave, Description, Email, Flag, FoundBy, Group, GroupName, PartialFlags, Permissions, Scope,
    State, StateId, StateName, Username, closed::closed,
};
use serde::{Deserialize, Serialize};

/// What is to change about a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupChange {
    /// Its name.
    pub name: Option<GroupName>,
    /// What it is for.
    pub description: Option<Description>,
    /// Its flags.
    #[serde(flatten)]
    pub flags: PartialFlags,
    /// R8.
    pub auto_leave: Option<AutoLeave>,
    /// R6.
    pub states: Option<Vec<StateId>>,
    /// What its members are given; only superusers. No part of `applied_to`: each permission is an event of its own.
    pub permissions: Option<Permissions>,
}

impl GroupChange {
    /// A change of one flag.
    #[must_use]
    pub fn of_flag(flag: Flag, set: bool) -> Self {
        Self { flags: PartialFlags::default().with(flag, set), ..Self::default() }
    }

    /// The group as it would be, its permissions aside.
    #[must_use]
    pub fn applied_to(&self, group: &Group) -> Group {
        let mut states = self.states.clone().unwrap_or_else(|| group.states.clone());
        states.sort_unstable();
        states.dedup();
        Group {
            id: group.id,
            name: self.name.as_ref().map_or_else(|| group.name.clone(), |name| name.as_str().to_owned()),
            description: self.description.as_ref().map_or_else(|| group.description.clone(), |d| d.as_str().to_owned()),
            flags: self.flags.applied_to(group.flags),
            auto_leave: self.auto_leave.unwrap_or(group.auto_leave),
            states,
            permissions: group.permissions,
        }
    }
}

/// What is to change about a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserChange {
    /// What they sign in with.
    pub username: Option<Username>,
    /// Where mail reaches them; `Some(None)` takes the address away.
    pub email: Option<Option<Email>>,
    /// Whether they may sign in (R7).
    pub active: Option<bool>,
    /// Staff flag; only superusers.
    pub staff: Option<bool>,
    /// Superuser flag; only superusers.
    pub superuser: Option<bool>,
    /// What they hold directly; only superusers. No part of `applied_to`: each permission is an event of its own.
    pub permissions: Option<Permissions>,
    /// `Some(false)` takes away every group they are named to lead: who comes back leads them again else. No part of
    /// `applied_to`: each group is an event of its own.
    pub keeps_leads: Option<bool>,
}

impl UserChange {
    /// The account as it would be, its permissions aside.
    #[must_use]
    pub fn applied_to(&self, fields: &AccountFields) -> AccountFields {
        let email = self.email.as_ref().map(|email| email.as_ref().map(|email| email.as_str().to_owned()));
        AccountFields {
            username: self.username.as_ref().map_or_else(|| fields.username.clone(), |name| name.as_str().to_owned()),
            email: email.unwrap_or_else(|| fields.email.clone()),
            active: self.active.unwrap_or(fields.active),
            staff: self.staff.unwrap_or(fields.staff),
            superuser: self.superuser.unwrap_or(fields.superuser),
        }
    }
}

/// What is to change about a state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StateChange {
    /// Its name.
    pub name: Option<StateName>,
    /// Its priority.
    pub priority: Option<i64>,
    /// Whether it is open to every main.
    pub public: Option<bool>,
    /// What its users are given; only superusers. No part of `applied_to`: each permission is an event of its own.
    pub permissions: Option<Permissions>,
    /// Characters it is open to.
    pub characters: Option<Vec<i64>>,
    /// Corporations it is open to.
    pub corporations: Option<Vec<i64>>,
    /// Alliances it is open to.
    pub alliances: Option<Vec<i64>>,
    /// Factions it is open to.
    pub factions: Option<Vec<i64>>,
}

impl StateChange {
    /// The state as it would be, its permissions aside.
    #[must_use]
    pub fn applied_to(&self, state: &State) -> State {
        let list = |new: &Option<Vec<i64>>, old: &[i64]| {
            let mut ids = new.clone().unwrap_or_else(|| old.to_vec());
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        State {
            id: state.id,
            name: self.name.as_ref().map_or_else(|| state.name.clone(), |name| name.as_str().to_owned()),
            priority: self.priority.unwrap_or(state.priority),
            public: self.public.unwrap_or(state.public),
            permissions: state.permissions,
            scope: Scope {
                characters: list(&self.characters, &state.scope.characters),
                corporations: list(&self.corporations, &state.scope.corporations),
                alliances: list(&self.alliances, &state.scope.alliances),
                factions: list(&self.factions, &state.scope.factions),
            },
        }
    }
}

closed! {
    /// Who may make an account of their own.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Registration {
        /// Nobody: staff make accounts.
        #[default]
        Closed = "closed",
        /// Whoever has an invitation link.
        Invitation = "invitation",
        /// Everybody.
        Open = "open",
    }
}

/// The settings of the instance (product.md §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether deciders are told of new requests.
    pub requests_notification: bool,
    /// Whether leaving closed groups is at once (R8).
    pub auto_leave: bool,
    /// How many notifications are kept for each user, 1 to 1,000.
    pub notifications_max_per_user: u32,
    /// Who may make an account of their own.
    pub registration: Registration,
    /// Whether groups are told to those, too, to whom they are of no use (R2a). What was recorded before there was this
    /// setting has none.
    #[serde(default)]
    pub show_unavailable_groups: bool,
}

impl Settings {
    /// By what groups are come upon where no link leads to them.
    #[must_use]
    pub const fn way(&self) -> FoundBy {
        if self.show_unavailable_groups { FoundBy::Setting } else { FoundBy::Use }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            requests_notification: false,
            auto_leave: false,
            notifications_max_per_user: 50,
            registration: Registration::Closed,
            show_unavailable_groups: false,
        }
    }
}

/// What is to change about the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsChange {
    /// See `Settings`.
    pub requests_notification: Option<bool>,
    /// See `Settings`.
    pub auto_leave: Option<bool>,
    /// See `Settings`.
    pub notifications_max_per_user: Option<u32>,
    /// See `Settings`.
    pub registration: Option<Registration>,
    /// See `Settings`.
    pub show_unavailable_groups: Option<bool>,
}

impl SettingsChange {
    /// The settings as they would be.
    #[must_use]
    pub fn applied_to(&self, settings: &Settings) -> Settings {
        Settings {
            requests_notification: self.requests_notification.unwrap_or(settings.requests_notification),
            auto_leave: self.auto_leave.unwrap_or(settings.auto_leave),
            notifications_max_per_user: self.notifications_max_per_user.unwrap_or(settings.notifications_max_per_user),
            registration: self.registration.unwrap_or(settings.registration),
            show_unavailable_groups: self.show_unavailable_groups.unwrap_or(settings.show_unavailable_groups),
        }
    }
}
