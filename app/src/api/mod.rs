//! The server functions, by noun. Each reads its form, asks the backend once and answers; none decides.
//!
//! Changes are `POST`s of url-encoded forms, so that a plain form reaches them before any script runs. Their browser
//! side is `parts::command_form`, the same for all. Reads are `GET`s.
#![expect(missing_docs, reason = "`#[server]` makes a struct of the parameters, which cannot be documented there")]

pub mod account;
pub mod admin;
pub mod admin_forms;
pub mod audit;
pub mod draft;
pub mod group_setup;
pub mod groups;
pub mod health;
pub mod invitations;
pub mod managing;
pub mod mine;
pub mod notifications;
pub mod requests;
pub mod reserved_names;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod states;
pub mod tokens;
pub mod users;

/// What the paths of all server functions begin with.
pub const PREFIX: &str = "/api/";

/// Carries out what a form asks for, if it could be read.
#[cfg(feature = "ssr")]
async fn execute(
    read: Result<crate::input::Attempt, crate::error::AppError>,
) -> Result<domain::Receipt, crate::error::AppError> {
    use crate::backend::{answer, backend};
    let (command, id) = match read {
        Ok(attempt) => attempt,
        Err(error) => return answer(Err(error)),
    };
    answer(backend()?.execute(command, id).await)
}
