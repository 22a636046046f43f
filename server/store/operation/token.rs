//! Tokens of the API as the process needs them, and the answers kept for repeats of its calls. No secret comes here, only
//! its hash; making and revoking are commands, and pass `execute`.

use domain::{Timestamp, TokenId, TokenRow, UserId};
use store_model::{Claim, KeptAnswer, StoreError, Token, TokenLine};

operations! {
    /// The token of a secret, where it opens anything: neither revoked nor ended, and of an active account.
    read "looking for a token"
    fn token(token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Token>, StoreError>
        = token::find(token_hash, now);

    /// Notes that a token is in use. Every call writes: make it at most every few minutes.
    write "noting the use of a token"
    fn touch_token(id: TokenId, now: Timestamp) -> Result<(), StoreError>
        = token::touch(id, now);

    /// The tokens of a user that are not revoked, newest first; at most 200.
    read "listing the tokens of a user"
    fn tokens(user: UserId) -> Result<Vec<TokenRow>, StoreError>
        = token::list_of(user);

    /// Tokens after the given one, revoked ones too, in the order in which they were made; at most 500 at a time.
    read "listing tokens"
    fn list_tokens(after: Option<TokenId>) -> Result<Vec<TokenLine>, StoreError>
        = token::list(after.unwrap_or(TokenId::UNASSIGNED));

    /// Whose token has this id, whatever became of it.
    read "looking for the owner of a token"
    fn token_owner(id: TokenId) -> Result<Option<UserId>, StoreError>
        = token::find_owner(id);

    /// Which token has this secret, whatever became of it.
    read "looking for the number of a token"
    fn token_id(token_hash: &[u8; 32]) -> Result<Option<TokenId>, StoreError>
        = token::find_id(token_hash);

    /// Takes a call for whoever asks first, or finds what became of it. A call that is under way for a minute was cut
    /// off: the next to ask takes it over.
    write "claiming a call"
    fn claim_answer(user: UserId, call: &str, body: &str, now: Timestamp) -> Result<Claim, StoreError>
        = answer::claim(user, &call, &body, now);

    /// Keeps the answer to a claimed call, for a day.
    write "keeping an answer"
    fn keep_answer(user: UserId, call: &str, answer: KeptAnswer) -> Result<(), StoreError>
        = answer::keep(user, &call, &answer);

    /// Gives a claimed call back: nothing came of it, and a repeat is to try again.
    write "giving a call back"
    fn give_back_answer(user: UserId, call: &str) -> Result<(), StoreError>
        = answer::give_back(user, &call);
}
