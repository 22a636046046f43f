//! `POST /register`: makes an account for whoever asks, as far as the setting `registration` lets them, and signs it in.
//!
//! The rules are asked in the transaction that makes the account, so an invitation is good for as many as it says.

use super::{ClientAddress, gate::FRONT, password, session, sign_in};
use crate::{answer, process::Process, service::Caller};
use app::{error::AppError, text::character_code};
use axum::{
    Extension,
    extract::{Request, State},
    response::Response,
};
use domain::{Conflict, Denial, Email, Flaw, RegistrationDraft, Username};
use serde::Deserialize;
use std::sync::Arc;

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
    /// The account that is asked for, or the code of the first thing that is wrong.
    fn draft(&self) -> Result<RegistrationDraft, &'static str> {
        let username = Username::parse(&self.username).map_err(|_| "username")?;
        let email = match self.email.trim() {
            "" => None,
            email => Some(Email::parse(email).map_err(|_| "email")?),
        };
        new_password(&self.password, &self.password_again)?;
        Ok(RegistrationDraft { username, email })
    }

    fn invitation(&self) -> Option<&str> {
        Some(self.invitation.trim()).filter(|token| !token.is_empty())
    }
}

/// The code of a character in a username that cannot stand there.
pub(super) fn username_character(username: &str) -> Option<String> {
    Username::parse(username).err().and_then(character_code)
}

/// Whether a new password, entered twice, will do; else the code of what is wrong.
pub(super) fn new_password(once: &str, again: &str) -> Result<(), &'static str> {
    match password::flaw(once) {
        Some(Flaw::TooLong(_)) => Err("password_long"),
        Some(_) => Err("password_short"),
        None if once != again => Err("password_mismatch"),
        None => Ok(()),
    }
}

/// Makes the account and signs it in.
pub(crate) async fn register(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Response {
    let manner = answer::Manner::of(request.headers());
    if caller.session().is_some() {
        return answer::see_other(FRONT);
    }
    let headers = request.headers().clone();
    let form = sign_in::form_of::<RegisterForm>(request).await;
    let draft = match form.draft() {
        Ok(draft) => draft,
        Err(problem) => return back(&form, problem),
    };
    match process.limits.attempt_to_register(address, process.service.now()).await {
        Ok(None) => {}
        Ok(Some(_)) => return back(&form, "slow"),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    let Some(hash) = process.passwords.hash(form.password.clone()).await else {
        return answer::refusal(&AppError::Internal(process.service.sources().random.ticket()), manner);
    };
    let user = match process.service.register(draft, hash, form.invitation()).await {
        Ok(user) => user,
        Err(AppError::Denied(Denial::RegistrationClosed)) => return back(&form, "closed"),
        Err(AppError::Denied(Denial::InvitationRequired)) => return back(&form, "invitation"),
        Err(AppError::Conflict(Conflict::NameTaken)) => return back(&form, "taken"),
        Err(AppError::Conflict(Conflict::EmailTaken)) => return back(&form, "email_taken"),
        Err(error) => return answer::refusal(&error, manner),
    };
    tracing::info!(user.id = user.0, "somebody registered");
    match session::start(&process, &caller, user, &headers).await {
        Ok(cookie) => sign_in::with_cookie(answer::see_other(FRONT), cookie),
        Err(error) => answer::refusal(&process.service.failed(&error), manner),
    }
}

/// Back to the page with what was typed, but for the passwords.
fn back(form: &RegisterForm, problem: &str) -> Response {
    let character = username_character(&form.username);
    let mut place = vec![("problem", problem), ("username", form.username.trim()), ("email", form.email.trim())];
    place.extend(character.as_deref().map(|code| ("character", code)));
    place.extend(form.invitation().map(|token| ("invitation", token)));
    answer::see_other(&answer::with_query("/register", &place))
}
