//! States.

use crate::{api::draft::Drafted, error::AppError, input::StateForm, wire::JsonBody};
#[cfg(feature = "ssr")]
use crate::{
    api::{
        admin::in_office,
        draft::{drafted, execute_as_previewed},
    },
    backend::{answer, backend},
    input::Draft,
};
use domain::{Listing, Receipt, StateRow};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Every state, the highest first.
#[server(prefix = "/api", endpoint = "admin/states/list", input = GetUrl, output = JsonBody)]
pub async fn list_states() -> Result<Listing<StateRow>, AppError> {
    let backend = backend()?;
    let states = backend.states().await;
    answer(in_office(&*backend, states).await)
}

/// One state, or none yet, and what a draft of it would do. Its lists may be long, so it is asked for by a body.
#[server(prefix = "/api", endpoint = "admin/states/look", output = JsonBody)]
pub async fn read_state(#[server(flatten)] form: StateForm) -> Result<Drafted<Option<StateRow>, StateForm>, AppError> {
    let backend = backend()?;
    let states = backend.states().await;
    let states = answer(in_office(&*backend, states).await)?;
    let subject = answer(form.among(states.items))?;
    Ok(drafted(&*backend, subject, form).await)
}

/// Makes, changes or deletes a state as it was seen.
#[server(prefix = "/api", endpoint = "admin/states/save", output = JsonBody)]
pub async fn save_state(#[server(flatten)] form: StateForm) -> Result<Receipt, AppError> {
    execute_as_previewed(form.confirmed(), |receipt| form.onward(receipt)).await
}
