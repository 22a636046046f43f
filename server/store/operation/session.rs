//! Sessions. No token comes here, only its hash.

use domain::{SessionId, SessionRow, Timestamp, UserId};
use store_model::{NewSession, Session, StoreError};

operations! {
    /// Keeps a new session.
    write "starting a session"
    fn start_session(new: NewSession) -> Result<SessionId, StoreError>
        = session::insert(&new);

    /// The session of a token, where it has not ended and its account is active.
    read "looking for a session"
    fn session(token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, StoreError>
        = session::find(token_hash, now);

    /// The live sessions of a user, the last used first; `present` is marked as the one that asks.
    read "listing sessions"
    fn sessions(user: UserId, present: SessionId, now: Timestamp) -> Result<Vec<SessionRow>, StoreError>
        = session::list(user, present, now);

    /// Notes that a session is in use. Every call writes: make it at most every few minutes.
    write "prolonging a session"
    fn touch_session(id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<(), StoreError>
        = session::touch(id, now, expires_at);

    /// Ends one session. Nothing happens where it has ended already.
    write "ending a session"
    fn end_session(id: SessionId) -> Result<(), StoreError>
        = session::delete(id);

    /// Ends one session of a user; answers whether it was theirs.
    write "ending a session"
    fn end_own_session(user: UserId, id: SessionId) -> Result<bool, StoreError>
        = session::delete_own(user, id);

    /// Ends every session of a user but one; answers how many there were.
    write "ending sessions"
    fn end_other_sessions(user: UserId, kept: SessionId) -> Result<u64, StoreError>
        = session::delete_others(user, Some(kept));

    /// Forgets expired sessions, buckets that are full, and receipts and kept answers older than a day.
    write "sweeping"
    fn sweep(now: Timestamp) -> Result<(), StoreError>
        = session::sweep(now);
}
