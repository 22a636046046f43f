//! `POST /register`: makes an account for whoever asks, as far as the setting `registration` lets them, and signs it in.
//!
//! The rules are asked in the transaction that makes the account, so an invitation is good for as many as it says.

use super::{ClientAddress, back::back, next::FRONT, password::NewPassword, session, sign_in};
use crate::{answer, process::Process, service::Caller};
use app::{error::AppError, text::character_code};
use axum::{
    Extension,
    extract::{Request, State},
    response::Response,
};
use domain::{Conflict, Denial, Email, Flaw, RegistrationDraft, UserId, Username};
use serde::Deserialize;
use std::{net::IpAddr, sync::Arc};

/// The form of the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct RegisterForm {
    username: String,
    email: String,
    password: String,
    password_again: String,
    invitation: String,
}

impl RegisterForm {
    /// The account that is asked for with its password, or the code of the first thing that is wrong.
    fn draft(&self) -> Result<(RegistrationDraft, NewPassword), &'static str> {
        let (username, email) = account(&self.username, &self.email)?;
        let password = new_password(&self.password, &self.password_again)?;
        Ok((RegistrationDraft { username, email }, password))
    }

    fn invitation(&self) -> Option<&str> {
        Some(self.invitation.trim()).filter(|token| !token.is_empty())
    }
}

/// The code of a character in a username that cannot stand there.
pub(super) fn username_character(username: &str) -> Option<String> {
    Username::parse(username).err().and_then(character_code)
}

/// The name and the address of a new account; else the code of what is wrong.
pub(super) fn account(username: &str, email: &str) -> Result<(Username, Option<Email>), &'static str> {
    let username = Username::parse(username).map_err(|_| "username")?;
    let email = match email.trim() {
        "" => None,
        email => Some(Email::parse(email).map_err(|_| "email")?),
    };
    Ok((username, email))
}

/// A new password, entered twice; else the code of what is wrong.
pub(super) fn new_password(once: &str, again: &str) -> Result<NewPassword, &'static str> {
    match NewPassword::parse(once) {
        Err(Flaw::TooLong(_)) => Err("password_long"),
        Err(_) => Err("password_short"),
        Ok(password) if password.is_typed_as(again) => Ok(password),
        Ok(_) => Err("password_mismatch"),
    }
}

/// Makes the account and signs it in.
pub(crate) async fn register(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Response {
    let (parts, form) = sign_in::read::<RegisterForm>(request).await;
    let manner = answer::ResponseFormat::of(&parts.headers);
    if caller.session().is_some() {
        return answer::see_other(FRONT);
    }
    let user = match make(&process, &form, address).await {
        Ok(user) => user,
        Err(Refused::Form(problem)) => {
            let mut typed =
                vec![("problem", problem), ("username", form.username.trim()), ("email", form.email.trim())];
            let character = username_character(&form.username);
            typed.extend(character.as_deref().map(|code| ("character", code)));
            typed.extend(form.invitation().map(|token| ("invitation", token)));
            return back(&process, parts, "/register", &typed).await;
        }
        Err(Refused::Other(error)) => return answer::refusal(&error, manner),
    };
    tracing::info!(user.id = user.0, "somebody registered");
    match session::start(&process, &caller, user, &parts.headers).await {
        Ok((_, cookies)) => sign_in::with_cookies(answer::see_other(FRONT), cookies),
        Err(error) => answer::refusal(&process.service.failed(&error), manner),
    }
}

/// Why a form of a way in did nothing.
pub(super) enum Refused {
    /// It is shown again, with the sentence of this code.
    Form(&'static str),
    /// Nothing about the form can mend it.
    Other(AppError),
}

impl From<&'static str> for Refused {
    fn from(problem: &'static str) -> Self {
        Self::Form(problem)
    }
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self::Other(error)
    }
}

async fn make(process: &Process, form: &RegisterForm, address: IpAddr) -> Result<UserId, Refused> {
    let (draft, password) = form.draft()?;
    let service = &process.service;
    let place = service.place_to_hash()?;
    let wait = process.service.limits().attempt_to_register(address, service.now()).await;
    if wait.map_err(|error| service.failed(&error))?.is_some() {
        return Err("slow".into());
    }
    let hash = service.hash_password(&place, password).await?;
    service.register(draft, hash, form.invitation()).await.map_err(|error| match error {
        AppError::Denied(Denial::RegistrationClosed) => "closed".into(),
        AppError::Denied(Denial::InvitationRequired) => "invitation".into(),
        AppError::Conflict(Conflict::NameTaken) => "taken".into(),
        AppError::Conflict(Conflict::EmailTaken) => "email_taken".into(),
        error => error.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_and_its_repetition_are_the_same_however_they_are_spelled() {
        let (one, other) = ("twelve or m\u{f6}re", "twelve or mo\u{308}re");
        for (once, again) in [(one, one), (one, other), (other, one)] {
            assert!(new_password(once, again).is_ok());
        }
        assert_eq!(new_password(one, "twelve or more").err(), Some("password_mismatch"));
        assert_eq!(new_password("short", "other").err(), Some("password_short"));
    }
}
