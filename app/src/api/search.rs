//! Finding groups and people by name, for the palette.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{error::AppError, wire::JsonBody};
use domain::Found;
use leptos::prelude::*;

/// Groups and people whose names hold the text, as far as the viewer may know of them. Whoever looks for
/// somebody may type their e-mail address, so it is asked for by a body.
#[server(prefix = "/api", endpoint = "search/find", output = JsonBody)]
pub async fn find(text: String) -> Result<Found, AppError> {
    answer(backend()?.search(&text).await)
}
