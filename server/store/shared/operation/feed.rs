//! The feed.

use crate::{
    Store,
    shared::{InContext, feed, group, notification, notification_list, viewer},
};
use domain::{EventId, GroupId, Logged, NotificationRow, Seq, UserId};
use store_model::{FeedGroup, FeedViewer, StoreError};

/// The feed.
impl Store {
    /// The oldest place and the newest.
    pub async fn feed_bounds(&self) -> Result<(Seq, Seq), StoreError> {
        let context = "reading the bounds of the feed";
        let mut view = self.snapshot().await.in_context(context)?;
        feed::bounds(&mut view).await.in_context(context)
    }

    /// What came after a place.
    pub async fn feed_after(&self, after: Seq) -> Result<Vec<Logged>, StoreError> {
        let context = "reading the feed";
        let mut conn = self.reader().await.in_context(context)?;
        feed::list_after(&mut conn, after).await.in_context(context)
    }

    /// A viewer of the feed.
    pub async fn feed_viewer(&self, user: UserId) -> Result<Option<FeedViewer>, StoreError> {
        let context = "reading who watches the feed";
        let mut view = self.snapshot().await.in_context(context)?;
        viewer::find_for_feed(&mut view, user).await.in_context(context)
    }

    /// What sight asks of a group.
    pub async fn feed_group(&self, group: GroupId) -> Result<Option<FeedGroup>, StoreError> {
        let context = "reading who may know of a group";
        let mut view = self.snapshot().await.in_context(context)?;
        group::find_for_feed(&mut view, group).await.in_context(context)
    }

    /// What the user is told of an event, if they are told of it.
    pub async fn notification(&self, user: UserId, event: EventId) -> Result<Option<NotificationRow>, StoreError> {
        let context = "reading a notification";
        let mut conn = self.snapshot().await.in_context(context)?;
        notification_list::find(&mut conn, user, event).await.in_context(context)
    }

    /// Whose notification tells of an event, while it does.
    pub async fn readers(&self, event: &Logged) -> Result<Vec<UserId>, StoreError> {
        let context = "reading who is told of an event";
        let mut conn = self.reader().await.in_context(context)?;
        notification::list_readers(&mut conn, event).await.in_context(context)
    }

    /// How many notifications of events up to a place in the feed the user has not read.
    pub async fn unread_as_of(&self, user: UserId, seq: Seq) -> Result<u32, StoreError> {
        let context = "counting notifications as of a place in the feed";
        let mut conn = self.snapshot().await.in_context(context)?;
        notification::count_unread_as_of(&mut conn, user, seq).await.in_context(context)
    }

    /// How many notifications the user has not read.
    pub async fn unread(&self, user: UserId) -> Result<u32, StoreError> {
        let context = "counting notifications";
        let mut conn = self.snapshot().await.in_context(context)?;
        notification::count_unread(&mut conn, user).await.in_context(context)
    }
}
