//! The feed of one open page, as server-sent events, for as long as its session lives.
//!
//! A stream holds nothing but its place in the feed. It resumes from the place the page names, so whatever was missed
//! while the connection was gone comes first.

use super::{
    cached_event::CachedEvent,
    feed::{self, Viewer},
    frame_kind::FrameKind,
    hub::FOLLOWABLE,
    message::{self, message},
    streams::Place,
    wakeup::{Wakeup, WakeupSource},
};
use crate::{process::Process, service::SignedIn};
use bytes::Bytes;
use domain::{Frame, Seq};
use std::sync::Arc;
use store::StoreError;

/// What one stream knows.
pub(crate) struct Watcher {
    process: Arc<Process>,
    signed_in: SignedIn,
    wakeup: WakeupSource,
    /// Everything up to here has been dealt with.
    cursor: Seq,
    /// Where the feed stood when the stream was opened.
    opened_at: Seq,
    /// The viewer as of the cursor, or of `opened_at` where that is later.
    viewer: Option<Viewer>,
    unread: Option<u32>,
    ready: Vec<Bytes>,
    over: bool,
}

impl Watcher {
    pub(super) async fn open(
        process: Arc<Process>,
        signed_in: SignedIn,
        place: Place,
        since: Option<Seq>,
        is_back: bool,
    ) -> Result<Self, StoreError> {
        let store = process.service.store();
        // Before the viewer: an event that comes in between is asked of newer rights, never of older ones.
        let (oldest, newest) = store.feed_bounds().await?;
        let viewer = store.feed_viewer(signed_in.session.user).await?.map(Viewer::from);
        let wakeup = WakeupSource::new(&process, place);
        let mut watcher = Self {
            cursor: newest,
            opened_at: newest,
            process,
            signed_in,
            wakeup,
            viewer,
            unread: None,
            ready: Vec::new(),
            over: false,
        };
        match since {
            Some(since) if is_followable(since, oldest, newest) => watcher.cursor = since,
            Some(_) => watcher.send(message::frame(&Frame::Reset { seq: newest })),
            None => {}
        }
        if !is_back {
            // What the page was read with. Who was cut off may not know what was read elsewhere, and is told.
            let (user, cursor) = (watcher.signed_in.session.user, watcher.cursor);
            watcher.unread = Some(watcher.process.service.store().unread_as_of(user, cursor).await?);
        }
        Ok(watcher)
    }

