//! Requests: the queue, and deciding or withdrawing them.

#[cfg(feature = "ssr")]
use crate::{
    api::execute,
    backend::{answer, backend, lead_back},
    input::{Attempt, TALLY_FIELD, Tally},
};
use crate::{
    error::AppError,
    input::{Decided, QueueAddress, RequestForm, RequestsForm},
    wire::JsonBody,
};
use domain::{QueueChoices, QueuePage, Receipt};
#[cfg(feature = "ssr")]
use domain::{RequestId, RequestStatus};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The requests the viewer may decide.
#[server(prefix = "/api", endpoint = "requests/queue", input = GetUrl, output = JsonBody)]
pub async fn read_queue(#[server(flatten)] address: QueueAddress) -> Result<QueuePage, AppError> {
    answer(backend()?.queue(&address.parse()).await)
}

/// What the queue can be narrowed to.
#[server(prefix = "/api", endpoint = "requests/choices", input = GetUrl, output = JsonBody)]
pub async fn list_queue_choices() -> Result<QueueChoices, AppError> {
    answer(backend()?.queue_choices().await)
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

/// Says yes to many requests, each on its own.
#[server(prefix = "/api", endpoint = "requests/approve_each", output = JsonBody)]
pub async fn approve_each(#[server(flatten)] form: RequestsForm) -> Result<Vec<Decided>, AppError> {
    decide_each(form.approve(), RequestStatus::Approved).await
}

/// Says no to many requests, each on its own.
#[server(prefix = "/api", endpoint = "requests/reject_each", output = JsonBody)]
pub async fn reject_each(#[server(flatten)] form: RequestsForm) -> Result<Vec<Decided>, AppError> {
    decide_each(form.reject(), RequestStatus::Rejected).await
}

/// Carries out what a form asks for, if it could be read. A plain form is told by the address of the page it came from.
#[cfg(feature = "ssr")]
async fn decide_each(
    read: Result<Vec<(RequestId, Attempt)>, AppError>,
    status: RequestStatus,
) -> Result<Vec<Decided>, AppError> {
    let (requests, attempts): (Vec<_>, Vec<_>) = answer(read)?.into_iter().unzip();
    let answers = answer(backend()?.execute_each(attempts).await)?;
    let told = requests.into_iter().zip(answers).map(|(request, answer)| Decided { request, answer });
    let decided: Vec<_> = told.collect();
    lead_back(TALLY_FIELD, || Tally::of(status, &decided).written());
    Ok(decided)
}
