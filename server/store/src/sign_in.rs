//! Accounts and sessions as the sign-in needs them. No password and no token comes here, only their hashes.

use crate::{Credentials, Draw, Drawn, NewSession, Session, Store, StoreError, UserLine, ask};
use domain::{NamedLead, SessionId, Theme, Timestamp, UserId};

impl Store {
    /// Whether there is any user; while there is none, `/setup` is open.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        ask!(self, database => database.has_users().await)
    }

    /// What a sign-in under this username or e-mail address is checked against; both ignore case.
    pub async fn credentials(&self, login: &str) -> Result<Option<Credentials>, StoreError> {
        ask!(self, database => database.credentials(login).await)
    }

    /// Keeps a new session.
    pub async fn start_session(&self, new: NewSession) -> Result<SessionId, StoreError> {
        ask!(self, database => database.start_session(new).await)
    }

    /// The session of a token, where it has not ended and its account is active.
    pub async fn session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, StoreError> {
        ask!(self, database => database.session(token_hash, now).await)
    }

    /// Notes that a session is in use. Every call writes: make it at most every few minutes.
    pub async fn touch_session(&self, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<(), StoreError> {
        ask!(self, database => database.touch_session(id, now, expires_at).await)
    }

    /// Ends one session. Nothing happens where it has ended already.
    pub async fn end_session(&self, id: SessionId) -> Result<(), StoreError> {
        ask!(self, database => database.end_session(id).await)
    }

    /// Ends every session of a user; answers how many there were.
    pub async fn end_sessions(&self, user: UserId) -> Result<u64, StoreError> {
        ask!(self, database => database.end_sessions(user).await)
    }

    /// Takes so many out of a bucket at once, or none of them, whichever process asks.
    pub async fn draw_allowance(&self, draw: Draw) -> Result<Drawn, StoreError> {
        ask!(self, database => database.draw_allowance(draw).await)
    }

    /// Fills a bucket.
    pub async fn fill_allowance(&self, key: [u8; 32]) -> Result<(), StoreError> {
        ask!(self, database => database.fill_allowance(key).await)
    }

    /// Forgets expired sessions, buckets that are full, and receipts and kept answers older than a day.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        ask!(self, database => database.sweep(now).await)
    }

    /// Replaces a password's hash (PHC string), such as after the parameters of the hash became stronger.
    pub async fn set_password(&self, user: UserId, password_hash: &str) -> Result<(), StoreError> {
        ask!(self, database => database.set_password(user, password_hash).await)
    }

    /// Keeps the user's choice of light or dark.
    pub async fn set_theme(&self, user: UserId, theme: Theme) -> Result<(), StoreError> {
        ask!(self, database => database.set_theme(user, theme).await)
    }

    /// Keeps the user's choice of language, a tag such as `de`.
    pub async fn set_language(&self, user: UserId, language: &str) -> Result<(), StoreError> {
        ask!(self, database => database.set_language(user, language).await)
    }

    /// The groups a user is named to lead, by name: what they lead while their account is active, by being named.
    pub async fn named_leads(&self, user: UserId) -> Result<Vec<NamedLead>, StoreError> {
        ask!(self, database => database.named_leads(user).await)
    }

    /// Users after the given one, in the order in which they were made; at most 500 at a time.
    pub async fn list_users(&self, after: Option<UserId>) -> Result<Vec<UserLine>, StoreError> {
        ask!(self, database => database.list_users(after).await)
    }
}
