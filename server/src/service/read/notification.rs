//! Notifications.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{Listing, NotificationQuery, NotificationRow, Notifications};

impl Service {
    /// A page of the caller's notifications.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn notifications(
        &self,
        caller: &Caller,
        query: &NotificationQuery,
    ) -> Result<Listing<NotificationRow>, AppError> {
        let user = caller.user()?;
        self.told(self.store().notifications(user, query).await)
    }

    /// Marks notifications of the caller as read; answers how many are unread then. No event: it concerns nobody else. The
    /// caller's other pages are told.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn mark_read(&self, caller: &Caller, which: Notifications) -> Result<u32, AppError> {
        let user = caller.user()?;
        let unread = self.told(self.store().mark_read(user, which, self.now()).await)?;
        self.streams().tell_read(user);
        Ok(unread)
    }
}
