//! Groups: finding them, joining, leaving.

#[cfg(feature = "ssr")]
use crate::{
    api::execute,
    backend::{answer, backend},
};
use crate::{
    error::AppError,
    input::{GroupAddress, GroupForm, GroupsAddress},
    wire::JsonBody,
};
use domain::{GroupPage, GroupRow, JoinLink, Listing, Receipt};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the groups list.
#[server(prefix = "/api", endpoint = "groups/list", input = GetUrl, output = JsonBody)]
pub async fn list_groups(#[server(flatten)] address: GroupsAddress) -> Result<Listing<GroupRow>, AppError> {
    answer(backend()?.groups(&address.parse()).await)
}

/// One row of the groups list.
#[server(prefix = "/api", endpoint = "groups/row", input = GetUrl, output = JsonBody)]
pub async fn read_group_row(#[server(flatten)] address: GroupAddress) -> Result<GroupRow, AppError> {
    let group = answer(address.parse())?;
    answer(backend()?.group_row(group).await)
}

/// The page of one group.
#[server(prefix = "/api", endpoint = "groups/page", input = GetUrl, output = JsonBody)]
pub async fn read_group_page(#[server(flatten)] address: GroupAddress) -> Result<GroupPage, AppError> {
    let key = answer(address.key())?;
    answer(backend()?.group_page(&key).await)
}

/// The join link of a group.
#[server(prefix = "/api", endpoint = "groups/link", input = GetUrl, output = JsonBody)]
pub async fn read_join_link(#[server(flatten)] address: GroupAddress) -> Result<JoinLink, AppError> {
    let group = answer(address.parse())?;
    answer(backend()?.join_link(group).await)
}

/// Makes the join link of a group worthless, and a new one.
#[server(prefix = "/api", endpoint = "groups/replace_link", output = JsonBody)]
pub async fn replace_join_link(#[server(flatten)] form: GroupForm) -> Result<Receipt, AppError> {
    execute(form.replace_link()).await
}

/// Joins a group, or asks to where it is not open.
#[server(prefix = "/api", endpoint = "groups/join", output = JsonBody)]
pub async fn join(#[server(flatten)] form: GroupForm) -> Result<Receipt, AppError> {
    execute(form.join()).await
}

/// Leaves a group, or asks to where leaving is not at once.
#[server(prefix = "/api", endpoint = "groups/leave", output = JsonBody)]
pub async fn leave(#[server(flatten)] form: GroupForm) -> Result<Receipt, AppError> {
    execute(form.leave()).await
}
