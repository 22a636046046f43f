//! The audit log.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{error::AppError, input::AuditAddress, wire::JsonBody};
use domain::AuditPage;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of a group's audit log.
#[server(prefix = "/api", endpoint = "audit/group", input = GetUrl, output = JsonBody)]
pub async fn read_audit_log(#[server(flatten)] address: AuditAddress) -> Result<AuditPage, AppError> {
    let query = answer(address.parse())?;
    answer(backend()?.audit(query).await)
}
