//! Whose pages may call the API from a browser (CORS). Nobody's, unless the process was told.
//!
//! A call is made with a token that the page holds, never with a cookie, so what is opened here is nothing that a page
//! elsewhere could not do by a server of its own.

use crate::config::ApiOrigin;
use axum::http::{HeaderName, HeaderValue, Method, header};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// For how long a browser need not ask again.
const MAX_AGE: Duration = Duration::from_hours(1);

/// The layer that gives these origins leave; `None` where there are none.
pub(super) fn layer(origins: &[ApiOrigin]) -> Option<CorsLayer> {
    let mut named = Vec::new();
    for origin in origins {
        match origin {
            ApiOrigin::Any => return Some(leave(AllowOrigin::any())),
            // An origin is plain ASCII, or it would not have been read as one.
            ApiOrigin::Of(url) => named.extend(HeaderValue::from_str(&url.origin())),
        }
    }
    (!named.is_empty()).then(|| leave(AllowOrigin::list(named)))
}

fn leave(origins: AllowOrigin) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([header::RETRY_AFTER, header::CONTENT_DISPOSITION])
        .max_age(MAX_AGE)
}
