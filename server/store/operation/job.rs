//! What is left to do of changes that touch more people than one transaction should.

use domain::Timestamp;
use store_model::{Job, StoreError};

operations! {
    /// Does the next step of the oldest job, and answers whether there was one. A step is a short transaction of its
    /// own: whoever runs it may stop after any of them, and anybody may go on.
    write "working off a job"
    fn work_job(now: Timestamp) -> Result<bool, StoreError>
        = cascade::job::step(now);

    /// The jobs that are not done, oldest first.
    read "listing jobs"
    fn jobs() -> Result<Vec<Job>, StoreError>
        = cascade::job::list();
}
