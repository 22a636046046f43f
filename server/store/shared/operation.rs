//! The operations of a store. Each is whole: it takes its own connection, and none is lent to the outside.
//!
//! What a page shows is read in one snapshot, so that its parts and its place in the feed belong together.

use super::{
    Fault, InContext, account, audit, check, execute, feed, group, group_list, group_page, notification, queue, seed,
    session, viewer,
};
use crate::{Conn, MIGRATIONS, Store, dialect};
use domain::{
    AuditPage, AuditQuery, Flags, GroupId, GroupPage, GroupQuery, GroupRow, Listing, Logged, QueuePage, QueueQuery,
    Receipt, Refusal, Seq, SessionId, Theme, Timestamp, UserId, Viewer,
};
use std::{collections::HashSet, sync::Arc};
use store_model::{Credentials, ExecuteError, FeedViewer, NewSession, Order, Seed, Session, StoreError, UserLine};

/// Brings the schema up to date, and checks and fills it.
impl Store {
    /// Runs the migrations that the database has not seen.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let context = "migrating";
        let mut bulk = self.bulk().await.in_context(context)?;
        let conn: &mut Conn = &mut bulk;
        let migrated = MIGRATIONS.run(conn).await;
        self.finish_bulk(bulk).await.in_context(context)?;
        migrated.map_err(|error| StoreError::Database { context, cause: error.to_string() })
    }

    /// How many migrations the database has not seen.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        let applied = self.applied_migrations().await.in_context("looking for migrations")?;
        Ok(MIGRATIONS.iter().filter(|migration| !applied.contains(&migration.version)).count())
    }

    async fn applied_migrations(&self) -> Result<HashSet<i64>, Fault> {
        let mut conn = self.reader().await?;
        let versions =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(&mut *conn).await;
        match versions {
            Ok(versions) => Ok(versions.into_iter().collect()),
            Err(sqlx::Error::Database(error)) if dialect::is_missing_table(error.as_ref()) => Ok(HashSet::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let context = "asking for a sign of life";
        let mut conn = self.reader().await.in_context(context)?;
        sqlx::query("SELECT 1").execute(&mut *conn).await.in_context(context)?;
        Ok(())
    }

    /// Fills an empty database.
    pub async fn seed(&self, seed: &Seed, progress: &(dyn Fn(u64, u64) + Send + Sync)) -> Result<(), StoreError> {
        let context = "seeding";
        let mut bulk = self.bulk().await.in_context(context)?;
        let filled = seed::fill(&mut bulk, seed, progress).await;
        self.finish_bulk(bulk).await.in_context(context)?;
        filled.in_context(context)
    }

    /// What is wrong with the stored data.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        let context = "checking";
        let pending = self.pending_migrations().await?;
        if pending > 0 {
            return Ok(vec![format!("{pending} migrations are pending: run `muster migrate`.")]);
        }
        let known: HashSet<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
        let applied = self.applied_migrations().await.in_context(context)?;
        let mut findings: Vec<String> = applied
            .difference(&known)
            .map(|version| format!("Migration {version} is of a newer Muster than this one."))
            .collect();
        self.look_for_news().await;
        let mut view = self.snapshot().await.in_context(context)?;
        check::run(&mut view, &mut findings).await.in_context(context)?;
        Ok(findings)
    }
}

/// The write path.
impl Store {
    /// Carries out an order, once.
    pub async fn execute(&self, order: Order) -> Result<Receipt, ExecuteError> {
        let order = Arc::new(order);
        self.write(move |conn| {
            let order = Arc::clone(&order);
            Box::pin(async move { execute::execute(conn, &order).await })
        })
        .await
        .or_refused("carrying out a command")
    }
}

/// Pages.
impl Store {
    /// The frame of a page.
    pub async fn viewer(&self, user: UserId) -> Result<Option<Viewer>, StoreError> {
        let context = "reading who is looking";
        let mut view = self.snapshot().await.in_context(context)?;
        viewer::find(&mut view, user).await.in_context(context)
    }

    /// A page of the groups list.
    pub async fn groups(
        &self,
        user: UserId,
        query: &GroupQuery,
        now: Timestamp,
    ) -> Result<Listing<GroupRow>, StoreError> {
        let context = "reading the groups page";
        let mut view = self.snapshot().await.in_context(context)?;
        group_list::list(&mut view, user, query, now).await.in_context(context)
    }

    /// One row of the groups list.
    pub async fn group_row(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupRow>, StoreError> {
        let context = "reading a row of the groups page";
        let mut view = self.snapshot().await.in_context(context)?;
        group_list::find_listed(&mut view, user, id, now).await.in_context(context)
    }

    /// The page of one group.
    pub async fn group_page(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupPage>, StoreError> {
        let context = "reading the page of a group";
        let mut view = self.snapshot().await.in_context(context)?;
        group_page::find(&mut view, user, id, now).await.in_context(context)
    }

    /// The requests the user may decide.
    pub async fn queue(&self, user: UserId, query: &QueueQuery, _now: Timestamp) -> Result<QueuePage, StoreError> {
        let context = "reading the queue";
        let mut view = self.snapshot().await.in_context(context)?;
        queue::find(&mut view, user, query).await.in_context(context)
    }

    /// The audit log of a group.
    pub async fn audit(
        &self,
        user: UserId,
        group: GroupId,
        query: &AuditQuery,
    ) -> Result<Result<AuditPage, Refusal>, StoreError> {
        let context = "reading an audit log";
        let mut view = self.snapshot().await.in_context(context)?;
        match audit::find(&mut view, user, group, query).await {
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            page => page.map(Ok).in_context(context),
        }
    }
}

/// The feed.
impl Store {
    /// The oldest place and the newest.
    pub async fn feed_bounds(&self) -> Result<(Seq, Seq), StoreError> {
        let context = "reading the bounds of the feed";
        let mut view = self.snapshot().await.in_context(context)?;
        feed::bounds(&mut view).await.in_context(context)
    }

    /// What came after a place.
    pub async fn feed_after(&self, after: Seq) -> Result<Vec<Logged>, StoreError> {
        let context = "reading the feed";
        let mut conn = self.reader().await.in_context(context)?;
        feed::list_after(&mut conn, after).await.in_context(context)
    }

    /// A viewer of the feed.
    pub async fn feed_viewer(&self, user: UserId) -> Result<Option<FeedViewer>, StoreError> {
        let context = "reading who watches the feed";
        let mut view = self.snapshot().await.in_context(context)?;
        viewer::find_for_feed(&mut view, user).await.in_context(context)
    }

    /// The flags of a live group.
    pub async fn group_flags(&self, group: GroupId) -> Result<Option<Flags>, StoreError> {
        let context = "reading the flags of a group";
        let mut conn = self.reader().await.in_context(context)?;
        group::find_flags(&mut conn, group).await.in_context(context)
    }

    /// How many notifications the user has not read.
    pub async fn unread(&self, user: UserId) -> Result<u32, StoreError> {
        let context = "counting notifications";
        let mut conn = self.reader().await.in_context(context)?;
        notification::count_unread(&mut conn, user).await.in_context(context)
    }
}

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

    /// Users after the given one.
    pub async fn list_users(&self, after: Option<UserId>) -> Result<Vec<UserLine>, StoreError> {
        let context = "listing users";
        let mut conn = self.reader().await.in_context(context)?;
        account::list(&mut conn, after.unwrap_or(UserId::UNASSIGNED)).await.in_context(context)
    }
}
