//! The way to a socket that hyper uses, until a stream takes the socket.

use super::{head::Heads, limits::Bound};
use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::Notify,
    time::{Instant, Sleep, sleep_until},
};

#[derive(Clone)]
pub(super) struct Line(Arc<Shared>);

struct Shared {
    socket: Mutex<Socket>,
    /// Since when nothing is asked, in [`moment`]s; 0 while something is.
    idle_since: AtomicU64,
    leave: Notify,
}

pub(super) struct Socket {
    stream: Option<TcpStream>,
    /// Whether something of an earlier answer waits to be sent.
    is_full: bool,
    /// Until when something of that has to be taken.
    patience: Option<Pin<Box<Sleep>>>,
    stall: Duration,
    /// What is read, as far as hyper does not tell.
    heads: Heads,
    /// How many requests are under way, and whether there ever was one.
    asked: usize,
    has_asked: bool,
    /// Why the socket was given up.
    met: Option<Bound>,
}

/// A request under way, until the last of its answer was handed on.
pub(super) struct Asked(Line);

/// A moment as a number, never 0.
pub(super) fn moment(at: Instant) -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let since = at.saturating_duration_since(*START).as_micros();
    u64::try_from(since).unwrap_or(u64::MAX).saturating_add(1)
}

impl Line {
    pub(super) fn new(stream: TcpStream, stall: Duration) -> Self {
        let socket = Socket {
            stream: Some(stream),
            is_full: false,
            patience: None,
            stall,
            heads: Heads::default(),
            asked: 0,
            has_asked: false,
            met: None,
        };
        let idle_since = moment(Instant::now()).into();
        Self(Arc::new(Shared { socket: socket.into(), idle_since, leave: Notify::new() }))
    }

    fn lock(&self) -> MutexGuard<'_, Socket> {
        self.0.socket.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether something waits to be sent that the reader does not take.
    pub(super) fn is_full(&self) -> bool {
        self.lock().is_full
    }

    pub(super) fn has_asked(&self) -> bool {
        self.lock().has_asked
    }

    /// Whether somebody waits for the answer to half a request of HTTP/1.
    pub(super) fn is_in_head(&self) -> bool {
        let socket = self.lock();
        socket.heads.is_begun && !socket.heads.may_be_other()
    }

    pub(super) fn is_http2(&self) -> bool {
        self.lock().heads.is_other()
    }

    /// Whether a request said in two ways how long it is.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.lock().heads.is_ambiguous
    }

    /// The bound for which the socket was given up.
    pub(super) fn met(&self) -> Option<Bound> {
        self.lock().met
    }

    pub(super) fn take(&self) -> Option<TcpStream> {
        self.lock().stream.take()
    }

    /// A request is under way.
    pub(super) fn ask(&self) -> Asked {
        let mut socket = self.lock();
        socket.asked += 1;
        socket.has_asked = true;
        self.0.idle_since.store(0, Ordering::Relaxed);
        Asked(self.clone())
    }

    /// Since when nothing was asked; `None` while something is.
    pub(super) fn idle_since(&self) -> Option<u64> {
        Some(self.0.idle_since.load(Ordering::Relaxed)).filter(|since| *since > 0)
    }

    /// Others need the place.
    pub(super) fn leave(&self) {
        self.0.leave.notify_one();
    }

    /// Resolves once others need the place.
    pub(super) async fn left(&self) {
        self.0.leave.notified().await;
    }

    /// Writes by `write`, notes whether there was room, and gives up on who has taken nothing for too long.
    fn poll_writing(
        &self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let mut socket = self.lock();
        let Some(stream) = &mut socket.stream else { return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())) };
        let written = write(Pin::new(stream), cx);
        socket.is_full = written.is_pending();
        if !socket.is_full {
            socket.patience = None;
            return written;
        }
        let stall = socket.stall;
        let patience = socket.patience.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + stall)));
        if patience.as_mut().poll(cx).is_ready() {
            socket.met = Some(Bound::SlowReader);
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl Asked {
    /// The answer is given up.
    pub(super) fn met(&self, bound: Bound) {
        self.0.lock().met = Some(bound);
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let mut socket = self.0.lock();
        socket.asked -= 1;
        if socket.asked == 0 {
            socket.heads.expect_head();
            self.0.0.idle_since.store(moment(Instant::now()), Ordering::Relaxed);
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut socket = self.lock();
        let before = buf.filled().len();
        let Some(stream) = &mut socket.stream else { return Poll::Ready(Ok(())) };
        let read = Pin::new(stream).poll_read(cx, buf);
        if let Some(new) = buf.filled().get(before..) {
            socket.heads.read(new);
        }
        read
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_writing(cx, |stream, cx| stream.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_writing(cx, |stream, cx| stream.poll_write_vectored(cx, slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A socket keeps nothing back.
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.lock().stream {
            Some(stream) => Pin::new(stream).poll_shutdown(cx),
            None => Poll::Ready(Ok(())),
        }
    }
}
