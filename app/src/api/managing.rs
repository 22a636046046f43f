//! Groups one looks after: which they are, who is in them, who is removed.

#[cfg(feature = "ssr")]
use crate::{
    api::execute,
    backend::{answer, backend},
};
use crate::{
    error::AppError,
    input::{GroupAddress, ManagedAddress, MembersAddress, RemovalForm},
    wire::JsonBody,
};
use domain::{Listing, ManagedGroup, MembersPage, Receipt};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The groups the viewer decides for. Those that need care come first, then the others by name.
#[server(prefix = "/api", endpoint = "managing/list", input = GetUrl, output = JsonBody)]
pub async fn list_managed(#[server(flatten)] address: ManagedAddress) -> Result<Listing<ManagedGroup>, AppError> {
    answer(backend()?.managed_groups(address.parse()).await)
}

/// One of the groups the viewer decides for.
#[server(prefix = "/api", endpoint = "managing/row", input = GetUrl, output = JsonBody)]
pub async fn read_managed_group(#[server(flatten)] address: GroupAddress) -> Result<ManagedGroup, AppError> {
    let group = answer(address.parse())?;
    answer(backend()?.managed_group(group).await)
}

/// The members of a group.
#[server(prefix = "/api", endpoint = "managing/members/list", input = GetUrl, output = JsonBody)]
pub async fn list_members(#[server(flatten)] address: MembersAddress) -> Result<MembersPage, AppError> {
    let (group, query) = answer(address.parse())?;
    answer(backend()?.members(group, &query).await)
}

/// Removes a member from a group.
#[server(prefix = "/api", endpoint = "managing/members/remove", output = JsonBody)]
pub async fn remove_member(#[server(flatten)] form: RemovalForm) -> Result<Receipt, AppError> {
    execute(form.parse()).await
}
