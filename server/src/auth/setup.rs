//! `/setup`: makes the first account, a superuser, and signs it in. Open only while there is no account at all; that is
//! asked again by the rules, inside the transaction that makes it, so two at once make one.
//!
//! And open only to whoever started the process: by a code that it prints on its console and keeps nowhere else.

use super::{
    ClientAddress,
    back::back,
    next::FRONT,
    password::NewPassword,
    register::{self, Refused},
    session, sign_in,
};
use crate::{
    answer::{self, ResponseFormat},
    process::Process,
    service::Caller,
};
use app::error::AppError;
use axum::{
    Extension,
    extract::{FromRequestParts, Query, Request, State},
    middleware::Next,
    response::Response,
};
use domain::{Conflict, UserDraft, UserId};
use serde::Deserialize;
use std::{net::IpAddr, sync::Arc};
use store::{CallerId, StoreError};

/// The code in the address of the page.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    code: String,
}

/// Lets whoever has the code to the page with the form; whoever has none is told there how to get it.
pub(super) async fn let_in(process: Arc<Process>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Query(given) = Query::<Given>::try_from_uri(&parts.uri).unwrap_or_default();
    if !given.code.is_empty() {
        let manner = ResponseFormat::of(&parts.headers);
        let ClientAddress(address) = match ClientAddress::from_request_parts(&mut parts, &process).await {
            Ok(address) => address,
            Err(never) => match never {},
        };
        match shut_out(&process, &given.code, address).await {
            Ok(None) => {}
            Ok(Some(problem)) => return turned_away(problem, manner),
            Err(error) => return answer::refusal(&process.service.failed(&error), manner),
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Why somebody may not come in.
enum ShutOut {
    /// The code is not the one.
    Wrong,
    /// Too many were not; seconds until the next may be tried.
    Slow(u32),
}

/// Whoever has the code is never kept waiting by those who guess.
async fn shut_out(process: &Process, code: &str, address: IpAddr) -> Result<Option<ShutOut>, StoreError> {
    if process.setup_code.is(code) {
        return Ok(None);
    }
    let wait = process.service.limits().attempt_to_set_up(address, process.service.now()).await?;
    Ok(Some(wait.map_or(ShutOut::Wrong, ShutOut::Slow)))
}

fn turned_away(why: ShutOut, manner: ResponseFormat) -> Response {
    let problem = match why {
        ShutOut::Slow(retry_after) if manner == ResponseFormat::Code => {
            return answer::refusal(&AppError::Slow { retry_after }, manner);
        }
        ShutOut::Slow(_) => "code_slow",
        ShutOut::Wrong => "code",
    };
    answer::see_other(&answer::with_query("/setup", &[("problem", problem)]))
}

/// The form of the set-up page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct SetupForm {
    code: String,
    username: String,
    email: String,
    password: String,
    password_again: String,
}

impl SetupForm {
    /// The account that is asked for with its password, or the code of the first thing that is wrong.
    fn draft(&self) -> Result<(UserDraft, NewPassword), &'static str> {
        let (username, email) = register::account(&self.username, &self.email)?;
        let password = register::new_password(&self.password, &self.password_again)?;
        let permissions = domain::Permissions::NONE;
        Ok((UserDraft { username, email, staff: false, superuser: true, permissions }, password))
    }
}

/// Makes the first account and signs it in.
pub(crate) async fn set_up(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Response {
    let (parts, form) = sign_in::read::<SetupForm>(request).await;
    let manner = ResponseFormat::of(&parts.headers);
    match process.is_set_up().await {
        Ok(false) => {}
        Ok(true) => return answer::see_other("/"),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    match shut_out(&process, &form.code, address).await {
        Ok(None) => {}
        Ok(Some(problem)) => return turned_away(problem, manner),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    let user = match make(&process, &form, address).await {
        Ok(user) => user,
        // Somebody else was first.
        Err(Refused::Other(AppError::Denied(_))) => return answer::see_other("/login"),
        Err(Refused::Form(problem)) => {
            let character = register::username_character(&form.username);
            let mut typed = vec![
                ("code", form.code.as_str()),
                ("problem", problem),
                ("username", form.username.trim()),
                ("email", form.email.trim()),
            ];
            typed.extend(character.as_deref().map(|code| ("character", code)));
            return back(&process, parts, "/setup", &typed).await;
        }
        Err(Refused::Other(error)) => return answer::refusal(&error, manner),
    };
    match session::start(&process, &caller, user, &parts.headers).await {
        Ok((_, cookies)) => sign_in::with_cookies(answer::see_other(FRONT), cookies),
        Err(error) => answer::refusal(&process.service.failed(&error), manner),
    }
}

async fn make(process: &Process, form: &SetupForm, address: IpAddr) -> Result<UserId, Refused> {
    let (draft, password) = form.draft()?;
    let service = &process.service;
    let place = service.place_to_hash()?;
    let wait = process.service.limits().attempt_from(address, service.now()).await;
    if wait.map_err(|error| service.failed(&error))?.is_some() {
        return Err("slow".into());
    }
    let hash = service.hash_password(&place, password).await?;
    service.create_user(CallerId::Nobody, draft, hash).await.map_err(|error| match error {
        AppError::Conflict(Conflict::NameTaken) => "taken".into(),
        error => error.into(),
    })
}
