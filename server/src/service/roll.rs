//! Rolls: adding or removing many, each by a command of its own (R13).

use super::CallerService;
use app::error::{AppError, Ticket};
use domain::{
    Command, Flaw, Obstacle, Problem, Roll, RollLine, RollOutcome, RollPreview, RollResult, RollVerb, RollVerdict,
};
use futures::{StreamExt, stream};

/// How many commands of a roll are under way at once: the store commits them together.
const AT_ONCE: usize = 8;

impl CallerService {
    /// What each line of a roll would come to.
    ///
    /// # Errors
    /// `Invalid` where it is too long or empty, `NotFound` where the caller may not see the group.
    pub(super) async fn read_roll(&self, roll: &Roll) -> Result<RollPreview, AppError> {
        let user = self.user()?;
        let flaw = match roll.names.len() {
            0 => Some(Flaw::Missing),
            names if names > Roll::MOST => Some(Flaw::OutOfRange(1, u32::try_from(Roll::MOST).unwrap_or(u32::MAX))),
            _ => None,
        };
        if let Some(flaw) = flaw {
            return Err(AppError::Invalid(vec![Problem::new("names", flaw)]));
        }
        self.service.answer(self.store().preview_roll(user, roll, self.service.now()).await)
    }

    /// Adds or removes everybody on a roll. Who is refused, or passed over, stops nobody else.
    ///
    /// # Errors
    /// As `read_roll`.
    pub(super) async fn call_each(&self, roll: &Roll) -> Result<Vec<RollResult>, AppError> {
        let preview = self.read_roll(roll).await?;
        let results = stream::iter(preview.lines).map(|line| self.call(roll, line)).buffered(AT_ONCE);
        Ok(results.collect().await)
    }

    async fn call(&self, roll: &Roll, line: RollLine) -> RollResult {
        let RollLine { name, person, verdict } = line;
        let outcome = match (&person, verdict) {
            (Some(person), RollVerdict::Ready) => {
                let (group, member, reason) = (roll.group, person.id, roll.reason.clone());
                let command = match roll.verb {
                    RollVerb::Add => Command::Add { group, member, reason },
                    RollVerb::Remove => Command::Remove { group, member, reason },
                };
                outcome(self.service.carry_out(self.order(command)).await.err())
            }
            (_, verdict) => RollOutcome::Passed(verdict),
        };
        RollResult { name, person, outcome }
    }
}

fn outcome(error: Option<AppError>) -> RollOutcome {
    match error {
        None => RollOutcome::Done,
        Some(AppError::Denied(denial)) => RollOutcome::Refused(Obstacle::Denied(denial)),
        Some(AppError::Conflict(conflict)) => RollOutcome::Refused(Obstacle::Conflict(conflict)),
        // Whoever was there when the roll was read is not there any more.
        Some(AppError::NotFound | AppError::Invalid(_)) => RollOutcome::Passed(RollVerdict::Unknown),
        Some(AppError::Internal(Ticket(number))) => RollOutcome::Failed(number),
        Some(
            AppError::SignedOut | AppError::Slow { .. } | AppError::Busy | AppError::Unwritable(_) | AppError::Offline,
        ) => RollOutcome::Busy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_not_told_as_being_busy() {
        let fault = AppError::Internal(Ticket("4711".to_owned()));
        assert_eq!(outcome(Some(fault)), RollOutcome::Failed("4711".to_owned()));
        assert_eq!(outcome(Some(AppError::Busy)), RollOutcome::Busy);
        assert_eq!(outcome(Some(AppError::NotFound)), RollOutcome::Passed(RollVerdict::Unknown));
        assert_eq!(outcome(None), RollOutcome::Done);
    }
}
