//! `POST /login`, `/logout` and `/logout/everywhere`: plain forms, so that they work before any script does.
//!
//! An unknown user, an account without a password, an inactive account and a wrong password cost the same work and get
//! the same answer.

use super::{ClientAddress, gate::FRONT, local_path, session};
use crate::{
    answer::{self, Manner},
    process::Process,
    service::Caller,
};
use app::error::AppError;
use axum::{
    Extension, Form,
    extract::{FromRequest, Request, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use domain::UserId;
use serde::Deserialize;
use std::sync::Arc;
use store::StoreError;

/// The form of the sign-in page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignInForm {
    username: String,
    password: String,
    next: String,
}

/// Why there is no session.
enum Failed {
    /// A field is empty.
    Missing,
    /// Name and password do not belong together, for whatever reason.
    Wrong,
    /// Too many attempts; seconds until the next.
    Slow(u32),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Signs in and goes on to where the visitor wanted to go.
pub(crate) async fn sign_in(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    address: ClientAddress,
    request: Request,
) -> Response {
    let manner = Manner::of(request.headers());
    let headers = request.headers().clone();
    let form = form_of::<SignInForm>(request).await;
    let next = local_path(&form.next).unwrap_or(FRONT).to_owned();
    let (username, wanted) = (form.username.clone(), form.next.clone());
    let signed_in = match check(&process, form, address).await {
        Ok(user) => session::start(&process, &caller, user, &headers).await.map_err(Failed::Store),
        Err(failed) => Err(failed),
    };
    let problem = match signed_in {
        Ok(cookie) => return with_cookie(answer::see_other(&next), cookie),
        Err(Failed::Store(error)) => return answer::refusal(&process.service.failed(&error), manner),
        Err(Failed::Slow(retry_after)) if manner == Manner::Code => {
            return answer::refusal(&AppError::Slow { retry_after }, Manner::Code);
        }
        Err(Failed::Missing | Failed::Wrong) if manner == Manner::Code => {
            return answer::refusal(&AppError::SignedOut, Manner::Code);
        }
        Err(Failed::Missing) => "missing",
        Err(Failed::Wrong) => "wrong",
        Err(Failed::Slow(_)) => "slow",
    };
    let mut parameters = vec![("problem", problem), ("username", username.as_str())];
    parameters.extend(local_path(&wanted).map(|next| ("next", next)));
    answer::see_other(&answer::with_query("/login", &parameters))
}

/// The account that name and password belong to.
async fn check(process: &Process, form: SignInForm, ClientAddress(address): ClientAddress) -> Result<UserId, Failed> {
    let login = form.username.trim();
    if login.is_empty() || form.password.is_empty() {
        return Err(Failed::Missing);
    }
    if let Some(wait) = process.limits.attempt(login, address, process.service.now()).await? {
        return Err(Failed::Slow(wait));
    }
    let credentials = process.service.store().credentials(login).await?;
    let (user, hash) = match credentials {
        Some(found) if found.active => (Some(found.user), found.password_hash),
        Some(_) | None => (None, None),
    };
    let matches = process.passwords.matches(form.password, hash).await;
    match user {
        Some(user) if matches => {
            process.limits.succeeded(login).await?;
            Ok(user)
        }
        Some(_) | None => {
            tracing::info!("a sign-in failed");
            Err(Failed::Wrong)
        }
    }
}

/// Ends the session of this browser.
pub(crate) async fn sign_out(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    if let Some(signed_in) = caller.session() {
        let id = signed_in.session.id;
        if let Err(error) = process.service.store().end_session(id).await {
            return answer::refusal(&process.service.failed(&error), Manner::of(&headers));
        }
        process.streams.end_session(id);
    }
    with_cookie(answer::see_other("/login"), process.cookies.forget())
}

/// Ends every session of the caller.
pub(crate) async fn sign_out_everywhere(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    if let Ok(user) = caller.user() {
        if let Err(error) = process.service.store().end_sessions(user).await {
            return answer::refusal(&process.service.failed(&error), Manner::of(&headers));
        }
        process.streams.end_user(user);
    }
    with_cookie(answer::see_other("/login"), process.cookies.forget())
}

/// The form a request carries. What is none is an empty one, which is told that everything is missing.
pub(super) async fn form_of<T: Default + serde::de::DeserializeOwned>(request: Request) -> T {
    let form: Result<Form<T>, FormRejection> = Form::from_request(request, &()).await;
    form.map(|Form(form)| form).unwrap_or_default()
}

/// The answer with a session cookie.
pub(super) fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}
