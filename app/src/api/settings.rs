//! The settings.

use crate::{api::draft::Drafted, error::AppError, input::SettingsForm, wire::JsonBody};
#[cfg(feature = "ssr")]
use crate::{
    api::{
        admin::in_office,
        draft::{drafted, execute_as_previewed},
    },
    backend::{answer, backend},
    input::Draft,
};
use domain::{Receipt, Settings};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The settings, and what a draft of others would do.
#[server(prefix = "/api", endpoint = "admin/settings/page", input = GetUrl, output = JsonBody)]
pub async fn read_settings(#[server(flatten)] form: SettingsForm) -> Result<Drafted<Settings, SettingsForm>, AppError> {
    let backend = backend()?;
    let settings = answer(in_office(&*backend, backend.settings().await).await)?;
    Ok(drafted(&*backend, settings, form).await)
}

/// Changes the settings as it was seen.
#[server(prefix = "/api", endpoint = "admin/settings/save", output = JsonBody)]
pub async fn save_settings(#[server(flatten)] form: SettingsForm) -> Result<Receipt, AppError> {
    execute_as_previewed(form.confirmed(), |_| "/admin/settings".to_owned()).await
}
