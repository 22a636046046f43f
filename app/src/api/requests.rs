//! Requests: the queue, and deciding or withdrawing them.

#[cfg(feature = "ssr")]
use crate::{
    api::execute,
    backend::{answer, backend},
};
use crate::{
    error::AppError,
    input::{QueueAddress, RequestForm},
    wire::JsonBody,
};
use domain::{QueuePage, Receipt};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The requests the viewer may decide.
#[server(prefix = "/api", endpoint = "requests/queue", input = GetUrl, output = JsonBody)]
pub async fn read_queue(#[server(flatten)] address: QueueAddress) -> Result<QueuePage, AppError> {
    answer(backend()?.queue(address.parse()).await)
}

/// Takes back one's own request.
#[server(prefix = "/api", endpoint = "requests/withdraw", output = JsonBody)]
pub async fn withdraw(#[server(flatten)] form: RequestForm) -> Result<Receipt, AppError> {
    execute(form.withdraw()).await
}

/// Says yes to a request.
#[server(prefix = "/api", endpoint = "requests/approve", output = JsonBody)]
pub async fn approve(#[server(flatten)] form: RequestForm) -> Result<Receipt, AppError> {
    execute(form.approve()).await
}

/// Says no to a request.
#[server(prefix = "/api", endpoint = "requests/reject", output = JsonBody)]
pub async fn reject(#[server(flatten)] form: RequestForm) -> Result<Receipt, AppError> {
    execute(form.reject()).await
}
