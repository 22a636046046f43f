//! Tokens of the API as the process needs them, and the answers kept for repeats of its calls. No secret comes here, only
//! its hash; making and revoking are commands, and pass `execute`.

use crate::{Claim, KeptAnswer, Store, StoreError, Token, TokenLine, ask};
use domain::{Timestamp, TokenId, TokenRow, UserId};

impl Store {
    /// The token of a secret, where it opens anything: neither revoked nor ended, and of an active account.
    pub async fn token(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Token>, StoreError> {
        ask!(self, database => database.token(token_hash, now).await)
    }

    /// Notes that a token is in use. Every call writes: make it at most every few minutes.
    pub async fn touch_token(&self, id: TokenId, now: Timestamp) -> Result<(), StoreError> {
        ask!(self, database => database.touch_token(id, now).await)
    }

    /// The tokens of a user that are not revoked, newest first; at most 200.
    pub async fn tokens_of(&self, user: UserId) -> Result<Vec<TokenRow>, StoreError> {
        ask!(self, database => database.tokens_of(user).await)
    }

    /// Tokens after the given one, revoked ones too, in the order in which they were made; at most 500 at a time.
    pub async fn list_tokens(&self, after: Option<TokenId>) -> Result<Vec<TokenLine>, StoreError> {
        ask!(self, database => database.list_tokens(after).await)
    }

    /// Whose token has this id, whatever became of it.
    pub async fn token_owner(&self, id: TokenId) -> Result<Option<UserId>, StoreError> {
        ask!(self, database => database.token_owner(id).await)
    }

    /// Which token has this secret, whatever became of it.
    pub async fn token_id(&self, token_hash: &[u8; 32]) -> Result<Option<TokenId>, StoreError> {
        ask!(self, database => database.token_id(token_hash).await)
    }

    /// Takes a call for whoever asks first, or finds what became of it. A call that is under way for a minute was cut
    /// off: the next to ask takes it over.
    pub async fn claim_answer(
        &self,
        user: UserId,
        call: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        ask!(self, database => database.claim_answer(user, call, body, now).await)
    }

    /// Keeps the answer to a claimed call, for a day.
    pub async fn keep_answer(&self, user: UserId, call: &str, answer: KeptAnswer) -> Result<(), StoreError> {
        ask!(self, database => database.keep_answer(user, call, answer).await)
    }

    /// Gives a claimed call back: nothing came of it, and a repeat is to try again.
    pub async fn give_back_answer(&self, user: UserId, call: &str) -> Result<(), StoreError> {
        ask!(self, database => database.give_back_answer(user, call).await)
    }
}
