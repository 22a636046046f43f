//! The write path (R13): every change of every caller passes here, and the store asks `domain::decide` in its transaction.

use super::{Caller, Service};
use app::{error::AppError, input::Attempt, text::Language};
use domain::{Command, CommandId, Outcome, Receipt, Theme, UserDraft, UserId};
use futures::{StreamExt, stream};
use store::{CallerId, ExecuteError, Order};

/// How many commands of one caller are on their way at once. The store commits several together; the rest of its
/// connections are for others.
const AT_ONCE: usize = 4;

impl Service {
    /// Carries out a command of a signed-in caller. A repeat under the same id is answered with the first receipt.
    ///
    /// # Errors
    /// `SignedOut` where nobody is signed in, else what the rules or the store answer.
    pub async fn execute(
        &self,
        caller: &Caller,
        command: Command,
        command_id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        caller.user()?;
        self.carry_out(Order { command_id, ..Order::new(caller.id(), command, self.now()) }).await
    }

    /// Carries out many commands of a signed-in caller, each in a transaction of its own: one that is refused holds up no
    /// other. Answers in their order.
    ///
    /// # Errors
    /// `SignedOut` where nobody is signed in; what the rules or the store say about one of them is its answer.
    pub async fn execute_each(
        &self,
        caller: &Caller,
        attempts: Vec<Attempt>,
    ) -> Result<Vec<Result<Receipt, AppError>>, AppError> {
        caller.user()?;
        let orders = attempts.into_iter().map(|(command, id)| self.execute(caller, command, id));
        Ok(stream::iter(orders).buffered(AT_ONCE).collect().await)
    }

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

    /// Keeps the caller's choice of light or dark. No event: it concerns nobody else.
    ///
    /// # Errors
    /// `SignedOut` where nobody is signed in.
    pub async fn set_theme(&self, caller: &Caller, theme: Theme) -> Result<(), AppError> {
        let user = caller.user()?;
        self.store().set_theme(user, theme).await.map_err(|error| self.failed(&error))
    }

    /// Keeps the caller's choice of language. No event: it concerns nobody else.
    ///
    /// # Errors
    /// `SignedOut` where nobody is signed in.
    pub async fn set_language(&self, caller: &Caller, language: Language) -> Result<(), AppError> {
        let user = caller.user()?;
        self.store().set_language(user, language.tag()).await.map_err(|error| self.failed(&error))
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
