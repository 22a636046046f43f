//! How much of the process those who connect may have, and what the log says where that was not enough for them.

use crate::config::Settings;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How many open files are kept for everything but connections: databases, logs, and whoever is turned away.
const OTHER_FILES: u64 = 128;

/// However few files there may be, some must be able to connect.
const FEWEST: usize = 16;

/// From one address where nothing is set: a whole school, with a live page for each.
const OF_ADDRESS: usize = 1_000;

/// What is said about one bound is said once in this time.
const QUIET: Duration = Duration::from_mins(1);

/// How much those who connect may have.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Connections at once.
    pub(crate) connections: usize,
    /// Connections at once from one address; `None` for any number.
    pub(crate) of_address: Option<usize>,
    /// Whether that goes for this very computer too, where proxies are.
    pub(crate) of_this_computer: bool,
    /// Bytes of the first of a request, before its body. Ten times what our own pages make a browser send.
    pub(crate) head: usize,
    /// Until the first request of a connection is there.
    pub(crate) first: Duration,
    /// Until each further one is there. Longer than the proxies that are common keep a connection in reserve.
    pub(crate) next: Duration,
    /// Until the whole body of a request is there. Shorter than a request may take, so that the caller hears why.
    pub(crate) body: Duration,
    /// How long a reader may take nothing of what is sent.
    pub(crate) stall: Duration,
    /// How long an answer may take that is no stream: the whole audit log, by a slow line.
    pub(crate) answer: Duration,
    /// How often somebody who speaks HTTP/2 is asked whether they are there, and how long they may take to say so.
    pub(crate) ping: Duration,
    /// How many requests may be under way on one connection of HTTP/2.
    pub(crate) streams: u32,
}

impl Limits {
    /// As it was set, within what the system lets the process have.
    pub(crate) fn new(settings: &Settings, files: Option<u64>) -> Self {
        let wanted = settings.max_connections;
        let room = files.map(|files| usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX));
        let connections = room.map_or(wanted, |room| wanted.min(room.max(FEWEST)));
        if connections < wanted {
            tracing::warn!(wanted, connections, "fewer connections than were set: the process may not open more files");
        }
        let set = settings.max_connections_per_address;
        // Where all come by proxies, one address is everybody.
        let fallback = if settings.trusted_proxies == 0 { Some(OF_ADDRESS) } else { None };
        Self {
            connections,
            of_address: set.map_or(fallback, |set| (set > 0).then_some(set)),
            of_this_computer: set.is_some(),
            ..Self::default()
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 20_000,
            of_address: None,
            of_this_computer: false,
            head: 16 * 1024,
            first: Duration::from_secs(20),
            next: Duration::from_secs(75),
            body: Duration::from_secs(25),
            stall: Duration::from_mins(1),
            answer: Duration::from_hours(1),
            ping: Duration::from_secs(30),
            streams: 100,
        }
    }
}

/// What somebody met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Connections,
    OfAddress,
    SlowHead,
    LongHead,
    SlowBody,
    SlowReader,
    SlowAnswer,
}

impl Bound {
    const COUNT: usize = 7;

    const fn says(self) -> &'static str {
        match self {
            Self::Connections => "there are as many connections as there may be; the idle ones are closed first",
            Self::OfAddress => "one address has as many connections as it may have; its idle ones are closed first",
            Self::SlowHead => "a connection was closed: the head of a request took too long",
            Self::LongHead => "a request was refused: its head was too long",
            Self::SlowBody => "a request was refused: its body took too long",
            Self::SlowReader => "a connection was closed: its reader takes nothing",
            Self::SlowAnswer => "a connection was closed: its reader takes too little",
        }
    }
}

/// Says in the log that a bound was met: the first time at once, and then once in a while for all the others.
#[derive(Default)]
pub(super) struct Notes([Mutex<Note>; Bound::COUNT]);

#[derive(Default)]
struct Note {
    said: Option<Instant>,
    since: u64,
}

impl Notes {
    /// Somebody met it.
    pub(super) fn met(&self, bound: Bound) {
        if let Some(times) = self.count(bound, Instant::now()) {
            tracing::warn!(?bound, times, "{}", bound.says());
        }
    }

    /// How often it was met since something was last said; `None` where nothing is to be said yet.
    fn count(&self, bound: Bound, now: Instant) -> Option<u64> {
        let mut note = self.0[bound as usize].lock().unwrap_or_else(PoisonError::into_inner);
        note.since += 1;
        if note.said.is_some_and(|said| now.duration_since(said) < QUIET) {
            return None;
        }
        note.said = Some(now);
        Some(std::mem::take(&mut note.since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Args, FromArgMatches};

    fn limits(arguments: &[&str], files: Option<u64>) -> Limits {
        let command = Settings::augment_args(clap::Command::new("muster"));
        let matches = command.try_get_matches_from(["muster"].iter().chain(arguments)).expect("the arguments parse");
        Limits::new(&Settings::from_arg_matches(&matches).expect("the arguments fit"), files)
    }

    #[test]
    fn no_more_connections_than_files() {
        assert!(limits(&[], None).connections > 10_000, "so many live pages are promised");
        assert_eq!(limits(&["--max-connections", "50"], Some(1024)).connections, 50);
        assert_eq!(limits(&[], Some(1024)).connections, 896);
        assert_eq!(limits(&[], Some(64)).connections, FEWEST);
    }

    #[test]
    fn everybody_behind_a_proxy_is_one_address() {
        let of = |arguments: &[&str]| {
            let limits = limits(arguments, None);
            (limits.of_address, limits.of_this_computer)
        };
        assert_eq!(of(&[]), (Some(OF_ADDRESS), false));
        assert_eq!(of(&["--trusted-proxies", "1"]), (None, false));
        assert_eq!(of(&["--trusted-proxies", "1", "--max-connections-per-address", "9"]), (Some(9), true));
        assert_eq!(of(&["--max-connections-per-address", "0"]), (None, true));
    }

    #[test]
    fn the_log_says_it_once_in_a_while() {
        let (notes, now) = (Notes::default(), Instant::now());
        assert_eq!(notes.count(Bound::SlowHead, now), Some(1));
        assert_eq!(notes.count(Bound::SlowHead, now), None);
        assert_eq!(notes.count(Bound::LongHead, now), Some(1));
        assert_eq!(notes.count(Bound::SlowHead, now + QUIET), Some(2));
    }
}
