//! The feed as a program follows it: every event that it may see, from any place that is kept, for as long as its token
//! opens anything.

use super::{
    feed::{self, Viewer},
    message::{self, message},
    streams::Door,
    wakeup::{Wakeup, WakeupSource},
};
use crate::{process::Process, service::Bearer};
use bytes::Bytes;
use domain::{RecordedEvent, Seq};
use std::sync::Arc;
use store::StoreError;

/// One program that follows.
pub(crate) struct Follower {
    process: Arc<Process>,
    bearer: Bearer,
    wakeup: WakeupSource,
    /// How an event is written.
    write: fn(&RecordedEvent) -> Bytes,
    /// Everything up to here has been dealt with.
    cursor: Seq,
    viewer: Option<Viewer>,
    ready: Vec<Bytes>,
    over: bool,
}

impl Follower {
    /// Follows from a place on, or from now; `None` where the token has too many streams already. Where the place is not
    /// kept any more, the program is told to reset, and where the feed stands now.
    pub(crate) async fn open(
        process: Arc<Process>,
        bearer: Bearer,
        since: Option<Seq>,
        write: fn(&RecordedEvent) -> Bytes,
    ) -> Result<Option<Self>, StoreError> {
        let Some(place) = process.streams.open(Door::Token(bearer.token), bearer.user) else { return Ok(None) };
        let store = process.service.store();
        // Before the viewer: an event that comes in between is asked of newer rights, never of older ones.
        let (oldest, newest) = store.feed_bounds().await?;
        let viewer = store.feed_viewer(bearer.user).await?.map(Viewer::from);
        let is_kept = |since: &Seq| *since <= newest && since.0.saturating_add(1) >= oldest.0;
        let reset = || message(Some("reset"), Some(newest), &format!("{{\"seq\":{newest}}}"));
        let (cursor, ready) = match since {
            Some(since) if is_kept(&since) => (since, Vec::new()),
            Some(_) => (newest, vec![reset()]),
            None => (newest, Vec::new()),
        };
        let wakeup = WakeupSource::new(&process, place);
        Ok(Some(Self { process, bearer, wakeup, write, cursor, viewer, ready, over: false }))
    }

    /// What is to be told next; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(told) = message::take(&mut self.ready) {
                return Some(told);
            }
            if self.over {
                return None;
            }
            let done = match self.wakeup.next(self.cursor).await {
                Wakeup::Stopped | Wakeup::Ended => return None,
                Wakeup::Read => Ok(()),
                Wakeup::Beat => Box::pin(self.beat()).await,
                Wakeup::Moved => self.follow().await,
            };
            if let Err(error) = done {
                tracing::warn!(%error, "a stream ends");
                return None;
            }
        }
    }

    /// Resolves once nothing more may be told.
    pub(super) async fn ends(&mut self) {
        self.wakeup.ends().await;
    }

    async fn beat(&mut self) -> Result<(), StoreError> {
        if self.is_open().await? {
            self.ready.push(message::BEAT);
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
        for kept in self.process.hub.after(self.cursor).await? {
            let may_differ = self.viewer.as_ref().is_none_or(|viewer| viewer.may_change_by(&kept.logged));
            // Loading takes room that a waiting stream must not hold.
            if may_differ && !Box::pin(self.renew_viewer()).await? {
                self.over = true;
                return Ok(());
            }
            let groups = self.process.hub.groups_of(&kept.logged).await?;
            self.cursor = kept.logged.seq;
            if self.viewer.as_ref().is_some_and(|viewer| feed::sees_in_full(viewer, &kept.logged, &groups)) {
                self.ready.push(kept.row(self.write));
            }
        }
        Ok(())
    }

    /// Loads the viewer anew; `false` where the token opens nothing any more.
    async fn renew_viewer(&mut self) -> Result<bool, StoreError> {
        self.viewer = self.process.service.store().feed_viewer(self.bearer.user).await?.map(Viewer::from);
        Ok(self.viewer.is_some() && self.is_open().await?)
    }
}
