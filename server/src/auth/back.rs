//! Back to the form of a way in that was refused, with what was typed but for the passwords.

use crate::{answer, pages, process::Process};
use app::address::may_be_told;
use axum::{http::request::Parts, response::Response};
use std::sync::Arc;

/// Leads to the page of the form, whose address tells it what it shows. Addresses are kept in histories and in the logs of
/// proxies: what is nobody else's business stands in none, nor what is longer than they take, and the page is the answer
/// itself then.
pub(super) async fn back(process: &Arc<Process>, parts: Parts, path: &str, typed: &[(&str, &str)]) -> Response {
    let place = answer::with_query(path, typed);
    if may_be_told(&place) { answer::see_other(&place) } else { pages::draw(process, parts, &place).await }
}
