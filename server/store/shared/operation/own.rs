//! What is the viewer's own: their account, groups, requests and notifications, and what they find.

use crate::{
    Store,
    shared::{InContext, me, notification_list, own_group, request, search},
};
use domain::{
    Found, GroupId, GroupQuery, Listing, ManagedGroup, Me, MyGroup, NotificationQuery, NotificationRow, Notifications,
    Request, RequestId, RequestQuery, Timestamp, UserId,
};
use std::sync::Arc;
use store_model::{Answer, StoreError};

/// What is one's own.
impl Store {
    /// The account of a user.
    pub async fn me(&self, user: UserId) -> Result<Option<Me>, StoreError> {
        let context = "reading one's own account";
        let mut view = self.snapshot().await.in_context(context)?;
        me::find(&mut view, user).await.in_context(context)
    }

    /// A page of the groups a user is in.
    pub async fn my_groups(&self, user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<MyGroup>> {
        let context = "reading the groups of a user";
        let mut view = self.snapshot().await.in_context(context)?;
        own_group::list_mine(&mut view, user, query, now).await.in_answer(context)
    }

    /// A page of the groups a user decides for.
    pub async fn managed_groups(
        &self,
        user: UserId,
        query: &GroupQuery,
        now: Timestamp,
    ) -> Answer<Listing<ManagedGroup>> {
        let context = "reading the groups of a decider";
        let mut view = self.snapshot().await.in_context(context)?;
        own_group::list_managed(&mut view, user, query, now).await.in_answer(context)
    }

    /// One of the groups a user decides for.
    pub async fn managed_group(
        &self,
        user: UserId,
        id: GroupId,
        now: Timestamp,
    ) -> Result<Option<ManagedGroup>, StoreError> {
        let context = "reading a group of a decider";
        let mut view = self.snapshot().await.in_context(context)?;
        own_group::find_managed(&mut view, user, id, now).await.in_context(context)
    }

    /// One request, as far as the user may see it.
    pub async fn request(&self, user: UserId, id: RequestId) -> Result<Option<Request>, StoreError> {
        let context = "reading a request";
        // Nothing in it has a place in the feed, so that no event has to be waited for.
        let mut conn = self.reader().await.in_context(context)?;
        request::find_seen(&mut conn, user, id).await.in_context(context)
    }

    /// One request that the user has just decided.
    pub async fn decided_request(&self, user: UserId, id: RequestId) -> Result<Option<Request>, StoreError> {
        let context = "reading a request that was decided";
        let mut conn = self.reader().await.in_context(context)?;
        request::find_decided(&mut conn, user, id).await.in_context(context)
    }

    /// A page of a user's own requests.
    pub async fn my_requests(&self, user: UserId, query: &RequestQuery) -> Result<Listing<Request>, StoreError> {
        let context = "reading the requests of a user";
        let mut view = self.snapshot().await.in_context(context)?;
        request::list_of(&mut view, user, query).await.in_context(context)
    }

    /// A page of a user's notifications.
    pub async fn notifications(
        &self,
        user: UserId,
        query: &NotificationQuery,
    ) -> Result<Listing<NotificationRow>, StoreError> {
        let context = "reading notifications";
        let mut view = self.snapshot().await.in_context(context)?;
        notification_list::list(&mut view, user, query).await.in_context(context)
    }

    /// Marks notifications as read.
    pub async fn mark_read(&self, user: UserId, which: Notifications, now: Timestamp) -> Result<u32, StoreError> {
        let which = Arc::new(which);
        self.write(move |conn| {
            let which = Arc::clone(&which);
            Box::pin(async move { notification_list::mark_read(conn, user, &which, now).await })
        })
        .await
        .in_context("marking notifications as read")
    }

    /// Groups and people by name.
    pub async fn search(&self, user: UserId, text: &str) -> Result<Found, StoreError> {
        let context = "searching";
        let mut view = self.snapshot().await.in_context(context)?;
        search::find(&mut view, user, text).await.in_context(context)
    }
}
