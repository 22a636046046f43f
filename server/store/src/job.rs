//! What is left to do of changes that touch more people than one transaction should.

use crate::{Job, Store, StoreError, ask};
use domain::Timestamp;

impl Store {
    /// Does the next step of the oldest job, and answers whether there was one. A step is a short transaction of its
    /// own: whoever runs it may stop after any of them, and anybody may go on.
    pub async fn work_job(&self, now: Timestamp) -> Result<bool, StoreError> {
        ask!(self, database => database.work_job(now).await)
    }

    /// Works until no job is left.
    pub async fn work_jobs(&self, now: Timestamp) -> Result<(), StoreError> {
        while self.work_job(now).await? {}
        Ok(())
    }

    /// The jobs that are not done, oldest first.
    pub async fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        ask!(self, database => database.jobs().await)
    }
}
