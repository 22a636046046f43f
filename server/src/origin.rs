//! Whose page a request comes from: ours, none, or one of another origin.

use crate::config::PublicUrl;
use axum::http::{HeaderMap, HeaderName, header};
use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Why a request is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Foreign {
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

    pub(crate) fn say(&self, foreign: &Foreign, public: Option<&PublicUrl>) {
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
pub(crate) fn check(headers: &HeaderMap, public: Option<&PublicUrl>) -> Result<(), Foreign> {
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
pub(crate) fn is_own_origin(origin: &str, host: &str, public: Option<&PublicUrl>) -> bool {
    match public {
        Some(public) => origin.parse::<PublicUrl>().is_ok_and(|origin| origin == *public),
        None => origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)),
    }
}

pub(crate) fn host(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

/// What a stranger sent, no longer than a line.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Scheme, host and port of a URL.
pub(crate) fn origin_of(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{authority}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn check_pairs(pairs: &[(&'static str, &'static str)], public: Option<&str>) -> Result<(), Foreign> {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        super::check(&headers, public.map(|public| public.parse().expect("is an origin")).as_ref())
    }

    #[test]
    fn only_our_pages_and_no_page_at_all_may_send() {
        let public = Some("https://muster.example");
        for public in [None, public] {
            assert_eq!(check_pairs(&[], public), Ok(()));
            assert_eq!(check_pairs(&[("sec-fetch-site", "none")], public), Ok(()));
            let ours = [("sec-fetch-site", "same-origin"), ("origin", "https://muster.example")];
            assert_eq!(check_pairs(&ours, public), Ok(()));
            for site in ["cross-site", "same-site", "nonsense"] {
                let foreign = [("sec-fetch-site", site), ("origin", "https://muster.example")];
                assert_eq!(check_pairs(&foreign, public), Err(Foreign::Site), "{site}");
            }
        }
        assert_eq!(check_pairs(&[("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")], None), Ok(()));
        for origin in ["https://evil.example", "null", "", "http://10.0.0.1:3001", "https://muster.example.evil"] {
            for public in [None, public] {
                let checked = check_pairs(&[("origin", origin), ("host", "10.0.0.1:3000")], public);
                let named = Foreign::Origin { origin: origin.to_owned(), host: "10.0.0.1:3000".to_owned() };
                assert_eq!(checked, Err(named), "{origin}");
            }
        }
    }

    #[test]
    fn where_people_were_told_an_origin_no_other_is_ours() {
        let public = Some("https://muster.example");
        assert_eq!(check_pairs(&[("origin", "https://muster.example:443"), ("host", "10.0.0.1:3000")], public), Ok(()));
        assert!(check_pairs(&[("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")], public).is_err());
        assert!(check_pairs(&[("origin", "http://muster.example"), ("host", "muster.example")], public).is_err());
        let believed =
            [("sec-fetch-site", "same-origin"), ("origin", "http://10.0.0.1:3000"), ("host", "10.0.0.1:3000")];
        assert!(check_pairs(&believed, public).is_err() && check_pairs(&believed, None).is_ok());
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
