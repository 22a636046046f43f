//! Tokens of the API, and the answers kept for repeats of its calls.

use crate::{
    Store,
    shared::{InContext, answer, token},
};
use domain::{Timestamp, TokenId, TokenRow, UserId};
use std::sync::Arc;
use store_model::{Claim, KeptAnswer, StoreError, Token, TokenLine};

/// Tokens and answers.
impl Store {
    /// The live token of a secret.
    pub async fn token(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Token>, StoreError> {
        let context = "looking for a token";
        let mut conn = self.reader().await.in_context(context)?;
        token::find(&mut conn, token_hash, now).await.in_context(context)
    }

    /// Notes that a token is in use.
    pub async fn touch_token(&self, id: TokenId, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |conn| Box::pin(token::touch(conn, id, now))).await.in_context("noting the use of a token")
    }

    /// The tokens of a user.
    pub async fn tokens_of(&self, user: UserId) -> Result<Vec<TokenRow>, StoreError> {
        let context = "listing the tokens of a user";
        let mut conn = self.reader().await.in_context(context)?;
        token::list_of(&mut conn, user).await.in_context(context)
    }

    /// Tokens after the given one.
    pub async fn list_tokens(&self, after: Option<TokenId>) -> Result<Vec<TokenLine>, StoreError> {
        let context = "listing tokens";
        let mut conn = self.reader().await.in_context(context)?;
        token::list(&mut conn, after.unwrap_or(TokenId::UNASSIGNED)).await.in_context(context)
    }

    /// The owner of a token.
    pub async fn token_owner(&self, id: TokenId) -> Result<Option<UserId>, StoreError> {
        let context = "looking for the owner of a token";
        let mut conn = self.reader().await.in_context(context)?;
        token::find_owner(&mut conn, id).await.in_context(context)
    }

    /// The id of a secret.
    pub async fn token_id(&self, token_hash: &[u8; 32]) -> Result<Option<TokenId>, StoreError> {
        let context = "looking for the number of a token";
        let mut conn = self.reader().await.in_context(context)?;
        token::find_id(&mut conn, token_hash).await.in_context(context)
    }

    /// Takes a call, or finds what became of it.
    pub async fn claim_answer(
        &self,
        user: UserId,
        call: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let (call, body): (Arc<str>, Arc<str>) = (call.into(), body.into());
        self.write(move |conn| {
            let (call, body) = (Arc::clone(&call), Arc::clone(&body));
            Box::pin(async move { answer::claim(conn, user, &call, &body, now).await })
        })
        .await
        .in_context("claiming a call")
    }

    /// Keeps the answer to a claimed call.
    pub async fn keep_answer(&self, user: UserId, call: &str, answer: KeptAnswer) -> Result<(), StoreError> {
        let (call, answer): (Arc<str>, _) = (call.into(), Arc::new(answer));
        self.write(move |conn| {
            let (call, answer) = (Arc::clone(&call), Arc::clone(&answer));
            Box::pin(async move { answer::keep(conn, user, &call, &answer).await })
        })
        .await
        .in_context("keeping an answer")
    }

    /// Gives a claimed call back.
    pub async fn give_back_answer(&self, user: UserId, call: &str) -> Result<(), StoreError> {
        let call: Arc<str> = call.into();
        self.write(move |conn| {
            let call = Arc::clone(&call);
            Box::pin(async move { answer::give_back(conn, user, &call).await })
        })
        .await
        .in_context("giving a call back")
    }
}
