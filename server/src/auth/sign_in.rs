//! `POST /login`, `/logout` and `/logout/everywhere`: plain forms, so that they work before any script does.
//!
//! An unknown user, an account without a password, an inactive account and a wrong password cost the same work and get
//! the same answer.

use super::{
    ClientAddress,
    back::back,
    limits::{Attempt, QUEUE_SECONDS},
    local_path,
    next::FRONT,
    password::Compared,
    session,
};
use crate::{
    answer::{self, ResponseFormat},
    process::Process,
    service::Caller,
};
use app::{address::is_private, error::AppError};
use axum::{
    Extension, Form,
    extract::{FromRequest, Request, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
};
use domain::{Command, FailedSignIns, UserId};
use serde::Deserialize;
use std::{net::IpAddr, sync::Arc};
use store::StoreError;

/// The form of the sign-in page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignInForm {
    username: String,
    password: String,
    next: String,
}

impl SignInForm {
    pub(crate) fn new(username: String, password: String) -> Self {
        Self { username, password, next: String::new() }
    }
}

/// Why there is no session.
pub(crate) enum Failed {
    /// A field is empty.
    Missing,
    /// Name and password do not belong together, for whatever reason.
    Wrong,
    /// Too many attempts; seconds until the next.
    Slow(u32),
    /// More passwords wait to be compared than there is time for.
    Crowded,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Failed {
    /// Why there is no session, as the page of the sign-in is told it; else what is answered in its place.
    pub(crate) fn problem(self, process: &Process) -> Result<&'static str, AppError> {
        match self {
            Self::Missing => Ok("missing"),
            Self::Wrong => Ok("wrong"),
            Self::Slow(_) => Ok("slow"),
            Self::Crowded => Err(AppError::Slow { retry_after: QUEUE_SECONDS }),
            Self::Store(error) => Err(process.service.failed(&error)),
        }
    }
}

/// Signs in and goes on to where the visitor wanted to go.
pub(crate) async fn sign_in(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    address: ClientAddress,
    request: Request,
) -> Response {
    let (parts, form) = read::<SignInForm>(request).await;
    let manner = ResponseFormat::of(&parts.headers);
    let next = local_path(&form.next).unwrap_or(FRONT).to_owned();
    let (username, wanted) = (form.username.clone(), form.next.clone());
    let problem = match enter(&process, &caller, form, address, &parts.headers).await {
        Ok((_, cookies)) => return with_cookies(answer::see_other(&next), cookies),
        Err(Failed::Slow(retry_after)) if manner == ResponseFormat::Code => {
            return answer::refusal(&AppError::Slow { retry_after }, ResponseFormat::Code);
        }
        Err(Failed::Missing | Failed::Wrong) if manner == ResponseFormat::Code => {
            return answer::refusal(&AppError::SignedOut, ResponseFormat::Code);
        }
        Err(failed) => match failed.problem(&process) {
            Ok(problem) => problem,
            Err(error) => return answer::refusal(&error, manner),
        },
    };
    let mut typed = vec![("problem", problem), ("username", username.as_str())];
    typed.extend(local_path(&wanted).map(|next| ("next", next)));
    back(&process, parts, "/login", &typed).await
}

/// Starts a session for whom name and password belong to; answers who they are by now, and their cookies.
pub(crate) async fn enter(
    process: &Arc<Process>,
    before: &Caller,
    form: SignInForm,
    address: ClientAddress,
    headers: &HeaderMap,
) -> Result<(Caller, [HeaderValue; 2]), Failed> {
    let user = check(process, form, address, headers).await?;
    Ok(session::start(process, before, user, headers).await?)
}

