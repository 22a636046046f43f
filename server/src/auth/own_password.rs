//! Passwords of those who are signed in: their own, which asks for the old one, and new ones that staff set for others.

use super::{
    limits::QUEUE_SECONDS,
    password::{Compared, NewPassword, Place},
};
use crate::{
    process::Process,
    service::{Caller, Service},
};
use app::error::AppError;
use domain::{Flaw, Problem, UserId};

/// A place among those whose passwords are hashed; `Slow` where there is none.
pub(crate) fn place(process: &Process) -> Result<Place, AppError> {
    process.passwords.place().ok_or(AppError::Slow { retry_after: QUEUE_SECONDS })
}

/// The hash of a new password. Where attempts are counted, the place is asked for before: whoever is sent away for want of
/// one made none.
pub(crate) async fn hash(process: &Process, place: &Place, new: NewPassword) -> Result<String, AppError> {
    let hash = process.passwords.hash(place, new).await;
    hash.ok_or_else(|| AppError::Internal(process.service.sources().random.ticket()))
}

/// The hash of a new password as it was typed; `Invalid` at this field where it will not do.
pub(crate) async fn hash_typed(process: &Process, field: &str, password: &str) -> Result<String, AppError> {
    let new = judged(field, password)?;
    hash(process, &place(process)?, new).await
}

fn judged(field: &str, password: &str) -> Result<NewPassword, AppError> {
    NewPassword::parse(password).map_err(|flaw| AppError::Invalid(vec![Problem::new(field, flaw)]))
}

/// Whoever sits down at the browser of somebody who is signed in must not lock them out of their account: nobody sets
/// their own password without the old one.
pub(crate) fn is_of_another(caller: &Caller, user: UserId) -> Result<(), AppError> {
    if caller.user()? == user {
        return Err(AppError::Invalid(vec![Problem::new("old", Flaw::Missing)]));
    }
    Ok(())
}

/// Asks the caller for their own password: nobody who only found their browser open has it. `Invalid` at this field where
/// it is another one.
pub(crate) async fn confirm(process: &Process, caller: &Caller, typed: String, field: &str) -> Result<(), AppError> {
    let (user, service): (UserId, &Service) = (caller.user()?, &process.service);
    let place = place(process)?;
    let wait = process.limits.attempt_by(user, service.now()).await.map_err(|error| service.failed(&error))?;
    if let Some(retry_after) = wait {
        return Err(AppError::Slow { retry_after });
    }
    let known = service.store().password_hash(user).await.map_err(|error| service.failed(&error))?;
    match process.passwords.compare(&place, typed, known.clone()).await {
        Compared::Other => return Err(AppError::Invalid(vec![Problem::new(field, Flaw::Wrong)])),
        Compared::Same => {}
        Compared::SameOf(renewed) => {
            let known = known.unwrap_or_default();
            let renewed = service.store().renew_password(user, &known, &renewed).await;
            renewed.map_err(|error| service.failed(&error))?;
        }
    }
    process.limits.succeeded_by(user).await.map_err(|error| service.failed(&error))
}

/// Changes the caller's own password and ends their other sessions.
pub(crate) async fn change(process: &Process, caller: &Caller, old: String, new: String) -> Result<(), AppError> {
    let new = judged("new", &new)?;
    confirm(process, caller, old, "old").await?;
    let hash = hash(process, &place(process)?, new).await?;
    process.service.set_password(caller, caller.user()?, hash, None).await?;
    Ok(())
}
