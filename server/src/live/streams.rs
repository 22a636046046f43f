//! The open streams of each session: how many there are, and how to end them the moment the session does.

use domain::{SessionId, UserId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;

/// Each tab has one stream; browsers allow six connections to a host by HTTP/1.1, so sixteen is plenty.
const PER_SESSION: usize = 16;

/// All open streams.
#[derive(Clone, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<SessionId, Open>>>);

/// The streams of one session.
struct Open {
    user: UserId,
    count: usize,
    ended: watch::Sender<bool>,
}

/// One open stream. Dropping it makes room for another.
pub(super) struct Place {
    streams: Streams,
    session: SessionId,
    ended: watch::Receiver<bool>,
}

impl Streams {
    /// Takes a place; `None` where the session has too many already.
    pub(super) fn open(&self, session: SessionId, user: UserId) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = open.entry(session).or_insert_with(|| Open { user, count: 0, ended: watch::Sender::new(false) });
        if entry.count >= PER_SESSION {
            return None;
        }
        entry.count += 1;
        Some(Place { streams: self.clone(), session, ended: entry.ended.subscribe() })
    }

    /// Ends the streams of a session that has ended.
    pub(crate) fn end_session(&self, session: SessionId) {
        self.end_where(|id, _| id == session);
    }

    /// Ends the streams of a user all of whose sessions have ended.
    pub(crate) fn end_user(&self, user: UserId) {
        self.end_where(|_, owner| owner == user);
    }

    fn end_where(&self, ends: impl Fn(SessionId, UserId) -> bool) {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, entry) in open.iter().filter(|(session, entry)| ends(**session, entry.user)) {
            entry.ended.send_replace(true);
        }
    }
}

impl Place {
    /// Resolves once the session has ended here. That it has ended elsewhere, the database says.
    pub(super) async fn ended(&mut self) {
        // The sender lives in the map for as long as this place is taken.
        let _ = self.ended.wait_for(|ended| *ended).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = open.get_mut(&self.session) {
            entry.count -= 1;
            if entry.count == 0 {
                open.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    const ONE: SessionId = SessionId(1);
    const OTHER: SessionId = SessionId(2);
    const ANA: UserId = UserId(1);

    #[test]
    fn a_session_has_so_many_streams_and_no_more() {
        let streams = Streams::default();
        let mut places: Vec<_> = (0..PER_SESSION).filter_map(|_| streams.open(ONE, ANA)).collect();
        assert_eq!(places.len(), PER_SESSION);
        assert!(streams.open(ONE, ANA).is_none());
        assert!(streams.open(OTHER, ANA).is_some());
        places.pop();
        assert!(streams.open(ONE, ANA).is_some());
        places.clear();
        assert!(streams.0.lock().expect("no panic").is_empty(), "nothing is kept of sessions without streams");
    }

    #[test]
    fn ending_a_session_ends_its_streams_alone() {
        let streams = Streams::default();
        let mut one = streams.open(ONE, ANA).expect("has room");
        let mut other = streams.open(OTHER, ANA).expect("has room");
        streams.end_session(ONE);
        assert_eq!(one.ended().now_or_never(), Some(()));
        assert_eq!(other.ended().now_or_never(), None);
        streams.end_user(ANA);
        assert_eq!(other.ended().now_or_never(), Some(()));
    }
}
