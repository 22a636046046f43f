//! How the instance is doing.

#[cfg(feature = "ssr")]
use crate::{
    api::admin::in_office,
    backend::{answer, backend},
};
use crate::{error::AppError, wire::JsonBody};
use domain::Health;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// How the instance is doing, as far as the viewer may know.
#[server(prefix = "/api", endpoint = "admin/health/page", input = GetUrl, output = JsonBody)]
pub async fn read_health() -> Result<Health, AppError> {
    let backend = backend()?;
    let health = backend.health().await;
    answer(in_office(&*backend, health).await)
}
