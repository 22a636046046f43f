//! Which page a visitor gets before any page is rendered: the set-up, the sign-in, or the one they asked for.

use super::{local_path, setup};
use crate::{
    answer::{self, Manner},
    process::Process,
    service::Caller,
};
use axum::{
    Extension,
    extract::{Request, State},
    http::Uri,
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Where everybody starts.
pub(crate) const FRONT: &str = "/groups";

/// Layer: lets a request for a page through, or sends it where it has to go first.
///
/// Only reads of pages are looked at: forms answer for themselves, server functions by `SignedOut`.
pub(crate) async fn gate(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if !answer::wants_page(&request) || path.starts_with("/api/") {
        return next.run(request).await;
    }
    let set_up = match process.is_set_up().await {
        Ok(set_up) => set_up,
        Err(error) => return answer::refusal(&process.service.failed(&error), Manner::of(request.headers())),
    };
    match (path, set_up, caller.session().is_some()) {
        ("/setup", true, _) => answer::see_other("/"),
        ("/setup", false, _) => setup::let_in(process, request, next).await,
        ("/login" | "/register", true, false) => next.run(request).await,
        (_, false, _) => answer::see_other("/setup"),
        // A link to set another password is good for whoever has it, signed in or not.
        (path, true, _) if path.starts_with("/reset/") => next.run(request).await,
        ("/" | "/login" | "/register", true, true) => answer::see_other(FRONT),
        ("/", true, false) => answer::see_other("/login"),
        (_, true, true) => next.run(request).await,
        (_, true, false) => answer::see_other(&sign_in_and_return(request.uri())),
    }
}

/// The sign-in page that leads back to where the visitor wanted to go.
fn sign_in_and_return(wanted: &Uri) -> String {
    let wanted = wanted.path_and_query().map_or("/", |wanted| wanted.as_str());
    match local_path(wanted) {
        Some(wanted) => answer::with_query("/login", &[("next", wanted)]),
        None => "/login".to_owned(),
    }
}
