//! `GET /live`: opens the feed of a page.

use super::{message, open::Stream, page::Watcher, streams::Door};
use crate::{
    answer::{self, ResponseFormat},
    process::Process,
    service::Caller,
};
use app::{error::AppError, text::RequestFlaw};
use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Frame, Seq, UserId};
use std::sync::Arc;

/// The parameter of the place that the page was read at.
const SINCE: &str = "since";

/// The parameter of the account that the page was drawn for.
const ACCOUNT: &str = "account";

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How long a page with too many streams waits before it tries again, in seconds.
const CROWDED_RETRY: u32 = 10;

/// Opens the stream of a signed-in caller.
pub(crate) async fn stream(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.as_deref().unwrap_or_default();
    let (since, account) = (number(query, SINCE), number(query, ACCOUNT));
    // A page of one account never follows the feed of another, whoever has signed in meanwhile.
    if let Ok(Some(account)) = account
        && caller.user().ok() != Some(UserId(account))
    {
        return signed_out();
    }
    let Some(signed_in) = caller.session().cloned() else {
        return answer::refusal(&AppError::SignedOut, ResponseFormat::Code);
    };
    let (since, account) = match (since, account) {
        (Ok(since), Ok(account)) => (since, account),
        (Err(name), _) | (_, Err(name)) => {
            let sentence = answer::language(&headers).request_flaw(RequestFlaw::Parameter(name));
            return answer::plain(StatusCode::BAD_REQUEST, sentence);
        }
    };
    // After a lost connection the browser itself names the last event it had; that is later than the page's place.
    // One that is none of ours is of a place that is not kept.
    let last_event =
        headers.get(LAST_EVENT_ID).map(|id| id.to_str().ok().and_then(|id| id.parse().ok()).unwrap_or(i64::MAX));
    // A stream that tabs share is opened for pages that were read at other times, too.
    let (since, is_back) = (last_event.or(since).map(Seq), last_event.is_some() || account.is_some());
    let Some(place) = process.streams.open(Door::Session(signed_in.session.id), signed_in.session.user) else {
        return answer::refusal(&AppError::Slow { retry_after: CROWDED_RETRY }, ResponseFormat::Code);
    };
    match Watcher::open(Arc::clone(&process), signed_in, place, since, is_back).await {
        Ok(watcher) => Stream::Page(Box::new(watcher)).answer(),
        Err(error) => answer::refusal(&process.service.failed(&error), ResponseFormat::Code),
    }
}

/// A stream that says that there is none: an `EventSource` does not tell its page why it was refused.
fn signed_out() -> Response {
    let told = message::frame(&Frame::SignedOut).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")], told).into_response()
}

/// A number in the query, named once, where it is there.
///
/// # Errors
/// Gives back the name where what is there is none.
fn number<'n>(query: &str, name: &'n str) -> Result<Option<i64>, &'n str> {
    let mut values = query.split('&').filter_map(|pair| match pair.split_once('=') {
        Some((given, value)) if given == name => Some(value),
        None if pair == name => Some(""),
        Some(_) | None => None,
    });
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.parse().map(Some).map_err(|_| name),
        (Some(_), Some(_)) => Err(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_place_once_or_not_at_all() {
        for (query, place) in [("", None), ("since=7", Some(7)), ("x=1&since=0&y", Some(0)), ("sincerely=x", None)] {
            assert_eq!(number(query, SINCE), Ok(place), "{query}");
        }
        for query in ["since=x", "since=", "since", "since=1&since=2", "since=99999999999999999999"] {
            assert!(number(query, SINCE).is_err(), "{query}");
        }
    }
}
