//! What pages show.

use crate::{
    Store,
    shared::{Fault, InContext, audit, group_list, group_page, queue, viewer},
};
use domain::{
    AuditPage, AuditQuery, GroupId, GroupPage, GroupQuery, GroupRow, Listing, QueuePage, QueueQuery, Refusal,
    Timestamp, UserId, Viewer,
};
use store_model::StoreError;

/// Pages.
impl Store {
    /// The frame of a page.
    pub async fn viewer(&self, user: UserId) -> Result<Option<Viewer>, StoreError> {
        let context = "reading who is looking";
        let mut view = self.snapshot().await.in_context(context)?;
        viewer::find(&mut view, user).await.in_context(context)
    }

    /// A page of the groups list.
    pub async fn groups(
        &self,
        user: UserId,
        query: &GroupQuery,
        now: Timestamp,
    ) -> Result<Listing<GroupRow>, StoreError> {
        let context = "reading the groups page";
        let mut view = self.snapshot().await.in_context(context)?;
        group_list::list(&mut view, user, query, now).await.in_context(context)
    }

    /// One row of the groups list.
    pub async fn group_row(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupRow>, StoreError> {
        let context = "reading a row of the groups page";
        let mut view = self.snapshot().await.in_context(context)?;
        group_list::find_listed(&mut view, user, id, now).await.in_context(context)
    }

    /// The page of one group.
    pub async fn group_page(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupPage>, StoreError> {
        let context = "reading the page of a group";
        let mut view = self.snapshot().await.in_context(context)?;
        group_page::find(&mut view, user, id, now).await.in_context(context)
    }

    /// The requests the user may decide.
    pub async fn queue(&self, user: UserId, query: &QueueQuery, _now: Timestamp) -> Result<QueuePage, StoreError> {
        let context = "reading the queue";
        let mut view = self.snapshot().await.in_context(context)?;
        queue::find(&mut view, user, query).await.in_context(context)
    }

    /// The audit log of a group.
    pub async fn audit(
        &self,
        user: UserId,
        group: GroupId,
        query: &AuditQuery,
    ) -> Result<Result<AuditPage, Refusal>, StoreError> {
        let context = "reading an audit log";
        let mut view = self.snapshot().await.in_context(context)?;
        match audit::find(&mut view, user, group, query).await {
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            page => page.map(Ok).in_context(context),
        }
    }
}
