//! What an account may hold beyond being a user (product.md §1).

use crate::closed::closed;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

closed! {
    /// A right that is held directly, through a group or through a state. Their order is that of their stable codes.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Permission {
        /// May join or ask for non-public groups (R4, R7).
        RequestGroups = "request_groups",
        /// May do in every non-internal group what its leaders may.
        GroupManagement = "group_management",
        /// Staff: create, edit and delete groups.
        ManageGroups = "manage_groups",
        /// Staff: create, edit and (de)activate users.
        ManageUsers = "manage_users",
        /// Staff: edit states.
        ManageStates = "manage_states",
        /// Staff: reserve and free names.
        ManageReservedNames = "manage_reserved_names",
        /// Staff: change the settings.
        ManageSettings = "manage_settings",
        /// Staff: read the whole audit log.
        ViewAudit = "view_audit",
    }
}

impl Permission {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of permissions. Travels as a list of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Permissions(u16);

impl Permissions {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// Whether `permission` is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// The set with `permission` added.
    #[must_use]
    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | permission.bit())
    }

    /// The set with `permission` taken out.
    #[must_use]
    pub const fn without(self, permission: Permission) -> Self {
        Self(self.0 & !permission.bit())
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether everything in `other` is in this set too.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions of the set, in code order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |p| self.contains(*p))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(iter: I) -> Self {
        iter.into_iter().fold(Self::NONE, Self::with)
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Permission>::deserialize(deserializer).map(Self::from_iter)
    }
}
