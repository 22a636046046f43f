//! The feed as this process knows it. One task reads each event once, whatever the number of streams.
//!
//! What is shared is only memory: a stream that fell behind, or a moment in which the reader is behind, is made good by
//! reading the table. Nothing depends on a message having been received.

use super::cached_event::CachedEvent;
use domain::{EventPayload, GroupId, RecordedEvent, Seq};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, PoisonError, RwLock},
};
use store::{FeedGroup, Store, StoreError};
use tokio::{
    sync::watch,
    time::{Duration, MissedTickBehavior},
};

/// How many events are kept in memory for streams that follow closely.
const RECENT: usize = 2_000;

/// A page that is further behind than this fetches everything anew: that is less work than to follow.
pub(super) const FOLLOWABLE: i64 = 10_000;

/// How soon a failed read is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// The newest events, and what sight asks of their groups.
pub(crate) struct Hub {
    store: Store,
    head: watch::Sender<Seq>,
    recent: RwLock<VecDeque<Arc<CachedEvent>>>,
    groups: RwLock<HashMap<GroupId, Option<Arc<FeedGroup>>>>,
}

/// The groups of an event, as sight asks for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// The one it is about.
    pub(super) about: Option<Arc<FeedGroup>>,
    /// The one it names beside that (`EventPayload::leader_group`).
    pub(super) named: Option<Arc<FeedGroup>>,
}

impl Hub {
    /// A hub that stands where the feed stands now.
    pub(crate) async fn open(store: Store) -> Result<Self, StoreError> {
        let (_, head) = store.feed_bounds().await?;
        Ok(Self { store, head: watch::Sender::new(head), recent: RwLock::default(), groups: RwLock::default() })
    }

    /// Follows the feed, for ever.
    pub(crate) async fn follow(&self) {
        let mut known = self.store.watch();
        let mut retry = tokio::time::interval(RETRY);
        retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if let Err(error) = self.catch_up().await {
                tracing::warn!(%error, "the feed cannot be read; open pages wait");
                retry.tick().await;
                continue;
            }
            let head = *self.head.borrow();
            if known.wait_for(|seq| *seq > head).await.is_err() {
                // The store was closed under us, at the end of the process.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Reads what is new, until nothing is.
    async fn catch_up(&self) -> Result<(), StoreError> {
        loop {
            let head = *self.head.borrow();
            let events = self.store.feed_after(head).await?;
            let Some(newest) = events.last().map(|logged| logged.seq) else { return Ok(()) };
            self.learn_groups(&events).await?;
            {
                let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
                recent.extend(events.into_iter().map(CachedEvent::new).map(Arc::new));
                let surplus = recent.len().saturating_sub(RECENT);
                recent.drain(..surplus);
            }
            self.head.send_replace(newest);
        }
    }

    /// Loads groups that are new to the hub, or that one of these events has changed.
    ///
    /// Only the reader writes here, in the order of the feed: what it loads after an event is at least as new as that.
    async fn learn_groups(&self, events: &[RecordedEvent]) -> Result<(), StoreError> {
        for logged in events {
            let changes = matches!(logged.event.what, EventPayload::GroupCreated(_) | EventPayload::GroupEdited { .. });
            let about = logged.event.group.as_ref().map(|group| (group.id, changes));
            let named = logged.event.what.leader_group().map(|group| (group.id, false));
            for (group, changes) in about.into_iter().chain(named) {
                let known = self.groups.read().unwrap_or_else(PoisonError::into_inner).contains_key(&group);
                // What follows from a deletion is still told as of the group that was there.
                if !known || changes {
                    let found = self.store.feed_group(group).await?.map(Arc::new);
                    self.groups.write().unwrap_or_else(PoisonError::into_inner).insert(group, found);
                }
            }
        }
        Ok(())
    }

    /// Where the feed stands: whatever is read from now on is at least as new.
    pub(crate) fn head(&self) -> Seq {
        *self.head.borrow()
    }

    /// Wakes up whenever the feed has moved.
    pub(super) fn watch(&self) -> watch::Receiver<Seq> {
        self.head.subscribe()
    }

    /// Events after a place, oldest first, without a gap: from memory where that reaches back far enough.
    pub(super) async fn after(&self, cursor: Seq) -> Result<Vec<Arc<CachedEvent>>, StoreError> {
        if let Some(events) = self.recent_after(cursor) {
            return Ok(events);
        }
        // Reading takes room that a stream which follows closely must not hold.
        let events = Box::pin(self.store.feed_after(cursor)).await?;
        Ok(events.into_iter().map(CachedEvent::new).map(Arc::new).collect())
    }

    fn recent_after(&self, cursor: Seq) -> Option<Vec<Arc<CachedEvent>>> {
        let recent = self.recent.read().unwrap_or_else(PoisonError::into_inner);
        // `seq` has no gaps, so the memory is complete from its first event on.
        recent.front().filter(|oldest| oldest.logged.seq.0 <= cursor.0 + 1)?;
        let start = recent.partition_point(|kept| kept.logged.seq <= cursor);
        Some(recent.range(start..).cloned().collect())
    }

    /// The groups of an event.
    pub(super) async fn groups_of(&self, logged: &RecordedEvent) -> Result<Groups, StoreError> {
        let about = logged.event.group.as_ref().map(|group| group.id);
        let named = logged.event.what.leader_group().map(|group| group.id);
        Ok(Groups { about: self.find(about).await?, named: self.find(named).await? })
    }

    async fn find(&self, group: Option<GroupId>) -> Result<Option<Arc<FeedGroup>>, StoreError> {
        let Some(group) = group else { return Ok(None) };
        let known = self.groups.read().unwrap_or_else(PoisonError::into_inner).get(&group).cloned();
        match known {
            Some(found) => Ok(found),
            None => Ok(Box::pin(self.store.feed_group(group)).await?.map(Arc::new)),
        }
    }
}
