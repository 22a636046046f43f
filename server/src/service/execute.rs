//! The write path (R13): every change of every caller passes here, and the store asks `domain::decide` in its transaction.

use super::Service;
use app::error::AppError;
use domain::{Command, Outcome, Receipt, UserDraft, UserId};
use store::{CallerId, ExecuteError, Order};

impl Service {
    /// Makes an account: the first one for nobody (`/setup`), any for the command line.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn create_user(
        &self,
        caller: CallerId,
        draft: UserDraft,
        password_hash: String,
    ) -> Result<UserId, AppError> {
        let order = Order::new(caller, Command::CreateUser(Box::new(draft)), self.now());
        let receipt = self.carry_out(Order { password_hash: Some(password_hash), ..order }).await?;
        self.user_made(&receipt)
    }

    /// The account that a command has made.
    pub(crate) fn user_made(&self, receipt: &Receipt) -> Result<UserId, AppError> {
        if let Outcome::UserCreated(id) = receipt.outcome {
            return Ok(id);
        }
        let ticket = self.sources().random.ticket();
        tracing::error!(ticket = ticket.0, outcome = ?receipt.outcome, "making a user had another outcome");
        Err(AppError::Internal(ticket))
    }

    /// Carries out a command in the name of Muster itself, as the command line does. The hash of a password goes beside the
    /// command that sets one.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn execute_as_system(
        &self,
        command: Command,
        password_hash: Option<String>,
    ) -> Result<Receipt, AppError> {
        self.carry_out(Order { password_hash, ..Order::new(CallerId::System, command, self.now()) }).await
    }

    /// Carries out an order, with the token of a join link where it makes one, and ends the streams of whoever is signed
    /// out by it.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub(crate) async fn carry_out(&self, order: Order) -> Result<Receipt, AppError> {
        let (signed_out, kept) = (signs_out(&order.command), order.session);
        let done = self.store().execute(self.with_join_token(order)).await.map_err(|error| self.not_done(error))?;
        match (signed_out, kept) {
            (Some(user), Some(session)) => self.streams().end_others(user, session),
            (Some(user), None) => self.streams().end_user(user),
            (None, _) => {}
        }
        Ok(done)
    }

    pub(super) fn with_join_token(&self, order: Order) -> Order {
        let makes_link = matches!(order.command, Command::CreateGroup(_) | Command::ReplaceJoinLink { .. });
        let join_token = makes_link.then(|| self.sources().random.word());
        Order { join_token, ..order }
    }

    pub(super) fn not_done(&self, error: ExecuteError) -> AppError {
        match error {
            ExecuteError::Refused(refusal) => refusal.into(),
            ExecuteError::Failed(error) => self.failed(&error),
        }
    }
}

/// Whose sessions a command ends. Where a link sets a password, the database alone knows whose; their streams find that
/// out by themselves.
fn signs_out(command: &Command) -> Option<UserId> {
    match command {
        Command::EndSessions { user, .. } | Command::SetPassword { user } | Command::DeleteUser { user } => Some(*user),
        Command::EditUser { user, change } => (change.active == Some(false)).then_some(*user),
        _ => None,
    }
}
