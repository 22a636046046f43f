//! The viewer's own account.

use crate::{Character, GroupId, Permissions, Person, Seq, StateRef, Theme, Timestamp};
use serde::{Deserialize, Serialize};

/// Everything about one's own account that one may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub person: Person,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// May sign in.
    pub active: bool,
    /// May enter the admin area, as far as the permissions reach.
    pub staff: bool,
    /// Holds every permission.
    pub superuser: bool,
    /// The state they are in.
    pub state: StateRef,
    /// Their characters, by name.
    pub characters: Vec<Character>,
    /// Effective permissions.
    pub permissions: Permissions,
    /// The groups they lead, by name or through a leader group.
    pub leads: Vec<GroupId>,
    /// The language they chose, as a BCP 47 tag; that of the browser where they chose none.
    pub language: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// When the account was made.
    pub created_at: Timestamp,
    /// The feed's head, taken before the rest was read.
    pub seq: Seq,
}
