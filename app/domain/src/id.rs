//! Identifiers and moments: one newtype each, so that none can stand for another.

use serde::{Deserialize, Serialize};
use std::{fmt, num::ParseIntError, str::FromStr};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Stands in a decision for the id that the database gives when the decision is recorded.
            pub const UNASSIGNED: Self = Self(0);
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// A user: a login account.
    UserId,
    /// A character of a user.
    CharacterId,
    /// A group. Never reused, not even after the group is deleted (R15).
    GroupId,
    /// A request to join or to leave.
    RequestId,
    /// A state, such as Guest or Member.
    StateId,
    /// An event: one row of the audit log.
    EventId,
    /// A notification.
    NotificationId,
    /// A reserved name.
    ReservedNameId,
    /// An invitation to make an account.
    InvitationId,
    /// A token of the API, as its owner sees it in the list of tokens. Not the secret itself.
    TokenId,
    /// A sign-in session, as its owner sees it in the list of sessions. Not the secret token.
    SessionId,
    /// The place of an event in the order in which events became visible. Gapless.
    Seq,
    /// Microseconds since 1970-01-01T00:00:00 UTC.
    Timestamp,
}

impl Timestamp {
    /// The moment `seconds` later (earlier where negative).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    /// Whole seconds from `earlier` to this moment, negative where `earlier` is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(1_000_000)
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

/// Names one attempt of one caller to change something, so that a repeat is answered once.
///
/// Made when the form is shown, or sent as `Idempotency-Key` (api.md).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(String);

impl CommandId {
    /// Longest accepted id, in characters.
    pub const MAX: usize = 64;

    /// `None` unless it has 1 to 64 visible ASCII characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=Self::MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
