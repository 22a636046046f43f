//! Users, for staff who look after them.

use crate::{
    api::draft::Drafted,
    error::AppError,
    input::{AccountChangeForm, EndSessionsForm, NewUserForm, SetPasswordForm, UserAddress, UsersAddress},
    wire::JsonBody,
};
#[cfg(feature = "ssr")]
use crate::{
    api::{
        admin::in_office,
        draft::{drafted, execute_as_previewed},
        execute,
    },
    backend::{answer, backend, lead_to},
    input::Draft,
};
use domain::{FreshLink, FreshUser, Listing, Receipt, UserChoices, UserPage, UserRow};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the list of users. People are looked for by their e-mail address, too, so it is asked for by a body.
#[server(prefix = "/api", endpoint = "users/search", output = JsonBody)]
pub async fn list_users(#[server(flatten)] address: UsersAddress) -> Result<Listing<UserRow>, AppError> {
    let backend = backend()?;
    let users = backend.users(&address.parse()).await;
    answer(in_office(&*backend, users).await)
}

/// What users can be chosen by, and made as.
#[server(prefix = "/api", endpoint = "users/choices", input = GetUrl, output = JsonBody)]
pub async fn read_user_choices() -> Result<UserChoices, AppError> {
    let backend = backend()?;
    let choices = backend.user_choices().await;
    answer(in_office(&*backend, choices).await)
}

/// Everything about one user, and what a draft would do to people. It tells an e-mail address, so it is asked for by a
/// body.
#[server(prefix = "/api", endpoint = "users/look", output = JsonBody)]
pub async fn read_user(
    #[server(flatten)] form: AccountChangeForm,
) -> Result<Drafted<UserPage, AccountChangeForm>, AppError> {
    let backend = backend()?;
    let user = answer(form.user.parse().map_err(|_| AppError::NotFound))?;
    let page = answer(in_office(&*backend, backend.user_page(user).await).await)?;
    Ok(drafted(&*backend, page, form).await)
}

/// Changes a user as it was seen.
#[server(prefix = "/api", endpoint = "users/change", output = JsonBody)]
pub async fn change_user(#[server(flatten)] form: AccountChangeForm) -> Result<Receipt, AppError> {
    execute_as_previewed(form.confirmed(), |_| form.onward()).await
}

/// Makes an account; the link of its owner is told this once.
#[server(prefix = "/api", endpoint = "users/create", output = JsonBody)]
pub async fn create_user(#[server(flatten)] form: NewUserForm) -> Result<FreshUser, AppError> {
    let (draft, way_in, id) = answer(form.parse())?;
    let made = answer(backend()?.make_user(draft, way_in, id).await)?;
    lead_to(&format!("/admin/users/{}", made.user));
    Ok(made)
}

/// Sets the password of somebody else, and ends their sessions.
#[server(prefix = "/api", endpoint = "users/set_password", output = JsonBody)]
pub async fn set_password(#[server(flatten)] form: SetPasswordForm) -> Result<Receipt, AppError> {
    let (user, password, id) = answer(form.parse())?;
    answer(backend()?.set_password(user, password, id).await)
}

/// Makes a link by which a user sets another password; it is told this once.
#[server(prefix = "/api", endpoint = "users/make_reset_link", output = JsonBody)]
pub async fn make_reset_link(#[server(flatten)] form: UserAddress) -> Result<FreshLink, AppError> {
    let user = answer(form.parse())?;
    answer(backend()?.make_reset_link(user).await)
}

/// Signs a user out everywhere.
#[server(prefix = "/api", endpoint = "users/end_sessions", output = JsonBody)]
pub async fn end_sessions(#[server(flatten)] form: EndSessionsForm) -> Result<Receipt, AppError> {
    execute(form.parse()).await
}
