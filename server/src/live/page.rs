//! `GET /live`: the feed of one open page, as server-sent events, for as long as its session lives.
//!
//! A stream holds nothing but its place in the feed. It resumes from the place the page names, so whatever was missed
//! while the connection was gone comes first.

use super::{
    Stream,
    ear::{Ear, Heard},
    feed::{self, Telling, Viewer},
    hub::FOLLOWABLE,
    kept::Kept,
    message::{self, message},
    streams::{Door, Place},
};
use crate::{
    answer::{self, Manner},
    process::Process,
    service::{Caller, SignedIn},
};
use app::{error::AppError, text::RequestFlaw};
use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{Frame, Seq, UserId};
use std::sync::Arc;
use store::StoreError;

/// The parameter of the place that the page was read at.
const SINCE: &str = "since";

/// The parameter of the account that the page was drawn for.
const ACCOUNT: &str = "account";

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How long a page with too many streams waits before it tries again, in seconds.
const CROWDED_RETRY: u32 = 10;

/// Opens the stream of a signed-in caller.
pub(crate) async fn stream(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.as_deref().unwrap_or_default();
    let (since, account) = (number(query, SINCE), number(query, ACCOUNT));
    // A page of one account never follows the feed of another, whoever has signed in meanwhile.
    if let Ok(Some(account)) = account
        && caller.user().ok() != Some(UserId(account))
    {
        return signed_out();
    }
    let Some(signed_in) = caller.session().cloned() else { return answer::refusal(&AppError::SignedOut, Manner::Code) };
    let (since, account) = match (since, account) {
        (Ok(since), Ok(account)) => (since, account),
        (Err(name), _) | (_, Err(name)) => {
            let sentence = answer::language(&headers).request_flaw(RequestFlaw::Parameter(name));
            return answer::plain(StatusCode::BAD_REQUEST, sentence);
        }
    };
    // After a lost connection the browser itself names the last event it had; that is later than the page's place.
    // One that is none of ours is of a place that is not kept.
    let last_event =
        headers.get(LAST_EVENT_ID).map(|id| id.to_str().ok().and_then(|id| id.parse().ok()).unwrap_or(i64::MAX));
    // A stream that tabs share is opened for pages that were read at other times, too.
    let (since, is_back) = (last_event.or(since).map(Seq), last_event.is_some() || account.is_some());
    let Some(place) = process.streams.open(Door::Session(signed_in.session.id), signed_in.session.user) else {
        return answer::refusal(&AppError::Slow { retry_after: CROWDED_RETRY }, Manner::Code);
    };
    match Watcher::open(Arc::clone(&process), signed_in, place, since, is_back).await {
        Ok(watcher) => Stream::Page(Box::new(watcher)).answer(),
        Err(error) => answer::refusal(&process.service.failed(&error), Manner::Code),
    }
}

/// A stream that says that there is none: an `EventSource` does not tell its page why it was refused.
fn signed_out() -> Response {
    let told = message::frame(&Frame::SignedOut).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")], told).into_response()
}

/// A number in the query, named once, where it is there.
///
/// # Errors
/// Gives back the name where what is there is none.
fn number<'n>(query: &str, name: &'n str) -> Result<Option<i64>, &'n str> {
    let mut values = query.split('&').filter_map(|pair| match pair.split_once('=') {
        Some((given, value)) if given == name => Some(value),
        None if pair == name => Some(""),
        Some(_) | None => None,
    });
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.parse().map(Some).map_err(|_| name),
        (Some(_), Some(_)) => Err(name),
    }
}

/// What one stream knows.
pub(crate) struct Watcher {
    process: Arc<Process>,
    signed_in: SignedIn,
    ear: Ear,
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
        let viewer = store.feed_viewer(signed_in.session.user).await?.map(Viewer::from);
        let ear = Ear::new(&process, place);
        let mut watcher = Self {
            cursor: newest,
            opened_at: newest,
            process,
            signed_in,
            ear,
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
            let done = match self.ear.next(self.cursor).await {
                Heard::Stopped => return None,
                Heard::Ended => {
                    self.sign_out();
                    Ok(())
                }
                Heard::Read => Box::pin(self.tell_unread(self.cursor)).await,
                Heard::Beat => Box::pin(self.beat()).await,
                Heard::Moved => self.follow().await,
            };
            self.or_end(done);
        }
    }

    /// Resolves once nothing more may be sent.
    pub(super) async fn ends(&mut self) {
        self.ear.ends().await;
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

    async fn tell(&mut self, kept: &Kept) -> Result<(), StoreError> {
        let Some(viewer) = &self.viewer else { return Ok(()) };
        let logged = &kept.logged;
        let groups = self.process.hub.groups_of(logged).await?;
        let Some(telling) = feed::telling(viewer, logged, &groups) else { return Ok(()) };
        let user = self.signed_in.session.user;
        let may_notify = match telling {
            Telling::ToDecider => feed::may_notify(user, logged, true),
            Telling::InFull => feed::may_notify(user, logged, false),
            Telling::Touched | Telling::Counted | Telling::Office | Telling::OwnOffice | Telling::Reset => false,
        };
        if may_notify && Box::pin(kept.is_told_to(user, self.process.service.store())).await? {
            return Box::pin(self.notify(kept, telling)).await;
        }
        self.send(kept.frame(telling));
        if telling == Telling::Reset {
            // What one may see no more is not to be read either.
            Box::pin(self.tell_unread(logged.seq)).await?;
        }
        Ok(())
    }

    /// Tells an event that the viewer may be notified of, with what stands in their list now.
    async fn notify(&mut self, kept: &Kept, telling: Telling) -> Result<(), StoreError> {
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
    fn a_page_names_its_place_once_or_not_at_all() {
        for (query, place) in [("", None), ("since=7", Some(7)), ("x=1&since=0&y", Some(0)), ("sincerely=x", None)] {
            assert_eq!(number(query, SINCE), Ok(place), "{query}");
        }
        for query in ["since=x", "since=", "since", "since=1&since=2", "since=99999999999999999999"] {
            assert!(number(query, SINCE).is_err(), "{query}");
        }
    }

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
