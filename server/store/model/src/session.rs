//! Accounts and sessions as the sign-in needs them. Holds secrets: nothing here can be serialized.

use domain::{SessionId, Theme, Timestamp, UserId};

/// What a sign-in is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub user: UserId,
    /// What it is called.
    pub username: String,
    /// The hash of its password (PHC string), if it has one.
    pub password_hash: Option<String>,
    /// An inactive account cannot sign in.
    pub active: bool,
}

/// Whom a sign-in names, as far as there is such an account.
#[derive(Clone)]
pub struct Named {
    /// The key of what was typed: every spelling of a name has one (R16).
    pub key: String,
    /// The account.
    pub account: Option<Credentials>,
    /// Whether somebody has signed in to that account from this browser before.
    pub knows_browser: bool,
}

/// A session that is to be kept.
#[derive(Clone)]
pub struct NewSession {
    /// Whose.
    pub user: UserId,
    /// SHA-256 of the token; the token itself is only in the cookie.
    pub token_hash: [u8; 32],
    /// What the browser calls itself, for the list of sessions.
    pub user_agent: String,
    /// Now.
    pub now: Timestamp,
    /// When it ends unless used again.
    pub expires_at: Timestamp,
}

/// A live session of an active account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The user's choice of light or dark, for the first byte of every page.
    pub theme: Theme,
    /// The user's choice of language as a tag such as `de`, if they made one; the store does not know which there are.
    pub language: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last used, to within some minutes.
    pub last_seen_at: Timestamp,
    /// When it ends unless used again.
    pub expires_at: Timestamp,
}
