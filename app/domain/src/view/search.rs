//! What the palette finds by name.

use crate::{GroupRef, Person};
use serde::{Deserialize, Serialize};

/// A person the viewer may know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    /// Who.
    pub person: Person,
    /// One of the groups the viewer decides for that they are in. `None` for oneself and for those who see everybody.
    pub group: Option<GroupRef>,
}

/// Groups and people whose names hold what was searched for: at most [`Found::MOST`] of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Groups, by name.
    pub groups: Vec<GroupRef>,
    /// People, by name.
    pub people: Vec<FoundPerson>,
}

impl Found {
    /// The most groups, and the most people, that are found.
    pub const MOST: usize = 8;
}
