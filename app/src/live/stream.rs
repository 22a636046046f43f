//! The `EventSource` of the tab: opened, watched, closed while nobody looks, and opened again where it left off.

use super::{Connection, Live};
use crate::{api, browser, error::AppError, text, wire};
use domain::{Frame, Seq, Timestamp};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// The server beats every ten seconds. Two beats missed and a little more: the connection is dead, whatever it claims.
const SILENCE: Duration = Duration::from_secs(25);

/// How long a page nobody looks at keeps its stream. A browser has only six connections to a host for all tabs.
const UNSEEN: Duration = Duration::from_mins(1);

/// How long a first attempt to reconnect waits; each later one twice as long.
const FIRST_WAIT_MS: u64 = 400;

/// How long an attempt waits at most while a server may just be starting again: whoever waits for it sees it come back.
const QUICK_WAIT_MS: u64 = 1_500;

/// So many attempts are quick.
const QUICK_ATTEMPTS: u32 = 20;

/// How long any attempt waits at most.
const LONGEST_WAIT_MS: u64 = 15_000;

/// After this many failed attempts the page says that it is offline.
const OFFLINE_AFTER: u32 = 3;

/// The stream of this tab, for as long as the tab lives.
struct Stream {
    live: Live,
    source: Option<Source>,
    last: Seq,
    /// When anything was last heard.
    heard: Timestamp,
    failures: u32,
    /// Ends the silence, or the wait for the next attempt.
    timer: Option<TimeoutHandle>,
    /// Closes the stream while nobody looks.
    unseen: Option<TimeoutHandle>,
}

/// An open source with what listens to it.
struct Source {
    events: EventSource,
    _listeners: [Closure<dyn FnMut(MessageEvent)>; 4],
}

impl Drop for Source {
    fn drop(&mut self) {
        self.events.close();
    }
}

type Shared = Rc<RefCell<Stream>>;

/// Opens the stream at `start`.
pub(super) fn open(live: Live, start: Seq) {
    let stream = Rc::new(RefCell::new(Stream {
        live,
        source: None,
        last: start,
        heard: browser::now(),
        failures: 0,
        timer: None,
        unseen: None,
    }));
    // Once the whole page listens.
    later(&stream, Duration::ZERO, begin);
    let seen = Rc::clone(&stream);
    window_event_listener_untyped("visibilitychange", move |_| look(&seen));
    let online = Rc::clone(&stream);
    window_event_listener_untyped("online", move |_| reconnect_now(&online));
}

fn connect(stream: &Shared) {
    let last = stream.borrow().last;
    if let Ok(events) = EventSource::new(&format!("/live?since={last}")) {
        attend(stream, events);
    }
}

/// Goes on with the stream that the document opened, and tells what that has said; or opens one.
fn begin(stream: &Shared) {
    let last = stream.borrow().last;
    let Some((events, said)) = browser::take_stream() else { return connect(stream) };
    let since = events.url().rsplit('=').next().and_then(|since| since.parse::<Seq>().ok());
    let state = events.ready_state();
    if state == EventSource::CLOSED || since.is_none_or(|since| since > last) {
        events.close();
        return connect(stream);
    }
    attend(stream, events);
    if state == EventSource::OPEN {
        opened(stream);
    }
    for event in &said {
        told(stream, event);
    }
}

/// Listens to a source.
fn attend(stream: &Shared, events: EventSource) {
    let listeners = [
        listen(stream, &events, "open", |stream, _| opened(stream)),
        listen(stream, &events, "message", |stream, event| told(stream, &event)),
        listen(stream, &events, "beat", |stream, event| heard(stream, &event)),
        listen(stream, &events, "error", |stream, _| lost(stream)),
    ];
    stream.borrow_mut().source = Some(Source { events, _listeners: listeners });
    watch(stream);
}

fn listen(
    stream: &Shared,
    events: &EventSource,
    name: &str,
    run: fn(&Shared, MessageEvent),
) -> Closure<dyn FnMut(MessageEvent)> {
    let stream = Rc::clone(stream);
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event| run(&stream, event));
    let _ = events.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener
}

fn opened(stream: &Shared) {
    let live = {
        let mut stream = stream.borrow_mut();
        stream.failures = 0;
        stream.heard = browser::now();
        stream.live
    };
    live.connection.set(Connection::Live);
    watch(stream);
}

/// Something was said, so the connection lives; its id is where to go on after the next loss.
fn heard(stream: &Shared, event: &MessageEvent) {
    {
        let mut stream = stream.borrow_mut();
        stream.heard = browser::now();
        if let Ok(seq) = event.last_event_id().parse::<Seq>() {
            stream.last = stream.last.max(seq);
        }
    }
    watch(stream);
}

fn told(stream: &Shared, event: &MessageEvent) {
    heard(stream, event);
    let frame = event.data().as_string().and_then(|text| wire::read::<Frame>(&text).ok());
    let live = stream.borrow().live;
    match frame {
        Some(Frame::SignedOut) => browser::leave_for_sign_in(),
        Some(frame) => live.deliver(frame),
        // The server is newer than this page: only a reload brings the two together.
        None => live.deliver(Frame::Reset { seq: stream.borrow().last }),
    }
}

/// The connection is gone. Tries again, after longer and longer waits.
fn lost(stream: &Shared) {
    let (live, failures, heard) = {
        let mut stream = stream.borrow_mut();
        stream.source = None;
        stream.failures += 1;
        (stream.live, stream.failures, stream.heard)
    };
    live.connection.set(if failures >= OFFLINE_AFTER {
        Connection::Offline(text::local_clock(heard, browser::utc_offset(heard)))
    } else {
        Connection::Reconnecting
    });
    if failures == OFFLINE_AFTER {
        // A stream does not say why it was refused; a question does.
        spawn_local(async {
            if api::account::read_viewer().await == Err(AppError::SignedOut) {
                browser::leave_for_sign_in();
            }
        });
    }
    let most = if failures <= QUICK_ATTEMPTS { QUICK_WAIT_MS } else { LONGEST_WAIT_MS };
    let wait = (FIRST_WAIT_MS << failures.min(8)).min(most);
    later(stream, Duration::from_millis(wait / 2 + jitter(wait / 2)), connect);
}

/// A part of `most`, so that not all tabs come back at the same moment after a restart.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a random part of some seconds in milliseconds"
)]
fn jitter(most: u64) -> u64 {
    (js_sys::Math::random() * most as f64) as u64
}

/// Gives the connection up when it stays silent.
fn watch(stream: &Shared) {
    later(stream, SILENCE, lost);
}

/// Runs `next` after a time, unless something else is to be run before.
fn later(stream: &Shared, wait: Duration, next: fn(&Shared)) {
    let target = Rc::clone(stream);
    let timer = set_timeout_with_handle(move || next(&target), wait).ok();
    if let Some(before) = std::mem::replace(&mut stream.borrow_mut().timer, timer) {
        before.clear();
    }
}

fn reconnect_now(stream: &Shared) {
    if stream.borrow().source.is_none() {
        connect(stream);
    }
}

/// The reader has come to the page, or left it.
fn look(stream: &Shared) {
    if let Some(timer) = stream.borrow_mut().unseen.take() {
        timer.clear();
    }
    if browser::is_visible() {
        reconnect_now(stream);
        return;
    }
    let target = Rc::clone(stream);
    let rest = move || {
        let mut stream = target.borrow_mut();
        stream.source = None;
        if let Some(timer) = stream.timer.take() {
            timer.clear();
        }
    };
    stream.borrow_mut().unseen = set_timeout_with_handle(rest, UNSEEN).ok();
}
