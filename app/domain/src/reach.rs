//! How far a group reaches: what being in it, or leading it, can in the end give somebody.
//!
//! Nobody may hand out, to themselves or to others, more than they hold. A group's own permissions are not all it
//! gives: its members may lead other groups, and those carry permissions, or are restricted (R5).

use crate::{Account, Actor, Denial, Flag, Group, Permission, Permissions};
use serde::{Deserialize, Serialize};

/// What membership or leadership of something opens in the end, over all groups that are led through it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Whether any of them is restricted.
    pub restricted: bool,
    /// What any of them gives.
    pub permissions: Permissions,
}

impl Reach {
    /// What one group opens by itself.
    #[must_use]
    pub const fn of(group: &Group) -> Self {
        Self { restricted: group.flags.has(Flag::Restricted), permissions: group.permissions }
    }

    /// What either opens.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self { restricted: self.restricted || other.restricted, permissions: self.permissions.union(other.permissions) }
    }

    /// What this opens and the other does not.
    #[must_use]
    pub const fn beyond(self, other: Self) -> Self {
        Self {
            restricted: self.restricted && !other.restricted,
            permissions: self.permissions.minus(other.permissions),
        }
    }

    /// Whether the actor may bring others to it by administering accounts and states.
    ///
    /// As `given_by`, but for `request_groups`: it is the right of every ordinary member, and to say who is one is what
    /// `manage_users` and `manage_states` are for. Nobody does so for themselves; that is `given_by`.
    ///
    /// # Errors
    /// `SuperuserRequired`.
    pub fn entrusted_to(self, actor: &Actor) -> Result<(), Denial> {
        Self { permissions: self.permissions.without(Permission::RequestGroups), ..self }.given_by(actor)
    }

    /// Whether the actor may hand it out: a superuser everything; others nothing restricted, and no permission that
    /// they do not hold themselves.
    ///
    /// # Errors
    /// `SuperuserRequired`.
    pub fn given_by(self, actor: &Actor) -> Result<(), Denial> {
        let within = |account: &Account| !self.restricted && account.effective().covers(self.permissions);
        if actor.is_superuser() || actor.account().is_some_and(within) {
            Ok(())
        } else {
            Err(Denial::SuperuserRequired)
        }
    }
}
