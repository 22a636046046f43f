//! The admin area.

#[cfg(feature = "ssr")]
use crate::backend::{Backend, answer, backend};
use crate::{error::AppError, input::AllGroupsAddress, wire::JsonBody};
#[cfg(feature = "ssr")]
use domain::Denial;
use domain::{GroupRow, Listing};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of all groups there are.
#[server(prefix = "/api", endpoint = "admin/groups/list", input = GetUrl, output = JsonBody)]
pub async fn list_all_groups(#[server(flatten)] address: AllGroupsAddress) -> Result<Listing<GroupRow>, AppError> {
    let backend = backend()?;
    let groups = backend.groups(&address.parse()).await;
    answer(in_office(&*backend, groups).await)
}

/// Who does not enter the admin area is not told that there is one.
#[cfg(feature = "ssr")]
pub(super) async fn in_office<T>(backend: &dyn Backend, answer: Result<T, AppError>) -> Result<T, AppError> {
    match answer {
        Err(AppError::Denied(Denial::StaffPermissionRequired)) if !backend.viewer().await?.enters_admin_area() => {
            Err(AppError::NotFound)
        }
        answer => answer,
    }
}
