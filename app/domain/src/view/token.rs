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
