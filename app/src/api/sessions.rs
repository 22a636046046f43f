//! The viewer's sessions: where they are signed in.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{error::AppError, input::SessionForm, wire::JsonBody};
use domain::SessionRow;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The viewer's sessions, the last used first.
#[server(prefix = "/api", endpoint = "sessions/list", input = GetUrl, output = JsonBody)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, AppError> {
    answer(backend()?.sessions().await)
}

/// Ends one of them.
#[server(prefix = "/api", endpoint = "sessions/end", output = JsonBody)]
pub async fn end_session(#[server(flatten)] form: SessionForm) -> Result<(), AppError> {
    let session = answer(form.parse())?;
    answer(backend()?.end_session(session).await)
}

/// Ends all of them but this one.
#[server(prefix = "/api", endpoint = "sessions/end_others", output = JsonBody)]
pub async fn end_other_sessions() -> Result<(), AppError> {
    answer(backend()?.end_other_sessions().await)
}
