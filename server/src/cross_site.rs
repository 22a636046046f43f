//! Refuses what another site makes a browser send, and what is sent to us under another name than ours. The browser adds
//! our cookie to such a request; that it came from elsewhere it says in headers that no page can change.

use crate::{
    answer,
    config::PublicUrl,
    origin::{Foreign, check, host, is_own_origin, origin_of, short},
    process::Process,
};
use app::text::RequestFlaw;
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Asked for by what runs the process, by whatever address it knows.
const ASKED_FROM_NEARBY: [&str; 2] = ["/healthz", "/readyz"];

/// Layer: lets reads through, and of everything else only what a page of ours or no page at all has sent.
///
/// Reads change nothing: no page and no `GET` server function may mutate.
pub(crate) async fn refuse(State(process): State<Arc<Process>>, mut request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let public = process.public_url.as_ref();
    if let Err(foreign) = check(request.headers(), public) {
        process.foreign_origins.say(&foreign, public);
        let words = answer::language(request.headers());
        let public = public.map(PublicUrl::origin);
        let flaw = match &foreign {
            Foreign::Site => RequestFlaw::Foreign,
            Foreign::Origin { origin, host } => RequestFlaw::ForeignOrigin { origin, host, public: public.as_deref() },
        };
        return answer::plain(StatusCode::FORBIDDEN, words.request_flaw(flaw));
    }
    // A form without script is answered by a redirect to its page: that must be a page of ours.
    let referer = request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let foreign = referer.is_some_and(|referer| !is_own_origin(&origin_of(referer), host(request.headers()), public));
    if foreign {
        request.headers_mut().remove(header::REFERER);
    }
    next.run(request).await
}

/// Layer: where people were told an origin, requests are answered under that name alone. By another, a page of another
/// site could pass for one of ours.
pub(crate) async fn refuse_elsewhere(State(process): State<Arc<Process>>, request: Request, next: Next) -> Response {
    let host = host(request.headers());
    match &process.public_url {
        Some(public) if !public.is_host(host) && !ASKED_FROM_NEARBY.contains(&request.uri().path()) => {
            let flaw = RequestFlaw::Elsewhere { host: &short(host), public: &public.origin() };
            let sentence = answer::language(request.headers()).request_flaw(flaw);
            answer::plain(StatusCode::MISDIRECTED_REQUEST, sentence)
        }
        Some(_) | None => next.run(request).await,
    }
}
