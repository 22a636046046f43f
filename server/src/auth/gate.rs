//! Which page a visitor gets before any page is rendered: the set-up, the sign-in, or the one they asked for.

use super::{local_path, next::FRONT, setup};
use crate::{
    answer::{self, ResponseFormat},
    process::Process,
    service::Caller,
};
use app::{
    address::{Query, address, encode_into, refusal, without_refusal},
    error::AppError,
};
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Where the links are that let whoever has one in.
const LINKS: [&str; 2] = ["/reset/", "/register"];

/// Layer: lets a request for a page through, or sends it where it has to go first.
///
/// Only reads of pages are looked at: forms answer for themselves, server functions by `SignedOut`.
pub(crate) async fn gate(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let has_token = LINKS.iter().any(|link| request.uri().path().starts_with(link));
    let mut response = admit(process, caller, request, next).await;
    if has_token {
        // What the page loads, and where one goes on to, is not told the link: whoever has it comes in.
        response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    }
    response
}

async fn admit(process: Arc<Process>, caller: Caller, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !answer::wants_page(&request) || path.starts_with(app::api::PREFIX) {
        return next.run(request).await;
    }
    let set_up = match process.is_set_up().await {
        Ok(set_up) => set_up,
        Err(error) => return answer::refusal(&process.service.failed(&error), ResponseFormat::of(request.headers())),
    };
    match (path, set_up, caller.session().is_some()) {
        ("/setup", true, _) => answer::see_other("/"),
        ("/setup", false, _) => setup::let_in(process, request, next).await,
        ("/login" | "/register", true, false) => next.run(request).await,
        (_, false, _) => answer::see_other("/setup"),
        // A link to set another password is good for whoever has it, signed in or not.
        (path, true, _) if path.starts_with("/reset/") => next.run(request).await,
        // Signed in meanwhile, in another tab.
        ("/login", true, true) => answer::see_other(&wanted_after(request.uri())),
        ("/" | "/register", true, true) => answer::see_other(FRONT),
        ("/", true, false) => answer::see_other("/login"),
        (_, true, true) => match without_stale_refusal(request.uri()) {
            Some(place) => answer::see_other(&place),
            None => next.run(request).await,
        },
        (_, true, false) => answer::see_other(&sign_in_and_return(request.uri())),
    }
}

/// Where the sign-in page would lead.
fn wanted_after(asked: &Uri) -> String {
    let next = Query::read(asked.query().unwrap_or_default()).given("next");
    local_path(&next).unwrap_or(FRONT).to_owned()
}

/// The sign-in page that leads back to where the visitor wanted to go. What came of a form before that is told no more.
fn sign_in_and_return(wanted: &Uri) -> String {
    let wanted = wanted.path_and_query().map_or("/", |wanted| wanted.as_str());
    let wanted = without_refusal(&graphic(wanted));
    address("/login", &[("next", local_path(&wanted).unwrap_or_default())])
}

/// An address as a browser would send it: whatever is no visible ASCII is encoded.
fn graphic(address: &str) -> String {
    let mut graphic = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter.is_ascii_graphic() {
            graphic.push(letter);
        } else {
            encode_into(&mut graphic, letter.encode_utf8(&mut [0; 4]));
        }
    }
    graphic
}

/// The place to go to instead, where an address tells somebody who is signed in that they are not.
fn without_stale_refusal(asked: &Uri) -> Option<String> {
    let told = refusal(&Query::read(asked.query()?))?;
    let place = graphic(&without_refusal(asked.path_and_query()?.as_str()));
    (told == AppError::SignedOut).then_some(())?;
    local_path(&place).map(str::to_owned)
}
