//! A group and its five flags (product.md §3).

use crate::{GroupId, Permissions, StateId, closed::closed};
use serde::{Deserialize, Serialize};

/// The five flags of a group. A new group is internal and hidden.
#[expect(clippy::struct_excessive_bools, reason = "product.md names five independent flags")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// Nobody sees, joins, asks for or leaves it as a user (R1).
    pub internal: bool,
    /// Absent from the list for those who are not members (R2).
    pub hidden: bool,
    /// Joining and leaving take effect at once (R3).
    pub open: bool,
    /// `request_groups` is not needed (R4).
    pub public: bool,
    /// Only a superuser touches its members, leaders, flags and rights (R5).
    pub restricted: bool,
}

impl Default for Flags {
    fn default() -> Self {
        Self { internal: true, hidden: true, open: false, public: false, restricted: false }
    }
}

closed! {
    /// Whether leaving a closed group is at once (R8).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum AutoLeave {
        /// As the setting of the whole instance says.
        #[default]
        Inherit = "inherit",
        /// At once.
        On = "on",
        /// By a request.
        Off = "off",
    }
}

impl AutoLeave {
    /// What holds for a group with this value under the instance's setting.
    #[must_use]
    pub const fn is_effective(self, instance: bool) -> bool {
        match self {
            Self::Inherit => instance,
            Self::On => true,
            Self::Off => false,
        }
    }
}

/// A group as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// The five flags.
    pub flags: Flags,
    /// Whether leaving is at once.
    pub auto_leave: AutoLeave,
    /// The states whose users may be in it; empty means any (R6).
    pub states: Vec<StateId>,
    /// What its members are given.
    pub permissions: Permissions,
}

impl Group {
    /// Whether users of this state may be in the group (R6).
    #[must_use]
    pub fn admits_state(&self, state: StateId) -> bool {
        self.outline().admits_state(state)
    }

    /// The group as far as it decides who knows of it.
    #[must_use]
    pub fn outline(&self) -> Outline<'_> {
        Outline { flags: self.flags, states: &self.states }
    }

    /// The group as an event or a list names it.
    #[must_use]
    pub fn reference(&self) -> GroupRef {
        GroupRef { id: self.id, name: self.name.clone() }
    }
}

/// What of a group decides who may know of it and enter it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline<'a> {
    /// The five flags.
    pub flags: Flags,
    /// The states whose users may be in it; empty means any (R6).
    pub states: &'a [StateId],
}

impl Outline<'_> {
    /// Whether users of this state may be in the group (R6).
    #[must_use]
    pub fn admits_state(self, state: StateId) -> bool {
        self.states.is_empty() || self.states.contains(&state)
    }
}

/// A group by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRef {
    /// The group.
    pub id: GroupId,
    /// Its name, as it is or as it was then.
    pub name: String,
}

/// By what somebody comes upon a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Nothing but that it is of use to them (R2a).
    #[default]
    Use,
    /// The setting by which groups are told to those, too, to whom they are of no use (R2a).
    Setting,
    /// The group's join link (R2).
    Link,
}
