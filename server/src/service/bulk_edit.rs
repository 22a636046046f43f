//! Rolls: adding or removing many, each by a command of its own (R13).

use super::CallerService;
use app::error::{AppError, Ticket};
use domain::{
    BulkAction, BulkEdit, BulkLine, BulkOutcome, BulkPreview, BulkResult, BulkVerdict, Command, Flaw, Obstacle, Problem,
};
use futures::{StreamExt, stream};

/// How many commands of a roll are under way at once: the store commits them together.
const AT_ONCE: usize = 8;

impl CallerService {
    /// What each line of a roll would come to.
    ///
    /// # Errors
    /// `Invalid` where it is too long or empty, `NotFound` where the caller may not see the group.
    pub(super) async fn read_roll(&self, bulk_edit: &BulkEdit) -> Result<BulkPreview, AppError> {
        let user = self.user()?;
        let flaw = match bulk_edit.names.len() {
            0 => Some(Flaw::Missing),
            names if names > BulkEdit::MOST => {
                Some(Flaw::OutOfRange(1, u32::try_from(BulkEdit::MOST).unwrap_or(u32::MAX)))
            }
            _ => None,
        };
        if let Some(flaw) = flaw {
            return Err(AppError::Invalid(vec![Problem::new("names", flaw)]));
        }
        self.service.answer(self.store().preview_bulk_edit(user, bulk_edit, self.service.now()).await)
    }

    /// Adds or removes everybody on a roll. Who is refused, or passed over, stops nobody else.
    ///
    /// # Errors
    /// As `read_roll`.
    pub(super) async fn call_each(&self, bulk_edit: &BulkEdit) -> Result<Vec<BulkResult>, AppError> {
        let preview = self.read_roll(bulk_edit).await?;
        let results = stream::iter(preview.lines).map(|line| self.call(bulk_edit, line)).buffered(AT_ONCE);
        Ok(results.collect().await)
    }

    async fn call(&self, bulk_edit: &BulkEdit, line: BulkLine) -> BulkResult {
        let BulkLine { name, person, verdict } = line;
        let outcome = match (&person, verdict) {
            (Some(person), BulkVerdict::Ready) => {
                let (group, member, reason) = (bulk_edit.group, person.id, bulk_edit.reason.clone());
                let command = match bulk_edit.verb {
                    BulkAction::Add => Command::Add { group, member, reason },
                    BulkAction::Remove => Command::Remove { group, member, reason },
                };
                outcome(self.service.carry_out(self.order(command)).await.err())
            }
            (_, verdict) => BulkOutcome::Passed(verdict),
        };
        BulkResult { name, person, outcome }
    }
}

fn outcome(error: Option<AppError>) -> BulkOutcome {
    match error {
        None => BulkOutcome::Done,
        Some(AppError::Denied(denial)) => BulkOutcome::Refused(Obstacle::Denied(denial)),
        Some(AppError::Conflict(conflict)) => BulkOutcome::Refused(Obstacle::Conflict(conflict)),
        // Whoever was there when the roll was read is not there any more.
        Some(AppError::NotFound | AppError::Invalid(_)) => BulkOutcome::Passed(BulkVerdict::Unknown),
        Some(AppError::Internal(Ticket(number))) => BulkOutcome::Failed(number),
        Some(
            AppError::SignedOut | AppError::Slow { .. } | AppError::Busy | AppError::Unwritable(_) | AppError::Offline,
        ) => BulkOutcome::Busy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_not_told_as_being_busy() {
        let fault = AppError::Internal(Ticket("4711".to_owned()));
        assert_eq!(outcome(Some(fault)), BulkOutcome::Failed("4711".to_owned()));
        assert_eq!(outcome(Some(AppError::Busy)), BulkOutcome::Busy);
        assert_eq!(outcome(Some(AppError::NotFound)), BulkOutcome::Passed(BulkVerdict::Unknown));
        assert_eq!(outcome(None), BulkOutcome::Done);
    }
}
