//! Bodies with an end: what is sent to us within a time, and what we send for as long as somebody takes it.

use super::{
    limits::Bound,
    line::{Asked, moment},
};
use axum::{BoxError, body::Body};
use bytes::Bytes;
use futures::ready;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::{
    error::Error,
    fmt, io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep_until};

/// The body of a request did not come in time.
#[derive(Debug)]
struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body took too long")
    }
}

impl Error for TooSlow {}

/// Whether a body could not be read because it did not come in time.
pub(crate) fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    is_caused_by::<TooSlow>(error)
}

/// Whether this is the error, or behind it.
pub(crate) fn is_caused_by<E: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<E>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The body of a request, until its time is over.
pub(super) struct Asking {
    body: Incoming,
    until: Instant,
    timer: Option<Pin<Box<Sleep>>>,
    is_late: Arc<AtomicBool>,
}

impl Asking {
    /// The body, and whether it was too slow.
    pub(super) fn new(body: Incoming, time: Duration) -> (Self, Arc<AtomicBool>) {
        let is_late = Arc::new(AtomicBool::new(false));
        (Self { body, until: Instant::now() + time, timer: None, is_late: Arc::clone(&is_late) }, is_late)
    }
}

impl HttpBody for Asking {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.is_late.load(Ordering::Relaxed) {
            return Poll::Ready(None);
        }
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if frame.is_ready() {
            return frame.map_err(Into::into);
        }
        let until = self.until;
        ready!(self.timer.get_or_insert_with(|| Box::pin(sleep_until(until))).as_mut().poll(cx));
        self.is_late.store(true, Ordering::Relaxed);
        Poll::Ready(Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether a reader takes what it is sent. By HTTP/2 the socket does not tell: each answer has a window of its own.
#[derive(Default)]
pub(super) struct Progress(AtomicU64);

impl Progress {
    /// Something was handed on, and nothing has been asked for since.
    fn gave(&self, has_given: bool) {
        self.0.store(if has_given { moment(Instant::now()) } else { 0 }, Ordering::Relaxed);
    }

    /// Resolves once a reader has taken nothing for so long.
    pub(super) async fn stalls(&self, stall: Duration) {
        let mut since = self.0.load(Ordering::Relaxed);
        loop {
            sleep_until(Instant::now() + stall).await;
            let now = self.0.load(Ordering::Relaxed);
            if now > 0 && now == since {
                return;
            }
            since = now;
        }
    }
}

/// The body of an answer.
pub(super) struct Answering {
    body: Body,
    /// Held until the body is dropped.
    asked: Asked,
    progress: Option<Arc<Progress>>,
    /// When it has taken too long; never for a stream.
    until: Option<Instant>,
}

impl Answering {
    pub(super) fn new(body: Body, asked: Asked, progress: Option<Arc<Progress>>, time: Option<Duration>) -> Self {
        Self { body, asked, progress, until: time.map(|time| Instant::now() + time) }
    }
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.until.is_some_and(|until| Instant::now() > until) {
            self.asked.met(Bound::SlowAnswer);
            return Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::TimedOut).into())));
        }
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Some(progress) = &self.progress {
            progress.gave(matches!(frame, Poll::Ready(Some(Ok(_)))));
        }
        frame.map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
