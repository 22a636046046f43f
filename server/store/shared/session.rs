//! Sessions and what a sign-in is checked against.

use super::{
    Fault, allowance, answer,
    code::{Code, decode},
    name, name_form, reset_link, sign_in,
};
use crate::Conn;
use domain::{SessionId, SessionRow, Theme, Timestamp, UserId};
use store_model::{Credentials, Named, NewSession, Session};

/// How long a receipt is kept: far longer than anybody repeats a command.
const RECEIPTS_KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The account a sign-in names, by username or e-mail address. A username goes first: nobody can sign in as another by
/// naming an address after them. Whose name is displaced by a namesake's signs in by its very
/// spelling. Beside it, whether the account knows the browser with this cookie.
pub(crate) async fn find_named(conn: &mut Conn, login: &str, device: Option<&[u8; 32]>) -> sqlx::Result<Named> {
    let key = name::key(login);
    let device = device.map(<[u8; 32]>::as_slice);
    let (first, end) = name_form::displaced_by(&key);
    let typed: String = name::storable(login.trim()).collect();
    // Two looks into an index each: for either of two keys in one condition SQLite reads all users.
    let row = sqlx::query!(
        r#"SELECT id AS "id!: i64", username AS "username!: String", password_hash AS "password_hash?", is_active AS "is_active!: bool",
                EXISTS (SELECT 1 FROM devices d WHERE d.token_hash = $2 AND d.user_id = named.id) AS "known!: bool" FROM (
                SELECT -1 AS way, id, username, password_hash, is_active FROM users
                    WHERE username_key >= $3 AND username_key < $4 AND username = $5 AND deleted_at IS NULL
                UNION ALL
                SELECT 0 AS way, id, username, password_hash, is_active FROM users
                    WHERE username_key = $1 AND deleted_at IS NULL
                UNION ALL
                SELECT 1 AS way, id, username, password_hash, is_active FROM users
                    WHERE email_key >= $3 AND email_key < $4 AND email = $5 AND deleted_at IS NULL
                UNION ALL
                SELECT 2 AS way, id, username, password_hash, is_active FROM users
                    WHERE email_key = $1 AND deleted_at IS NULL)
            AS named ORDER BY way LIMIT 1"#,
        key,
        device, first, end, typed,
    )
    .fetch_optional(conn)
    .await?;
    Ok(match row {
        Some(row) => Named {
            key,
            account: Some(Credentials {
                user: UserId(row.id),
                username: row.username,
                password_hash: row.password_hash,
                active: row.is_active,
            }),
            knows_browser: row.known,
        },
        None => Named { key, account: None, knows_browser: false },
    })
}

/// What a sign-in is checked against.
pub(crate) async fn find_credentials(conn: &mut Conn, login: &str) -> sqlx::Result<Option<Credentials>> {
    Ok(find_named(conn, login, None).await?.account)
}

/// The hash of a user's password, if they have one.
pub(crate) async fn find_password_hash(conn: &mut Conn, user: UserId) -> sqlx::Result<Option<String>> {
    let hash = sqlx::query_scalar!("SELECT password_hash FROM users WHERE id = $1 AND deleted_at IS NULL", user.0)
        .fetch_optional(conn)
        .await?;
    Ok(hash.flatten())
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
    .fetch_one(&mut *conn)
    .await?;
    sqlx::query!("UPDATE users SET last_seen_at = $2 WHERE id = $1", new.user.0, new.now.0).execute(conn).await?;
    Ok(SessionId(id))
}

/// The live session of a token, of an active account.
pub(crate) async fn find(conn: &mut Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Session>, Fault> {
    let hash = token_hash.as_slice();
    let row = sqlx::query!(
        "SELECT s.id, s.user_id, s.created_at, s.last_seen_at, s.expires_at, u.theme, u.language
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
        created_at: Timestamp(row.created_at),
        last_seen_at: Timestamp(row.last_seen_at),
        expires_at: Timestamp(row.expires_at),
    }))
}

/// The live sessions of a user, the last used first; `present` is the one that asks.
pub(crate) async fn list(
    conn: &mut Conn,
    user: UserId,
    present: SessionId,
    now: Timestamp,
) -> Result<Vec<SessionRow>, Fault> {
    let rows = sqlx::query!(
        "SELECT id, user_agent, created_at, last_seen_at FROM sessions WHERE user_id = $1 AND expires_at > $2
            ORDER BY last_seen_at DESC, id DESC LIMIT 200",
        user.0,
        now.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SessionRow {
            id: SessionId(row.id),
            user_agent: row.user_agent,
            created_at: Timestamp(row.created_at),
            last_seen_at: Timestamp(row.last_seen_at),
            present: row.id == present.0,
        })
        .collect())
}

/// Ends one session of a user; answers whether it was theirs.
pub(crate) async fn delete_own(conn: &mut Conn, user: UserId, id: SessionId) -> Result<bool, Fault> {
    let ended = sqlx::query!("DELETE FROM sessions WHERE id = $1 AND user_id = $2", id.0, user.0).execute(conn).await?;
    Ok(ended.rows_affected() == 1)
}

/// Notes that a session is in use.
pub(crate) async fn touch(conn: &mut Conn, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<(), Fault> {
    // The user first, like whoever ends all sessions of one.
    sqlx::query!(
        "UPDATE users SET last_seen_at = $2 WHERE id = (SELECT user_id FROM sessions WHERE id = $1)",
        id.0,
        now.0
    )
    .execute(&mut *conn)
    .await?;
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

/// Ends every session of a user but one.
pub(crate) async fn delete_others(conn: &mut Conn, user: UserId, kept: Option<SessionId>) -> Result<u64, Fault> {
    let kept = kept.unwrap_or(SessionId::UNASSIGNED).0;
    let ended =
        sqlx::query!("DELETE FROM sessions WHERE user_id = $1 AND id <> $2", user.0, kept).execute(conn).await?;
    Ok(ended.rows_affected())
}

/// Forgets what has run out.
pub(crate) async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), Fault> {
    sqlx::query!("DELETE FROM sessions WHERE expires_at <= $1", now.0).execute(&mut *conn).await?;
    reset_link::sweep(conn, now).await?;
    let oldest = now.plus_seconds(-RECEIPTS_KEPT_SECONDS).0;
    sqlx::query!("DELETE FROM receipts WHERE at < $1", oldest).execute(&mut *conn).await?;
    allowance::sweep(conn, now).await?;
    sign_in::sweep(conn, now).await?;
    answer::sweep(conn, now).await
}

/// Replaces a password's hash.
pub(crate) async fn set_password(conn: &mut Conn, user: UserId, password_hash: &str) -> Result<(), Fault> {
    sqlx::query!("UPDATE users SET password_hash = $2 WHERE id = $1", user.0, password_hash).execute(conn).await?;
    Ok(())
}

/// Puts another hash of the same password into the place of one, unless the password has been set meanwhile.
pub(crate) async fn renew_password(conn: &mut Conn, user: UserId, known: &str, renewed: &str) -> Result<(), Fault> {
    sqlx::query!("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2", user.0, known, renewed)
        .execute(conn)
        .await?;
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
