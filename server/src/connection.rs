//! The connections of the process, from the first to the last byte.
//!
//! All requests are served by hyper. An answer that is a stream and may stay open for hours takes its connection over: what
//! hyper, the layers and the request held for it is let go, and what is told goes to the socket as it is, shared with all
//! other streams. Where that cannot be (HTTP/1.0, HTTP/2, a socket that is still full) the stream is a body as any other.

use crate::{
    live::{Handover, Stream},
    process::StopSwitch,
};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    http::{Method, Version, response},
    response::Response,
    serve::Listener,
};
use bytes::{Buf, Bytes};
use hyper::{
    body::{Body as _, Incoming},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use std::{
    convert::Infallible,
    fmt::Write,
    future::pending,
    io::{self, IoSlice},
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::{Duration, SystemTime},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    time,
};
use tower::ServiceExt;

/// How long the first of a request may take, counted from when the connection is free for one: who sends a letter a minute,
/// or nothing, holds no connection for ever. Longer than the proxies that are common keep one in reserve.
const PATIENCE: Duration = Duration::from_secs(75);

/// The end of a body in chunks.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// Serves until the switch is thrown, then waits for requests in flight and for streams, which end by the same switch.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, switch: StopSwitch) {
    // Each connection holds an end of it until it is over.
    let (open, all_closed) = watch::channel(());
    let mut stop = switch.watch();
    loop {
        let (socket, peer) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        // A streamed page is several small writes; with Nagle's algorithm each waits 40 ms for the one before.
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before it began");
        }
        tokio::spawn(converse(socket, peer, router.clone(), switch.watch(), all_closed.clone(), PATIENCE));
    }
    drop((listener, all_closed));
    open.closed().await;
}

/// A stream that is to have the connection, and the first of its answer.
struct Taken {
    head: response::Parts,
    stream: Stream,
}

