//! Tokens of the API, and the answers kept for repeats of its calls.

use domain::{Timestamp, TokenId, UserId};

/// A token that opens the API now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token.
    pub id: TokenId,
    /// In whose name it acts.
    pub user: UserId,
    /// When it was last used, to within some minutes.
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

/// A token as `muster token list` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenLine {
    /// The token.
    pub id: TokenId,
    /// Whose it is.
    pub user: UserId,
    /// Their username.
    pub username: String,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to within some minutes.
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// The answer to a call, as every repeat of it gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body, as it was sent.
    pub body: String,
}

/// What is known of a call that may be a repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is the first, and now to be carried out.
    Taken,
    /// It is a repeat, and this was the answer.
    Answered(KeptAnswer),
    /// It is a repeat of one that is not answered yet.
    UnderWay,
    /// The same key was used with another body.
    Reused,
}
