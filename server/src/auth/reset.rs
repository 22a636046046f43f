//! `POST /reset/{token}`: sets another password for whoever has the link that staff made for them. Every session of the
//! account ends; with the new password its owner signs in anew.

use super::{
    ClientAddress,
    register::{self, Refused},
    sign_in,
};
use crate::{answer, pages, process::Process};
use app::{address::is_private, error::AppError};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use serde::Deserialize;
use std::{net::IpAddr, sync::Arc};

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
    let (parts, form) = sign_in::read::<ResetForm>(request).await;
    let manner = answer::ResponseFormat::of(&parts.headers);
    match set(&process, &form, &token, address).await {
        Ok(username) => {
            let mut place = vec![("done", "password")];
            if !is_private("username", &username) {
                place.push(("username", username.as_str()));
            }
            answer::see_other(&answer::with_query("/login", &place))
        }
        // The link leads into the account: it goes into no address but the one it came by.
        Err(Refused::Form(problem)) => {
            let place = answer::with_query(&answer::path(&["reset", &token]), &[("problem", problem)]);
            pages::draw(&process, parts, &place).await
        }
        Err(Refused::Other(error)) => answer::refusal(&error, manner),
    }
}

/// Sets the password; answers whose it is.
async fn set(process: &Process, form: &ResetForm, token: &str, address: IpAddr) -> Result<String, Refused> {
    let password = register::new_password(&form.password, &form.password_again)?;
    let service = &process.service;
    let place = service.place_to_hash()?;
    let wait = process.service.limits().attempt_from(address, service.now()).await;
    if wait.map_err(|error| service.failed(&error))?.is_some() {
        return Err("slow".into());
    }
    let or_ended = |error| match error {
        AppError::NotFound => Refused::Form("ended"),
        error => error.into(),
    };
    // Hashing is asked for last: a link that is none costs nothing.
    let door = service.reset_status(token).await.map_err(or_ended)?;
    let hash = service.hash_password(&place, password).await?;
    service.reset_password(token, hash).await.map_err(or_ended)?;
    service.limits().succeeded_from(address, service.now()).await.map_err(|error| service.failed(&error))?;
    Ok(door.username)
}
