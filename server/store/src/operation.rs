//! Opening, migrating, closing, filling and checking a database.

use crate::{Database, Engine, Growth, Moment, Seed, Store, StoreError, ask};
use domain::Namesake;

/// Told how far a long operation is: rows done, rows in all.
pub type Progress<'a> = dyn Fn(u64, u64) + Send + Sync + 'a;

impl Store {
    /// Opens the database a URL names: `sqlite://path`, whose file is made if absent, or `postgres://…`. Never migrates.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let database = match scheme {
            "sqlite" => Database::Sqlite(store_sqlite::Store::open(url).await?),
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
    /// view is begun and ended once. They take turns. When the moment is dropped it goes on like any other store.
    ///
    /// A write through this store ends the moment, and the next read begins another.
    #[must_use]
    pub fn at_one_moment(&self) -> (Self, Moment) {
        match &self.database {
            Database::Sqlite(store) => {
                let (store, kept) = store.at_one_moment();
                (Self { database: Database::Sqlite(store) }, Moment { _kept: Box::new(kept) })
            }
            Database::Postgres(store) => {
                let (store, kept) = store.at_one_moment();
                (Self { database: Database::Postgres(store) }, Moment { _kept: Box::new(kept) })
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

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        ask!(self, database => database.migrate().await)
    }

    /// How many migrations of this program the database has not seen.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        ask!(self, database => database.pending_migrations().await)
    }

    /// Lets queued writes finish, then closes every connection. Whatever is asked afterwards fails.
    pub async fn close(&self) {
        ask!(self, database => database.close().await);
    }

    /// Whether nothing is kept in the database: no schema, or no account.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        ask!(self, database => database.is_empty().await)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        ask!(self, database => database.ping().await)
    }

    /// Fills an empty database with a whole instance, in one transaction. Fails with `NotEmpty` where there is a user.
    pub async fn seed(&self, seed: &Seed, progress: &Progress<'_>) -> Result<(), StoreError> {
        ask!(self, database => database.seed(seed, progress).await)
    }

    /// Adds much to what `seed` put there, in one transaction and with little memory, however much it is.
    pub async fn grow(&self, growth: &Growth, progress: &Progress<'_>) -> Result<(), StoreError> {
        ask!(self, database => database.grow(growth, progress).await)
    }

    /// What is wrong with the stored data, in sentences for an administrator; empty where everything holds.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        ask!(self, database => database.check().await)
    }

    /// Names that are the same as others (R16), from before they were compared as they are now: no damage, and for somebody
    /// to rename.
    pub async fn namesakes(&self) -> Result<Vec<Namesake>, StoreError> {
        ask!(self, database => database.namesakes().await)
    }
}
