//! Accounts and sessions.

use crate::{
    Store,
    shared::{InContext, account, allowance, leader, session},
};
use domain::{NamedLead, SessionId, Theme, Timestamp, UserId};
use std::sync::Arc;
use store_model::{Credentials, Draw, Drawn, NewSession, Session, StoreError, UserLine};

/// Accounts and sessions.
impl Store {
    /// Whether there is any user.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        let context = "looking for users";
        let mut conn = self.reader().await.in_context(context)?;
        account::any_exists(&mut conn).await.in_context(context)
    }

    /// What a sign-in is checked against.
    pub async fn credentials(&self, login: &str) -> Result<Option<Credentials>, StoreError> {
        let context = "looking for an account";
        let mut conn = self.reader().await.in_context(context)?;
        session::find_credentials(&mut conn, login).await.in_context(context)
    }

    /// Keeps a new session.
    pub async fn start_session(&self, new: NewSession) -> Result<SessionId, StoreError> {
        let new = Arc::new(new);
        self.write(move |conn| {
            let new = Arc::clone(&new);
            Box::pin(async move { session::insert(conn, &new).await })
        })
        .await
        .in_context("starting a session")
    }

    /// The live session of a token.
    pub async fn session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, StoreError> {
        let context = "looking for a session";
        let mut conn = self.reader().await.in_context(context)?;
        session::find(&mut conn, token_hash, now).await.in_context(context)
    }

    /// Notes that a session is in use.
    pub async fn touch_session(&self, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(session::touch(conn, id, now, expires_at)))
            .await
            .in_context("prolonging a session")
    }

    /// Ends one session.
    pub async fn end_session(&self, id: SessionId) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(session::delete(conn, id))).await.in_context("ending a session")
    }

    /// Ends every session of a user.
    pub async fn end_sessions(&self, user: UserId) -> Result<u64, StoreError> {
        self.write(move |conn| Box::pin(session::delete_of(conn, user))).await.in_context("ending sessions")
    }

    /// Takes so many out of a bucket at once, or none of them.
    pub async fn draw_allowance(&self, draw: Draw) -> Result<Drawn, StoreError> {
        self.write(move |conn| Box::pin(allowance::draw(conn, draw))).await.in_context("counting an attempt")
    }

    /// Fills a bucket.
    pub async fn fill_allowance(&self, key: [u8; 32]) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(allowance::fill(conn, key))).await.in_context("forgetting attempts")
    }

    /// Forgets what has run out.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(session::sweep(conn, now))).await.in_context("sweeping")
    }

    /// Replaces a password's hash.
    pub async fn set_password(&self, user: UserId, password_hash: &str) -> Result<(), StoreError> {
        let hash: Arc<str> = password_hash.into();
        self.write(move |conn| {
            let hash = Arc::clone(&hash);
            Box::pin(async move { session::set_password(conn, user, &hash).await })
        })
        .await
        .in_context("keeping a password")
    }

    /// Keeps a choice of light or dark.
    pub async fn set_theme(&self, user: UserId, theme: Theme) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(session::set_theme(conn, user, theme))).await.in_context("keeping a theme")
    }

    /// Keeps a choice of language.
    pub async fn set_language(&self, user: UserId, language: &str) -> Result<(), StoreError> {
        let language: Arc<str> = language.into();
        self.write(move |conn| {
            let language = Arc::clone(&language);
            Box::pin(async move { session::set_language(conn, user, &language).await })
        })
        .await
        .in_context("keeping a language")
    }

    /// The groups a user is named to lead.
    pub async fn named_leads(&self, user: UserId) -> Result<Vec<NamedLead>, StoreError> {
        let context = "listing the groups somebody is named to lead";
        let mut conn = self.reader().await.in_context(context)?;
        leader::list_named_leads(&mut conn, user).await.in_context(context)
    }

    /// Users after the given one.
    pub async fn list_users(&self, after: Option<UserId>) -> Result<Vec<UserLine>, StoreError> {
        let context = "listing users";
        let mut conn = self.reader().await.in_context(context)?;
        account::list(&mut conn, after.unwrap_or(UserId::UNASSIGNED)).await.in_context(context)
    }
}
