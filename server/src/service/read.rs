//! The read path: every read names its viewer, and what they may not see answers as what does not exist.

use super::{Caller, Service};
use app::error::AppError;
use domain::{AuditPage, AuditQuery, GroupId, GroupPage, GroupQuery, GroupRow, Listing, QueuePage, QueueQuery, Viewer};
use store::StoreError;

impl Service {
    /// Who is looking.
    ///
    /// # Errors
    /// `SignedOut` also where the account has gone since the session was looked up.
    pub async fn viewer(&self, caller: &Caller) -> Result<Viewer, AppError> {
        let user = caller.user()?;
        let viewer = self.told(self.store().viewer(user).await)?;
        viewer.ok_or(AppError::SignedOut)
    }

    /// A page of the groups list.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<GroupRow>, AppError> {
        let user = caller.user()?;
        self.told(self.store().groups(user, query, self.now()).await)
    }

    /// One row of the groups list.
    ///
    /// # Errors
    /// `NotFound` where the list does not show it to this caller.
    pub async fn group_row(&self, caller: &Caller, id: GroupId) -> Result<GroupRow, AppError> {
        let user = caller.user()?;
        let row = self.told(self.store().group_row(user, id, self.now()).await)?;
        row.ok_or(AppError::NotFound)
    }

    /// The page of one group.
    ///
    /// # Errors
    /// `NotFound` where the caller may not see it.
    pub async fn group_page(&self, caller: &Caller, id: GroupId) -> Result<GroupPage, AppError> {
        let user = caller.user()?;
        let page = self.told(self.store().group_page(user, id, self.now()).await)?;
        page.ok_or(AppError::NotFound)
    }

    /// The requests the caller may decide.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn queue(&self, caller: &Caller, query: &QueueQuery) -> Result<QueuePage, AppError> {
        let user = caller.user()?;
        self.told(self.store().queue(user, query, self.now()).await)
    }

    /// The audit log of a group.
    ///
    /// # Errors
    /// `NotFound` where the group is not seen, `Denied` where it is but its log is not.
    pub async fn audit(&self, caller: &Caller, group: GroupId, query: &AuditQuery) -> Result<AuditPage, AppError> {
        let user = caller.user()?;
        self.told(self.store().audit(user, group, query).await)?.map_err(AppError::from)
    }

    fn told<T>(&self, answer: Result<T, StoreError>) -> Result<T, AppError> {
        answer.map_err(|error| self.failed(&error))
    }
}
