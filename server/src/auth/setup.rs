//! `POST /setup`: makes the first account, a superuser, and signs it in. Open only while there is no account at all;
//! that is asked again by the rules, inside the transaction that makes it, so two at once make one.

use super::{ClientAddress, gate::FRONT, password, register::username_character, session, sign_in};
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
use domain::{Conflict, Email, UserDraft, Username};
use serde::Deserialize;
use std::sync::Arc;
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
    /// The account that is asked for, or the code of the first thing that is wrong.
    fn draft(&self) -> Result<UserDraft, &'static str> {
        let username = Username::parse(&self.username).map_err(|_| "username")?;
        let email = match self.email.trim() {
            "" => None,
            email => Some(Email::parse(email).map_err(|_| "email")?),
        };
        if password::is_too_short(&self.password) {
            return Err("password_short");
        }
        if self.password != self.password_again {
            return Err("password_mismatch");
        }
        Ok(UserDraft { username, email, staff: false, superuser: true, permissions: domain::Permissions::NONE })
    }
}

/// Makes the first account and signs it in.
pub(crate) async fn set_up(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Response {
    let manner = Manner::of(request.headers());
    match process.is_set_up().await {
        Ok(false) => {}
        Ok(true) => return answer::see_other("/"),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    let headers = request.headers().clone();
    let form = sign_in::form_of::<SetupForm>(request).await;
    let draft = match form.draft() {
        Ok(draft) => draft,
        Err(problem) => return back(&form, problem),
    };
    match process.limits.attempt_from(address, process.service.now()).await {
        Ok(None) => {}
        Ok(Some(_)) => return back(&form, "slow"),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    let Some(hash) = process.passwords.hash(form.password.clone()).await else {
        return answer::refusal(&AppError::Internal(process.service.sources().random.ticket()), manner);
    };
    let user = match process.service.create_user(CallerId::Nobody, draft, hash).await {
        Ok(user) => user,
        // Somebody else was first.
        Err(AppError::Denied(_)) => return answer::see_other("/login"),
        Err(AppError::Conflict(Conflict::NameTaken)) => return back(&form, "taken"),
        Err(error) => return answer::refusal(&error, manner),
    };
    match session::start(&process, &caller, user, &headers).await {
        Ok(cookie) => sign_in::with_cookie(answer::see_other(FRONT), cookie),
        Err(error) => answer::refusal(&process.service.failed(&error), manner),
    }
}

/// Back to the page with what was typed, but for the passwords.
fn back(form: &SetupForm, problem: &str) -> Response {
    let character = username_character(&form.username);
    let mut place = vec![("problem", problem), ("username", form.username.trim()), ("email", form.email.trim())];
    place.extend(character.as_deref().map(|code| ("character", code)));
    answer::see_other(&answer::with_query("/setup", &place))
}
