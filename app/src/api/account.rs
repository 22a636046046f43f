//! The viewer's own account.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{
    error::AppError,
    input::{LanguageForm, ThemeForm},
    wire::JsonBody,
};
use domain::Viewer;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Who is looking.
#[server(prefix = "/api", endpoint = "account/viewer", input = GetUrl, output = JsonBody)]
pub async fn read_viewer() -> Result<Viewer, AppError> {
    answer(backend()?.viewer().await)
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
