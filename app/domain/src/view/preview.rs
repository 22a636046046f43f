//! What a command would do to people: worked out by the very rules that would do it, and undone.

use crate::{Cause, GroupRef, Person, RequestKind, StateRef, notice};
use serde::{Deserialize, Serialize};

/// Says which consequences somebody looked at, so that a command is carried out only with those.
///
/// Made of everything that was worked out, beyond the people that a preview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint made of these bits.
    #[must_use]
    pub const fn of(bits: u64) -> Self {
        Self(bits)
    }

    /// `None` unless it is one, as written by its `Display`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a fingerprint has 16 hexadecimal digits")
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

/// What would happen to one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewEffect {
    /// They become a member.
    Joins,
    /// They are a member no more.
    Leaves,
    /// Their open request ends.
    RequestEnds(RequestKind),
    /// They come from one state into another.
    Moves {
        /// The state they are in.
        from: StateRef,
        /// The state they come into.
        to: StateRef,
    },
}

/// One consequence for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequence {
    /// What would happen.
    pub fate: PreviewEffect,
    /// In which group. `None` where it is in none, or in one whose members the viewer may not see.
    pub group: Option<GroupRef>,
    /// By which rule.
    pub cause: Option<Cause>,
    /// What they would be told, if anything.
    pub told: Option<notice::Subject>,
}

/// Somebody to whom something would happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// Who.
    pub person: Person,
    /// What, in the order in which it would.
    pub consequences: Vec<Consequence>,
}

/// How many people one kind of consequence would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What would happen.
    pub fate: PreviewEffect,
    /// In which group. `None` where it is in none, or in one whose members the viewer may not see.
    pub group: Option<GroupRef>,
    /// By which rule.
    pub cause: Option<Cause>,
    /// How often.
    pub count: u32,
}

/// What a command would do to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Whether anything would change at all: everything is as it is asked to be where not.
    pub changes: bool,
    /// How often what would happen, over everybody that was counted.
    pub tallies: Vec<Tally>,
    /// To how many people anything would happen.
    pub people: u32,
    /// The first of them by name, at most [`Preview::SHOWN`].
    pub shown: Vec<Touched>,
    /// Whether everybody was counted. A preview stops counting at some thousands, and the numbers are at least these.
    pub complete: bool,
    /// Whether the change would be worked off in steps, as it touches too many people for one.
    pub in_steps: bool,
    /// Says which consequences these are.
    pub fingerprint: Fingerprint,
}

impl Preview {
    /// The most people that are shown by name.
    pub const SHOWN: usize = 50;
}
