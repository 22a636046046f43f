//! `POST /setup`: makes the first account, a superuser, and signs it in. Open only while there is no account at all;
//! that is asked again by the rules, inside the transaction that makes it, so two at once make one.

use super::{ClientAddress, back::back, gate::FRONT, own_password, password::NewPassword, register::{self, Refused}, session, sign_in};
use crate::{
    answer::{self, Manner},
    process::Process,
    service::Caller,
};
use app::error::AppError;
use axum::{
    Extension,
    extract::{Request, State},
    response::Response,
};
use domain::{Conflict, UserDraft, UserId};
use serde::Deserialize;
use std::{net::IpAddr, sync::Arc};
use store::CallerId;

/// The form of the set-up page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct SetupForm {
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
    let manner = Manner::of(&parts.headers);
    match process.is_set_up().await {
        Ok(false) => {}
        Ok(true) => return answer::see_other("/"),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    let user = match make(&process, &form, address).await {
        Ok(user) => user,
        // Somebody else was first.
        Err(Refused::Other(AppError::Denied(_))) => return answer::see_other("/login"),
        Err(Refused::Form(problem)) => {
            let character = register::username_character(&form.username);
            let mut typed =
                vec![("problem", problem), ("username", form.username.trim()), ("email", form.email.trim())];
            typed.extend(character.as_deref().map(|code| ("character", code)));
            return back(&process, parts, "/setup", &typed).await;
        }
        Err(Refused::Other(error)) => return answer::refusal(&error, manner),
    };
    match session::start(&process, &caller, user, &parts.headers).await {
        Ok(cookies) => sign_in::with_cookies(answer::see_other(FRONT), cookies),
        Err(error) => answer::refusal(&process.service.failed(&error), manner),
    }
}

async fn make(process: &Process, form: &SetupForm, address: IpAddr) -> Result<UserId, Refused> {
    let (draft, password) = form.draft()?;
    let service = &process.service;
    let wait = process.limits.attempt_from(address, service.now()).await;
    if wait.map_err(|error| service.failed(&error))?.is_some() {
        return Err("slow".into());
    }
    let hash = own_password::hash(process, password).await?;
    service.create_user(CallerId::Nobody, draft, hash).await.map_err(|error| match error {
        AppError::Conflict(Conflict::NameTaken) => "taken".into(),
        error => error.into(),
    })
}
