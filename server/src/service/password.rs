//! Passwords of those who are signed in: their own, which asks for the old one, and new ones that staff set for others.

use super::{Caller, CallerService, Service};
use crate::auth::{
    limits::QUEUE_SECONDS,
    password::{Compared, NewPassword, Place},
};
use app::error::AppError;
use domain::{Command, CommandId, Flaw, Problem, Receipt, UserId};
use store::Order;

impl Service {
    /// A place among those whose passwords are hashed; `Slow` where there is none.
    pub(crate) fn place_to_hash(&self) -> Result<Place, AppError> {
        self.passwords().place().ok_or(AppError::Slow { retry_after: QUEUE_SECONDS })
    }

    /// The hash of a new password. Where attempts are counted, the place is asked for before: whoever is sent away for want
    /// of one made none.
    pub(crate) async fn hash_password(&self, place: &Place, new: NewPassword) -> Result<String, AppError> {
        let hash = self.passwords().hash(place, new).await;
        hash.ok_or_else(|| AppError::Internal(self.sources().random.ticket()))
    }

    /// The hash of a new password as it was typed; `Invalid` at this field where it will not do.
    pub(super) async fn hash_typed(&self, field: &str, password: &str) -> Result<String, AppError> {
        let new = judged(field, password)?;
        self.hash_password(&self.place_to_hash()?, new).await
    }
}

impl CallerService {
    /// Asks the caller for their own password: nobody who only found their browser open has it. `Invalid` at this field
    /// where it is another one.
    pub(super) async fn confirm_password(&self, typed: String, field: &str) -> Result<(), AppError> {
        let (user, service) = (self.user()?, &self.service);
        let place = service.place_to_hash()?;
        let wait = service.limits().attempt_by(user, service.now()).await.map_err(|error| service.failed(&error))?;
        if let Some(retry_after) = wait {
            return Err(AppError::Slow { retry_after });
        }
        let known = self.store().password_hash(user).await.map_err(|error| service.failed(&error))?;
        match service.passwords().compare(&place, typed, known.clone()).await {
            Compared::Other => return Err(AppError::Invalid(vec![Problem::new(field, Flaw::Wrong)])),
            Compared::Same => {}
            Compared::SameOf(renewed) => {
                let known = known.unwrap_or_default();
                let renewed = self.store().renew_password(user, &known, &renewed).await;
                renewed.map_err(|error| service.failed(&error))?;
            }
        }
        service.limits().succeeded_by(user).await.map_err(|error| service.failed(&error))
    }

    /// Keeps the password of an account. Its sessions end, but for the one that the caller changes their own from.
    pub(super) async fn keep_password(
        &self,
        user: UserId,
        password_hash: String,
        id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        let (me, present) = self.caller.own_session()?;
        let session = (me == user).then_some(present);
        let order = self.order(Command::SetPassword { user });
        self.service.carry_out(Order { command_id: id, password_hash: Some(password_hash), session, ..order }).await
    }
}

/// A new password, if it will do; `Invalid` at this field where it will not.
pub(super) fn judged(field: &str, password: &str) -> Result<NewPassword, AppError> {
    NewPassword::parse(password).map_err(|flaw| AppError::Invalid(vec![Problem::new(field, flaw)]))
}

/// Whoever sits down at the browser of somebody who is signed in must not lock them out of their account: nobody sets
/// their own password without the old one.
pub(super) fn is_of_another(caller: &Caller, user: UserId) -> Result<(), AppError> {
    if caller.user()? == user {
        return Err(AppError::Invalid(vec![Problem::new("old", Flaw::Missing)]));
    }
    Ok(())
}