    /// What is to be sent next; `None` at the end of the stream.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(told) = message::take(&mut self.ready) {
                return Some(told);
            }
            if self.over {
                return None;
            }
            // Asking the database takes room that a waiting stream must not hold.
            let done = match self.wakeup.next(self.cursor).await {
                Wakeup::Stopped => return None,
                Wakeup::Ended => {
                    self.sign_out();
                    Ok(())
                }
                Wakeup::Read => Box::pin(self.tell_unread(self.cursor)).await,
                Wakeup::Beat => Box::pin(self.beat()).await,
                Wakeup::Moved => self.follow().await,
            };
            self.or_end(done);
        }
    }

    /// Resolves once nothing more may be sent.
    pub(super) async fn ends(&mut self) {
        self.wakeup.ends().await;
    }

    /// Ends the stream where the database fails: the page connects again and resumes.
    fn or_end(&mut self, result: Result<(), StoreError>) {
        if let Err(error) = result {
            tracing::warn!(%error, "a stream ends");
            self.over = true;
        }
    }

    /// Shows that the connection lives, and asks whether the session does.
    async fn beat(&mut self) -> Result<(), StoreError> {
        if self.is_signed_in().await? {
            // The place goes along: a page that saw none of the last events need not ask for them again.
            self.ready.push(message(Some("beat"), Some(self.cursor), "-"));
            // Another process may have marked some as read, which no event tells.
            self.tell_unread(self.cursor).await?;
        } else {
            self.sign_out();
        }
        Ok(())
    }

    async fn is_signed_in(&self) -> Result<bool, StoreError> {
        let service = &self.process.service;
        Ok(service.store().session(&self.signed_in.token_hash, service.now()).await?.is_some())
    }

    fn sign_out(&mut self) {
        self.send(message::frame(&Frame::SignedOut));
        self.over = true;
    }

    /// Deals with the events after the cursor.
    async fn follow(&mut self) -> Result<(), StoreError> {
        for kept in self.process.hub.after(self.cursor).await? {
            let seq = kept.logged.seq;
            let may_differ = self.viewer.as_ref().is_none_or(|viewer| viewer.may_change_by(&kept.logged));
            if may_differ && !Box::pin(self.renew_viewer(seq)).await? {
                return Ok(());
            }
            self.tell(&kept).await?;
            self.cursor = seq;
        }
        Ok(())
    }

    /// Loads the viewer anew. Where their rights are others now, the page is told to fetch everything; where they are
    /// nobody any more, the stream is over (`false`).
    async fn renew_viewer(&mut self, seq: Seq) -> Result<bool, StoreError> {
        let now = self.process.service.store().feed_viewer(self.signed_in.session.user).await?.map(Viewer::from);
        if now.is_none() || !self.is_signed_in().await? {
            self.sign_out();
            return Ok(false);
        }
        // The page was read before the stream was opened, so by rights that may be none of those known here.
        let page_is_older = seq <= self.opened_at;
        let differ = self.viewer.as_ref().zip(now.as_ref()).is_some_and(|(before, now)| now.differs_from(before));
        self.viewer = now;
        if page_is_older || differ {
            self.send(message::frame(&Frame::Reset { seq }));
            self.tell_unread(seq).await?;
        }
        Ok(true)
    }

    async fn tell(&mut self, kept: &CachedEvent) -> Result<(), StoreError> {
        let Some(viewer) = &self.viewer else { return Ok(()) };
        let logged = &kept.logged;
        let groups = self.process.hub.groups_of(logged).await?;
        let Some(telling) = feed::telling(viewer, logged, &groups) else { return Ok(()) };
        let user = self.signed_in.session.user;
        let may_notify = match telling {
            FrameKind::ToDecider => feed::may_notify(user, logged, true),
            FrameKind::InFull => feed::may_notify(user, logged, false),
            FrameKind::Touched
            | FrameKind::Counted
            | FrameKind::AdminChanged
            | FrameKind::OwnAdminChanged
            | FrameKind::Reset => false,
        };
        if may_notify && Box::pin(kept.is_told_to(user, self.process.service.store())).await? {
            return Box::pin(self.notify(kept, telling)).await;
        }
        self.send(kept.frame(telling));
        if telling == FrameKind::Reset {
            // What one may see no more is not to be read either.
            Box::pin(self.tell_unread(logged.seq)).await?;
        }
        Ok(())
    }

    /// Tells an event that the viewer may be notified of, with what stands in their list now.
    async fn notify(&mut self, kept: &CachedEvent, telling: FrameKind) -> Result<(), StoreError> {
        let logged = &kept.logged;
        match self.process.service.store().notification(self.signed_in.session.user, logged.id).await? {
            Some(row) => {
                // Both have one place: who is cut off between them is told both again.
                self.send(telling.frame(logged).as_ref().and_then(message::unplaced));
                self.send(message::frame(&Frame::Notified(Box::new(row))));
            }
            None => self.send(kept.frame(telling)),
        }
        self.tell_unread(logged.seq).await
    }

    /// Sends the number of unread notifications as of a place in the feed, where it is another than was sent last.
    async fn tell_unread(&mut self, seq: Seq) -> Result<(), StoreError> {
        let unread = self.process.service.store().unread_as_of(self.signed_in.session.user, seq).await?;
        if self.unread.replace(unread) != Some(unread) {
            self.send(message::frame(&Frame::Unread(unread)));
        }
        Ok(())
    }

    /// Says something; where it could not be written, the stream ends.
    fn send(&mut self, text: Option<Bytes>) {
        match text {
            Some(text) => self.ready.push(text),
            None => self.over = true,
        }
    }
}

/// Whether a page at this place can be brought up to date by the events since.
fn is_followable(since: Seq, oldest: Seq, newest: Seq) -> bool {
    since <= newest && since.0 + 1 >= oldest.0 && newest.0 - since.0 <= FOLLOWABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_follows_only_from_a_place_within_what_is_kept() {
        let followable = |since| is_followable(Seq(since), Seq(101), Seq(20_000));
        assert!(followable(20_000), "it is up to date");
        assert!(followable(10_000));
        assert!(!followable(9_999), "fetching anew is less work");
        assert!(!followable(20_001), "it comes from another database");
        assert!(!is_followable(Seq(99), Seq(101), Seq(200)), "what it missed is gone");
        assert!(is_followable(Seq(100), Seq(101), Seq(200)));
        assert!(is_followable(Seq(0), Seq(1), Seq(0)), "nothing has happened yet");
    }
}
