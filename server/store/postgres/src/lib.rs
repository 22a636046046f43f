//! The shared SQL compiled for PostgreSQL: a pool, row locks, and the relay that numbers events.
//!
//! Nothing here is a rule, and nothing here is SQL that SQLite could share: that is in `../shared`.

mod dialect;
mod open;
mod relay;
#[path = "../../shared/mod.rs"]
mod shared;
mod transaction;
mod transfer;

pub use transfer::{CopyWriter, Writing};

use domain::Seq;
use sqlx::{PgConnection, PgPool, Transaction, migrate::Migrator, pool::PoolConnection};
use std::sync::{Arc, LazyLock};
use tokio::sync::watch;

use shared::{Fault, SharedSnapshot, Work, keeping::Keeping};
use store_model::StoreError;

/// The database the shared SQL is compiled for.
pub(crate) type Db = sqlx::Postgres;
/// A connection to it.
pub(crate) type Conn = PgConnection;

/// The migrations this program knows. They take turns by a lock that ends with their transaction (`dialect::migrate`): one
/// that ended with the connection would stay behind a pooler for ever.
pub(crate) static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrations = sqlx::migrate!("../../../migrations/postgres");
    migrations.set_locking(false);
    migrations
});

/// How often a transaction is run again that met others in the wrong order.
const RETRIES: usize = 5;

/// A PostgreSQL database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// The snapshot that all reads share, where they do.
    shared_snapshot: Option<SharedSnapshot>,
}

struct Inner {
    pool: PgPool,
    relay: relay::Relay,
    keeping: Keeping,
}

impl Store {
    /// The newest place in the feed, as this process knows it.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seq> {
        self.inner.relay.watch()
    }

    /// A connection that reads.
    async fn acquire_reader(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.inner.pool.acquire().await
    }

    /// A view of the database as it is now. Ends when it is dropped.
    ///
    /// Whatever was committed before it has its place in the feed: whoever reads after a write of theirs finds it in the
    /// lists and in the numbers beside them.
    async fn begin_snapshot(&self) -> sqlx::Result<Transaction<'static, Db>> {
        const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        let mut view = transaction::begin(&self.inner.pool, BEGIN).await?;
        if !relay::is_waited_for(&mut view).await? {
            return Ok(view);
        }
        view.rollback().await?;
        self.look_for_news().await;
        transaction::begin(&self.inner.pool, BEGIN).await
    }

    /// A connection for long work.
    pub(crate) async fn bulk(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.inner.pool.acquire().await
    }

    /// Ends long work.
    pub(crate) async fn finish_bulk(&self, conn: PoolConnection<Db>) -> sqlx::Result<()> {
        drop(conn);
        self.look_for_news().await;
        Ok(())
    }

    /// Does something in a transaction, again where it met others in the wrong order.
    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut Conn) -> futures::future::BoxFuture<'c, Result<T, Fault>> + Send + Sync + 'static,
    {
        let answer = self.attempt(&work, false).await;
        self.inner.keeping.note(&answer);
        if answer.is_ok() {
            self.inner.relay.poke();
        }
        answer
    }

    /// Whether all is kept as far as is known without writing.
    pub(crate) fn keeps_all(&self) -> Result<bool, StoreError> {
        self.inner.keeping.is_known()
    }

    /// Nothing: the files are the server's.
    #[expect(clippy::unused_self, reason = "the other database looks at its files here")]
    pub(crate) const fn check_files(&self) -> Vec<String> {
        Vec::new()
    }

    /// Does something as `write` does, and undoes it.
    pub(crate) async fn dry_run<T, W>(&self, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: for<'c> Fn(&'c mut Conn) -> futures::future::BoxFuture<'c, Result<T, Fault>> + Send + Sync + 'static,
    {
        self.attempt(&work, true).await
    }

    async fn attempt<T>(&self, work: &Work<T>, is_dry_run: bool) -> Result<T, Fault> {
        self.before_writing().await;
        let mut left = RETRIES;
        loop {
            match self.attempt_once(work, is_dry_run).await {
                Err(Fault::Database(error)) if left > 0 && dialect::may_pass(&error) => left -= 1,
                answer => return answer,
            }
        }
    }

    async fn attempt_once<T>(&self, work: &Work<T>, is_dry_run: bool) -> Result<T, Fault> {
        let mut tx = transaction::begin(&self.inner.pool, dialect::BEGIN_WRITE).await?;
        let answer = work(&mut tx).await?;
        if is_dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
        }
        Ok(answer)
    }

    /// Numbers what is committed and has no number.
    pub(crate) async fn look_for_news(&self) {
        self.inner.relay.step_now(&self.inner.pool).await;
    }

    /// Numbers what this process has written, then closes every connection.
    pub async fn close(&self) {
        self.look_for_news().await;
        self.inner.relay.stop().await;
        self.inner.pool.close().await;
    }
}
