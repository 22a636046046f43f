//! What is the viewer's own: their account, groups, requests and notifications, and what they find.

use crate::{Answer, Store, StoreError, ask};
use domain::{
    Found, GroupId, GroupQuery, Listing, ManagedGroup, Me, MyGroup, NotificationQuery, NotificationRow, Notifications,
    Request, RequestId, RequestQuery, Timestamp, UserId,
};

impl Store {
    /// Everything about a user's own account; `None` where there is no such active one.
    pub async fn me(&self, user: UserId) -> Result<Option<Me>, StoreError> {
        ask!(self, database => database.me(user).await)
    }

    /// The groups a user is in that are not internal, by name. The scope of the query counts as `Mine`.
    pub async fn my_groups(&self, user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<MyGroup>> {
        ask!(self, database => database.my_groups(user, query, now).await)
    }

    /// The groups a user decides for, by name. The scope of the query counts as `Managed`, and its filter as `All`.
    pub async fn managed_groups(
        &self,
        user: UserId,
        query: &GroupQuery,
        now: Timestamp,
    ) -> Answer<Listing<ManagedGroup>> {
        ask!(self, database => database.managed_groups(user, query, now).await)
    }

    /// One of the groups a user decides for; `None` where it is none of them.
    pub async fn managed_group(
        &self,
        user: UserId,
        id: GroupId,
        now: Timestamp,
    ) -> Result<Option<ManagedGroup>, StoreError> {
        ask!(self, database => database.managed_group(user, id, now).await)
    }

    /// One request; `None` where it is absent or hidden from this user.
    pub async fn request(&self, user: UserId, id: RequestId) -> Result<Option<Request>, StoreError> {
        ask!(self, database => database.request(user, id).await)
    }

    /// One request that the user has just decided: what they decided they see.
    pub async fn decided_request(&self, user: UserId, id: RequestId) -> Result<Option<Request>, StoreError> {
        ask!(self, database => database.decided_request(user, id).await)
    }

    /// A user's own requests, newest first.
    pub async fn my_requests(&self, user: UserId, query: &RequestQuery) -> Result<Listing<Request>, StoreError> {
        ask!(self, database => database.my_requests(user, query).await)
    }

    /// A user's notifications, newest first.
    pub async fn notifications(
        &self,
        user: UserId,
        query: &NotificationQuery,
    ) -> Result<Listing<NotificationRow>, StoreError> {
        ask!(self, database => database.notifications(user, query).await)
    }

    /// Marks notifications of a user as read, and nobody else's; answers how many are unread then.
    pub async fn mark_read(&self, user: UserId, which: Notifications, now: Timestamp) -> Result<u32, StoreError> {
        ask!(self, database => database.mark_read(user, which, now).await)
    }

    /// Groups in whose names this occurs and people whose names begin with it, as far as the user may know of them.
    pub async fn search(&self, user: UserId, text: &str) -> Result<Found, StoreError> {
        ask!(self, database => database.search(user, text).await)
    }
}
