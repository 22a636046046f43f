//! Logs: one line per request and per failure, with fields to search by. Never bodies, tokens or queries; the address somebody
//! comes from is in the line of their sign-in alone.

use crate::{
    answer::{self, ResponseFormat},
    config::LogFormat,
    log::{LogEnd, LogLines},
    process::Process,
};
use app::error::AppError;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use data_encoding::HEXLOWER;
use futures::FutureExt;
use std::{
    any::Any,
    io::{self, IsTerminal},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Instant,
};
use tracing::{Instrument, Span, field};
use tracing_subscriber::EnvFilter;

/// Under which name a request is found in the log, and in those of the proxies before Muster.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts logging to standard error, until what this answers is dropped. `filter` was checked when the settings were read.
pub fn start(filter: &str, format: LogFormat) -> LogEnd {
    // A process that may have no thread more can do without a log.
    let Ok(lines) = LogLines::start(format, io::stderr()) else { return LogEnd::of(None) };
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_ansi(io::stderr().is_terminal())
        .log_internal_errors(false)
        .with_writer(lines.clone());
    let started = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    if let Err(error) = started {
        tracing::warn!(%error, "the log was started before");
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, message = message_of(panic.payload()), "a panic");
    }));
    LogEnd::of(Some(lines))
}

fn message_of(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// Gives every request an id and a line in the log, and turns a panic into an answer.
///
/// The path is logged as the route that matched: what a user typed, or the token of a join link, never is.
pub(crate) async fn trace(State(process): State<Arc<Process>>, mut request: Request, next: Next) -> Response {
    let id = given_id(request.headers(), process.trusted_proxies).unwrap_or_else(|| fresh_id(&process));
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "request",
        request.id = id.to_str().unwrap_or_default(),
        method = %request.method(),
        route,
        user.id = field::Empty,
    );
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let manner = ResponseFormat::of(request.headers());
    let started = Instant::now();
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span.clone()).await;
    let _entered = span.enter();
    let mut response = answered.unwrap_or_else(|_| {
        let ticket = process.service.sources().random.ticket();
        tracing::error!(ticket = ticket.0, "a request failed by a panic");
        answer::refusal(&AppError::Internal(ticket), manner)
    });
    tracing::info!(status = response.status().as_u16(), duration_us = started.elapsed().as_micros(), "answered");
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// Names the caller in the line of the present request.
pub(crate) fn record_user(user: domain::UserId) {
    Span::current().record("user.id", user.0);
}

/// The id that a trusted proxy gave the request.
fn given_id(headers: &HeaderMap, trusted_proxies: usize) -> Option<HeaderValue> {
    let given = headers.get(REQUEST_ID).filter(|_| trusted_proxies > 0)?;
    let text = given.to_str().ok()?;
    ((1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| given.clone())
}

fn fresh_id(process: &Process) -> HeaderValue {
    let id = HEXLOWER.encode(&process.service.sources().random.bytes::<8>());
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("-"))
}
