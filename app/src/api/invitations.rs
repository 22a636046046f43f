//! Invitations to make accounts, for staff who look after users.

#[cfg(feature = "ssr")]
use crate::{
    api::{admin::in_office, execute},
    backend::{answer, backend},
};
use crate::{
    error::AppError,
    input::{InvitationForm, InvitationsAddress, RevokeInvitationForm},
    wire::JsonBody,
};
use domain::{FreshLink, InvitationRow, Listing, Receipt};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the invitations, newest first.
#[server(prefix = "/api", endpoint = "invitations/list", input = GetUrl, output = JsonBody)]
pub async fn list_invitations(
    #[server(flatten)] address: InvitationsAddress,
) -> Result<Listing<InvitationRow>, AppError> {
    let backend = backend()?;
    let invitations = backend.invitations(&address.parse()).await;
    answer(in_office(&*backend, invitations).await)
}

/// Makes an invitation; its token is told this once.
#[server(prefix = "/api", endpoint = "invitations/create", output = JsonBody)]
pub async fn create_invitation(#[server(flatten)] form: InvitationForm) -> Result<FreshLink, AppError> {
    let draft = answer(form.parse())?;
    answer(backend()?.create_invitation(draft).await)
}

/// Ends an invitation before its time.
#[server(prefix = "/api", endpoint = "invitations/revoke", output = JsonBody)]
pub async fn revoke_invitation(#[server(flatten)] form: RevokeInvitationForm) -> Result<Receipt, AppError> {
    execute(form.parse()).await
}
