//! The connections of the process, from the first to the last byte.
//!
//! All requests are served by hyper. An answer that is a stream and may stay open for hours takes its connection over
//! (`stream`). Where that cannot be (HTTP/1.0, HTTP/2, a socket that is still full) the stream is a body as any other.
//!
//! Nothing here lasts for ever but what is used: how many connections there are (`crowd`), how long they may do nothing,
//! and how much they may send without being asked for it is bounded (`limits`); `line` and `body` see to it.

mod body;
mod crowd;
mod files;
mod head;
mod limits;
mod line;
mod say;
mod stream;
#[cfg(test)]
mod tests;

pub(crate) use body::{is_caused_by, is_too_slow};
pub(crate) use files::raise as raise_files;
pub(crate) use limits::Limits;

use crate::{answer, live::Handover, process::StopSwitch};
use app::text::RequestFlaw;
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    http::{HeaderValue, Method, StatusCode, Version, header, uri::Authority},
    response::Response,
    serve::Listener,
};
use body::{Answering, Asking, Progress};
use crowd::{Crowd, Seat};
use hyper::{
    body::{Body as _, Incoming},
    rt::Executor,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use limits::Bound;
use line::{Line, moment};
use std::{
    convert::Infallible,
    future::pending,
    net::{Ipv6Addr, SocketAddr},
    ops::ControlFlow,
    pin::pin,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use stream::Taken;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc, watch},
    time::{Instant, sleep_until},
};
use tower::ServiceExt;

/// How many are told at once that there is no room. All others only find the connection closed.
const TURNED_AWAY: usize = 64;

/// How much of a body, and of an answer, is held for a connection of HTTP/2, and for one request of it.
const HTTP2_WINDOW: u32 = 256 * 1024;
const HTTP2_STREAM: u32 = 64 * 1024;

/// How many requests may be taken back before they were looked at, and how many of ours may be, before the connection is.
const HTTP2_RESETS: usize = 20;

/// How long a connection of HTTP/2 has to end once it was told to.
const HTTP2_GRACE: Duration = Duration::from_secs(5);

/// Serves until the switch is thrown, then waits for requests in flight and for streams, which end by the same switch.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, switch: StopSwitch, limits: Limits) {
    // Each connection holds an end of it until it is over.
    let (open, all_closed) = watch::channel(());
    let (crowd, doormen) = (Crowd::new(limits), Arc::new(Semaphore::new(TURNED_AWAY)));
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
        match crowd.enter(peer.ip()) {
            Ok(seat) => {
                tokio::spawn(converse(socket, peer, router.clone(), switch.watch(), all_closed.clone(), seat));
            }
            Err(bound) => {
                if let Ok(doorman) = Arc::clone(&doormen).try_acquire_owned() {
                    let (status, flaw) = match bound {
                        Bound::OfAddress => (StatusCode::TOO_MANY_REQUESTS, RequestFlaw::CrowdedAddress),
                        _ => (StatusCode::SERVICE_UNAVAILABLE, RequestFlaw::Crowded),
                    };
                    tokio::spawn(async move {
                        say::turn_away(socket, status, flaw).await;
                        drop(doorman);
                    });
                }
            }
        }
    }
    drop((listener, all_closed));
    open.closed().await;
}