/// Answers the requests of one connection until it is closed, or a stream takes it.
async fn converse(
    socket: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut stop: watch::Receiver<bool>,
    open: watch::Receiver<()>,
    patience: Duration,
) {
    let line = Line(Arc::new(Mutex::new(Socket { stream: Some(socket), is_full: false, has_asked: false })));
    let taken = {
        let (hand, mut taken) = mpsc::channel(1);
        let answering = service_fn(|request| answer(request, peer, router.clone(), line.clone(), hand.clone()));
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(patience);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(line.clone()), answering));
        // Until hyper knows which version of HTTP is spoken it has no patience of its own.
        let mut silence = pin!(time::timeout(patience, pending::<()>()));
        let (mut is_stopping, mut is_first) = (false, true);
        loop {
            tokio::select! {
                served = connection.as_mut() => {
                    if let Err(error) = served {
                        tracing::debug!(error, "a connection broke off");
                    }
                    break None;
                }
                taken = taken.recv() => break taken,
                _ = &mut silence, if is_first => {
                    is_first = false;
                    if !line.has_asked() {
                        break None;
                    }
                }
                _ = stop.wait_for(|stop| *stop), if !is_stopping => {
                    is_stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    };
    if let Some((Taken { head, stream }, socket)) = taken.zip(line.take()) {
        // A task of its own: this one has the room that hyper and the layers need.
        tokio::spawn(async move {
            if let Err(error) = tell(socket, head, stream).await {
                tracing::debug!(%error, "a stream broke off");
            }
            drop(open);
        });
    }
}

/// Answers one request; never, where a stream takes the connection instead.
async fn answer(
    request: hyper::Request<Incoming>,
    peer: SocketAddr,
    router: Router,
    line: Line,
    hand: mpsc::Sender<Taken>,
) -> Result<Response, Infallible> {
    line.lock().has_asked = true;
    let may_take =
        request.version() == Version::HTTP_11 && request.method() == Method::GET && request.body().is_end_stream();
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    // The layers need much room while they work, and none while the connection waits for the next request.
    let mut response = Box::pin(router.oneshot(request)).await?;
    let handover = response.extensions_mut().remove::<Handover>().filter(|_| may_take && !line.is_full());
    if let Some(stream) = handover.and_then(|handover| handover.take()) {
        let (head, _) = response.into_parts();
        if hand.try_send(Taken { head, stream }).is_ok() {
            pending::<()>().await;
        }
        return Ok(Response::default());
    }
    Ok(response)
}

/// Sends a stream to its end, or until its reader is gone.
async fn tell(mut socket: TcpStream, head: response::Parts, mut stream: Stream) -> io::Result<()> {
    socket.write_all(written(&head).as_bytes()).await?;
    drop(head);
    loop {
        let told = tokio::select! {
            biased;
            told = stream.next() => told,
            gone = gone(&socket) => return gone,
        };
        let Some(told) = told else { break };
        tokio::select! {
            biased;
            sent = send(&mut socket, told) => sent?,
            () = stream.ends() => return Ok(()),
        }
    }
    socket.write_all(LAST_CHUNK).await?;
    socket.shutdown().await
}

/// The first of an answer as it is sent. The connection ends with the stream.
fn written(head: &response::Parts) -> String {
    let mut text = format!("HTTP/1.1 {}\r\n", head.status);
    for (name, value) in &head.headers {
        // Writing to a text never fails.
        let _ = write!(text, "{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
    }
    #[expect(clippy::disallowed_methods, reason = "the date of an answer is that of the machine, as hyper says it")]
    let now = httpdate::fmt_http_date(SystemTime::now());
    let _ = write!(text, "date: {now}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n");
    text
}

/// Sends one chunk of the body.
async fn send(socket: &mut TcpStream, told: Bytes) -> io::Result<()> {
    let size = format!("{:x}\r\n", told.len());
    let mut chunk = size.as_bytes().chain(told).chain(&b"\r\n"[..]);
    socket.write_all_buf(&mut chunk).await
}

/// Resolves once the reader has closed the connection. What it may say in the middle of a stream is passed over.
async fn gone(socket: &TcpStream) -> io::Result<()> {
    loop {
        socket.readable().await?;
        match socket.try_read(&mut [0; 256]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// The way to a socket that hyper uses, until a stream takes the socket.
#[derive(Clone)]
struct Line(Arc<Mutex<Socket>>);

struct Socket {
    stream: Option<TcpStream>,
    /// Whether something of an earlier answer waits to be sent.
    is_full: bool,
    /// Whether there was a request.
    has_asked: bool,
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, Socket> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_full(&self) -> bool {
        self.lock().is_full
    }

    fn has_asked(&self) -> bool {
        self.lock().has_asked
    }

    fn take(&self) -> Option<TcpStream> {
        self.lock().stream.take()
    }

    /// Writes by `write`, and notes whether there was room.
    fn poll_writing(
        &self,
        write: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let mut socket = self.lock();
        let Some(stream) = &mut socket.stream else { return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())) };
        let written = write(Pin::new(stream));
        socket.is_full = written.is_pending();
        written
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match &mut self.lock().stream {
            Some(stream) => Pin::new(stream).poll_read(cx, buf),
            None => Poll::Ready(Ok(())),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_writing(|stream| stream.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_writing(|stream| stream.poll_write_vectored(cx, slices))
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::AsyncReadExt;

    /// What a connection is answered, to its end, to which this is sent and then nothing more.
    async fn answer_to(sent: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let mut reader = TcpStream::connect(listener.local_addr().expect("has one")).await.expect("listens");
        let (socket, peer) = listener.accept().await.expect("is asked");
        let (_stop, stopping) = watch::channel(false);
        let (_open, all_closed) = watch::channel(());
        let router = Router::new().route("/", get(|| async { "there" }));
        let patience = Duration::from_millis(100);
        tokio::spawn(converse(socket, peer, router, stopping, all_closed, patience));
        reader.write_all(sent.as_bytes()).await.expect("takes it");
        let mut answer = String::new();
        reader.read_to_string(&mut answer).await.expect("is closed");
        answer
    }

    #[tokio::test]
    async fn who_never_finishes_a_request_is_not_waited_for() {
        for unfinished in ["", "PRI * HT", "GET / HTTP/1.1\r\nhost: a\r\nx-slow: "] {
            assert!(!answer_to(unfinished).await.contains("200"), "{unfinished:?}");
        }
    }

    #[tokio::test]
    async fn a_connection_is_not_kept_for_ever_after_its_last_request() {
        let answer = answer_to("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("there"), "{answer}");
    }
}
