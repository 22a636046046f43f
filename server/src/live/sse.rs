//! `GET /live`: the feed of one open page, as server-sent events, for as long as its session lives.
//!
//! A stream holds nothing but its place in the feed. It resumes from the place the page names, so whatever was missed
//! while the connection was gone comes first.

use super::{
    feed,
    hub::FOLLOWABLE,
    streams::{Door, Place, Told},
};
use crate::{
    answer::{self, Manner},
    process::Process,
    service::{Caller, SignedIn},
};
use app::error::AppError;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use domain::{Frame, Logged, Seq};
use futures::stream;
use serde::Deserialize;
use std::{collections::VecDeque, convert::Infallible, sync::Arc};
use store::{FeedViewer, StoreError};
use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior},
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How long a page with too many streams waits before it tries again, in seconds.
const CROWDED_RETRY: u32 = 10;

/// Where the page stands: the place it was read at.
#[derive(Deserialize)]
pub(crate) struct Since {
    since: Option<i64>,
}

/// Opens the stream of a signed-in caller.
pub(crate) async fn stream(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let Some(signed_in) = caller.session().cloned() else { return answer::refusal(&AppError::SignedOut, Manner::Code) };
    // After a lost connection the browser itself names the last event it had; that is later than the page's place.
    let last_event = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok()?.parse().ok());
    let (since, is_back) = (last_event.or(since).map(Seq), last_event.is_some());
    let Some(place) = process.streams.open(Door::Session(signed_in.session.id), signed_in.session.user) else {
        return answer::refusal(&AppError::Slow { retry_after: CROWDED_RETRY }, Manner::Code);
    };
    match Watcher::open(Arc::clone(&process), signed_in, place, since, is_back).await {
        Ok(watcher) => {
            let events = stream::unfold(watcher, |mut watcher| async {
                let event = watcher.next().await?;
                Some((Ok::<_, Infallible>(event), watcher))
            });
            let mut response = Sse::new(events).into_response();
            // Proxies must hand each event on as it comes.
            response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => answer::refusal(&process.service.failed(&error), Manner::Code),
    }
}

/// What one stream knows.
struct Watcher {
    process: Arc<Process>,
    signed_in: SignedIn,
    place: Place,
    head: watch::Receiver<Seq>,
    beat: Interval,
    /// Everything up to here has been dealt with.
    cursor: Seq,
    /// Where the feed stood when the stream was opened.
    opened_at: Seq,
    /// The viewer as of the cursor, or of `opened_at` where that is later.
    viewer: Option<FeedViewer>,
    unread: Option<u32>,
    ready: VecDeque<Event>,
    over: bool,
}

impl Watcher {
    async fn open(
        process: Arc<Process>,
        signed_in: SignedIn,
        place: Place,
        since: Option<Seq>,
        is_back: bool,
    ) -> Result<Self, StoreError> {
        let store = process.service.store();
        // Before the viewer: an event that comes in between is asked of newer rights, never of older ones.
        let (oldest, newest) = store.feed_bounds().await?;
        let viewer = store.feed_viewer(signed_in.session.user).await?;
        let mut beat = tokio::time::interval(process.beat);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let head = process.hub.watch();
        let mut watcher = Self {
            cursor: newest,
            opened_at: newest,
            process,
            signed_in,
            place,
            head,
            beat,
            viewer,
            unread: None,
            ready: VecDeque::new(),
            over: false,
        };
        match since {
            Some(since) if is_followable(since, oldest, newest) => watcher.cursor = since,
            Some(_) => watcher.send(&Frame::Reset { seq: newest }),
            None => {}
        }
        if !is_back {
            // What the page was read with. Who was cut off may not know what was read elsewhere, and is told.
            let (user, cursor) = (watcher.signed_in.session.user, watcher.cursor);
            watcher.unread = Some(watcher.process.service.store().unread_as_of(user, cursor).await?);
        }
        Ok(watcher)
    }

