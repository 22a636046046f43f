//! What pages show. Every read takes the viewer, and what they may not see is not in it.

use crate::{Store, StoreError, ask};
use domain::{
    AuditPage, AuditQuery, GroupId, GroupPage, GroupQuery, GroupRow, Listing, QueuePage, QueueQuery, Refusal,
    Timestamp, UserId, Viewer,
};

impl Store {
    /// Who is looking; `None` where there is no such active account.
    pub async fn viewer(&self, user: UserId) -> Result<Option<Viewer>, StoreError> {
        ask!(self, database => database.viewer(user).await)
    }

    /// A page of the groups list, by name. A cursor that is none of ours starts at the beginning.
    pub async fn groups(
        &self,
        user: UserId,
        query: &GroupQuery,
        now: Timestamp,
    ) -> Result<Listing<GroupRow>, StoreError> {
        ask!(self, database => database.groups(user, query, now).await)
    }

    /// One row of the groups list; `None` where the list does not show it to this user.
    pub async fn group_row(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupRow>, StoreError> {
        ask!(self, database => database.group_row(user, id, now).await)
    }

    /// The page of one group; `None` where it is absent or hidden from this user.
    pub async fn group_page(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupPage>, StoreError> {
        ask!(self, database => database.group_page(user, id, now).await)
    }

    /// The open requests the user may decide, oldest first. Somebody who decides nothing has an empty queue.
    pub async fn queue(&self, user: UserId, query: &QueueQuery, now: Timestamp) -> Result<QueuePage, StoreError> {
        ask!(self, database => database.queue(user, query, now).await)
    }

    /// The audit log of a group, newest first. Refused with `Unseen` or `Denied(NotAManager)`.
    pub async fn audit(
        &self,
        user: UserId,
        group: GroupId,
        query: &AuditQuery,
    ) -> Result<Result<AuditPage, Refusal>, StoreError> {
        ask!(self, database => database.audit(user, group, query).await)
    }
}
