//! In whose name a call is made. A token is all that counts here: a cookie is not even looked at.

use super::{problem::Problem, repeat};
use crate::{
    auth::token::Secret,
    process::Process,
    service::{Bearer, Caller},
    telemetry,
};
use app::{error::AppError, text::CallFlaw};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Using a token is written down at most this often.
const TOUCH_SECONDS: i64 = 5 * 60;

/// Layer: lets a call with a valid token through, as often as it may, and repeats of a call once.
pub(super) async fn identify(State(process): State<Arc<Process>>, mut request: Request, next: Next) -> Response {
    let bearer = match find(&process, request.headers()).await {
        Ok(bearer) => bearer,
        Err(problem) => return problem.into_response(),
    };
    match process.call_limits.take(bearer.token, process.service.now()).await {
        Ok(None) => {}
        Ok(Some(retry_after)) => return Problem::Refused(AppError::Slow { retry_after }).into_response(),
        Err(error) => return Problem::Refused(process.service.failed(&error)).into_response(),
    }
    telemetry::record_user(bearer.user);
    request.extensions_mut().insert(Caller::bearer(bearer.clone()));
    match request.headers().get(&IDEMPOTENCY_KEY).cloned() {
        Some(key) if request.method() == Method::POST => {
            let answered = repeat::answer_once(&process, bearer.user, key.as_bytes(), request, next).await;
            answered.unwrap_or_else(IntoResponse::into_response)
        }
        Some(_) | None => next.run(request).await,
    }
}

/// The token of a request, where it opens anything.
async fn find(process: &Process, headers: &HeaderMap) -> Result<Bearer, Problem> {
    let secret = Secret::of(headers).ok_or(Problem::unreadable(CallFlaw::NoToken))?;
    let (service, now, token_hash) = (&process.service, process.service.now(), secret.hash());
    let found = service.store().token(&token_hash, now).await.map_err(|error| service.failed(&error))?;
    let token = found.ok_or(Problem::unreadable(CallFlaw::NoToken))?;
    if token.last_used_at.is_none_or(|at| now.seconds_since(at) >= TOUCH_SECONDS) {
        service.store().touch_token(token.id, now).await.map_err(|error| service.failed(&error))?;
    }
    Ok(Bearer { token: token.id, user: token.user, token_hash })
}
