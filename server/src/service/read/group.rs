//! Groups.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{GroupId, GroupKey, GroupPage, GroupQuery, GroupRow, Listing, ManagedGroup, MyGroup};

impl Service {
    /// A page of a list of groups.
    ///
    /// # Errors
    /// `Denied` where all groups are asked for without an admin right to groups.
    pub async fn groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<GroupRow>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().groups(user, query, self.now()).await)
    }

    /// One row of the groups page.
    ///
    /// # Errors
    /// `NotFound` where that does not show it to this caller.
    pub async fn group_row(&self, caller: &Caller, id: GroupId) -> Result<GroupRow, AppError> {
        let user = caller.user()?;
        let row = self.told(self.store().group_row(user, id, self.now()).await)?;
        row.ok_or(AppError::NotFound)
    }

    /// The page of one group.
    ///
    /// # Errors
    /// `NotFound` where the caller may not see it.
    pub async fn group_page(&self, caller: &Caller, key: &GroupKey) -> Result<GroupPage, AppError> {
        let user = caller.user()?;
        let page = self.told(self.store().group_page(user, key, self.now()).await)?;
        page.ok_or(AppError::NotFound)
    }

    /// A page of the groups the caller is in.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn my_groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<MyGroup>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().my_groups(user, query, self.now()).await)
    }

    /// A page of the groups the caller decides for. On the first one those that need care come first.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn managed_groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<ManagedGroup>, AppError> {
        let user = caller.user()?;
        let read = async |query: &GroupQuery| self.allowed(self.store().managed_groups(user, query, self.now()).await);
        let mut page = read(query).await?;
        if query.cursor.is_none() && query.search.is_empty() && !query.care {
            let caring = read(&GroupQuery { care: true, ..query.clone() }).await?;
            page.items.retain(|group| caring.items.iter().all(|other| other.row.id != group.row.id));
            page.items.splice(0..0, caring.items);
            page.seq = page.seq.min(caring.seq);
        }
        Ok(page)
    }

    /// One of the groups the caller decides for.
    ///
    /// # Errors
    /// `NotFound` where it is none of them.
    pub async fn managed_group(&self, caller: &Caller, id: GroupId) -> Result<ManagedGroup, AppError> {
        let user = caller.user()?;
        let group = self.told(self.store().managed_group(user, id, self.now()).await)?;
        group.ok_or(AppError::NotFound)
    }
}
