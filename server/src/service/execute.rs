//! The write path (R13): every change of every caller passes here, and the store asks `domain::decide` in its transaction.

use super::{Caller, Service};
use app::{error::AppError, text::Language};
use domain::{Command, CommandId, Outcome, Receipt, Theme, UserDraft, UserId};
use store::{CallerId, ExecuteError, Order};

/// What goes to the store beside a command and is no part of it: never logged, never compared.
#[derive(Default)]
pub(super) struct Secrets {
    /// The hash of a password.
    pub(super) password: Option<String>,
    /// The hash of a token's secret.
    pub(super) token_hash: Option<[u8; 32]>,
}

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
        self.order(caller.id(), command, command_id, Secrets::default()).await
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
        let command = Command::CreateUser(Box::new(draft));
        let secrets = Secrets { password: Some(password_hash), ..Secrets::default() };
        let outcome = self.order(caller, command, None, secrets).await?.outcome;
        let Outcome::UserCreated(id) = outcome else {
            let ticket = self.sources().random.ticket();
            tracing::error!(ticket = ticket.0, ?outcome, "making a user had another outcome");
            return Err(AppError::Internal(ticket));
        };
        Ok(id)
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
        let secrets = Secrets { password: password_hash, ..Secrets::default() };
        self.order(CallerId::System, command, None, secrets).await
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

    pub(super) async fn order(
        &self,
        caller: CallerId,
        command: Command,
        command_id: Option<CommandId>,
        secrets: Secrets,
    ) -> Result<Receipt, AppError> {
        let makes_link = matches!(command, Command::CreateGroup(_) | Command::ReplaceJoinLink { .. });
        let join_token = makes_link.then(|| self.sources().random.word());
        let order = Order {
            caller,
            command,
            command_id,
            now: self.now(),
            password_hash: secrets.password,
            token_hash: secrets.token_hash,
            join_token,
        };
        self.store().execute(order).await.map_err(|error| match error {
            ExecuteError::Refused(refusal) => refusal.into(),
            ExecuteError::Failed(error) => self.failed(&error),
        })
    }
}
