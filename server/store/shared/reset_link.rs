//! Links by which users set another password. Tokens are never here, only their hashes.

use crate::Conn;
use domain::{Timestamp, UserId};
use store_model::CallerId;

/// A link that was not used yet.
pub(crate) struct Link {
    /// Whose password it sets.
    pub(crate) user: UserId,
    /// Who made it.
    pub(crate) author: CallerId,
    /// When it ends by itself.
    pub(crate) ends_at: Timestamp,
}

/// The link that a token opens.
pub(crate) async fn find(conn: &mut Conn, token_hash: &[u8; 32]) -> sqlx::Result<Option<Link>> {
    let hash = token_hash.as_slice();
    let row = sqlx::query!("SELECT user_id, created_by, ends_at FROM reset_links WHERE token_hash = $1", hash)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| Link {
        user: UserId(row.user_id),
        author: row.created_by.map_or(CallerId::System, |id| CallerId::User(UserId(id))),
        ends_at: Timestamp(row.ends_at),
    }))
}

/// The username of the active account whose password a token would set.
pub(crate) async fn find_username(
    conn: &mut Conn,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    let hash = token_hash.as_slice();
    sqlx::query_scalar!(
        "SELECT u.username FROM reset_links l JOIN users u ON u.id = l.user_id
            WHERE l.token_hash = $1 AND l.ends_at > $2 AND u.is_active AND u.deleted_at IS NULL",
        hash,
        now.0
    )
    .fetch_optional(conn)
    .await
}

/// Makes a link; an earlier one of the same user is no longer good.
pub(crate) async fn insert(
    conn: &mut Conn,
    user: UserId,
    token_hash: &[u8; 32],
    by: Option<UserId>,
    ends_at: Timestamp,
) -> sqlx::Result<()> {
    let (hash, by) = (token_hash.as_slice(), by.map(|user| user.0));
    sqlx::query!(
        "INSERT INTO reset_links (user_id, token_hash, ends_at, created_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, ends_at = excluded.ends_at,
                created_by = excluded.created_by",
        user.0,
        hash,
        ends_at.0,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whatever link a user has is no longer good.
pub(crate) async fn delete(conn: &mut Conn, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM reset_links WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

/// Forgets what has run out.
pub(crate) async fn sweep(conn: &mut Conn, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM reset_links WHERE ends_at <= $1", now.0).execute(conn).await?;
    Ok(())
}
