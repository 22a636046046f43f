//! Reserved names (R12).

use super::name;
use crate::Conn;
use domain::{ReservedNameId, Timestamp, UserId};

/// The name of a reservation.
pub(crate) async fn find(conn: &mut Conn, id: ReservedNameId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("SELECT name FROM reserved_names WHERE id = $1", id.0).fetch_optional(conn).await
}

/// The reservation of a name that is known to be reserved.
pub(crate) async fn find_id(conn: &mut Conn, reserved: &str) -> sqlx::Result<ReservedNameId> {
    let key = name::key(reserved);
    sqlx::query_scalar!("SELECT id FROM reserved_names WHERE name_key = $1", key)
        .fetch_one(conn)
        .await
        .map(ReservedNameId)
}

/// Reserves a name.
pub(crate) async fn insert(
    conn: &mut Conn,
    wanted: &str,
    reason: &str,
    by: Option<UserId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (key, by) = (name::key(wanted), by.map(|user| user.0));
    sqlx::query!(
        "INSERT INTO reserved_names (name, name_key, reason, created_by, created_at) VALUES ($1, $2, $3, $4, $5)",
        wanted,
        key,
        reason,
        by,
        now.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Frees one.
pub(crate) async fn delete(conn: &mut Conn, id: ReservedNameId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM reserved_names WHERE id = $1", id.0).execute(conn).await?;
    Ok(())
}
