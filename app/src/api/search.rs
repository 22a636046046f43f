//! Finding groups and people by name, for the palette.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{error::AppError, wire::JsonBody};
use domain::Found;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Groups and people whose names hold the text, as far as the viewer may know of them.
#[server(prefix = "/api", endpoint = "search/found", input = GetUrl, output = JsonBody)]
pub async fn find(text: String) -> Result<Found, AppError> {
    answer(backend()?.search(text).await)
}
