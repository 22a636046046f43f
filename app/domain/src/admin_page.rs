//! The pages of the admin area, and whom each opens to.

use crate::{Account, Permission, closed::closed};

closed! {
    /// A page of the admin area. Its code is its address below `/admin/`, but for the overview, which is `/admin` itself.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum AdminPage {
        /// What needs care.
        Overview = "overview",
        /// All groups.
        Groups = "groups",
        /// All accounts.
        People = "users",
        /// What people are put into by their main characters.
        States = "states",
        /// Names that no group may have (R12).
        ReservedNames = "reserved-names",
        /// Links by which accounts are made.
        Invitations = "invitations",
        /// What holds for everybody.
        Settings = "settings",
        /// How the instance is doing.
        Health = "health",
        /// A new group.
        NewGroup = "groups/new",
        /// A new account.
        NewUser = "users/new",
        /// A new state.
        NewState = "states/new",
    }
}

impl AdminPage {
    /// Whether it opens to this account (product.md §5).
    #[must_use]
    pub fn opens_to(self, account: &Account) -> bool {
        let administers = |permission| account.administers(permission);
        match self {
            Self::Overview | Self::Health => account.enters_admin_area(),
            Self::Groups => administers(Permission::ManageGroups) || administers(Permission::ManageUsers),
            Self::NewGroup => administers(Permission::ManageGroups),
            Self::People | Self::Invitations | Self::NewUser => administers(Permission::ManageUsers),
            Self::States | Self::NewState => administers(Permission::ManageStates),
            Self::ReservedNames => administers(Permission::ManageReservedNames),
            Self::Settings => administers(Permission::ManageSettings),
        }
    }

    /// All that open to this account, in the order of the navigation.
    #[must_use]
    pub fn all_open_to(account: &Account) -> Vec<Self> {
        Self::ALL.into_iter().filter(|page| page.opens_to(account)).collect()
    }
}
