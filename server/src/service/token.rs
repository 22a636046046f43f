//! Tokens of the API, made by their owners and by the command line, and what signing out everywhere ends.

use super::{CallerService, Service};
use crate::auth::token::Secret;
use app::error::AppError;
use domain::{Command, Outcome, Timestamp, TokenId, TokenName, UserId};
use store::{CallerId, Order};

impl Service {
    /// Makes a token and answers its secret, which is never to be had again.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn create_token(
        &self,
        caller: CallerId,
        user: UserId,
        name: TokenName,
        expires_at: Option<Timestamp>,
    ) -> Result<String, AppError> {
        let secret = Secret::fresh(&*self.sources().random);
        let order = Order::new(caller, Command::CreateToken { user, name, expires_at }, self.now());
        self.carry_out(Order { token_hash: Some(secret.hash()), ..order }).await?;
        Ok(secret.reveal())
    }

    /// Makes a token worthless, in the name of the command line.
    ///
    /// # Errors
    /// `NotFound` where there is no such token, or it was revoked before.
    pub async fn revoke_token(&self, token: TokenId) -> Result<Outcome, AppError> {
        let user: UserId = self.answer(self.store().token_owner(token).await)?;
        let command = Command::RevokeToken { user, token };
        Ok(self.carry_out(Order::new(CallerId::System, command, self.now())).await?.outcome)
    }
}

impl CallerService {
    /// Ends every session of the caller and makes every browser a stranger, but for the one whose cookie has this hash;
    /// where they ask for it, their tokens end, too. All of it, or nothing.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub(crate) async fn sign_out_everywhere(&self, tokens: bool, here: Option<[u8; 32]>) -> Result<(), AppError> {
        let command = Command::EndSessions { user: self.user()?, tokens };
        self.service.carry_out(Order { device: here, ..self.order(command) }).await?;
        Ok(())
    }
}
