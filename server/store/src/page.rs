//! What pages show. Every read takes the viewer, and what they may not see is not in it.

use crate::{Answer, Store, StoreError, ask};
use domain::{
    AuditPage, AuditQuery, GroupId, GroupKey, GroupPage, GroupQuery, GroupRow, JoinLink, Listing, Logged, MemberQuery,
    MembersPage, QueueChoices, QueuePage, QueueQuery, Timestamp, UserId, Viewer,
};

impl Store {
    /// Who is looking; `None` where there is no such active account.
    pub async fn viewer(&self, user: UserId) -> Result<Option<Viewer>, StoreError> {
        ask!(self, database => database.viewer(user).await)
    }

    /// A page of a list of groups, by name. A cursor that is none of ours starts at the beginning. All groups are refused
    /// with `Denied(StaffPermissionRequired)` to whoever has no admin right to groups.
    pub async fn groups(&self, user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<GroupRow>> {
        ask!(self, database => database.groups(user, query, now).await)
    }

    /// One row of the groups page; `None` where that does not show it to this user.
    pub async fn group_row(&self, user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupRow>, StoreError> {
        ask!(self, database => database.group_row(user, id, now).await)
    }

    /// The page of one group; `None` where it is absent or hidden from this user.
    pub async fn group_page(
        &self,
        user: UserId,
        key: &GroupKey,
        now: Timestamp,
    ) -> Result<Option<GroupPage>, StoreError> {
        ask!(self, database => database.group_page(user, key, now).await)
    }

    /// The open requests the user may decide, oldest first. Somebody who decides nothing has an empty queue.
    pub async fn queue(&self, user: UserId, query: &QueueQuery, now: Timestamp) -> Result<QueuePage, StoreError> {
        ask!(self, database => database.queue(user, query, now).await)
    }

    /// What the queue can be narrowed to: the groups and organisations that wait in it.
    pub async fn queue_choices(&self, user: UserId) -> Result<QueueChoices, StoreError> {
        ask!(self, database => database.queue_choices(user).await)
    }

    /// The members of a group, for those who see it in full. Refused with `Unseen` or `Denied(NotAManager)`.
    pub async fn members(&self, user: UserId, id: GroupId, query: &MemberQuery) -> Answer<MembersPage> {
        ask!(self, database => database.members(user, id, query).await)
    }

    /// The join link of a group, refused as its members are.
    pub async fn join_link(&self, user: UserId, id: GroupId) -> Answer<JoinLink> {
        ask!(self, database => database.join_link(user, id).await)
    }

    /// A page of the audit log, newest first. That of a group is refused with `Unseen` or `Denied(NotAManager)`, the
    /// whole one with `Denied(StaffPermissionRequired)`.
    pub async fn audit(&self, user: UserId, query: &AuditQuery) -> Answer<AuditPage> {
        ask!(self, database => database.audit(user, query).await)
    }

    /// The same by the thousand rows, with the cursor of the next ones, to read the log to its end.
    pub async fn audit_batch(&self, user: UserId, query: &AuditQuery) -> Answer<(Vec<Logged>, Option<String>)> {
        ask!(self, database => database.audit_batch(user, query).await)
    }
}
