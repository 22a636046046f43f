//! Gives whoever sends a form without script the page with what its answer shows once. Others get the answer itself, by
//! the same server function.

use crate::{
    answer::{self, ResponseFormat},
    auth::local_path,
    pages,
    process::Process,
};
use app::{
    address::has_private,
    error::AppError,
    one_time_secret::{self, OneTimeSecret, SecretAnswer, ShownOnce},
    typed::is_given_back,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, Uri, header, request::Parts},
    middleware::Next,
    response::Response,
};
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use server_fn::error::ServerFnUrlError;
use std::sync::Arc;

/// No such form is longer: the layers around let no longer one in.
const FORM_BYTES: usize = 64 * 1024;

/// No such answer is longer.
const ANSWER_BYTES: usize = 64 * 1024;

/// Layer: asks for the answer as a script would, and shows it on a page.
pub(crate) async fn show(State(process): State<Arc<Process>>, request: Request, next: Next) -> Response {
    let manner = ResponseFormat::of(request.headers());
    let is_plain_form = *request.method() == Method::POST && matches!(manner, ResponseFormat::Sentence(_));
    let Some(function) = OneTimeSecret::at(request.uri().path()).filter(|_| is_plain_form) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let Ok(form) = to_bytes(body, FORM_BYTES).await else {
        return answer::refusal(&AppError::Invalid(Vec::new()), manner);
    };
    let wanted = parts.clone();
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let response = next.run(Request::from_parts(parts, Body::from(form.clone()))).await;
    let is_done = response.status().is_success();
    let fault = |cause: &dyn std::fmt::Display| {
        let ticket = process.service.sources().random.ticket();
        tracing::error!(ticket = ticket.0, %cause, "an answer that is shown once cannot be read");
        AppError::Internal(ticket)
    };
    let body = match to_bytes(response.into_body(), ANSWER_BYTES).await {
        Ok(body) => body,
        Err(error) => return answer::refusal(&fault(&error), manner),
    };
    let body = String::from_utf8_lossy(&body);
    if !is_done {
        let error = serde_json::from_str(&body).unwrap_or_else(|error| fault(&error));
        let typed = if function.form_page.is_some() { typed(&form) } else { String::new() };
        return led_back(&process, wanted, function.form_page, &typed, error, manner).await;
    }
    match function.told(&body, &page_of(&wanted)) {
        Some(SecretAnswer::Once(shown)) => draw(&process, wanted, shown).await,
        Some(SecretAnswer::Elsewhere(place)) => answer::see_other(&place),
        None => answer::refusal(&fault(&"it tells nothing"), manner),
    }
}

fn referer(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::REFERER).and_then(|referer| referer.to_str().ok())
}

/// The page the form stood on, as a path of ours.
fn page_of(parts: &Parts) -> String {
    let page = referer(parts).and_then(|referer| referer.parse::<Uri>().ok());
    let path = page.as_ref().map_or("/", Uri::path);
    local_path(path).unwrap_or("/").to_owned()
}

/// What was typed into a form, as the query of an address: all but what is secret or belongs to the attempt.
fn typed(form: &[u8]) -> String {
    let form = String::from_utf8_lossy(form);
    let is_kept = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        is_given_back(name)
    };
    form.split('&').filter(is_kept).collect::<Vec<_>>().join("&")
}

/// Back to the page of the form, with what was typed; it tells the refusal. Where an address must not tell what was typed,
/// the page is the answer.
async fn led_back(
    process: &Arc<Process>,
    parts: Parts,
    form_page: Option<&str>,
    typed: &str,
    error: AppError,
    manner: ResponseFormat,
) -> Response {
    let stood_on = referer(&parts).map(|page| page.split(['?', '#']).next().unwrap_or(page));
    let is_page = |page: &&str| page.parse::<Uri>().is_ok_and(|page| local_path(page.path()).is_some());
    // A form that was drawn as an answer stands under the address of the function: its own page is meant then.
    let (page, is_drawn) = match stood_on.filter(is_page) {
        Some(page) => (Some(page.to_owned()), has_private(typed)),
        None => (form_page.map(|page| format!("http://muster{page}")), true),
    };
    let page = page.map(|page| if typed.is_empty() { page } else { format!("{page}?{typed}") });
    let back = page.and_then(|page| ServerFnUrlError::new(parts.uri.path(), error.clone()).to_url(&page).ok());
    match back {
        Some(page) if is_drawn => {
            let place = format!("{}?{}", page.path(), page.query().unwrap_or_default());
            pages::draw(process, parts, &place).await
        }
        Some(page) => answer::see_other(page.as_str()),
        None => answer::refusal(&error, manner),
    }
}

/// The page, in the name of the same caller.
async fn draw(process: &Arc<Process>, mut parts: Parts, shown: ShownOnce) -> Response {
    parts.method = Method::GET;
    parts.uri = Uri::from_static(one_time_secret::PAGE);
    let context = pages::context(process);
    let context = move || {
        context();
        provide_context(shown.clone());
    };
    render_app_async_with_context(context, pages::document)(Request::from_parts(parts, Body::empty())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_goes_back_into_an_address() {
        let form = b"command_id=abc&username=two+words&way_in=password&password=se%20cret&staff=yes&=x&";
        assert_eq!(typed(form), "username=two+words&way_in=password&staff=yes");
    }
}
