//! Notifications: which event concerns whom is decided by `record`; here they are kept and counted.

use crate::Conn;
use domain::{EventId, Timestamp, UserId};

/// Tells a user of an event, and drops the oldest of what is more than `notifications_max_per_user`.
pub(crate) async fn insert(conn: &mut Conn, user: UserId, event: EventId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("INSERT INTO notifications (user_id, event_id, at) VALUES ($1, $2, $3)", user.0, event.0, now.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "DELETE FROM notifications WHERE user_id = $1 AND id NOT IN (
            SELECT id FROM notifications WHERE user_id = $1 ORDER BY id DESC
            LIMIT (SELECT notifications_max_per_user FROM settings))",
        user.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many the user has not read.
pub(crate) async fn count_unread(conn: &mut Conn, user: UserId) -> sqlx::Result<u32> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM notifications WHERE user_id = $1 AND read_at IS NULL"#,
        user.0
    )
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
