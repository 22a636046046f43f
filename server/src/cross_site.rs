//! Refuses what another site makes a browser send, and what is sent to us under another name than ours. The browser adds
//! our cookie to such a request; that it came from elsewhere it says in headers that no page can change.

use crate::{answer, config::PublicUrl, process::Process};
use app::text::RequestFlaw;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

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
    if let Err(foreign) = is_ours(request.headers(), public) {
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

/// Why a request is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Foreign {
    /// The browser says that it comes from another site.
    Site,
    /// It comes from a page of another origin than it was sent to.
    Origin { origin: String, host: String },
}

/// What was refused so far, each once: what a proxy hides from us is the same with every request.
#[derive(Default)]
pub(crate) struct ForeignOrigins(Mutex<HashSet<Foreign>>);

impl ForeignOrigins {
    /// So many are remembered, and said in the log.
    const MOST: usize = 100;

    /// Whether it is the first time.
    fn is_new(&self, foreign: &Foreign) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.len() < Self::MOST && known.insert(foreign.clone())
    }

    fn say(&self, foreign: &Foreign, public: Option<&PublicUrl>) {
        if !self.is_new(foreign) {
            tracing::debug!(?foreign, "a cross-site request was refused");
            return;
        }
        match foreign {
            Foreign::Site => tracing::info!("a cross-site request was refused"),
            Foreign::Origin { origin, host } => tracing::warn!(
                origin,
                host,
                public_url = public.map(PublicUrl::origin),
                "a form of another origin was refused; if people see Muster there, set --public-url to it (said once)"
            ),
        }
    }
}

/// Whether the request comes from a page of ours, or from no page at all.
///
/// `Sec-Fetch-Site` is believed first, but browsers send it only over https and to this very computer; `Origin` comes
/// with every form and fetch that is no read. What has neither is no browser, and nobody's cookie was lent to it. Where
/// people were told an origin, a page of any other is foreign, whatever host it was sent to.
fn is_ours(headers: &HeaderMap, public: Option<&PublicUrl>) -> Result<(), Foreign> {
    let site = headers.get(SEC_FETCH_SITE);
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Foreign::Site);
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = String::from_utf8_lossy(origin.as_bytes());
    let is_known_by_browser = site.is_some() && public.is_none();
    if is_known_by_browser || is_own_origin(&origin, host(headers), public) {
        return Ok(());
    }
    Err(Foreign::Origin { origin: short(&origin), host: short(host(headers)) })
}

/// Whether an origin is the one people were told; where they were told none, the one this request was sent to.
fn is_own_origin(origin: &str, host: &str, public: Option<&PublicUrl>) -> bool {
    match public {
        Some(public) => origin.parse::<PublicUrl>().is_ok_and(|origin| origin == *public),
        None => origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)),
    }
}

fn host(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

/// What a stranger sent, no longer than a line.
fn short(text: &str) -> String {
    text.chars().take(200).collect()
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
    use axum::http::HeaderValue;

    fn check(pairs: &[(&'static str, &'static str)], public: Option<&str>) -> Result<(), Foreign> {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_ours(&headers, public.map(|public| public.parse().expect("is an origin")).as_ref())
    }

    #[test]
    fn only_our_pages_and_no_page_at_all_may_send() {
        let public = Some("https://muster.example");
        for public in [None, public] {
            assert_eq!(check(&[], public), Ok(()));
            assert_eq!(check(&[("sec-fetch-site", "none")], public), Ok(()));
            let ours = [("sec-fetch-site", "same-origin"), ("origin", "https://muster.example")];
            assert_eq!(check(&ours, public), Ok(()));
            for site in ["cross-site", "same-site", "nonsense"] {
                let foreign = [("sec-fetch-site", site), ("origin", "https://muster.example")];
                assert_eq!(check(&foreign, public), Err(Foreign::Site), "{site}");
            }
        }
        assert_eq!(check(&[("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")], None), Ok(()));
        for origin in ["https://evil.example", "null", "", "http://10.0.0.1:3001", "https://muster.example.evil"] {
            for public in [None, public] {
                let checked = check(&[("origin", origin), ("host", "10.0.0.1:3000")], public);
                let named = Foreign::Origin { origin: origin.to_owned(), host: "10.0.0.1:3000".to_owned() };
                assert_eq!(checked, Err(named), "{origin}");
            }
        }
    }

    #[test]
    fn where_people_were_told_an_origin_no_other_is_ours() {
        let public = Some("https://muster.example");
        assert_eq!(check(&[("origin", "https://muster.example:443"), ("host", "10.0.0.1:3000")], public), Ok(()));
        assert!(check(&[("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")], public).is_err());
        assert!(check(&[("origin", "http://muster.example"), ("host", "muster.example")], public).is_err());
        let believed =
            [("sec-fetch-site", "same-origin"), ("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")];
        assert!(check(&believed, public).is_err() && check(&believed, None).is_ok());
    }

    #[test]
    fn the_log_names_each_pair_once_and_not_without_end() {
        let (known, pair) = (ForeignOrigins::default(), |number: usize| Foreign::Origin {
            origin: format!("https://{number}.example"),
            host: "a".to_owned(),
        });
        assert!(known.is_new(&pair(1)) && !known.is_new(&pair(1)) && known.is_new(&pair(2)));
        assert_eq!((0..1_000).filter(|number| known.is_new(&pair(*number))).count(), ForeignOrigins::MOST - 2);
    }

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        assert_eq!(origin_of("http://a:1/b?c"), "http://a:1");
        assert_eq!(origin_of("https://a?x=https://b"), "https://a");
        assert_eq!(origin_of("nonsense"), "");
    }
}
