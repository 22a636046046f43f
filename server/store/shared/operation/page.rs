//! What pages show.

use crate::{
    Store,
    shared::{InContext, audit, group_list, group_page, member_list, queue, viewer},
};
use domain::{
    AuditPage, AuditQuery, GroupId, GroupKey, GroupPage, GroupQuery, GroupRow, JoinLink, Listing, Logged, MemberQuery,
    MembersPage, QueueChoices, QueuePage, QueueQuery, Timestamp, UserId, Viewer,
};
use store_model::{Answer, StoreError};

/// Pages.
impl Store {
    /// The frame of a page.
    pub async fn viewer(&self, user: UserId) -> Result<Option<Viewer>, StoreError> {
        let context = "reading who is looking";
        let mut view = self.snapshot().await.in_context(context)?;
        viewer::find(&mut view, user).await.in_context(context)
    }

    /// A page of a list of groups.
    pub async fn groups(&self, user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<GroupRow>> {
        let context = "reading a list of groups";
        let mut view = self.snapshot().await.in_context(context)?;
        group_list::list(&mut view, user, query, now).await.in_answer(context)
    }

    /// One row of the groups list.
    pub async fn group_row(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupRow>, StoreError> {
        let context = "reading a row of the groups page";
        let mut view = self.snapshot().await.in_context(context)?;
        group_list::find_listed(&mut view, user, id, now).await.in_context(context)
    }

    /// The page of one group.
    pub async fn group_page(
        &self,
        user: UserId,
        key: &GroupKey,
        now: Timestamp,
    ) -> Result<Option<GroupPage>, StoreError> {
        let context = "reading the page of a group";
        let mut view = self.snapshot().await.in_context(context)?;
        group_page::find(&mut view, user, key, now).await.in_context(context)
    }

    /// The requests the user may decide.
    pub async fn queue(&self, user: UserId, query: &QueueQuery, _now: Timestamp) -> Result<QueuePage, StoreError> {
        let context = "reading the queue";
        let mut view = self.snapshot().await.in_context(context)?;
        queue::find(&mut view, user, query).await.in_context(context)
    }

    /// What the queue can be narrowed to.
    pub async fn queue_choices(&self, user: UserId) -> Result<QueueChoices, StoreError> {
        let context = "reading what the queue holds";
        let mut view = self.snapshot().await.in_context(context)?;
        queue::choices(&mut view, user).await.in_context(context)
    }

    /// A page of the members of a group.
    pub async fn members(&self, user: UserId, id: GroupId, query: &MemberQuery) -> Answer<MembersPage> {
        let context = "reading the members of a group";
        let mut view = self.snapshot().await.in_context(context)?;
        member_list::find(&mut view, user, id, query).await.in_answer(context)
    }

    /// The join link of a group.
    pub async fn join_link(&self, user: UserId, id: GroupId) -> Answer<JoinLink> {
        let context = "reading a join link";
        let mut view = self.snapshot().await.in_context(context)?;
        member_list::find_join_link(&mut view, user, id).await.in_answer(context)
    }

    /// A page of the audit log.
    pub async fn audit(&self, user: UserId, query: &AuditQuery) -> Answer<AuditPage> {
        let context = "reading the audit log";
        let mut view = self.snapshot().await.in_context(context)?;
        audit::find(&mut view, user, query).await.in_answer(context)
    }

    /// The next rows of the audit log, to read it to its end.
    pub async fn audit_batch(&self, user: UserId, query: &AuditQuery) -> Answer<(Vec<Logged>, Option<String>)> {
        let context = "reading the audit log to its end";
        let mut view = self.snapshot().await.in_context(context)?;
        audit::find_batch(&mut view, user, query).await.in_answer(context)
    }
}
