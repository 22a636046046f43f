//! Characters: what a user is in the outside world (product.md §2).

use crate::{CharacterId, CharacterName, MainCharacter};
use serde::{Deserialize, Serialize};

/// A corporation, an alliance or a faction: its id in the outside world, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id in the outside world.
    pub id: i64,
    /// Its name.
    pub name: CharacterName,
}

/// A character that is to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharacterDraft {
    /// Its id in the outside world, unique.
    pub external_id: i64,
    /// Its name.
    pub name: CharacterName,
    /// Its corporation.
    pub corporation: Option<Organisation>,
    /// Its alliance.
    pub alliance: Option<Organisation>,
    /// Its faction.
    pub faction: Option<Organisation>,
}

/// What is to change about a character; `Some(None)` takes the organisation away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CharacterChange {
    /// Its name.
    pub name: Option<CharacterName>,
    /// Its corporation.
    pub corporation: Option<Option<Organisation>>,
    /// Its alliance.
    pub alliance: Option<Option<Organisation>>,
    /// Its faction.
    pub faction: Option<Option<Organisation>>,
}

/// What a main character belongs to, by external ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// The character itself.
    pub character: i64,
    /// Its corporation.
    pub corporation: Option<i64>,
    /// Its alliance.
    pub alliance: Option<i64>,
    /// Its faction.
    pub faction: Option<i64>,
}

/// A character of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Character {
    /// The character.
    pub id: CharacterId,
    /// What it is in the outside world.
    pub profile: CharacterDraft,
}

impl Character {
    /// What states look at.
    #[must_use]
    pub fn affiliation(&self) -> Affiliation {
        let id = |organisation: &Option<Organisation>| organisation.as_ref().map(|organisation| organisation.id);
        Affiliation {
            character: self.profile.external_id,
            corporation: id(&self.profile.corporation),
            alliance: id(&self.profile.alliance),
            faction: id(&self.profile.faction),
        }
    }

    /// The character as others see it where it is the main.
    #[must_use]
    pub fn as_main(&self) -> MainCharacter {
        let name = |organisation: &Option<Organisation>| {
            organisation.as_ref().map(|organisation| organisation.name.as_str().to_owned())
        };
        MainCharacter {
            id: self.id,
            name: self.profile.name.as_str().to_owned(),
            corporation: name(&self.profile.corporation),
            alliance: name(&self.profile.alliance),
        }
    }

    /// The character as it would be.
    #[must_use]
    pub fn changed(&self, change: &CharacterChange) -> Self {
        let profile = self.profile.clone();
        Self {
            id: self.id,
            profile: CharacterDraft {
                external_id: profile.external_id,
                name: change.name.clone().unwrap_or(profile.name),
                corporation: change.corporation.clone().unwrap_or(profile.corporation),
                alliance: change.alliance.clone().unwrap_or(profile.alliance),
                faction: change.faction.clone().unwrap_or(profile.faction),
            },
        }
    }
}
