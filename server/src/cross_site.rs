//! Refuses what another site makes a browser send. The browser adds our cookie to such a request; that it came from
//! elsewhere it says in headers that no page can change.

use crate::{answer, process::Process};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Layer: lets reads through, and of everything else only what a page of ours or no page at all has sent.
///
/// Reads change nothing: no page and no `GET` server function may mutate.
pub(crate) async fn refuse(State(process): State<Arc<Process>>, mut request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let public_origin = process.public_url.as_ref().map(crate::config::PublicUrl::origin);
    if !is_ours(request.headers(), public_origin.as_deref()) {
        tracing::info!("a cross-site request was refused");
        return answer::plain(StatusCode::FORBIDDEN, answer::language(request.headers()).foreign_request());
    }
    // A form without script is answered by a redirect to its page: that must be a page of ours.
    let referer = request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let foreign = referer.is_some_and(|referer| {
        !is_own_origin(&origin_of(referer), request.headers().get(header::HOST), public_origin.as_deref())
    });
    if foreign {
        request.headers_mut().remove(header::REFERER);
    }
    next.run(request).await
}

/// Whether the request comes from a page of ours, or from no page at all.
///
/// `Sec-Fetch-Site` is believed first, but browsers send it only over https and to this very computer; `Origin` comes
/// with every form and fetch that is no read. What has neither is no browser, and nobody's cookie was lent to it.
fn is_ours(headers: &HeaderMap, public_origin: Option<&str>) -> bool {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => {
            origin.to_str().is_ok_and(|origin| is_own_origin(origin, headers.get(header::HOST), public_origin))
        }
        None => true,
    }
}

/// Whether an origin is the one people were told, or the one this request was sent to.
fn is_own_origin(origin: &str, host: Option<&HeaderValue>, public_origin: Option<&str>) -> bool {
    if public_origin.is_some_and(|own| own.eq_ignore_ascii_case(origin)) {
        return true;
    }
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = host.and_then(|host| host.to_str().ok());
    matches!((authority, host), (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host))
}

/// Scheme, host and port of a URL.
fn origin_of(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{authority}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_ours(&headers, Some("https://muster.example"))
    }

    #[test]
    fn only_our_pages_and_no_page_at_all_may_send() {
        assert!(ours(&[]));
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("origin", "https://muster.example")]));
        assert!(ours(&[("sec-fetch-site", "none")]));
        assert!(ours(&[("origin", "https://muster.example"), ("host", "10.0.0.1:3000")]));
        assert!(ours(&[("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")]));
        for site in ["cross-site", "same-site", "nonsense"] {
            assert!(!ours(&[("sec-fetch-site", site), ("origin", "https://muster.example")]), "{site}");
        }
        for origin in ["https://evil.example", "null", "", "http://10.0.0.1:3001", "https://muster.example.evil"] {
            assert!(!ours(&[("origin", origin), ("host", "10.0.0.1:3000")]), "{origin}");
        }
    }

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        assert_eq!(origin_of("http://a:1/b?c"), "http://a:1");
        assert_eq!(origin_of("https://a?x=https://b"), "https://a");
        assert_eq!(origin_of("nonsense"), "");
    }
}
