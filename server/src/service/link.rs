//! Ways in that are made of a link: registering, and passwords that are set anew. No caller is signed in here.

use super::Service;
use app::error::AppError;
use domain::{Command, FreshLink, RegistrationDraft, ResetLink, ResetStatus, Timestamp, UserId};
use sha2::{Digest, Sha256};
use store::{CallerId, Order};

/// What the database knows of the token of a link. The token is random and long, so a plain hash is enough.
pub(super) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

impl Service {
    /// Whose password a link would set.
    ///
    /// # Errors
    /// `NotFound` where it is none, or no longer.
    pub async fn reset_status(&self, token: &str) -> Result<ResetStatus, AppError> {
        let username: String = self.answer(self.store().reset_status(&token_hash(token), self.now()).await)?;
        Ok(ResetStatus { username })
    }

    /// Makes a link by which a user sets another password: staff for others, the command line for all.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn make_reset_link(&self, caller: CallerId, user: UserId) -> Result<FreshLink, AppError> {
        let ends_at = self.now().plus_seconds(ResetLink::SECONDS);
        self.make_link(caller, Command::MakeResetLink { user }, ends_at).await
    }

    /// Carries out a command that makes a link.
    pub(super) async fn make_link(
        &self,
        caller: CallerId,
        command: Command,
        ends_at: Timestamp,
    ) -> Result<FreshLink, AppError> {
        let token = self.sources().random.word();
        let order = Order::new(caller, command, self.now());
        self.carry_out(Order { token_hash: Some(token_hash(&token)), ..order }).await?;
        Ok(FreshLink { token, ends_at })
    }

    /// Makes an account for somebody who registers.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn register(
        &self,
        draft: RegistrationDraft,
        password_hash: String,
        invitation: Option<&str>,
    ) -> Result<UserId, AppError> {
        let order = Order::new(CallerId::Nobody, Command::Register(Box::new(draft)), self.now());
        let token_hash = invitation.map(token_hash);
        let receipt = self.carry_out(Order { password_hash: Some(password_hash), token_hash, ..order }).await?;
        self.user_made(&receipt)
    }

    /// Sets a password by a link. Every session of the account ends.
    ///
    /// # Errors
    /// `NotFound` where the link is none, or no longer.
    pub async fn reset_password(&self, token: &str, password_hash: String) -> Result<(), AppError> {
        let order = Order::new(CallerId::Nobody, Command::ResetPassword, self.now());
        let token_hash = Some(token_hash(token));
        self.carry_out(Order { password_hash: Some(password_hash), token_hash, ..order }).await?;
        Ok(())
    }
}
