//! Copies of the whole database, made and put in its place.

use crate::{Database, Store, StoreError};
use std::path::Path;

impl Store {
    /// The file of the database; nothing on PostgreSQL.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.database {
            Database::Sqlite(store) => Some(store.file()),
            Database::Postgres(_) => None,
        }
    }

    /// Writes a copy of the database to a file that is not there yet: as it is at one moment, with everything that was
    /// committed by then. Others read and write meanwhile. `false` on PostgreSQL, which has tools of its own for it.
    pub async fn copy_to(&self, file: &Path) -> Result<bool, StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.copy_to(file).await.map(|()| true),
            Database::Postgres(_) => Ok(false),
        }
    }

    /// Closes the database and puts this file in its place, unless another process serves or uses it. `false` on
    /// PostgreSQL.
    pub async fn replace_with(self, file: &Path) -> Result<bool, StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.replace_with(file).await.map(|()| true),
            Database::Postgres(_) => Ok(false),
        }
    }
}