/// Answers the requests of one connection until it is closed, or a stream takes it.
async fn converse(
    socket: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut stop: watch::Receiver<bool>,
    open: watch::Receiver<()>,
    seat: Seat,
) {
    let crowd = Arc::clone(seat.crowd());
    let limits = &crowd.limits;
    let line = Line::new(socket, limits.stall);
    let asking = seat.ask_by(&line);
    let mut met = None;
    let taken = {
        let (hand, mut taken) = mpsc::channel(1);
        let answering =
            service_fn(|request| answer(request, peer, router.clone(), line.clone(), hand.clone(), Arc::clone(&crowd)));
        let builder = builder(limits);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(line.clone()), answering));
        let mut look = pin!(sleep_until(Instant::now() + limits.first));
        let (mut is_stopping, mut is_looking) = (false, true);
        loop {
            tokio::select! {
                served = connection.as_mut() => {
                    if let Err(error) = served {
                        met = bound_of(&*error);
                        tracing::debug!(error, "a connection broke off");
                    }
                    break None;
                }
                taken = taken.recv() => break taken,
                () = look.as_mut(), if is_looking => match look_at(&line, limits, is_stopping) {
                    ControlFlow::Break(()) => {
                        met = (!line.has_asked()).then_some(Bound::SlowHead);
                        break None;
                    }
                    ControlFlow::Continue(Look::At(at)) => look.as_mut().reset(at),
                    ControlFlow::Continue(Look::Leave) => {
                        is_stopping = true;
                        connection.as_mut().graceful_shutdown();
                        look.as_mut().reset(Instant::now() + HTTP2_GRACE);
                    }
                    ControlFlow::Continue(Look::NoMore) => is_looking = false,
                },
                () = line.left() => break None,
                _ = stop.wait_for(|stop| *stop), if !is_stopping => {
                    is_stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    };
    drop(asking);
    let socket = line.take();
    match (taken, socket) {
        (Some(taken), Some(socket)) => {
            // A task of its own: this one has the room that hyper and the layers need.
            tokio::spawn(async move {
                stream::tell(socket, taken, seat).await;
                drop(open);
            });
        }
        (None, Some(socket)) => end(socket, &line, met.or_else(|| line.met()), &crowd).await,
        (_, None) => {}
    }
}

/// The last of a connection that no stream has taken.
async fn end(socket: TcpStream, line: &Line, met: Option<Bound>, crowd: &Crowd) {
    match met {
        // Who has begun to ask is told; who has not may be a browser that opened one in reserve.
        Some(Bound::SlowHead) if line.is_in_head() => {
            crowd.notes.met(Bound::SlowHead);
            let sentence = app::text::Language::English.request_flaw(RequestFlaw::SlowHead);
            say::say(socket, StatusCode::REQUEST_TIMEOUT, None, sentence).await;
        }
        Some(Bound::SlowHead) | None => {}
        Some(bound) => {
            crowd.notes.met(bound);
            if bound == Bound::LongHead {
                say::let_go(socket).await;
            }
        }
    }
}

/// The bound that hyper has met.
fn bound_of(error: &(dyn std::error::Error + 'static)) -> Option<Bound> {
    let error = error.downcast_ref::<hyper::Error>()?;
    if error.is_parse_too_large() {
        Some(Bound::LongHead)
    } else if error.is_timeout() {
        Some(Bound::SlowHead)
    } else {
        None
    }
}

/// What comes of a look at a connection.
enum Look {
    /// It is looked at again.
    At(Instant),
    /// It is told to end.
    Leave,
    /// It is bounded by hyper from now on.
    NoMore,
}

/// Whether a connection has asked for nothing for too long. hyper has an eye on that itself once it knows that HTTP/1 is
/// spoken and a first request was there; with HTTP/2 it only asks whether there still is somebody.
fn look_at(line: &Line, limits: &Limits, is_leaving: bool) -> ControlFlow<(), Look> {
    if !line.has_asked() {
        return ControlFlow::Break(());
    }
    if !line.is_http2() {
        return ControlFlow::Continue(Look::NoMore);
    }
    let now = Instant::now();
    let Some(since) = line.idle_since() else { return ControlFlow::Continue(Look::At(now + limits.next)) };
    let idle = Duration::from_micros(moment(now).saturating_sub(since));
    match limits.next.checked_sub(idle) {
        Some(left) if !left.is_zero() => ControlFlow::Continue(Look::At(now + left)),
        Some(_) | None if is_leaving => ControlFlow::Break(()),
        Some(_) | None => ControlFlow::Continue(Look::Leave),
    }
}

fn builder(limits: &Limits) -> Builder<Streams> {
    let mut builder = Builder::new(Streams { stall: limits.stall });
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.next).max_buf_size(limits.head);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.ping)
        .keep_alive_timeout(limits.ping)
        .max_concurrent_streams(limits.streams)
        .max_header_list_size(u32::try_from(limits.head).unwrap_or(u32::MAX))
        .max_pending_accept_reset_streams(HTTP2_RESETS)
        .max_local_error_reset_streams(HTTP2_RESETS)
        .initial_connection_window_size(HTTP2_WINDOW)
        .initial_stream_window_size(HTTP2_STREAM)
        .max_send_buf_size(HTTP2_STREAM as usize);
    builder
}

tokio::task_local! {
    /// How the reader of the present request of HTTP/2 takes its answer.
    static PROGRESS: Arc<Progress>;
}

