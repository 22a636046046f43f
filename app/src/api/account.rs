//! The viewer's own account.

#[cfg(feature = "ssr")]
use crate::{
    api::execute,
    backend::{answer, backend},
};
use crate::{
    error::AppError,
    input::{LanguageForm, MainForm, PasswordForm, ThemeForm},
    wire::JsonBody,
};
use domain::{Me, Receipt, Viewer};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Who is looking.
#[server(prefix = "/api", endpoint = "account/viewer", input = GetUrl, output = JsonBody)]
pub async fn read_viewer() -> Result<Viewer, AppError> {
    answer(backend()?.viewer().await)
}

/// Everything about the viewer's account.
#[server(prefix = "/api", endpoint = "account/page", input = GetUrl, output = JsonBody)]
pub async fn read_account() -> Result<Me, AppError> {
    answer(backend()?.me().await)
}

/// Keeps the choice of light or dark.
#[server(prefix = "/api", endpoint = "account/theme", output = JsonBody)]
pub async fn set_theme(#[server(flatten)] form: ThemeForm) -> Result<(), AppError> {
    let theme = answer(form.parse())?;
    answer(backend()?.set_theme(theme).await)
}

/// Keeps the choice of language.
#[server(prefix = "/api", endpoint = "account/language", output = JsonBody)]
pub async fn set_language(#[server(flatten)] form: LanguageForm) -> Result<(), AppError> {
    let language = answer(form.parse())?;
    answer(backend()?.set_language(language).await)
}

/// Chooses the main character.
#[server(prefix = "/api", endpoint = "account/main", output = JsonBody)]
pub async fn set_main(#[server(flatten)] form: MainForm) -> Result<Receipt, AppError> {
    execute(form.parse()).await
}

/// Changes the password, and ends every other session.
#[server(prefix = "/api", endpoint = "account/password", output = JsonBody)]
pub async fn change_password(#[server(flatten)] form: PasswordForm) -> Result<(), AppError> {
    let (old, new) = answer(form.parse())?;
    answer(backend()?.change_password(old, new).await)
}
