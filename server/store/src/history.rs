//! What was: who was in a group, and why (R14).

use crate::{Grant, Store, StoreError, ask};
use domain::{GroupId, Person, Timestamp, UserId};

impl Store {
    /// Who was in a group at a moment, by their present names. A membership that ended in that moment is over.
    pub async fn members_at(&self, group: GroupId, at: Timestamp) -> Result<Vec<Person>, StoreError> {
        ask!(self, database => database.members_at(group, at).await)
    }

    /// Every grant a user ever had for a group, oldest first.
    pub async fn grants(&self, group: GroupId, user: UserId) -> Result<Vec<Grant>, StoreError> {
        ask!(self, database => database.grants(group, user).await)
    }
}
