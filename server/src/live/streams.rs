//! The open streams of each session and of each token: how many there are, and how to end them the moment the session does.

use domain::{SessionId, TokenId, UserId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;

/// All tabs of a browser share one stream, where it can; those that cannot have one each while somebody looks.
const PER_SESSION: usize = 16;

/// A program needs one; whoever shares a token among machines needs some.
const PER_TOKEN: usize = 64;

/// By what a stream is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Door {
    /// A page of this session.
    Session(SessionId),
    /// A program with this token.
    Token(TokenId),
}

impl Door {
    const fn most(self) -> usize {
        match self {
            Self::Session(_) => PER_SESSION,
            Self::Token(_) => PER_TOKEN,
        }
    }
}

/// All open streams.
#[derive(Clone, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<Door, Open>>>);

/// The streams of one session.
struct Open {
    user: UserId,
    count: usize,
    signal: watch::Sender<Signal>,
}

/// What the streams of one session are told beside the feed.
#[derive(Clone, Copy, Default)]
struct Signal {
    ended: bool,
    /// How often something was read elsewhere.
    reads: u64,
}

/// One open stream. Dropping it makes room for another.
pub(super) struct Place {
    streams: Streams,
    door: Door,
    signal: watch::Receiver<Signal>,
    /// Of how many reads it has been told.
    reads: u64,
}

impl Streams {
    /// Takes a place; `None` where there are too many by this door already.
    pub(super) fn open(&self, door: Door, user: UserId) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry =
            open.entry(door).or_insert_with(|| Open { user, count: 0, signal: watch::Sender::new(Signal::default()) });
        if entry.count >= door.most() {
            return None;
        }
        entry.count += 1;
        let signal = entry.signal.subscribe();
        let reads = signal.borrow().reads;
        Some(Place { streams: self.clone(), door, signal, reads })
    }

    /// Tells the streams of a user that notifications of theirs were read.
    pub(crate) fn tell_read(&self, user: UserId) {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in open.values().filter(|entry| entry.user == user) {
            entry.signal.send_modify(|signal| signal.reads += 1);
        }
    }

    /// Ends the streams of a session that has ended.
    pub(crate) fn end_session(&self, session: SessionId) {
        self.end_where(|door, _| door == Door::Session(session));
    }

    /// Ends the streams of a user all of whose sessions have ended.
    pub(crate) fn end_user(&self, user: UserId) {
        self.end_where(|door, owner| matches!(door, Door::Session(_)) && owner == user);
    }

    /// Ends the streams of every session of a user but one.
    pub(crate) fn end_others(&self, user: UserId, kept: SessionId) {
        let another = |door| matches!(door, Door::Session(id) if id != kept);
        self.end_where(|door, owner| another(door) && owner == user);
    }

    fn end_where(&self, ends: impl Fn(Door, UserId) -> bool) {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, entry) in open.iter().filter(|(door, entry)| ends(**door, entry.user)) {
            entry.signal.send_modify(|signal| signal.ended = true);
        }
    }
}

impl Place {
    /// Resolves once it has ended here. That it has ended elsewhere, the database says.
    pub(super) async fn ended(&mut self) {
        // The sender lives in the map for as long as this place is taken.
        let _ = self.signal.wait_for(|signal| signal.ended).await;
    }

    /// Resolves once the session has ended here, and when notifications were read elsewhere, once for all that were since
    /// it was last asked. That a session has ended elsewhere, the database says.
    pub(super) async fn told(&mut self) -> StreamSignal {
        let reads = self.reads;
        // The sender lives in the map for as long as this place is taken.
        let told = self.signal.wait_for(|signal| signal.ended || signal.reads != reads).await;
        match told.map(|signal| *signal) {
            Ok(Signal { ended: false, reads }) => {
                self.reads = reads;
                StreamSignal::Read
            }
            Ok(Signal { ended: true, .. }) | Err(_) => StreamSignal::Ended,
        }
    }
}

/// What a stream is told beside the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StreamSignal {
    /// The session has ended.
    Ended,
    /// Notifications of its user were read.
    Read,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = open.get_mut(&self.door) {
            entry.count -= 1;
            if entry.count == 0 {
                open.remove(&self.door);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    const ONE: Door = Door::Session(SessionId(1));
    const OTHER: Door = Door::Session(SessionId(2));
    const PROGRAM: Door = Door::Token(TokenId(1));
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
    fn what_one_reads_is_told_to_ones_own_streams_alone() {
        let streams = Streams::default();
        let mut mine = [ONE, OTHER].map(|session| streams.open(session, ANA).expect("has room"));
        let mut theirs = streams.open(Door::Session(SessionId(3)), UserId(2)).expect("has room");
        streams.tell_read(ANA);
        for place in &mut mine {
            assert_eq!(place.told().now_or_never(), Some(StreamSignal::Read));
            assert_eq!(place.told().now_or_never(), None, "it is told once");
        }
        assert_eq!(theirs.told().now_or_never(), None);
    }

    #[test]
    fn ending_a_session_ends_its_streams_alone() {
        let streams = Streams::default();
        let mut one = streams.open(ONE, ANA).expect("has room");
        let mut other = streams.open(OTHER, ANA).expect("has room");
        let mut program = streams.open(PROGRAM, ANA).expect("has room");
        streams.end_session(SessionId(1));
        assert_eq!(one.told().now_or_never(), Some(StreamSignal::Ended));
        assert_eq!(other.told().now_or_never(), None);
        streams.end_user(ANA);
        assert_eq!(other.told().now_or_never(), Some(StreamSignal::Ended));
        assert_eq!(program.told().now_or_never(), None, "a token is no session");
    }
}
