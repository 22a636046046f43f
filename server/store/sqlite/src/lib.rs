//! The shared SQL compiled for SQLite: one writer with group commit, many read-only readers.
//!
//! Nothing here is a rule, and nothing here is SQL that PostgreSQL could share: that is in `../shared`.

mod copy;
mod dialect;
mod files;
mod open;
#[path = "../../shared/mod.rs"]
mod shared;
mod stamp;
mod transfer;
mod writer;

pub use transfer::Reading;

use domain::Seq;
use sqlx::{
    SqliteConnection, SqlitePool, Transaction, migrate::Migrator, pool::PoolConnection, sqlite::SqliteConnectOptions,
};
use std::{
    fs::File,
    sync::{Arc, PoisonError},
};
use tokio::{sync::watch, task::JoinHandle};

use shared::{Fault, SharedSnapshot, Work, keeping::Keeping};

/// The database the shared SQL is compiled for.
pub(crate) type Db = sqlx::Sqlite;
/// A connection to it.
pub(crate) type Conn = SqliteConnection;

/// The migrations this program knows.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations/sqlite");

/// A SQLite file. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// The snapshot that all reads share, where they do.
    shared_snapshot: Option<SharedSnapshot>,
}

struct Inner {
    files: Arc<files::Files>,
    /// How another writing connection is opened, for what is too long for the writer's queue.
    options: SqliteConnectOptions,
    readers: SqlitePool,
    writer: writer::Writer,
    head: watch::Sender<Seq>,
    /// Looks for commits of other processes.
    lookout: std::sync::Mutex<Option<JoinHandle<()>>>,
    /// Locked while this process serves the file.
    claim: std::sync::Mutex<Option<File>>,
    keeping: Keeping,
}

impl Inner {
    /// Ends the lookout. What it has open is closed once the task is awaited.
    fn end_lookout(&self) -> Option<JoinHandle<()>> {
        let task = self.lookout.lock().unwrap_or_else(PoisonError::into_inner).take();
        task.inspect(JoinHandle::abort)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop(self.end_lookout());
    }
}

impl Store {
    /// The newest place in the feed, as this process knows it.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seq> {
        self.inner.head.subscribe()
    }

    /// A connection that reads.
    async fn acquire_reader(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.inner.readers.acquire().await
    }

    /// A view of the database as it is now. Ends when it is dropped.
    async fn begin_snapshot(&self) -> sqlx::Result<Transaction<'static, Db>> {
        self.inner.readers.begin().await
    }

    /// A connection for work that is too long for the queue of the writer. Others wait for it as for another process.
    pub(crate) async fn bulk(&self) -> sqlx::Result<Conn> {
        self.inner.files.are_those_opened().map_err(|error| sqlx::Error::Configuration(error.into()))?;
        sqlx::ConnectOptions::connect(&self.inner.options).await
    }

    /// Ends long work: what is beside the file goes into it with the last connection, so nobody may be left behind.
    pub(crate) async fn finish_bulk(&self, conn: Conn) -> sqlx::Result<()> {
        sqlx::Connection::close(conn).await?;
        self.look_for_news().await;
        Ok(())
    }

    /// Does something in a transaction, in turn with everybody else who writes.
    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut Conn) -> futures::future::BoxFuture<'c, Result<T, Fault>> + Send + Sync + 'static,
    {
        self.before_writing().await;
        let work: Box<Work<T>> = Box::new(work);
        let answer = self.inner.writer.write(work).await;
        self.inner.keeping.note(&answer);
        answer
    }

    /// Does something as `write` does, and undoes it.
    pub(crate) async fn dry_run<T, W>(&self, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut Conn) -> futures::future::BoxFuture<'c, Result<T, Fault>> + Send + Sync + 'static,
    {
        self.before_writing().await;
        let work: Box<Work<T>> = Box::new(work);
        self.inner.writer.dry_run(work).await
    }

    /// Looks for events that were committed past the writer.
    pub(crate) async fn look_for_news(&self) {
        open::look(&self.inner.readers, &self.inner.head).await;
    }

    /// Lets queued writes finish, then closes every connection.
    pub async fn close(&self) {
        if let Some(lookout) = self.inner.end_lookout() {
            // It was aborted, so that is the answer.
            drop(lookout.await);
        }
        // The last connection to close tidies up the log beside the file, which a read-only one may not.
        self.inner.readers.close().await;
        self.inner.writer.finish().await;
        self.inner.files.clear_away();
        if let Ok(mut claim) = self.inner.claim.lock() {
            *claim = None;
        }
    }
}
