//! The viewer's own groups and requests.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{
    error::AppError,
    input::{MyGroupsAddress, MyRequestsAddress},
    wire::JsonBody,
};
use domain::{Listing, MyGroup, Request};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the groups the viewer is in, hidden ones too.
#[server(prefix = "/api", endpoint = "my_groups/list", input = GetUrl, output = JsonBody)]
pub async fn list_my_groups(#[server(flatten)] address: MyGroupsAddress) -> Result<Listing<MyGroup>, AppError> {
    answer(backend()?.my_groups(&address.parse()).await)
}

/// A page of the viewer's requests, newest first.
#[server(prefix = "/api", endpoint = "my_requests/list", input = GetUrl, output = JsonBody)]
pub async fn list_my_requests(#[server(flatten)] address: MyRequestsAddress) -> Result<Listing<Request>, AppError> {
    answer(backend()?.my_requests(&address.parse()).await)
}