    /// The next event to send; `None` at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            let (cursor, stop) = (self.cursor, self.process.stop.clone());
            tokio::select! {
                biased;
                () = stop.stopped() => return None,
                told = self.place.told() => match told {
                    Told::Ended => self.sign_out(),
                    Told::Read => {
                        let counted = self.tell_unread(cursor).await;
                        self.or_end(counted);
                    }
                },
                // Before the events, so that no flood of them holds up the look at the session.
                _ = self.beat.tick() => {
                    let beaten = self.beat().await;
                    self.or_end(beaten);
                }
                () = passes(&mut self.head, cursor) => {
                    let followed = self.follow().await;
                    self.or_end(followed);
                }
            }
        }
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
            self.ready.push_back(Event::default().event("beat").id(self.cursor.to_string()).data("-"));
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
        self.send(&Frame::SignedOut);
        self.over = true;
    }

    /// Deals with the events after the cursor.
    async fn follow(&mut self) -> Result<(), StoreError> {
        for logged in self.process.hub.after(self.cursor).await? {
            let may_differ = self.viewer.as_ref().is_none_or(|viewer| feed::may_change_rights(viewer, &logged));
            if may_differ && !self.renew_viewer(logged.seq).await? {
                return Ok(());
            }
            self.tell(&logged).await?;
            self.cursor = logged.seq;
        }
        Ok(())
    }

    /// Loads the viewer anew. Where their rights are others now, the page is told to fetch everything; where they are
    /// nobody any more, the stream is over (`false`).
    async fn renew_viewer(&mut self, seq: Seq) -> Result<bool, StoreError> {
        let now = self.process.service.store().feed_viewer(self.signed_in.session.user).await?;
        if now.is_none() || !self.is_signed_in().await? {
            self.sign_out();
            return Ok(false);
        }
        // The page was read before the stream was opened, so by rights that may be none of those known here.
        let page_is_older = seq <= self.opened_at;
        let differ =
            self.viewer.as_ref().zip(now.as_ref()).is_some_and(|(before, now)| feed::rights_differ(before, now));
        if page_is_older || differ {
            self.send(&Frame::Reset { seq });
        }
        self.viewer = now;
        Ok(true)
    }

    async fn tell(&mut self, logged: &Logged) -> Result<(), StoreError> {
        let Some(viewer) = &self.viewer else { return Ok(()) };
        let flags = match &logged.event.group {
            Some(group) => self.process.hub.flags(group.id).await?,
            None => None,
        };
        let Some(frame) = feed::frame(viewer, logged, flags) else { return Ok(()) };
        self.send(&frame);
        let user = self.signed_in.session.user;
        if let Frame::Event { decides, .. } = frame
            && feed::may_notify(user, logged, decides)
        {
            self.tell_unread(logged.seq).await?;
        }
        Ok(())
    }

    /// Sends the number of unread notifications as of a place in the feed, where it is another than was sent last.
    async fn tell_unread(&mut self, seq: Seq) -> Result<(), StoreError> {
        let unread = self.process.service.store().unread_as_of(self.signed_in.session.user, seq).await?;
        if self.unread.replace(unread) != Some(unread) {
            self.send(&Frame::Unread(unread));
        }
        Ok(())
    }

    fn send(&mut self, frame: &Frame) {
        let event = Event::default();
        let event = match frame.seq() {
            Some(seq) => event.id(seq.to_string()),
            None => event,
        };
        match event.json_data(frame) {
            Ok(event) => self.ready.push_back(event),
            Err(error) => {
                tracing::error!(%error, "a frame cannot be written; the stream ends");
                self.over = true;
            }
        }
    }
}

/// Resolves once the feed is past a place. Never, where the hub is gone: the process ends then.
pub(super) async fn passes(head: &mut watch::Receiver<Seq>, cursor: Seq) {
    if head.wait_for(|head| *head > cursor).await.is_err() {
        std::future::pending::<()>().await;
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
