//! Sessions: found by the hash of the cookie's token, prolonged while they are used, to an end that no use puts off, new at every
//! sign-in.

use super::cookie::Token;
use crate::{
    answer::{self, ResponseFormat},
    process::Process,
    service::{Caller, SignedIn},
    telemetry,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use domain::UserId;
use std::sync::Arc;
use store::{NewSession, StoreError};

/// A session that is not used for this long ends.
const LIFETIME_SECONDS: i64 = 30 * 24 * 60 * 60;

/// Using a session is written down at most this often.
const TOUCH_SECONDS: i64 = 5 * 60;

/// What a browser calls itself is kept for the list of sessions, this much of it.
const USER_AGENT_CHARACTERS: usize = 200;

/// Layer: finds out who is calling and puts the [`Caller`] into the request.
pub(crate) async fn identify(State(process): State<Arc<Process>>, mut request: Request, next: Next) -> Response {
    let token = process.cookies.token(request.headers());
    let (caller, renewed) = match &token {
        None => (Caller::NOBODY, None),
        Some(token) => match find(&process, token).await {
            Ok(found) => found,
            Err(error) => {
                return answer::refusal(&process.service.failed(&error), ResponseFormat::of(request.headers()));
            }
        },
    };
    if let Ok(user) = caller.user() {
        telemetry::record_user(user);
    }
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    // A sign-in or sign-out in between has set the cookie already, and that one counts.
    if let Some(cookie) = renewed
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The caller that a token stands for, and the cookie anew where the session was prolonged.
async fn find(process: &Process, token: &Token) -> Result<(Caller, Option<HeaderValue>), StoreError> {
    let (store, now) = (process.service.store(), process.service.now());
    let token_hash = token.hash();
    let Some(session) = store.session(&token_hash, now).await? else { return Ok((Caller::NOBODY, None)) };
    let end = session.created_at.plus_seconds(process.session_seconds);
    if end <= now {
        store.end_session(session.id).await?;
        process.streams.end_session(session.id);
        return Ok((Caller::NOBODY, None));
    }
    let mut cookie = None;
    if now.seconds_since(session.last_seen_at) >= TOUCH_SECONDS {
        let expires_at = end.min(now.plus_seconds(LIFETIME_SECONDS));
        store.touch_session(session.id, now, expires_at).await?;
        cookie = Some(process.cookies.keep(token, expires_at.seconds_since(now)));
    }
    Ok((Caller::signed_in(SignedIn { session, token_hash }), cookie))
}

/// Starts a session under a new token, and makes the browser one that the account knows; answers who
/// they are by now, and both cookies. The session the browser came with, if any, ends.
pub(crate) async fn start(
    process: &Process,
    before: &Caller,
    user: UserId,
    headers: &HeaderMap,
) -> Result<(Caller, [HeaderValue; 2]), StoreError> {
    let (store, now) = (process.service.store(), process.service.now());
    if let Some(old) = before.session() {
        store.end_session(old.session.id).await?;
        process.streams.end_session(old.session.id);
    }
    let random = &*process.service.sources().random;
    let (token, device) = (Token::fresh(random), Token::fresh(random));
    let user_agent = headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let lifetime = LIFETIME_SECONDS.min(process.session_seconds);
    let new = NewSession {
        user,
        token_hash: token.hash(),
        user_agent: user_agent.chars().take(USER_AGENT_CHARACTERS).collect(),
        now,
        expires_at: now.plus_seconds(lifetime),
    };
    store.start_session(new).await?;
    // A new token each time: one that somebody else put into the browser, or took from it, is worth nothing then.
    let known = process.cookies.device_token(headers).map(|token| token.hash());
    store.note_sign_in(user, known, device.hash(), now).await?;
    let (caller, _) = find(process, &token).await?;
    Ok((caller, [process.cookies.keep(&token, lifetime), process.cookies.keep_device(&device)]))
}
