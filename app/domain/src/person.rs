//! People as others see them, and the accounts behind them.

use crate::{CharacterId, Permission, Permissions, StateId, UserId};
use serde::{Deserialize, Serialize};

/// The main character of a user, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MainCharacter {
    /// The character.
    pub id: CharacterId,
    /// Its name.
    pub name: String,
    /// The corporation it belongs to.
    pub corporation: Option<String>,
    /// The alliance it belongs to.
    pub alliance: Option<String>,
}

/// A user as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account.
    pub id: UserId,
    /// What they sign in with.
    pub username: String,
    /// Their main character; communities without characters have none.
    pub main_character: Option<MainCharacter>,
}

impl Person {
    /// Corporation and alliance of the main character, as far as there are any.
    #[must_use]
    pub fn organisations(&self) -> Vec<&str> {
        let main = self.main_character.iter();
        main.flat_map(|main| [&main.corporation, &main.alliance]).flatten().map(String::as_str).collect()
    }

    /// The name to show: the main character's, else the username (product.md §2).
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.main_character.as_ref().map_or(&self.username, |main| &main.name)
    }
}

/// What can be changed about an account, as it stands at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFields {
    /// What they sign in with.
    pub username: String,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// May sign in.
    pub active: bool,
    /// May enter the admin area, as far as the permissions reach.
    pub staff: bool,
    /// Holds every permission.
    pub superuser: bool,
}

/// The account of a person with what it may do. Loaded fresh for every decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who it is.
    pub person: Person,
    /// An inactive account holds no permission and leads nothing.
    pub active: bool,
    /// May enter the admin area, as far as its permissions reach.
    pub staff: bool,
    /// Holds every permission.
    pub superuser: bool,
    /// Own permissions, those of all groups and those of the state, before the two flags above count.
    pub granted: Permissions,
    /// The state the user is in.
    pub state: StateId,
}

impl Account {
    /// Whether the permission is effective: all of them for a superuser, none while inactive.
    #[must_use]
    pub const fn holds(&self, permission: Permission) -> bool {
        self.active && (self.superuser || self.granted.contains(permission))
    }

    /// Whether the permission reaches into the admin area: it is held, and the account is staff.
    #[must_use]
    pub const fn administers(&self, permission: Permission) -> bool {
        self.holds(permission) && (self.superuser || self.staff)
    }

    /// Everything the account holds.
    #[must_use]
    pub fn effective(&self) -> Permissions {
        Permission::ALL.into_iter().filter(|permission| self.holds(*permission)).collect()
    }

    /// Whether anything in the admin area opens for this account.
    #[must_use]
    pub fn enters_admin_area(&self) -> bool {
        Permission::ALL.into_iter().skip(2).any(|permission| self.administers(permission))
    }
}

/// Who asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Not signed in.
    Nobody,
    /// A signed-in user.
    User(Account),
    /// Muster itself: the command line, a rule, a schedule.
    System,
}

impl Actor {
    /// The account, where it is an active user.
    #[must_use]
    pub const fn account(&self) -> Option<&Account> {
        match self {
            Self::User(account) if account.active => Some(account),
            Self::Nobody | Self::User(_) | Self::System => None,
        }
    }

    /// The id of the active account.
    #[must_use]
    pub fn id(&self) -> Option<UserId> {
        self.account().map(|account| account.person.id)
    }

    /// Whether a staff member or superuser with this permission asks; the system may everything.
    #[must_use]
    pub fn administers(&self, permission: Permission) -> bool {
        matches!(self, Self::System) || self.account().is_some_and(|a| a.administers(permission))
    }

    /// Whether a superuser asks; the system counts as one.
    #[must_use]
    pub fn is_superuser(&self) -> bool {
        matches!(self, Self::System) || self.account().is_some_and(|a| a.superuser)
    }
}

/// How a user stands to one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Holds at least one live grant (R14).
    pub member: bool,
    /// Is named as a leader.
    pub leader: bool,
    /// Is a member of one of the leader groups. Not recursive.
    pub leader_through_group: bool,
}

impl Standing {
    /// Neither member nor leader.
    pub const STRANGER: Self = Self { member: false, leader: false, leader_through_group: false };

    /// Whether they lead the group, either way.
    #[must_use]
    pub const fn leads(self) -> bool {
        self.leader || self.leader_through_group
    }
}

/// Whether a group is led, given how people stand to it: by somebody active, who is named or a member of one of its leader
/// groups. An inactive account leads nothing, and a leader group that nobody active is in does not either.
///
/// The one meaning of it: what a list says of a group, what filters by it, what needs care and what the admin area finds.
#[must_use]
pub fn is_led<'a>(people: impl IntoIterator<Item = (&'a Account, Standing)>) -> bool {
    people.into_iter().any(|(account, standing)| account.active && standing.leads())
}
