//! Accounts and sessions as the sign-in needs them. No password and no token comes here, only their hashes.

use crate::{Credentials, Draw, Drawn, Named, NewSession, Session, Store, StoreError, UserLine, ask};
use domain::{FailedSignIns, NamedLead, SessionId, SharedKey, Theme, Timestamp, UserId};

impl Store {
    /// Whether there is any user; while there is none, `/setup` is open.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        ask!(self, database => database.has_users().await)
    }

    /// What a sign-in under this username or e-mail address is checked against; both ignore case.
    pub async fn credentials(&self, login: &str) -> Result<Option<Credentials>, StoreError> {
        ask!(self, database => database.credentials(login).await)
    }

    /// Whom a sign-in names, by username or e-mail address, in whatever spelling; and whether the account knows the browser
    /// whose cookie has this hash.
    pub async fn named(&self, login: &str, device: Option<&[u8; 32]>) -> Result<Named, StoreError> {
        ask!(self, database => database.named(login, device).await)
    }

    /// Notes that somebody signed in: the account knows the browser by the new cookie from now on, and failures before are
    /// forgotten. `before` is the hash of the cookie that the browser came with.
    pub async fn note_sign_in(
        &self,
        user: UserId,
        before: Option<[u8; 32]>,
        device: [u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        ask!(self, database => database.note_sign_in(user, before, device, now).await)
    }

    /// Counts a sign-in to an account that failed; answers all of late where their owner is to be told of them now. Where
    /// there is no such account, nothing is counted, by the same statement.
    pub async fn count_failed_sign_in(
        &self,
        user: UserId,
        address: &str,
        now: Timestamp,
    ) -> Result<Option<FailedSignIns>, StoreError> {
        ask!(self, database => database.count_failed_sign_in(user, address, now).await)
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

    /// Takes so many out of a bucket at once, or none of them, whichever process asks.
    pub async fn draw_allowance(&self, draw: Draw) -> Result<Drawn, StoreError> {
        ask!(self, database => database.draw_allowance(draw).await)
    }

    /// Takes so many out of each of these buckets, or nothing out of any. Each answer says whether its own bucket had as
    /// many. Whoever draws from several of them elsewhere names them in the same order.
    pub async fn draw_allowances(&self, draws: Vec<Draw>) -> Result<Vec<Drawn>, StoreError> {
        ask!(self, database => database.draw_allowances(draws).await)
    }

    /// Puts back what was taken out of a bucket.
    pub async fn give_back_allowance(&self, draw: Draw) -> Result<(), StoreError> {
        ask!(self, database => database.give_back_allowance(draw).await)
    }

    /// Fills a bucket.
    pub async fn fill_allowance(&self, key: [u8; 32]) -> Result<(), StoreError> {
        ask!(self, database => database.fill_allowance(key).await)
    }

    /// Forgets expired sessions, buckets that are full, and receipts and kept answers older than a day.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        ask!(self, database => database.sweep(now).await)
    }

    /// Puts another hash (PHC string) of the same password into the place of one, where that is still the hash.
    pub async fn renew_password(&self, user: UserId, known: &str, renewed: &str) -> Result<(), StoreError> {
        ask!(self, database => database.renew_password(user, known, renewed).await)
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

    /// Pairs of accounts of which one is called what is the other's e-mail address (R17).
    pub async fn shared_account_keys(&self) -> Result<Vec<SharedKey>, StoreError> {
        ask!(self, database => database.shared_account_keys().await)
    }

    /// Users after the given one, in the order in which they were made; at most 500 at a time.
    pub async fn list_users(&self, after: Option<UserId>) -> Result<Vec<UserLine>, StoreError> {
        ask!(self, database => database.list_users(after).await)
    }
}
