//! `POST /reset/{token}`: sets another password for whoever has the link that staff made for them. Every session of the
//! account ends; with the new password its owner signs in anew.

use super::{ClientAddress, register, sign_in};
use crate::{answer, process::Process};
use app::error::AppError;
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use serde::Deserialize;
use std::sync::Arc;

/// The form of the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ResetForm {
    password: String,
    password_again: String,
}

/// Sets the password and leads to the sign-in.
pub(crate) async fn reset(
    State(process): State<Arc<Process>>,
    ClientAddress(address): ClientAddress,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let manner = answer::Manner::of(request.headers());
    let form = sign_in::form_of::<ResetForm>(request).await;
    if let Err(problem) = register::new_password(&form.password, &form.password_again) {
        return back(&token, problem);
    }
    match process.limits.attempt_from(address, process.service.now()).await {
        Ok(None) => {}
        Ok(Some(_)) => return back(&token, "slow"),
        Err(error) => return answer::refusal(&process.service.failed(&error), manner),
    }
    // Hashing is asked for last: a link that is none costs nothing.
    let door = match process.service.reset_door(&token).await {
        Ok(door) => door,
        Err(AppError::NotFound) => return back(&token, "ended"),
        Err(error) => return answer::refusal(&error, manner),
    };
    let Some(hash) = process.passwords.hash(form.password).await else {
        return answer::refusal(&AppError::Internal(process.service.sources().random.ticket()), manner);
    };
    match process.service.reset_password(&token, hash).await {
        Ok(()) => {
            let place = [("done", "password"), ("username", door.username.as_str())];
            answer::see_other(&answer::with_query("/login", &place))
        }
        Err(AppError::NotFound) => back(&token, "ended"),
        Err(error) => answer::refusal(&error, manner),
    }
}

/// Back to the page, which says what is wrong.
fn back(token: &str, problem: &str) -> Response {
    answer::see_other(&answer::with_query(&answer::path(&["reset", token]), &[("problem", problem)]))
}
