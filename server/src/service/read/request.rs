//! Requests.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{Listing, QueueChoices, QueuePage, QueueQuery, Request, RequestId, RequestQuery};

impl Service {
    /// The requests the caller may decide.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn queue(&self, caller: &Caller, query: &QueueQuery) -> Result<QueuePage, AppError> {
        let user = caller.user()?;
        self.told(self.store().queue(user, query).await)
    }

    /// What the queue can be narrowed to.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn queue_choices(&self, caller: &Caller) -> Result<QueueChoices, AppError> {
        let user = caller.user()?;
        self.told(self.store().queue_choices(user).await)
    }

    /// One request.
    ///
    /// # Errors
    /// `NotFound` where the caller may not see it.
    pub async fn request(&self, caller: &Caller, id: RequestId) -> Result<Request, AppError> {
        let user = caller.user()?;
        let request = self.told(self.store().request(user, id).await)?;
        request.ok_or(AppError::NotFound)
    }

    /// One request that the caller has just decided.
    ///
    /// # Errors
    /// `NotFound` where it is gone.
    pub(crate) async fn decided_request(&self, caller: &Caller, id: RequestId) -> Result<Request, AppError> {
        let user = caller.user()?;
        let request = self.told(self.store().decided_request(user, id).await)?;
        request.ok_or(AppError::NotFound)
    }

    /// A page of the caller's own requests.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn my_requests(&self, caller: &Caller, query: &RequestQuery) -> Result<Listing<Request>, AppError> {
        let user = caller.user()?;
        self.told(self.store().my_requests(user, query).await)
    }
}
