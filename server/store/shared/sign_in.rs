//! What is known of sign-ins beside the session they begin: the browsers they came from, and how many failed.

use super::Fault;
use crate::Conn;
use domain::{FailedSignIns, Timestamp, UserId};

/// A browser that nobody has signed in from for so long is a stranger again.
const KNOWN_SECONDS: i64 = 400 * 24 * 60 * 60;

/// Failures so long after the last are counted anew.
const COUNTED_SECONDS: i64 = 24 * 60 * 60;

/// An account knows so many browsers: those that were used last.
const MOST_DEVICES: i64 = 50;

/// Somebody signed in: failures are forgotten, and the account knows the browser from now on, under the hash of its new
/// cookie alone. What the cookie that it came with was worth, the new one is worth, and that no longer.
pub(crate) async fn note(
    conn: &mut Conn,
    user: UserId,
    before: Option<&[u8; 32]>,
    device: &[u8; 32],
    now: Timestamp,
) -> Result<(), Fault> {
    let (before, device) = (before.map(<[u8; 32]>::as_slice), device.as_slice());
    sqlx::query!("DELETE FROM failed_sign_ins WHERE user_id = $1", user.0).execute(&mut *conn).await?;
    if let Some(before) = before {
        sqlx::query!("UPDATE devices SET token_hash = $2 WHERE token_hash = $1", before, device)
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query!(
        "INSERT INTO devices (token_hash, user_id, used_at) VALUES ($1, $2, $3)
            ON CONFLICT (token_hash, user_id) DO UPDATE SET used_at = excluded.used_at",
        device,
        user.0,
        now.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "DELETE FROM devices WHERE user_id = $1 AND used_at < (
            SELECT used_at FROM devices WHERE user_id = $1 ORDER BY used_at DESC LIMIT 1 OFFSET $2)",
        user.0,
        MOST_DEVICES
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An account knows no browser any more, but for this one.
pub(crate) async fn forget_devices(conn: &mut Conn, user: UserId, kept: Option<&[u8; 32]>) -> sqlx::Result<()> {
    let kept = kept.map_or(&[][..], |hash| hash.as_slice());
    sqlx::query!("DELETE FROM devices WHERE user_id = $1 AND token_hash <> $2", user.0, kept).execute(conn).await?;
    Ok(())
}

/// Counts a sign-in that failed; answers what is known of it and those before where their owner is to be told now. Where the
/// name led to no account, the same is asked of the database, and nothing is counted.
pub(crate) async fn count_failure(
    conn: &mut Conn,
    user: UserId,
    address: &str,
    now: Timestamp,
) -> Result<Option<FailedSignIns>, Fault> {
    let stale = now.plus_seconds(-COUNTED_SECONDS).0;
    let row = sqlx::query!(
        r#"INSERT INTO failed_sign_ins (user_id, failures, since, last_at, address, elsewhere)
            SELECT id, 1, CAST($2 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), FALSE FROM users WHERE id = $1 AND is_active AND deleted_at IS NULL
            ON CONFLICT (user_id) DO UPDATE SET
                failures = CASE WHEN failed_sign_ins.last_at < $4 THEN 1 ELSE failed_sign_ins.failures + 1 END,
                since = CASE WHEN failed_sign_ins.last_at < $4 THEN excluded.since ELSE failed_sign_ins.since END,
                elsewhere = failed_sign_ins.last_at >= $4
                    AND (failed_sign_ins.elsewhere OR failed_sign_ins.address <> excluded.address),
                address = excluded.address,
                last_at = excluded.last_at
            RETURNING failures AS "failures!: i64", since AS "since!: i64", elsewhere AS "elsewhere!: bool""#,
        user.0,
        now.0,
        address,
        stale
    )
    .fetch_optional(conn)
    .await?;
    let failed = row.map(|row| FailedSignIns {
        count: u32::try_from(row.failures).unwrap_or(u32::MAX),
        since: Timestamp(row.since),
        address: address.to_owned(),
        elsewhere: row.elsewhere,
    });
    Ok(failed.filter(FailedSignIns::is_to_be_told))
}

/// Forgets what is of no use any more.
pub(crate) async fn sweep(conn: &mut Conn, now: Timestamp) -> sqlx::Result<()> {
    let (unknown, stale) = (now.plus_seconds(-KNOWN_SECONDS).0, now.plus_seconds(-COUNTED_SECONDS).0);
    sqlx::query!("DELETE FROM devices WHERE used_at < $1", unknown).execute(&mut *conn).await?;
    sqlx::query!("DELETE FROM failed_sign_ins WHERE last_at < $1", stale).execute(conn).await?;
    Ok(())
}
