//! What is left to do of large changes, and what was.

use crate::{
    Store,
    shared::{InContext, aftermath, grant},
};
use domain::{GroupId, Person, Timestamp, UserId};
use store_model::{Grant, Job, StoreError};

/// What is left to do of large changes.
impl Store {
    /// Does the next step of the oldest job.
    pub async fn work_job(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |conn| Box::pin(aftermath::job::step(conn, now))).await.in_context("working off a job")
    }

    /// The jobs that are not done.
    pub async fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        let context = "listing jobs";
        let mut conn = self.reader().await.in_context(context)?;
        aftermath::job::list(&mut conn).await.in_context(context)
    }

    /// Who was in a group at a moment.
    pub async fn members_at(&self, group: GroupId, at: Timestamp) -> Result<Vec<Person>, StoreError> {
        let context = "reading who was in a group";
        let mut conn = self.reader().await.in_context(context)?;
        grant::list_members_at(&mut conn, group, at).await.in_context(context)
    }

    /// Every grant a user ever had for a group.
    pub async fn grants(&self, group: GroupId, user: UserId) -> Result<Vec<Grant>, StoreError> {
        let context = "reading grants";
        let mut conn = self.reader().await.in_context(context)?;
        grant::list(&mut conn, group, user).await.in_context(context)
    }
}
