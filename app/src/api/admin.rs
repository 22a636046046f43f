//! The admin area.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{error::AppError, input::AllGroupsAddress, wire::JsonBody};
use domain::{GroupRow, Listing};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of all groups there are.
#[server(prefix = "/api", endpoint = "admin/groups/list", input = GetUrl, output = JsonBody)]
pub async fn list_all_groups(#[server(flatten)] address: AllGroupsAddress) -> Result<Listing<GroupRow>, AppError> {
    answer(backend()?.groups(address.parse()).await)
}
