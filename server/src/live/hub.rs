//! The feed as this process knows it. One task reads each event once, whatever the number of streams.
//!
//! What is shared is only memory: a stream that fell behind, or a moment in which the reader is behind, is made good by
//! reading the table. Nothing depends on a message having been received.

use super::kept::Kept;
use domain::{Flags, GroupId, Logged, Seq, What};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, PoisonError, RwLock},
};
use store::{Store, StoreError};
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
    recent: RwLock<VecDeque<Arc<Kept>>>,
    flags: RwLock<HashMap<GroupId, Option<Flags>>>,
}

impl Hub {
    /// A hub that stands where the feed stands now.
    pub(crate) async fn open(store: Store) -> Result<Self, StoreError> {
        let (_, head) = store.feed_bounds().await?;
        Ok(Self { store, head: watch::Sender::new(head), recent: RwLock::default(), flags: RwLock::default() })
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
            self.learn_flags(&events).await?;
            {
                let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
                recent.extend(events.into_iter().map(Kept::new).map(Arc::new));
                let surplus = recent.len().saturating_sub(RECENT);
                recent.drain(..surplus);
            }
            self.head.send_replace(newest);
        }
    }

    /// Loads the flags of groups that are new to the hub, or that one of these events has changed.
    ///
    /// Only the reader writes here, in the order of the feed: what it loads after an event is at least as new as that.
    async fn learn_flags(&self, events: &[Logged]) -> Result<(), StoreError> {
        for logged in events {
            let Some(group) = logged.event.group.as_ref().map(|group| group.id) else { continue };
            let known = self.flags.read().unwrap_or_else(PoisonError::into_inner).contains_key(&group);
            // What follows from a deletion is still told by the flags the group had.
            if !known || matches!(logged.event.what, What::GroupCreated(_) | What::GroupEdited { .. }) {
                let flags = self.store.group_flags(group).await?;
                self.flags.write().unwrap_or_else(PoisonError::into_inner).insert(group, flags);
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
    pub(super) async fn after(&self, cursor: Seq) -> Result<Vec<Arc<Kept>>, StoreError> {
        if let Some(events) = self.recent_after(cursor) {
            return Ok(events);
        }
        // Reading takes room that a stream which follows closely must not hold.
        let events = Box::pin(self.store.feed_after(cursor)).await?;
        Ok(events.into_iter().map(Kept::new).map(Arc::new).collect())
    }

    fn recent_after(&self, cursor: Seq) -> Option<Vec<Arc<Kept>>> {
        let recent = self.recent.read().unwrap_or_else(PoisonError::into_inner);
        // `seq` has no gaps, so the memory is complete from its first event on.
        recent.front().filter(|oldest| oldest.logged.seq.0 <= cursor.0 + 1)?;
        let start = recent.partition_point(|kept| kept.logged.seq <= cursor);
        Some(recent.range(start..).cloned().collect())
    }

    /// The flags of the group that an event is about; `None` where there is none, or it is gone.
    pub(super) async fn flags_of(&self, logged: &Logged) -> Result<Option<Flags>, StoreError> {
        let Some(group) = logged.event.group.as_ref().map(|group| group.id) else { return Ok(None) };
        let known = self.flags.read().unwrap_or_else(PoisonError::into_inner).get(&group).copied();
        match known {
            Some(flags) => Ok(flags),
            None => Box::pin(self.store.group_flags(group)).await,
        }
    }
}
