//! The tab's part of the stream that all tabs of a browser share: joined, watched, left while nobody looks, and joined again
//! where it left off.
//!
//! Browsers have only six connections to a host by HTTP/1.1, for all tabs together. Which tab holds the one stream, and how
//! the others hear what it says, is in `stream.js`, a part of the document: before a tab may open one it has to know whether
//! another has. Whoever holds the lock `live-<account>` holds the stream, and says all of it on the channel of that name; the
//! account is the one the server drew the page for, and the server tells its feed to no other. A tab that joins asks where
//! the stream stands (`where`), and is told (`at`): where that is beyond what its page was read at, it reads anew. A holder
//! that says nothing, such as a tab that the system has put to sleep, loses the lock. Without locks (by plain http from
//! another computer) each tab has a stream of its own, for as long as somebody looks.

use super::{Connection, Live};
use crate::{
    api,
    browser::{self, property, take_property},
    error::AppError,
    text, wire,
};
use domain::{Frame, Seq, Timestamp};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{EventTarget, MessageEvent};

/// The server beats every ten seconds. Two beats missed and a little more: the connection is dead, whatever it claims.
const SILENCE: Duration = Duration::from_secs(25);

/// The script by which tabs share a stream: `live` joins it.
#[cfg(feature = "ssr")]
pub(crate) const SHARED_STREAM: &str = include_str!("stream.js");

/// How long a page nobody looks at stays in it.
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

/// The shared stream with what listens to it here.
struct Source {
    line: EventTarget,
    _listeners: [Closure<dyn FnMut(MessageEvent)>; 4],
}

impl Drop for Source {
    fn drop(&mut self) {
        leave(&self.line);
    }
}

fn leave(line: &EventTarget) {
    if let Ok(leave) = property(line, "close").dyn_into::<js_sys::Function>() {
        let _ = leave.call0(line);
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

/// Joins, unless nobody looks: then whoever looks next does.
fn connect(stream: &Shared) {
    let Ok(join) = property(&window(), "live").dyn_into::<js_sys::Function>() else { return };
    if !browser::is_visible() {
        return;
    }
    let last = JsValue::from_f64(as_number(stream.borrow().last));
    if let Some(line) = join.call2(&JsValue::NULL, &last, &JsValue::TRUE).ok().and_then(|line| line.dyn_into().ok()) {
        attend(stream, line);
    }
}

/// Goes on with what the document has joined, or joins.
fn begin(stream: &Shared) {
    let Ok(line) = take_property(&window(), "stream").dyn_into::<EventTarget>() else { return connect(stream) };
    let last = as_number(stream.borrow().last);
    if property(&line, "since").as_f64().is_none_or(|since| since > last) {
        leave(&line);
        return connect(stream);
    }
    attend(stream, line);
    if !browser::is_visible() {
        look(stream);
    }
}

#[expect(clippy::cast_precision_loss, reason = "no feed has 2^53 events")]
fn as_number(seq: Seq) -> f64 {
    seq.0 as f64
}

/// Listens, and hears what was said before.
fn attend(stream: &Shared, line: EventTarget) {
    let listeners = [
        listen(stream, &line, "open", |stream, _| opened(stream)),
        listen(stream, &line, "message", |stream, event| told(stream, &event)),
        listen(stream, &line, "beat", |stream, event| heard(stream, &event)),
        listen(stream, &line, "error", |stream, _| lost(stream)),
    ];
    let said = take_property(&line, "said").dyn_into::<js_sys::Array>().unwrap_or_default();
    stream.borrow_mut().source = Some(Source { line: line.clone(), _listeners: listeners });
    watch(stream);
    for event in said {
        // It may have been lost again meanwhile, and then nobody listens any more.
        if stream.borrow().source.is_some() {
            let _ = line.dispatch_event(event.unchecked_ref());
        }
    }
}

fn listen(
    stream: &Shared,
    events: &EventTarget,
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
    live.tell(Connection::Live);
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
        Some(Frame::SignedOut) => live.end_session(),
        Some(frame) => live.deliver(frame),
        // The server is newer than this page, or the stream is further than what this tab has heard of it.
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
    if live.has_ended() {
        return;
    }
    live.tell(if failures >= OFFLINE_AFTER {
        Connection::Offline(text::local_clock(heard, browser::utc_offset(heard)))
    } else {
        Connection::Reconnecting
    });
    if failures == OFFLINE_AFTER {
        // A stream does not say why it was refused; a question does.
        spawn_local(async move {
            if api::account::read_viewer().await == Err(AppError::SignedOut) {
                live.end_session();
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
    let alone = stream.borrow().source.as_ref().is_some_and(|source| property(&source.line, "alone").is_truthy());
    let target = Rc::clone(stream);
    let rest = move || {
        let mut stream = target.borrow_mut();
        stream.source = None;
        if let Some(timer) = stream.timer.take() {
            timer.clear();
        }
    };
    stream.borrow_mut().unseen = set_timeout_with_handle(rest, if alone { Duration::ZERO } else { UNSEEN }).ok();
}
