//! The first answers to calls that may be repeated, so that every repeat gets the same.

use super::Fault;
use crate::Conn;
use domain::{Timestamp, UserId};
use store_model::{Claim, KeptAnswer};

/// How long an answer is kept: as long as receipts are.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// A call that is under way for this long was cut off: whoever repeats it takes it over.
const ABANDONED_SECONDS: i64 = 60;

/// Takes a call for whoever asks first, or finds what became of it.
///
/// On PostgreSQL the insert waits for a twin that is about to commit its claim.
pub(crate) async fn claim(
    conn: &mut Conn,
    user: UserId,
    call: &str,
    body: &str,
    now: Timestamp,
) -> Result<Claim, Fault> {
    let (oldest, abandoned) = (now.plus_seconds(-KEPT_SECONDS).0, now.plus_seconds(-ABANDONED_SECONDS).0);
    let claimed = sqlx::query!(
        "INSERT INTO answers (user_id, call, body, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (user_id, call) DO UPDATE SET body = excluded.body, status = NULL, answer = NULL, at = excluded.at
            WHERE answers.at < $5 OR (answers.status IS NULL AND answers.at < $6 AND answers.body = excluded.body)",
        user.0,
        call,
        body,
        now.0,
        oldest,
        abandoned
    )
    .execute(&mut *conn)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(Claim::Taken);
    }
    let row = sqlx::query!("SELECT body, status, answer FROM answers WHERE user_id = $1 AND call = $2", user.0, call)
        .fetch_optional(conn)
        .await?;
    // Given back in this very moment: ask again.
    let Some(row) = row else { return Ok(Claim::UnderWay) };
    if row.body != body {
        return Ok(Claim::Reused);
    }
    Ok(match row.status.and_then(|status| u16::try_from(status).ok()) {
        Some(status) => Claim::Answered(KeptAnswer { status, body: row.answer.unwrap_or_default() }),
        None => Claim::UnderWay,
    })
}

/// Keeps the answer to a call that was claimed.
pub(crate) async fn keep(conn: &mut Conn, user: UserId, call: &str, answer: &KeptAnswer) -> Result<(), Fault> {
    let status = i64::from(answer.status);
    sqlx::query!(
        "UPDATE answers SET status = $3, answer = $4 WHERE user_id = $1 AND call = $2",
        user.0,
        call,
        status,
        answer.body
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a claim back: nothing came of the call, and a repeat is to try again.
pub(crate) async fn give_back(conn: &mut Conn, user: UserId, call: &str) -> Result<(), Fault> {
    sqlx::query!("DELETE FROM answers WHERE user_id = $1 AND call = $2 AND status IS NULL", user.0, call)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets what is kept long enough.
pub(crate) async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), Fault> {
    let oldest = now.plus_seconds(-KEPT_SECONDS).0;
    sqlx::query!("DELETE FROM answers WHERE at < $1", oldest).execute(conn).await?;
    Ok(())
}
