//! Tokens of the API.

use crate::{Timestamp, TokenId};
use serde::{Deserialize, Serialize};

/// A token as its owner sees it in the list. Its secret was shown once, and nobody has it but they.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// The token.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to within some minutes; `None` for never.
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself; `None` for never.
    pub expires_at: Option<Timestamp>,
}

impl TokenRow {
    /// How many tokens that open something an account may have.
    pub const MOST: usize = 50;

    /// For how many days a token is good where nothing else is asked for: what nobody remembers ends by itself.
    pub const DAYS: i64 = 365;

    /// When a token ends that is made now, where nothing else is asked for.
    #[must_use]
    pub const fn usual_end(now: Timestamp) -> Timestamp {
        now.plus_seconds(Self::DAYS * 24 * 60 * 60)
    }
}
