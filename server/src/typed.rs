//! Forms sent by browsers without script whose session has ended meanwhile. The answer is the sign-in, and what was typed
//! stands in its form: the very account that typed it gets it back, filled in where it was and not sent. Nothing of it is
//! stored, here or in an address; whoever signs in as somebody else gets the page without it.

mod fill;

use crate::{
    answer::{self, ResponseFormat},
    auth::{
        ClientAddress, FRONT, local_path,
        sign_in::{self, SignInForm},
    },
    pages,
    process::Process,
    service::Caller,
};
use app::{
    address::{Query, address, with_query, without_refusal},
    api,
    error::AppError,
    typed::{ACCOUNT_FIELD, TYPED, TYPED_FOR, Typed, is_given_back},
};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::Response,
};
use leptos::prelude::provide_context;
use std::sync::Arc;

/// No form is longer: the layers around let no longer one in.
const FORM_BYTES: usize = 64 * 1024;

/// No page is longer in which something is filled in.
const PAGE_BYTES: usize = 16 * 1024 * 1024;

/// Layer: asks whoever sent a form without being signed in to do so, and gives them back what they typed.
pub(crate) async fn give_back(State(process): State<Arc<Process>>, request: Request, next: Next) -> Response {
    let manner = ResponseFormat::of(request.headers());
    if *request.method() != Method::POST || !matches!(manner, ResponseFormat::Sentence(_)) {
        return next.run(request).await;
    }
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or(Caller::NOBODY);
    let is_function = request.uri().path().starts_with(api::PREFIX);
    if is_function && caller.session().is_some() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(form) = to_bytes(body, FORM_BYTES).await else {
        return answer::refusal(&AppError::Invalid(Vec::new()), manner);
    };
    let query = Query::read(&String::from_utf8_lossy(&form));
    if !is_function && !query.given(TYPED_FOR).is_empty() {
        return sign_in(&process, parts, &caller, &query).await;
    }
    if caller.session().is_none()
        && let Some(typed) = typed(&parts, &query)
    {
        let mut response = ask(&process, parts, typed, &[]).await;
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        return response;
    }
    next.run(Request::from_parts(parts, Body::from(form))).await
}

/// What stands in a form that tells for whom its page was drawn, and on which page.
fn typed(parts: &Parts, form: &Query) -> Option<Typed> {
    let account = form.given(ACCOUNT_FIELD);
    let path = parts.uri.path();
    let page = if path.starts_with(api::PREFIX) { page_of(parts)? } else { local_path(path)?.to_owned() };
    let fields = form.pairs().filter(|(name, _)| is_given_back(name));
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    (!account.is_empty()).then(|| Typed { page, action: path.to_owned(), account, fields })
}

/// The page a form stood on, without what an address tells of an earlier form. Of another site it is told no more by now.
fn page_of(parts: &Parts) -> Option<String> {
    let page: Uri = parts.headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    local_path(&without_refusal(page.path_and_query()?.as_str())).map(str::to_owned)
}

/// The sign-in as the answer, with what was typed in its form.
async fn ask(process: &Arc<Process>, parts: Parts, typed: Typed, told: &[(&str, &str)]) -> Response {
    let place = with_query("/login", &[&[("next", typed.page.as_str())], told].concat());
    pages::draw_with(process, parts, &place, move || provide_context(typed.clone())).await
}

/// Signs somebody in by that form, at the address of the page they came from, and shows it with what they typed.
async fn sign_in(process: &Arc<Process>, mut parts: Parts, caller: &Caller, form: &Query) -> Response {
    let Ok(address) = ClientAddress::from_request_parts(&mut parts, process).await;
    let page = parts.uri.path_and_query().map_or("/", |page| page.as_str()).to_owned();
    let fields = form.pairs().filter_map(|(name, value)| {
        let name = name.strip_prefix(TYPED).filter(|name| is_given_back(name))?;
        Some((name.to_owned(), value.to_owned()))
    });
    let typed = Typed {
        page: page.clone(),
        action: form.given(TYPED_FOR),
        account: form.given(ACCOUNT_FIELD),
        fields: fields.collect(),
    };
    let username = form.given("username");
    let wanted = SignInForm::new(username.clone(), form.given("password"));
    let (caller, cookies) = match sign_in::enter(process, caller, wanted, address, &parts.headers).await {
        Ok(entered) => entered,
        Err(failed) => {
            return match failed.problem(process) {
                Ok(problem) => ask(process, parts, typed, &[("problem", problem), ("username", &username)]).await,
                Err(error) => answer::refusal(&error, ResponseFormat::of(&parts.headers)),
            };
        }
    };
    let is_same = caller.user().is_ok_and(|user| user.to_string() == typed.account);
    let response = if is_same {
        parts.extensions.insert(caller);
        filled_in(process, parts, &page, &typed).await
    } else {
        answer::see_other(local_path(&page).unwrap_or(FRONT))
    };
    sign_in::with_cookies(response, cookies)
}

/// The page with what was typed. A draft is drawn as one that was just sent: that shows what it would do and does nothing.
async fn filled_in(process: &Arc<Process>, parts: Parts, page: &str, typed: &Typed) -> Response {
    let fields: Vec<(&str, &str)> = typed.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if fields.iter().any(|(name, value)| *name == "draft" && !value.is_empty()) {
        let path = page.split('?').next().unwrap_or(page);
        return pages::draw(process, parts, &address(path, &fields)).await;
    }
    let (mut head, body) = pages::draw(process, parts, page).await.into_parts();
    let Ok(body) = to_bytes(body, PAGE_BYTES).await else {
        return answer::see_other(page);
    };
    head.headers.remove(header::CONTENT_LENGTH);
    let page = fill::fill(&String::from_utf8_lossy(&body), &typed.action, &fields);
    Response::from_parts(head, Body::from(page))
}
