//! Accounts and sessions.

use crate::{
    Store,
    shared::{InContext, account, allowance, leader, session, sign_in},
};
use domain::{FailedSignIns, NamedLead, SessionId, SharedKey, Theme, Timestamp, UserId};
use std::sync::Arc;
use store_model::{Credentials, Draw, Drawn, Named, NewSession, Session, StoreError, UserLine};

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
        Ok(session::find_named(&mut conn, login, None).await.in_context(context)?.account)
    }

    /// Whom a sign-in names.
    pub async fn named(&self, login: &str, device: Option<&[u8; 32]>) -> Result<Named, StoreError> {
        let context = "looking for whom a sign-in names";
        let mut conn = self.reader().await.in_context(context)?;
        session::find_named(&mut conn, login, device).await.in_context(context)
    }

    /// Notes that somebody signed in from a browser.
    pub async fn note_sign_in(
        &self,
        user: UserId,
        before: Option<[u8; 32]>,
        device: [u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(async move { sign_in::note(conn, user, before.as_ref(), &device, now).await }))
            .await
            .in_context("noting a sign-in")
    }

    /// Counts a sign-in that failed.
    pub async fn count_failed_sign_in(
        &self,
        user: UserId,
        address: &str,
        now: Timestamp,
    ) -> Result<Option<FailedSignIns>, StoreError> {
        let address: Arc<str> = address.into();
        self.write(move |conn| {
            let address = Arc::clone(&address);
            Box::pin(async move { sign_in::count_failure(conn, user, &address, now).await })
        })
        .await
        .in_context("counting a sign-in that failed")
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

    /// Takes so many out of a bucket at once, or none of them.
    pub async fn draw_allowance(&self, draw: Draw) -> Result<Drawn, StoreError> {
        self.write(move |conn| Box::pin(allowance::draw(conn, draw))).await.in_context("counting an attempt")
    }

    /// Takes so many out of each of these buckets, or nothing out of any.
    pub async fn draw_allowances(&self, draws: Vec<Draw>) -> Result<Vec<Drawn>, StoreError> {
        let draws: Arc<[Draw]> = draws.into();
        self.write(move |conn| {
            let draws = Arc::clone(&draws);
            Box::pin(async move { allowance::draw_all(conn, &draws).await })
        })
        .await
        .in_context("counting an attempt")
    }

    /// Puts back what was taken out of a bucket.
    pub async fn give_back_allowance(&self, draw: Draw) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(allowance::give_back(conn, draw))).await.in_context("taking an attempt back")
    }

    /// Fills a bucket.
    pub async fn fill_allowance(&self, key: [u8; 32]) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(allowance::fill(conn, key))).await.in_context("forgetting attempts")
    }

    /// Forgets what has run out.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(session::sweep(conn, now))).await.in_context("sweeping")
    }

    /// Puts another hash of the same password into the place of one.
    pub async fn renew_password(&self, user: UserId, known: &str, renewed: &str) -> Result<(), StoreError> {
        let (known, renewed): (Arc<str>, Arc<str>) = (known.into(), renewed.into());
        self.write(move |conn| {
            let (known, renewed) = (Arc::clone(&known), Arc::clone(&renewed));
            Box::pin(async move { session::renew_password(conn, user, &known, &renewed).await })
        })
        .await
        .in_context("renewing the hash of a password")
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

    /// Accounts of which one is called what is the other's address.
    pub async fn shared_account_keys(&self) -> Result<Vec<SharedKey>, StoreError> {
        let context = "looking for accounts that share a name";
        let mut conn = self.reader().await.in_context(context)?;
        account::list_shared_keys(&mut conn, i64::MAX).await.in_context(context)
    }

    /// Users after the given one.
    pub async fn list_users(&self, after: Option<UserId>) -> Result<Vec<UserLine>, StoreError> {
        let context = "listing users";
        let mut conn = self.reader().await.in_context(context)?;
        account::list(&mut conn, after.unwrap_or(UserId::UNASSIGNED)).await.in_context(context)
    }
}
