//! Sessions and what a sign-in is checked against.

use super::{
    Fault, answer,
    code::{Code, decode},
    name,
};
use crate::Conn;
use domain::{SessionId, Theme, Timestamp, UserId};
use store_model::{Credentials, NewSession, Session};

/// How long a receipt is kept: far longer than anybody repeats a command.
const RECEIPTS_KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The account a sign-in names, by username or e-mail address. A username goes first: nobody can sign in as another by
/// naming an address after them.
pub(crate) async fn find_credentials(conn: &mut Conn, login: &str) -> sqlx::Result<Option<Credentials>> {
    let key = name::key(login);
    let row = sqlx::query!(
        "SELECT id, password_hash, is_active FROM users
            WHERE (username_key = $1 OR email_key = $1) AND deleted_at IS NULL
            ORDER BY CASE WHEN username_key = $1 THEN 0 ELSE 1 END LIMIT 1",
        key
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Credentials { user: UserId(row.id), password_hash: row.password_hash, active: row.is_active }))
}

/// Keeps a new session.
pub(crate) async fn insert(conn: &mut Conn, new: &NewSession) -> Result<SessionId, Fault> {
    let hash = new.token_hash.as_slice();
    let id = sqlx::query_scalar!(
        r#"INSERT INTO sessions (user_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $4, $5) RETURNING id AS "id!: i64""#,
        new.user.0,
        hash,
        new.user_agent,
        new.now.0,
        new.expires_at.0
    )
    .fetch_one(conn)
    .await?;
    Ok(SessionId(id))
}

/// The live session of a token, of an active account.
pub(crate) async fn find(conn: &mut Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, Fault> {
    let hash = token_hash.as_slice();
    let row = sqlx::query!(
        "SELECT s.id, s.user_id, s.last_seen_at, s.expires_at, u.theme, u.language
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.is_active AND u.deleted_at IS NULL",
        hash,
        now.0
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Session {
        id: SessionId(row.id),
        user: UserId(row.user_id),
        theme: decode::<Theme>("users", "theme", row.user_id, row.theme)?,
        language: row.language,
        last_seen_at: Timestamp(row.last_seen_at),
        expires_at: Timestamp(row.expires_at),
    }))
}

/// Notes that a session is in use.
pub(crate) async fn touch(conn: &mut Conn, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<(), Fault> {
    sqlx::query!("UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1", id.0, now.0, expires_at.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends one session.
pub(crate) async fn delete(conn: &mut Conn, id: SessionId) -> Result<(), Fault> {
    sqlx::query!("DELETE FROM sessions WHERE id = $1", id.0).execute(conn).await?;
    Ok(())
}

/// Ends every session of a user.
pub(crate) async fn delete_of(conn: &mut Conn, user: UserId) -> Result<u64, Fault> {
    Ok(sqlx::query!("DELETE FROM sessions WHERE user_id = $1", user.0).execute(conn).await?.rows_affected())
}

/// Forgets what has run out.
pub(crate) async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), Fault> {
    sqlx::query!("DELETE FROM sessions WHERE expires_at <= $1", now.0).execute(&mut *conn).await?;
    let oldest = now.plus_seconds(-RECEIPTS_KEPT_SECONDS).0;
    sqlx::query!("DELETE FROM receipts WHERE at < $1", oldest).execute(&mut *conn).await?;
    answer::sweep(conn, now).await
}

/// Replaces a password's hash.
pub(crate) async fn set_password(conn: &mut Conn, user: UserId, password_hash: &str) -> Result<(), Fault> {
    sqlx::query!("UPDATE users SET password_hash = $2 WHERE id = $1", user.0, password_hash).execute(conn).await?;
    Ok(())
}

/// Keeps a choice of light or dark.
pub(crate) async fn set_theme(conn: &mut Conn, user: UserId, theme: Theme) -> Result<(), Fault> {
    let theme = theme.stored();
    sqlx::query!("UPDATE users SET theme = $2 WHERE id = $1", user.0, theme).execute(conn).await?;
    Ok(())
}

/// Keeps a choice of language.
pub(crate) async fn set_language(conn: &mut Conn, user: UserId, language: &str) -> Result<(), Fault> {
    sqlx::query!("UPDATE users SET language = $2 WHERE id = $1", user.0, language).execute(conn).await?;
    Ok(())
}
