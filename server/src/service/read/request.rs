//! Requests.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{QueuePage, QueueQuery};

impl Service {
    /// The requests the caller may decide.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn queue(&self, caller: &Caller, query: &QueueQuery) -> Result<QueuePage, AppError> {
        let user = caller.user()?;
        self.told(self.store().queue(user, query, self.now()).await)
    }
}
