//! Passwords of those who are signed in: their own, which asks for the old one, and new ones that staff set for others.

use super::password;
use crate::{
    process::Process,
    service::{Caller, Service},
};
use app::error::AppError;
use domain::{Flaw, Problem, UserId};

/// The hash of a new password; `Invalid` at this field where it will not do.
pub(crate) async fn hash(process: &Process, field: &str, password: String) -> Result<String, AppError> {
    if let Some(flaw) = password::flaw(&password) {
        return Err(AppError::Invalid(vec![Problem::new(field, flaw)]));
    }
    let hash = process.passwords.hash(password).await;
    hash.ok_or_else(|| AppError::Internal(process.service.sources().random.ticket()))
}

/// Whoever sits down at the browser of somebody who is signed in must not lock them out of their account: nobody sets
/// their own password without the old one.
pub(crate) fn is_of_another(caller: &Caller, user: UserId) -> Result<(), AppError> {
    if caller.user()? == user {
        return Err(AppError::Invalid(vec![Problem::new("old", Flaw::Missing)]));
    }
    Ok(())
}

/// Changes the caller's own password and ends their other sessions.
pub(crate) async fn change(process: &Process, caller: &Caller, old: String, new: String) -> Result<(), AppError> {
    let (user, service): (UserId, &Service) = (caller.user()?, &process.service);
    if let Some(flaw) = password::flaw(&new) {
        return Err(AppError::Invalid(vec![Problem::new("new", flaw)]));
    }
    let wait = process.limits.attempt_by(user, service.now()).await.map_err(|error| service.failed(&error))?;
    if let Some(retry_after) = wait {
        return Err(AppError::Slow { retry_after });
    }
    let known = service.store().password_hash(user).await.map_err(|error| service.failed(&error))?;
    if !process.passwords.matches(old, known).await {
        return Err(AppError::Invalid(vec![Problem::new("old", Flaw::Wrong)]));
    }
    process.limits.succeeded_by(user).await.map_err(|error| service.failed(&error))?;
    let hash = hash(process, "new", new).await?;
    service.set_password(caller, user, hash, None).await?;
    Ok(())
}
