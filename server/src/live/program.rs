//! The feed as a program follows it: every event that it may see, from any place that is kept, for as long as its token
//! opens anything.

use super::{
    feed,
    sse::passes,
    streams::{Door, Place},
};
use crate::{process::Process, service::Bearer};
use domain::{Logged, Seq};
use std::{collections::VecDeque, sync::Arc};
use store::{FeedViewer, StoreError};
use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior},
};

/// What a program is told.
pub(crate) enum Told {
    /// Something happened that it sees.
    Event(Arc<Logged>),
    /// The place it named is not kept any more; here the feed stands now.
    Reset(Seq),
    /// Nothing; the connection lives.
    Beat,
}

/// One program that follows.
pub(crate) struct Follower {
    process: Arc<Process>,
    bearer: Bearer,
    place: Place,
    head: watch::Receiver<Seq>,
    beat: Interval,
    /// Everything up to here has been dealt with.
    cursor: Seq,
    viewer: Option<FeedViewer>,
    ready: VecDeque<Told>,
    over: bool,
}

impl Follower {
    /// Follows from a place on, or from now; `None` where the token has too many streams already.
    pub(crate) async fn open(
        process: Arc<Process>,
        bearer: Bearer,
        since: Option<Seq>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(place) = process.streams.open(Door::Token(bearer.token), bearer.user) else { return Ok(None) };
        let store = process.service.store();
        // Before the viewer: an event that comes in between is asked of newer rights, never of older ones.
        let (oldest, newest) = store.feed_bounds().await?;
        let viewer = store.feed_viewer(bearer.user).await?;
        let mut beat = tokio::time::interval(process.beat);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let is_kept = |since: &Seq| *since <= newest && since.0.saturating_add(1) >= oldest.0;
        let (cursor, ready) = match since {
            Some(since) if is_kept(&since) => (since, VecDeque::new()),
            Some(_) => (newest, VecDeque::from([Told::Reset(newest)])),
            None => (newest, VecDeque::new()),
        };
        let head = process.hub.watch();
        Ok(Some(Self { process, bearer, place, head, beat, cursor, viewer, ready, over: false }))
    }

    /// What is to be told next; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(told) = self.ready.pop_front() {
                return Some(told);
            }
            if self.over {
                return None;
            }
            let (cursor, stop) = (self.cursor, self.process.stop.clone());
            let done = tokio::select! {
                biased;
                () = stop.stopped() => return None,
                () = self.place.ended() => return None,
                _ = self.beat.tick() => self.beat().await,
                () = passes(&mut self.head, cursor) => self.follow().await,
            };
            if let Err(error) = done {
                tracing::warn!(%error, "a stream ends");
                return None;
            }
        }
    }

    async fn beat(&mut self) -> Result<(), StoreError> {
        if self.is_open().await? {
            self.ready.push_back(Told::Beat);
        } else {
            self.over = true;
        }
        Ok(())
    }

    async fn is_open(&self) -> Result<bool, StoreError> {
        let service = &self.process.service;
        Ok(service.store().token(&self.bearer.token_hash, service.now()).await?.is_some())
    }

    /// Deals with the events after the cursor. Rights are those at the moment of sending.
    async fn follow(&mut self) -> Result<(), StoreError> {
        for logged in self.process.hub.after(self.cursor).await? {
            let may_differ = self.viewer.as_ref().is_none_or(|viewer| feed::may_change_rights(viewer, &logged));
            if may_differ {
                self.viewer = self.process.service.store().feed_viewer(self.bearer.user).await?;
                if self.viewer.is_none() || !self.is_open().await? {
                    self.over = true;
                    return Ok(());
                }
            }
            let flags = match &logged.event.group {
                Some(group) => self.process.hub.flags(group.id).await?,
                None => None,
            };
            self.cursor = logged.seq;
            if self.viewer.as_ref().is_some_and(|viewer| feed::sees_in_full(viewer, &logged, flags)) {
                self.ready.push_back(Told::Event(logged));
            }
        }
        Ok(())
    }
}
