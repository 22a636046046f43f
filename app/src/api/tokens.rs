//! The viewer's tokens of the API.

#[cfg(feature = "ssr")]
use crate::{
    api::execute,
    backend::{answer, backend},
};
use crate::{
    error::AppError,
    input::{RevokeForm, TokenForm},
    wire::JsonBody,
};
use domain::{Receipt, TokenRow};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The viewer's tokens, newest first.
#[server(prefix = "/api", endpoint = "tokens/list", input = GetUrl, output = JsonBody)]
pub async fn list_tokens() -> Result<Vec<TokenRow>, AppError> {
    answer(backend()?.tokens().await)
}

/// Makes a token; its secret is the answer, this once.
#[server(prefix = "/api", endpoint = "tokens/create", output = JsonBody)]
pub async fn create_token(#[server(flatten)] form: TokenForm) -> Result<String, AppError> {
    let wanted = answer(form.parse())?;
    answer(backend()?.create_token(wanted).await)
}

/// Makes a token worthless.
#[server(prefix = "/api", endpoint = "tokens/revoke", output = JsonBody)]
pub async fn revoke_token(#[server(flatten)] form: RevokeForm) -> Result<Receipt, AppError> {
    execute(form.parse()).await
}
