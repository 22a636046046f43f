//! Refuses what is no request of a browser: bytes that are no text, bodies that are no forms. What is let through can be
//! read by every page, function and form.

use crate::{answer, connection};
use app::text::RequestFlaw;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use http_body_util::LengthLimitError;
use std::borrow::Cow;

/// The largest form there is has two texts of a thousand characters.
const BODY_BYTES: usize = 64 * 1024;

/// Layer: lets addresses and forms through that are text.
pub(crate) async fn refuse(request: Request, next: Next) -> Response {
    match read(request).await {
        Ok(request) => next.run(request).await,
        Err((headers, status, flaw)) => answer::plain(status, answer::language(&headers).request_flaw(flaw)),
    }
}

async fn read(request: Request) -> Result<Request, (HeaderMap, StatusCode, RequestFlaw<'static>)> {
    let (parts, body) = request.into_parts();
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    if !is_text(path.as_bytes()) || !is_text(query.as_bytes()) {
        return Err((parts.headers, StatusCode::BAD_REQUEST, RequestFlaw::NotText));
    }
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        // Nobody reads its body.
        return Ok(Request::from_parts(parts, Body::empty()));
    }
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > BODY_BYTES) {
        return Err((parts.headers, StatusCode::PAYLOAD_TOO_LARGE, RequestFlaw::TooLong));
    }
    let form = match to_bytes(body, BODY_BYTES).await {
        Ok(form) => form,
        Err(error) if connection::is_too_slow(&error) => {
            return Err((parts.headers, StatusCode::REQUEST_TIMEOUT, RequestFlaw::SlowBody));
        }
        Err(error) if connection::is_caused_by::<LengthLimitError>(&error) => {
            return Err((parts.headers, StatusCode::PAYLOAD_TOO_LARGE, RequestFlaw::TooLong));
        }
        // A connection that broke has nobody who would hear the answer; chunks that are none have.
        Err(_) => return Err((parts.headers, StatusCode::BAD_REQUEST, RequestFlaw::BrokenBody)),
    };
    if !form.is_empty() && !is_form(&parts.headers) {
        return Err((parts.headers, StatusCode::UNSUPPORTED_MEDIA_TYPE, RequestFlaw::NotForm));
    }
    if !is_text(&form) {
        return Err((parts.headers, StatusCode::BAD_REQUEST, RequestFlaw::NotText));
    }
    Ok(Request::from_parts(parts, Body::from(form)))
}

/// Whether a body says that it is a form. Other sites can make a browser send two other kinds without asking.
fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Whether percent-encoded bytes are text in UTF-8.
fn is_text(encoded: &[u8]) -> bool {
    std::str::from_utf8(&decoded(encoded)).is_ok()
}

fn decoded(encoded: &[u8]) -> Cow<'_, [u8]> {
    if !encoded.contains(&b'%') {
        return encoded.into();
    }
    let digit = |place: usize| encoded.get(place).and_then(|digit| char::from(*digit).to_digit(16));
    let (mut bytes, mut place) = (Vec::with_capacity(encoded.len()), 0);
    while let Some(byte) = encoded.get(place) {
        let escaped = if *byte == b'%' { digit(place + 1).zip(digit(place + 2)) } else { None };
        let escaped = escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(escaped.unwrap_or(*byte));
        place += if escaped.is_some() { 3 } else { 1 };
    }
    bytes.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_bytes_however_it_is_written() {
        for text in ["", "a=b&c=%C3%A4", "ä", "100%", "%zz", "%", "%C3%A4%", "a%2", "%00"] {
            assert!(is_text(text.as_bytes()), "{text}");
        }
        for bytes in [&b"%ff"[..], b"a=%C3", b"%C3x", b"\xff", b"%ED%A0%80", b"%c3\xc3", b"\xc3%28"] {
            assert!(!is_text(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn only_one_kind_of_body_is_a_form() {
        let is_form = |kind: &'static str| {
            is_form(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().expect("is a header"))]))
        };
        assert!(is_form("application/x-www-form-urlencoded"));
        assert!(is_form("Application/X-WWW-Form-Urlencoded ; charset=UTF-8"));
        for kind in [
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/json",
            "",
            "text/plain;application/x-www-form-urlencoded",
        ] {
            assert!(!is_form(kind), "{kind}");
        }
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_called_that() {
        let broken = futures::stream::iter([Ok("a=b"), Err(std::io::Error::other("no chunk"))]);
        let request = Request::post("/login").body(Body::from_stream(broken)).expect("is a request");
        let Err((_, status, flaw)) = read(request).await else { panic!("it is no form") };
        assert_eq!((status, flaw), (StatusCode::BAD_REQUEST, RequestFlaw::BrokenBody));
    }
}
