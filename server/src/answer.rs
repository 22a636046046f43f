//! Answers that no page and no server function gives: refusals of the layers around them, and plain redirects.

pub(crate) use app::address::with_query;

use app::{address::encode_into, error::AppError, text::Language};
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

/// In which form the caller of a request understands a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseFormat {
    /// As a code: a script, be it ours or somebody's tool.
    Code,
    /// As a sentence: a person before a browser.
    Sentence(Language),
}

impl ResponseFormat {
    /// The one this request asks for.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        if text(headers, header::ACCEPT).contains("text/html") { Self::Sentence(language(headers)) } else { Self::Code }
    }
}

/// The language a browser would rather have.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    Language::preferred(text(headers, header::ACCEPT_LANGUAGE))
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether the request wants a page to look at.
pub(crate) fn wants_page(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}

/// Says no, in the manner the caller understands.
pub(crate) fn refusal(error: &AppError, manner: ResponseFormat) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match manner {
        ResponseFormat::Code => (status, Json(error)).into_response(),
        ResponseFormat::Sentence(language) => plain(status, language.trouble(error)),
    };
    if let AppError::Slow { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

/// A sentence as plain text.
pub(crate) fn plain(status: StatusCode, text: impl Into<String>) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text.into())
        .into_response()
}

/// Sends a browser to another page of ours by GET.
pub(crate) fn see_other(path: &str) -> Response {
    // Every path is built here from checked or encoded parts; one that is none falls back to the front page.
    let place = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// A path of these segments, encoded.
pub(crate) fn path(segments: &[&str]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        encode_into(&mut path, segment);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn being_slow_says_until_when() {
        let response = refusal(&AppError::Slow { retry_after: 7 }, ResponseFormat::Code);
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
    }
    #[test]
    fn people_are_told_in_their_language_and_scripts_in_codes() {
        let mut headers = HeaderMap::new();
        assert_eq!(ResponseFormat::of(&headers), ResponseFormat::Code);
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
        assert_eq!(ResponseFormat::of(&headers), ResponseFormat::Sentence(Language::English));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de-CH, en;q=0.7"));
        assert_eq!(ResponseFormat::of(&headers), ResponseFormat::Sentence(Language::German));
    }
}
