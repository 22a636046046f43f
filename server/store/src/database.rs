//! Opening, migrating, closing, filling and checking a database.

use crate::{Database, Engine, Growth, Opening, Seed, SharedSnapshot, Store, StoreError};
use domain::{Seq, Timestamp};
use std::{path::PathBuf, time::Duration};
use tokio::sync::watch;

/// Told how far a long operation is: rows done, rows in all.
pub type Progress<'a> = dyn Fn(u64, u64) + Send + Sync + 'a;

impl Store {
    /// Opens the database a URL names: `sqlite://path`, whose file is made if absent and none was served there before, or
    /// `postgres://…`. Never migrates.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_as(url, Opening::New).await
    }

    /// The same with a say in what becomes of a file that is absent.
    pub async fn open_as(url: &str, opening: Opening) -> Result<Self, StoreError> {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let database = match scheme {
            "sqlite" => Database::Sqlite(store_sqlite::Store::open(url, opening).await?),
            "postgres" | "postgresql" => Database::Postgres(store_postgres::Store::open(url).await?),
            // The URL may hold a password, and this error goes to the log: only the scheme is named.
            other => return Err(StoreError::UnknownUrl(format!("{other}:…"))),
        };
        Ok(Self { database })
    }

    /// Which database program it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.database {
            Database::Sqlite(_) => Engine::Sqlite,
            Database::Postgres(_) => Engine::Postgres,
        }
    }

    /// The same database, all of whose reads see it as it is at the first of them: what belongs together agrees, and the
    /// view is begun and ended once. They take turns. When the snapshot is dropped it goes on like any other store.
    ///
    /// A write through this store ends the snapshot, and the next read begins another.
    #[must_use]
    pub fn with_shared_snapshot(&self) -> (Self, SharedSnapshot) {
        match &self.database {
            Database::Sqlite(store) => {
                let (store, kept) = store.with_shared_snapshot();
                (Self { database: Database::Sqlite(store) }, SharedSnapshot { _kept: Box::new(kept) })
            }
            Database::Postgres(store) => {
                let (store, kept) = store.with_shared_snapshot();
                (Self { database: Database::Postgres(store) }, SharedSnapshot { _kept: Box::new(kept) })
            }
        }
    }

    /// Claims the database for a serving process, until the store is closed or the process ends.
    ///
    /// Fails with `InUse` where another process serves the same SQLite file: its live feed would not see what this one
    /// writes until its next poll. PostgreSQL serves any number of processes. Administrative commands claim nothing.
    pub fn claim_for_serving(&self) -> Result<(), StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.claim_for_serving(),
            Database::Postgres(_) => Ok(()),
        }
    }

    /// Puts a SQLite file that cannot be opened aside, and answers where it is now.
    ///
    /// Fails with `InUse` where a process serves it.
    pub fn set_aside(url: &str) -> Result<PathBuf, StoreError> {
        store_sqlite::Store::set_aside(url)
    }

    /// Gives a SQLite file a number that no other has, by which it is known while it is served: nothing is written any more
    /// once another file was written over it.
    pub async fn stamp(&self, number: u32) -> Result<(), StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.stamp(number).await,
            Database::Postgres(_) => Ok(()),
        }
    }

    /// Notes beside a SQLite file that it is served, and whether it has accounts: should it be gone at the next start, no
    /// empty one takes its place, whose first account anybody could make. Fails with `Missing` where that has happened.
    pub fn note_serving(&self, has_accounts: bool) -> Result<(), StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.note_serving(has_accounts),
            Database::Postgres(_) => Ok(()),
        }
    }

    /// Forgets that another database was served from this place.
    pub fn forget_serving(&self) -> Result<(), StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.forget_serving(),
            Database::Postgres(_) => Ok(()),
        }
    }

    /// Looks through a SQLite file for damage, no longer than `limit`, and fails with `Damaged` where there is some.
    /// Answers whether all of it was looked at. PostgreSQL looks after its files itself.
    pub async fn look_for_damage(&self, limit: Duration) -> Result<bool, StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.look_for_damage(limit).await,
            Database::Postgres(_) => Ok(true),
        }
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        dispatch!(self, database => database.migrate().await)
    }

    /// How many migrations of this program the database has not seen.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        dispatch!(self, database => database.pending_migrations().await)
    }

    /// The newest place in the feed, as this process knows it.
    ///
    /// SQLite: moved after each commit of this process, and within about a second of another's. PostgreSQL: moved by the
    /// relay, by notifications of other processes, and by a slow poll. It only ever moves forward.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seq> {
        dispatch!(self, database => database.watch())
    }

    /// Works until no job is left.
    pub async fn work_jobs(&self, now: Timestamp) -> Result<(), StoreError> {
        while self.work_job(now).await? {}
        Ok(())
    }

    /// Lets queued writes finish, then closes every connection. Whatever is asked afterwards fails.
    pub async fn close(&self) {
        dispatch!(self, database => database.close().await);
    }

    /// Whether nothing is kept in the database: no schema, or no account.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        dispatch!(self, database => database.is_empty().await)
    }

    /// Whether the database answers and keeps what it is given. Where it did not keep something, or may soon not, it is
    /// tried whether it does now.
    pub async fn is_ready(&self) -> Result<(), StoreError> {
        dispatch!(self, database => database.is_ready().await)
    }

    /// Fills an empty database with a whole instance, in one transaction. Fails with `NotEmpty` where there is a user.
    pub async fn seed(&self, seed: &Seed, progress: &Progress<'_>) -> Result<(), StoreError> {
        dispatch!(self, database => database.seed(seed, progress).await)
    }

    /// Adds much to what `seed` put there, in one transaction and with little memory, however much it is.
    pub async fn grow(&self, growth: &Growth, progress: &Progress<'_>) -> Result<(), StoreError> {
        dispatch!(self, database => database.grow(growth, progress).await)
    }

    /// What is wrong with the stored data, in sentences for an administrator; empty where everything holds.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        dispatch!(self, database => database.check().await)
    }
}
