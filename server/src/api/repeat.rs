//! Calls under an `Idempotency-Key`: the first is carried out, every repeat gets its answer.
//!
//! A key belongs to one caller and one call. The answer is kept for a day; one that says that nothing was tried (too
//! often, too busy, not readable) is not kept, and a repeat tries again. Should the process die between the effect and
//! the keeping of the answer, the receipt of the command still makes sure that there is one effect.

use super::{
    input::{self, ParameterShape},
    problem::{PROBLEM_JSON, Problem},
};
use crate::process::Process;
use app::{error::AppError, text::CallFlaw};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use data_encoding::BASE64URL_NOPAD;
use domain::{CommandId, UserId};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};
use store::{Claim, KeptAnswer};
use tokio::time::{MissedTickBehavior, interval};
use tracing::Instrument;

/// How often a repeat looks whether the first call is answered, and how many times.
const LOOK: Duration = Duration::from_millis(25);
const LOOKS: usize = 1200;

/// Names what one call does, so that the store does it once. Different for each of many commands.
#[derive(Clone, Debug)]
pub(super) struct CallKey(String);

impl CallKey {
    /// The id of the command that a call consists of, or of one of many.
    pub(super) fn command(&self, part: i64) -> Option<CommandId> {
        CommandId::parse(&digest(&[self.0.as_bytes(), &part.to_be_bytes()]))
    }
}

/// One word for several texts, each told from the next.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    BASE64URL_NOPAD.encode(&hash.finalize())
}

/// The header with the key, as the description shows it. White space around it is none of it.
pub(super) fn key_shape() -> ParameterShape {
    const PATTERN: &str = "^[^\\s\\u0000-\\u001f\\u007f-\\u009f]([^\\u0000-\\u001f\\u007f-\\u009f]*\
        [^\\s\\u0000-\\u001f\\u007f-\\u009f])?$";
    let about =
        "Up to 64 printable characters in UTF-8: a repeat under the same key gives the first answer again, for a day.";
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": CommandId::MAX, "pattern": PATTERN });
    ParameterShape { name: "Idempotency-Key", about: about.to_owned(), schema }
}

/// Whether a key is 1 to 64 printable characters.
fn is_key(key: &[u8]) -> bool {
    std::str::from_utf8(key)
        .is_ok_and(|key| (1..=CommandId::MAX).contains(&key.chars().count()) && !key.chars().any(char::is_control))
}

/// Carries the call out, or gives the answer of the first.
pub(super) async fn answer_once(
    process: &Arc<Process>,
    user: UserId,
    key: &[u8],
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if !is_key(key) {
        return Err(Problem::unreadable(CallFlaw::KeyMalformed));
    }
    let (mut parts, body) = request.into_parts();
    let body = input::whole(body).await?;
    let path = parts.uri.path().as_bytes();
    let call = digest(&[b"call", parts.method.as_str().as_bytes(), path, key]);
    // The key goes in too: a body may hold a password, and the key is kept nowhere.
    let sent = digest(&[b"body", key, parts.uri.query().unwrap_or_default().as_bytes(), &body]);
    if let Some(kept) = claim(process, user, &call, &sent).await? {
        return Ok(again(kept));
    }
    parts.extensions.insert(CallKey(call.clone()));
    let request = Request::from_parts(parts, Body::from(body));
    let service = process.service.clone();
    let process = Arc::clone(process);
    // A caller who hangs up must not leave a call half answered.
    let answering = async move {
        let response = next.run(request).await;
        let (parts, body) = response.into_parts();
        let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let store = process.service.store();
        let done = match (is_final(parts.status), std::str::from_utf8(&body)) {
            (true, Ok(text)) => {
                let answer = KeptAnswer { status: parts.status.as_u16(), body: text.to_owned() };
                store.keep_answer(user, &call, answer).await
            }
            (false, _) | (_, Err(_)) => store.give_back_answer(user, &call).await,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "an answer could not be kept");
        }
        Response::from_parts(parts, Body::from(body))
    };
    let answered = tokio::spawn(answering.in_current_span()).await;
    answered.map_err(|error| {
        let ticket = service.sources().random.ticket();
        tracing::error!(ticket = ticket.0, %error, "a call was not answered");
        Problem::Refused(AppError::Internal(ticket))
    })
}

/// `None` where the call is now to be carried out; else the answer to the first.
async fn claim(process: &Process, user: UserId, call: &str, sent: &str) -> Result<Option<KeptAnswer>, Problem> {
    let service = &process.service;
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for _ in 0..LOOKS {
        look.tick().await;
        let claim = service.store().claim_answer(user, call, sent, service.now()).await;
        match claim.map_err(|error| service.failed(&error))? {
            Claim::Taken => return Ok(None),
            Claim::Answered(kept) => return Ok(Some(kept)),
            Claim::Reused => return Err(Problem::unreadable(CallFlaw::KeyReused)),
            Claim::UnderWay => {}
        }
    }
    Err(Problem::Refused(AppError::Busy))
}

/// Whether an answer is the answer to this call for good.
fn is_final(status: StatusCode) -> bool {
    !status.is_server_error()
        && !matches!(
            status,
            StatusCode::UNAUTHORIZED
                | StatusCode::TOO_MANY_REQUESTS
                | StatusCode::UNPROCESSABLE_ENTITY
                | StatusCode::UNSUPPORTED_MEDIA_TYPE
                | StatusCode::PAYLOAD_TOO_LARGE
        )
}

/// A kept answer, sent once more.
fn again(kept: KeptAnswer) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let is_empty = kept.body.is_empty();
    let mut response = Response::new(Body::from(kept.body));
    *response.status_mut() = status;
    if !is_empty {
        let media = if status.is_client_error() { PROBLEM_JSON } else { "application/json" };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_printable() {
        assert!(is_key(b"a") && is_key("ä".repeat(64).as_bytes()) && is_key(b"\"8e03978e-40d5\""));
        assert!(!is_key(b"") && !is_key("x".repeat(65).as_bytes()) && !is_key(b"a\tb") && !is_key(&[0xff]));
    }

    #[test]
    fn neighbouring_texts_are_told_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        let key = CallKey(digest(&[b"call"]));
        assert!(key.command(1).is_some());
        assert_ne!(key.command(1), key.command(2));
    }
}
