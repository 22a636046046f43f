//! States as the admin area and the API show them.

use crate::State;
use serde::{Deserialize, Serialize};

/// What those of one kind are called, by their ids in the outside world.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindNames(Vec<(i64, String)>);

impl KindNames {
    /// Whether none is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the one with this id is called.
    #[must_use]
    pub fn of(&self, id: i64) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str())
    }

    /// Notes what one is called.
    pub fn note(&mut self, id: i64, name: String) {
        self.0.push((id, name));
    }
}

/// What those are called that a state is open to, as far as a character that is known belongs to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeNames {
    /// Characters.
    pub characters: KindNames,
    /// Corporations.
    pub corporations: KindNames,
    /// Alliances.
    pub alliances: KindNames,
    /// Factions.
    pub factions: KindNames,
}

impl ScopeNames {
    /// All kinds, in the order of a state's scope.
    #[must_use]
    pub const fn kinds(&self) -> [&KindNames; 4] {
        [&self.characters, &self.corporations, &self.alliances, &self.factions]
    }
}

/// A state with its definition, its permissions and how many users are in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateRow {
    /// The state.
    pub state: State,
    /// How many users are in it.
    pub users: u32,
    /// What those are called that it is open to.
    pub names: ScopeNames,
}
