//! What whoever runs the instance takes out of it: lists of groups and members, and copies of the whole.

use crate::{Database, GroupLine, MemberLine, Store, StoreError, ask};
use std::path::Path;

impl Store {
    /// Groups after the place of one, by name; at most 500 at a time. The first come after an empty place.
    pub async fn list_groups(&self, after: &str) -> Result<Vec<GroupLine>, StoreError> {
        ask!(self, database => database.list_groups(after).await)
    }

    /// Tells of every membership of every group, by group and person, as they are at one moment.
    pub async fn export_members(&self, tell: &mut (dyn FnMut(MemberLine) + Send)) -> Result<(), StoreError> {
        ask!(self, database => database.export_members(tell).await)
    }

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
