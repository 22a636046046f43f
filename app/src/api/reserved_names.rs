//! Reserved names (R12).

use crate::{api::draft::Drafted, error::AppError, input::ReservedNameForm, wire::JsonBody};
#[cfg(feature = "ssr")]
use crate::{
    api::{
        admin::in_office,
        draft::{drafted, execute_as_previewed},
    },
    backend::{answer, backend},
    input::{Draft, RESERVED_NAMES},
};
use domain::{Listing, Receipt, ReservedNameRow};
use leptos::prelude::*;

/// A page of the reserved names, and what a draft of one more, or one less, would do. Why is free text, so
/// it is asked for by a body.
#[server(prefix = "/api", endpoint = "admin/reserved_names/look", output = JsonBody)]
pub async fn list_reserved_names(
    #[server(flatten)] form: ReservedNameForm,
) -> Result<Drafted<Listing<ReservedNameRow>, ReservedNameForm>, AppError> {
    let backend = backend()?;
    let names = backend.reserved_names(&form.query()).await;
    let names = answer(in_office(&*backend, names).await)?;
    Ok(drafted(&*backend, names, form).await)
}

/// Reserves a name, or frees one, as it was seen.
#[server(prefix = "/api", endpoint = "admin/reserved_names/save", output = JsonBody)]
pub async fn save_reserved_name(#[server(flatten)] form: ReservedNameForm) -> Result<Receipt, AppError> {
    execute_as_previewed(form.confirmed(), |_| RESERVED_NAMES.to_owned()).await
}
