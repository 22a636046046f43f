//! Tokens of the API. Only hashes of their secrets are here.

use super::Fault;
use crate::Conn;
use domain::{Timestamp, TokenId, TokenRow, UserId};
use store_model::{Token, TokenLine};

/// Keeps a new token.
pub(crate) async fn insert(
    conn: &mut Conn,
    user: UserId,
    token_hash: &[u8; 32],
    name: &str,
    now: Timestamp,
    expires_at: Option<Timestamp>,
) -> sqlx::Result<TokenId> {
    let (hash, expires_at) = (token_hash.as_slice(), expires_at.map(|at| at.0));
    let id = sqlx::query_scalar!(
        r#"INSERT INTO tokens (user_id, token_hash, name, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
            RETURNING id AS "id!: i64""#,
        user.0,
        hash,
        name,
        now.0,
        expires_at
    )
    .fetch_one(conn)
    .await?;
    Ok(TokenId(id))
}

/// Makes one worthless.
pub(crate) async fn revoke(conn: &mut Conn, id: TokenId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("UPDATE tokens SET revoked_at = $2 WHERE id = $1", id.0, now.0).execute(conn).await?;
    Ok(())
}

/// The name of a token of this user that is not revoked.
pub(crate) async fn find_name(conn: &mut Conn, user: UserId, id: TokenId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("SELECT name FROM tokens WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL", id.0, user.0)
        .fetch_optional(conn)
        .await
}

/// The token of a secret where it opens anything: neither revoked nor ended, and of an active account.
pub(crate) async fn find(conn: &mut Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Token>, Fault> {
    let hash = token_hash.as_slice();
    let row = sqlx::query!(
        "SELECT t.id, t.user_id, t.last_used_at, t.expires_at FROM tokens t JOIN users u ON u.id = t.user_id
            WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)
                AND u.is_active AND u.deleted_at IS NULL",
        hash,
        now.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Token {
        id: TokenId(row.id),
        user: UserId(row.user_id),
        last_used_at: row.last_used_at.map(Timestamp),
        expires_at: row.expires_at.map(Timestamp),
    }))
}

/// Notes that a token is in use.
pub(crate) async fn touch(conn: &mut Conn, id: TokenId, now: Timestamp) -> Result<(), Fault> {
    sqlx::query!("UPDATE tokens SET last_used_at = $2 WHERE id = $1", id.0, now.0).execute(conn).await?;
    Ok(())
}

/// The tokens of a user that still open something, oldest first.
pub(crate) async fn list_live(conn: &mut Conn, user: UserId, now: Timestamp) -> sqlx::Result<Vec<(TokenId, String)>> {
    let rows = sqlx::query!(
        "SELECT id, name FROM tokens WHERE user_id = $1 AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > $2) ORDER BY id",
        user.0,
        now.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (TokenId(row.id), row.name)).collect())
}

/// The tokens of a user that are not revoked, newest first.
pub(crate) async fn list_of(conn: &mut Conn, user: UserId) -> sqlx::Result<Vec<TokenRow>> {
    let rows = sqlx::query!(
        "SELECT id, name, created_at, last_used_at, expires_at FROM tokens
            WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id DESC LIMIT 200",
        user.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TokenRow {
            id: TokenId(row.id),
            name: row.name,
            created_at: Timestamp(row.created_at),
            last_used_at: row.last_used_at.map(Timestamp),
            expires_at: row.expires_at.map(Timestamp),
        })
        .collect())
}

/// Tokens after `after`, revoked ones too, oldest first.
pub(crate) async fn list(conn: &mut Conn, after: TokenId) -> sqlx::Result<Vec<TokenLine>> {
    let rows = sqlx::query!(
        "SELECT t.id, t.user_id, u.username, t.name, t.created_at, t.last_used_at, t.expires_at, t.revoked_at
            FROM tokens t CROSS JOIN users u WHERE u.id = t.user_id AND t.id > $1 ORDER BY t.id LIMIT 500",
        after.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TokenLine {
            id: TokenId(row.id),
            user: UserId(row.user_id),
            username: row.username,
            name: row.name,
            created_at: Timestamp(row.created_at),
            last_used_at: row.last_used_at.map(Timestamp),
            expires_at: row.expires_at.map(Timestamp),
            revoked_at: row.revoked_at.map(Timestamp),
        })
        .collect())
}

/// Whose token has this id, whatever became of it.
pub(crate) async fn find_owner(conn: &mut Conn, id: TokenId) -> sqlx::Result<Option<UserId>> {
    Ok(sqlx::query_scalar!("SELECT user_id FROM tokens WHERE id = $1", id.0).fetch_optional(conn).await?.map(UserId))
}

/// Which token has this secret, whatever became of it.
pub(crate) async fn find_id(conn: &mut Conn, token_hash: &[u8; 32]) -> sqlx::Result<Option<TokenId>> {
    let hash = token_hash.as_slice();
    Ok(sqlx::query_scalar!("SELECT id FROM tokens WHERE token_hash = $1", hash)
        .fetch_optional(conn)
        .await?
        .map(TokenId))
}
