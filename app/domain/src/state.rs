//! States: every user is in exactly one (product.md §2).

use crate::{Affiliation, Character, Organisation, Permissions, StateId, StateName};
use serde::{Deserialize, Serialize};

/// Whom a state is open to, by external ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Characters.
    pub characters: Vec<i64>,
    /// Corporations.
    pub corporations: Vec<i64>,
    /// Alliances.
    pub alliances: Vec<i64>,
    /// Factions.
    pub factions: Vec<i64>,
}

/// A state by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StateRef {
    /// The state.
    pub id: StateId,
    /// Its name.
    pub name: String,
}

/// A state that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateDraft {
    /// Its name.
    pub name: StateName,
    /// Its priority.
    pub priority: i64,
    /// Whether it is open to every main.
    pub public: bool,
    /// What its users are given; only superusers may name any.
    pub permissions: Permissions,
    /// Whom it is open to.
    pub scope: Scope,
}

/// A state with its definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The state.
    pub id: StateId,
    /// Unique.
    pub name: String,
    /// Unique; the higher wins.
    pub priority: i64,
    /// Open to everybody who has a main character.
    pub public: bool,
    /// What users in this state are given.
    pub permissions: Permissions,
    /// Whom it is open to.
    pub scope: Scope,
}

impl State {
    /// The shipped state that takes whoever fits no other. Undeletable.
    pub const GUEST: StateId = StateId(1);
    /// The shipped state for friends.
    pub const BLUE: StateId = StateId(2);
    /// The shipped state for members; carries `request_groups`.
    pub const MEMBER: StateId = StateId(3);

    /// Whether somebody with this main character fits.
    #[must_use]
    pub fn is_open_to(&self, main: &Affiliation) -> bool {
        let names = |ids: &[i64], id: Option<i64>| id.is_some_and(|id| ids.contains(&id));
        self.public
            || self.scope.characters.contains(&main.character)
            || names(&self.scope.corporations, main.corporation)
            || names(&self.scope.alliances, main.alliance)
            || names(&self.scope.factions, main.faction)
    }
}

/// The state of a user with this main: the open one of highest priority, else Guest.
#[must_use]
pub fn state_of(main: Option<&Affiliation>, states: &[State]) -> StateId {
    main.and_then(|main| states.iter().filter(|state| state.is_open_to(main)).max_by_key(|state| state.priority))
        .map_or(State::GUEST, |state| state.id)
}

/// Why somebody is in their state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateReason {
    /// Inactive accounts are guests.
    Inactive,
    /// Who has no main character is a guest.
    NoMain,
    /// The main character fits no other state.
    FitsNoOther,
    /// The state is open to every main character.
    Public,
    /// It is open to this character.
    Character(String),
    /// It is open to the corporation of the main character.
    Corporation(String),
    /// It is open to its alliance.
    Alliance(String),
    /// It is open to its faction.
    Faction(String),
}

/// The state of a user with this main, and why it is that one: `state_of` with its reason.
#[must_use]
pub fn state_and_reason(active: bool, main: Option<&Character>, states: &[State]) -> (StateId, StateReason) {
    if !active {
        return (State::GUEST, StateReason::Inactive);
    }
    let Some(main) = main else { return (State::GUEST, StateReason::NoMain) };
    let id = state_of(Some(&main.affiliation()), states);
    let open = states.iter().find(|state| state.id == id).filter(|state| state.is_open_to(&main.affiliation()));
    let Some(state) = open else { return (id, StateReason::FitsNoOther) };
    let named = |ids: &[i64], organisation: &Option<Organisation>| {
        organisation.as_ref().filter(|it| ids.contains(&it.id)).map(|it| it.name.as_str().to_owned())
    };
    let (scope, profile) = (&state.scope, &main.profile);
    let reason = if scope.characters.contains(&profile.external_id) {
        StateReason::Character(profile.name.as_str().to_owned())
    } else if let Some(name) = named(&scope.corporations, &profile.corporation) {
        StateReason::Corporation(name)
    } else if let Some(name) = named(&scope.alliances, &profile.alliance) {
        StateReason::Alliance(name)
    } else if let Some(name) = named(&scope.factions, &profile.faction) {
        StateReason::Faction(name)
    } else if id == State::GUEST {
        StateReason::FitsNoOther
    } else {
        StateReason::Public
    };
    (id, reason)
}
