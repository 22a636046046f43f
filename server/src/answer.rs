//! Answers that no page and no server function gives: refusals of the layers around them, and plain redirects.

use app::error::AppError;
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Whether the request comes from a script: a fetch of ours, or somebody's tool.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    !accept.contains("text/html")
}

/// Whether the request wants a page to look at.
pub(crate) fn wants_page(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}

/// Says no, in the form the caller understands: a coded error for scripts, a sentence for people.
pub(crate) fn refusal(error: &AppError, as_json: bool) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if as_json { (status, Json(error)).into_response() } else { sentence(status, error) };
    if let AppError::Slow { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

fn sentence(status: StatusCode, error: &AppError) -> Response {
    let text = match error {
        AppError::SignedOut => "You are signed out. Sign in and try again.".to_owned(),
        AppError::Denied(_) => "You may not do that.".to_owned(),
        AppError::NotFound => "There is nothing here.".to_owned(),
        AppError::Conflict(_) => "Things have changed since you looked. Go back and look again.".to_owned(),
        AppError::Invalid(_) => "Something in the form does not fit. Go back and look again.".to_owned(),
        AppError::Slow { retry_after } => format!("Too many attempts. Try again in {retry_after} seconds."),
        AppError::Busy | AppError::Offline => "Muster is busy and changed nothing. Try again in a moment.".to_owned(),
        AppError::Internal(ticket) => {
            format!("This is our fault. Tell whoever runs Muster this number: {}", ticket.0)
        }
    };
    plain(status, text)
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

/// A path with a query of encoded parameters.
pub(crate) fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut place = path.to_owned();
    for (index, (name, value)) in parameters.iter().enumerate() {
        place.push(if index == 0 { '?' } else { '&' });
        place.push_str(name);
        place.push('=');
        encode_into(&mut place, value);
    }
    place
}

/// Percent-encodes everything that is not unreserved (RFC 3986 §2.3).
fn encode_into(text: &mut String, value: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_cannot_be_broken_out_of() {
        let place = with_query("/login", &[("problem", "wrong"), ("username", "a&b=ä\r\n#"), ("next", "/groups?a=b")]);
        assert_eq!(place, "/login?problem=wrong&username=a%26b%3D%C3%A4%0D%0A%23&next=%2Fgroups%3Fa%3Db");
    }

    #[test]
    fn being_slow_says_until_when() {
        let response = refusal(&AppError::Slow { retry_after: 7 }, true);
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
    }
}
