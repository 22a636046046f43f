//! The feed: events in the order in which they became visible.

use crate::{FeedGroup, FeedViewer, Store, StoreError, ask};
use domain::{EventId, GroupId, Logged, NotificationRow, Seq, UserId};
use tokio::sync::watch;

impl Store {
    /// The oldest event kept and the newest there is. With no event at all: 1 and 0.
    pub async fn feed_bounds(&self) -> Result<(Seq, Seq), StoreError> {
        ask!(self, database => database.feed_bounds().await)
    }

    /// The events after a place in the feed, in order, without a gap; at most 1,000 at a time.
    pub async fn feed_after(&self, after: Seq) -> Result<Vec<Logged>, StoreError> {
        ask!(self, database => database.feed_after(after).await)
    }

    /// The newest place in the feed, as this process knows it.
    ///
    /// SQLite: moved after each commit of this process, and within about a second of another's. PostgreSQL: moved by the
    /// relay, by notifications of other processes, and by a slow poll. It only ever moves forward.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seq> {
        ask!(self, database => database.watch())
    }

    /// A viewer of the feed with what sight depends on; `None` where there is no such active account.
    pub async fn feed_viewer(&self, user: UserId) -> Result<Option<FeedViewer>, StoreError> {
        ask!(self, database => database.feed_viewer(user).await)
    }

    /// What sight asks of a group, which may be gone; `None` where there never was one.
    pub async fn feed_group(&self, group: GroupId) -> Result<Option<FeedGroup>, StoreError> {
        ask!(self, database => database.feed_group(group).await)
    }

    /// What the user is told of an event; `None` where they are not told of it.
    pub async fn notification(&self, user: UserId, event: EventId) -> Result<Option<NotificationRow>, StoreError> {
        ask!(self, database => database.notification(user, event).await)
    }

    /// Whose notification tells of an event, while it does: what happens next in the matter is told in its place.
    pub async fn readers(&self, event: &Logged) -> Result<Vec<UserId>, StoreError> {
        ask!(self, database => database.readers(event).await)
    }

    /// How many notifications of events up to this place in the feed the user has not read.
    pub async fn unread_as_of(&self, user: UserId, seq: Seq) -> Result<u32, StoreError> {
        ask!(self, database => database.unread_as_of(user, seq).await)
    }

    /// How many notifications the user has not read.
    pub async fn unread(&self, user: UserId) -> Result<u32, StoreError> {
        ask!(self, database => database.unread(user).await)
    }
}