/// Runs the requests of a connection of HTTP/2, each until it is answered or its reader takes nothing any more: then it
/// alone is given up, and not the connection, by which a proxy may ask for many people.
#[derive(Clone)]
struct Streams {
    stall: Duration,
}

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Streams {
    fn execute(&self, request: F) {
        let (progress, stall) = (Arc::new(Progress::default()), self.stall);
        tokio::spawn(async move {
            tokio::select! {
                () = PROGRESS.scope(Arc::clone(&progress), request) => {}
                () = progress.stalls(stall) => tracing::debug!("the reader of an answer takes nothing"),
            }
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
    crowd: Arc<Crowd>,
) -> Result<Response<Answering>, Infallible> {
    let asked = line.ask();
    let progress = PROGRESS.try_with(Arc::clone).ok();
    let time = Some(crowd.limits.answer);
    let may_take =
        request.version() == Version::HTTP_11 && request.method() == Method::GET && request.body().is_end_stream();
    let (mut request, is_late) = if request.body().is_end_stream() {
        (request.map(Body::new), None)
    } else {
        let (parts, body) = request.into_parts();
        let (body, is_late) = Asking::new(body, crowd.limits.body);
        (Request::from_parts(parts, Body::new(body)), Some(is_late))
    };
    if let Err(flaw) = one_host(&mut request, line.is_ambiguous()) {
        let sentence = answer::language(request.headers()).request_flaw(flaw);
        let refused = closing(answer::plain(StatusCode::BAD_REQUEST, sentence), request.version());
        return Ok(refused.map(|body| Answering::new(body, asked, progress, time)));
    }
    let (version, language) = (request.version(), is_late.is_some().then(|| answer::language(request.headers())));
    request.extensions_mut().insert(ConnectInfo(peer));
    // The layers need much room while they work, and none while the connection waits for the next request.
    let mut response = Box::pin(router.oneshot(request)).await?;
    let handover = response.extensions_mut().remove::<Handover>();
    let is_stream = handover.is_some();
    let may_take = may_take && !line.is_full();
    if let Some(stream) = handover.filter(|_| may_take).and_then(|handover| handover.take()) {
        let (head, _) = response.into_parts();
        if hand.try_send(Taken { head, stream }).is_ok() {
            pending::<()>().await;
        }
        return Ok(Response::new(Answering::new(Body::empty(), asked, progress, time)));
    }
    if is_late.is_some_and(|is_late| is_late.load(Ordering::Relaxed)) {
        crowd.notes.met(Bound::SlowBody);
        if response.status() != StatusCode::REQUEST_TIMEOUT {
            let sentence = language.unwrap_or_default().request_flaw(RequestFlaw::SlowBody);
            response = answer::plain(StatusCode::REQUEST_TIMEOUT, sentence);
        }
        response = closing(response, version);
    }
    Ok(response.map(|body| Answering::new(body, asked, progress, time.filter(|_| !is_stream))))
}

/// Makes sure that a request names one host, in one way (RFC 9112 §3.2), and has one length.
fn one_host<'a>(request: &mut Request, is_ambiguous: bool) -> Result<(), RequestFlaw<'a>> {
    let authority = request.uri().authority().map(|authority| authority.as_str().to_owned());
    let mut named = request.headers().get_all(header::HOST).iter();
    let (host, other) = (named.next().cloned(), named.next());
    if is_ambiguous {
        return Err(RequestFlaw::TwoLengths);
    }
    if other.is_some() {
        return Err(RequestFlaw::TwoHosts);
    }
    match (authority, host) {
        (Some(authority), Some(host)) if !authority.as_bytes().eq_ignore_ascii_case(host.as_bytes()) => {
            Err(RequestFlaw::TwoHosts)
        }
        (Some(authority), None) if request.version() >= Version::HTTP_2 => {
            // It has another place there.
            let host = HeaderValue::try_from(authority).map_err(|_| RequestFlaw::NoHost)?;
            request.headers_mut().insert(header::HOST, host);
            Ok(())
        }
        (_, None) if request.version() >= Version::HTTP_11 => Err(RequestFlaw::NoHost),
        (_, Some(host)) if !is_host(&host) => Err(RequestFlaw::NoHost),
        (_, Some(_) | None) => Ok(()),
    }
}

/// Whether it is a host, with a port or without. The type of the library lets any port and many a sign pass; a name has
/// letters, digits and a few signs, or it is an address in brackets.
fn is_host(host: &HeaderValue) -> bool {
    let Ok(authority) = Authority::try_from(host.as_bytes()) else { return false };
    let name = authority.host();
    let Some(port) = authority.as_str().strip_prefix(name) else { return false };
    let is_name = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    };
    let is_port =
        |port: &str| port.is_empty() || (port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok());
    is_name && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// An answer after which the connection ends.
fn closing(mut response: Response, version: Version) -> Response {
    if version < Version::HTTP_2 {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
