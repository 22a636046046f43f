//! `GET /events`: the live feed for programs, as server-sent events.

use super::{
    call::Call,
    input::{Number, Query, Segment, query},
    problem::{Answer, Problem},
    shape::AuditRow,
};
use crate::live::{Follower, Stream, message};
use app::error::AppError;
use axum::http::{HeaderMap, HeaderName};
use bytes::Bytes;
use domain::{RecordedEvent, Seq};
use std::sync::Arc;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How long a program with too many streams waits before it tries again, in seconds.
const CROWDED_RETRY: u32 = 10;

query! {
    /// Where to go on.
    Place {
        /// The id of the last event that is known; the header `Last-Event-ID` goes before it.
        since: Number<Seq>,
    }
}

impl Segment for Seq {
    fn parse(text: &str) -> Option<Self> {
        if text.bytes().all(|digit| digit.is_ascii_digit()) { text.parse().ok() } else { None }
    }
}

pub(super) async fn stream(call: Call, Query(asked): Query<Place>, headers: HeaderMap) -> Answer {
    let bearer = call.caller.token().cloned().ok_or(AppError::SignedOut)?;
    // A place that is none of ours is one that is not kept: the program is told where the feed stands.
    let named = headers.get(LAST_EVENT_ID).map(|id| id.to_str().ok().and_then(Seq::parse).unwrap_or(Seq(i64::MAX)));
    let since = named.or(asked.since.map(|Number(seq)| seq));
    let opened = Follower::open(Arc::clone(&call.process), bearer, since, row).await;
    let opened = opened.map_err(|error| call.process.service.failed(&error))?;
    let follower = opened.ok_or(Problem::Refused(AppError::Slow { retry_after: CROWDED_RETRY }))?;
    Ok(Stream::Program(Box::new(follower)).answer())
}

/// An event as every program is told of it that sees it.
fn row(logged: &RecordedEvent) -> Bytes {
    let row = serde_json::to_string(&AuditRow::of(logged)).unwrap_or_default();
    message(None, Some(logged.seq), &row)
}
