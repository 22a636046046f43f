//! Drafts and searches sent by forms without script. Such a form is posted to its own page, and goes on into the address,
//! where links and the back button find it. What no address may tell has its page for an answer: a pasted list is too long
//! for some proxy on the way, and e-mail addresses are nobody else's business.

use crate::{
    answer::{self, ResponseFormat},
    pages,
    process::Process,
};
use app::{
    address::{has_private, may_be_told},
    api::admin_forms::ADMIN_FORMS,
    error::AppError,
    input::LONGEST_ADDRESS,
    typed::ACCOUNT_FIELD,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, Uri, header, request::Parts},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Where the pages with drafts are.
const PAGES: &str = "/admin/";

/// No such form is longer: the layers around let no longer one in, and no address is longer inside the process either.
const FORM_BYTES: usize = 60 * 1024;

/// Layer: answers plain forms that are drafts, or that confirm one.
pub(crate) async fn answer(State(process): State<Arc<Process>>, request: Request, next: Next) -> Response {
    let manner = ResponseFormat::of(request.headers());
    let path = request.uri().path().to_owned();
    let (is_page, is_function) = (path.starts_with(PAGES), ADMIN_FORMS.contains(&path.as_str()));
    let is_plain_form = *request.method() == Method::POST && matches!(manner, ResponseFormat::Sentence(_));
    if !is_plain_form || !(is_page || is_function) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(form) = to_bytes(body, FORM_BYTES).await else {
        return answer::refusal(&AppError::Invalid(Vec::new()), manner);
    };
    let draft = without(&String::from_utf8_lossy(&form), ACCOUNT_FIELD);
    if is_page {
        return go_on(&process, parts, &format!("{path}?{draft}")).await;
    }
    let response = next.run(Request::from_parts(parts.clone(), Body::from(form))).await;
    match place_of(&response) {
        Some(place) => match after(&place, &draft) {
            Some(place) => go_on(&process, parts, &place).await,
            None => response,
        },
        None => response,
    }
}

/// The page of ours that an answer leads to. Functions lead to no other: what a form calls its page was looked at before.
fn place_of(response: &Response) -> Option<String> {
    let place = response.headers().get(header::LOCATION)?.to_str().ok()?.parse::<Uri>().ok()?;
    place.path().starts_with(PAGES).then(|| place.path_and_query().map(ToString::to_string))?
}

/// A form as it was sent, without the fields of this name.
pub(crate) fn without(form: &str, name: &str) -> String {
    let others = form.split('&').filter(|pair| pair.split('=').next() != Some(name));
    others.collect::<Vec<_>>().join("&")
}

/// Whether no address has kept a draft.
fn is_in_none(draft: &str) -> bool {
    draft.len() > LONGEST_ADDRESS || has_private(draft)
}

/// Where one goes after a draft was sent to a server function, if that is no place to be led to: where no address may tell
/// it, and where a draft was refused that none has kept.
fn after(place: &str, draft: &str) -> Option<String> {
    let is_refused = place.contains("__err=");
    match place.split_once('?') {
        Some((path, query)) if is_refused && is_in_none(draft) && !query.contains("draft=") => {
            Some(format!("{path}?{draft}&{query}"))
        }
        Some(_) | None => (!may_be_told(place)).then(|| place.to_owned()),
    }
}

/// Leads to a page of ours, or draws it where no address may tell it.
async fn go_on(process: &Arc<Process>, parts: Parts, place: &str) -> Response {
    if may_be_told(place) { answer::see_other(place) } else { pages::draw(process, parts, place).await }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::api::{
        group_setup::{ReadGroupChoices, ReadGroupSetup},
        reserved_names::ListReservedNames,
        states::ReadState,
        users::{ListUsers, ReadUser},
    };
    use server_fn::ServerFn;

    /// What the admin area reads by a body; no form is sent there.
    const READS: [&str; 6] = [
        ListReservedNames::PATH,
        ListUsers::PATH,
        ReadGroupChoices::PATH,
        ReadGroupSetup::PATH,
        ReadState::PATH,
        ReadUser::PATH,
    ];

    #[test]
    fn every_form_of_the_admin_area_is_listed() {
        let is_of_admin_area = |path: &str| path.starts_with("/api/admin/") || path.starts_with("/api/users/");
        let mut posts: Vec<&str> = server_fn::axum::server_fn_paths()
            .filter(|(path, method)| *method == Method::POST && is_of_admin_area(path))
            .map(|(path, _)| path)
            .collect();
        posts.sort_unstable();
        let mut listed: Vec<&str> = ADMIN_FORMS.into_iter().chain(READS).collect();
        listed.sort_unstable();
        assert_eq!(posts, listed);
    }

    #[test]
    fn a_refused_draft_is_kept_however_long_it_is() {
        let long = "names=x".repeat(1000);
        assert_eq!(after("/admin/states/3?__err=abc", "name=Blue"), None);
        assert_eq!(after("/admin/states/3?__err=abc", &long), Some(format!("/admin/states/3?{long}&__err=abc")));
        assert_eq!(after("/admin/states?done=saved", &long), None);
        let private = "deed=edit&email=ana%40example.org";
        assert_eq!(after("/admin/users/3?__err=abc", private), Some(format!("/admin/users/3?{private}&__err=abc")));
        let place = format!("/admin/groups/1/roll?{long}");
        assert_eq!(after(&place, ""), Some(place.clone()));
        let place = "/admin/groups/1/roll?draft=look&names=ana%40example.org";
        assert_eq!(after(place, ""), Some(place.to_owned()));
        assert_eq!(after("/admin/groups/1/roll?draft=look&names=ana", ""), None);
    }
}