/// The account that name and password belong to.
///
/// What is counted is counted before the password is looked at, and only for those who have a place to have it compared.
async fn check(
    process: &Arc<Process>,
    form: SignInForm,
    ClientAddress(address): ClientAddress,
    headers: &HeaderMap,
) -> Result<UserId, Failed> {
    let login = form.username.trim();
    if login.is_empty() || form.password.is_empty() {
        return Err(Failed::Missing);
    }
    let place = process.service.passwords().place().ok_or(Failed::Crowded)?;
    let (store, now) = (process.service.store(), process.service.now());
    let browser = process.cookies.device_token(headers).map(|token| token.hash());
    let named = store.named(login, browser.as_ref()).await?;
    let attempt = Attempt::new(&named, browser, address);
    let who = named.account.as_ref().map(|account| (account.user, account.username.clone()));
    if let Some(wait) = process.service.limits().attempt(&attempt, now).await? {
        log(who.as_ref(), address, "a sign-in was refused: too many failed before");
        return Err(Failed::Slow(wait));
    }
    let (user, hash) = match named.account {
        Some(found) if found.active => (Some(found.user), found.password_hash),
        Some(_) | None => (None, None),
    };
    let compared = process.service.passwords().compare(&place, form.password, hash.clone()).await;
    let Some(user) = user.filter(|_| compared != Compared::Other) else {
        log(who.as_ref(), address, "a sign-in failed");
        let failed = store.count_failed_sign_in(user.unwrap_or(UserId::UNASSIGNED), &written(address), now).await?;
        if let Some((user, failed)) = user.zip(failed) {
            tell(process, user, failed);
        }
        return Err(Failed::Wrong);
    };
    if let (Compared::SameOf(renewed), Some(known)) = (compared, hash) {
        store.renew_password(user, &known, &renewed).await?;
    }
    process.service.limits().succeeded(&attempt, now).await?;
    log(who.as_ref(), address, "somebody signed in");
    Ok(user)
}

/// One line for each sign-in: the account it was about, where there is one, and from where. What was typed is in none:
/// people type passwords where names belong.
fn log(who: Option<&(UserId, String)>, address: IpAddr, message: &str) {
    let address = written(address);
    if let Some((user, username)) = who {
        // A name may be an e-mail address, which stands in no log.
        let name = (!is_private("username", username)).then_some(username.as_str());
        tracing::info!(account.id = user.0, account.name = name, address, "{message}");
    } else {
        tracing::info!(address, "{message}, for a name that no account has");
    }
}

fn written(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

/// Tells the owner, aside: nobody learns from how long an answer takes that there is one.
fn tell(process: &Arc<Process>, user: UserId, failed: FailedSignIns) {
    let service = process.service.clone();
    tokio::spawn(async move {
        let command = Command::TellOfFailedSignIns { user, failed: Box::new(failed) };
        // An account that was deactivated meanwhile has nobody to tell; a failure is logged where it happens.
        let _ = service.execute_as_system(command, None).await;
    });
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
            return answer::refusal(&process.service.failed(&error), ResponseFormat::of(&headers));
        }
        process.streams.end_session(id);
    }
    with_cookies(answer::see_other("/login"), [process.cookies.forget()])
}

/// The form by which one signs out everywhere.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct EverywhereForm {
    /// `yes` where one's tokens of the API are to be worthless, too.
    tokens: String,
}

/// Ends every session of the caller, and makes every other browser a stranger; where they ask for it, their tokens end, too.
pub(crate) async fn sign_out_everywhere(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (parts, form) = read::<EverywhereForm>(request).await;
    if caller.user().is_ok() {
        let here = process.cookies.device_token(&parts.headers).map(|token| token.hash());
        if let Err(error) = process.service.for_caller(caller).sign_out_everywhere(form.tokens == "yes", here).await {
            return answer::refusal(&error, ResponseFormat::of(&parts.headers));
        }
    }
    with_cookies(answer::see_other("/login"), [process.cookies.forget()])
}

/// A request as its parts and its form. What is no form is an empty one, which is told that everything is missing.
pub(super) async fn read<T: Default + serde::de::DeserializeOwned>(request: Request) -> (Parts, T) {
    let (parts, body) = request.into_parts();
    let form: Result<Form<T>, FormRejection> = Form::from_request(Request::from_parts(parts.clone(), body), &()).await;
    (parts, form.map(|Form(form)| form).unwrap_or_default())
}

/// The answer with cookies.
pub(crate) fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
