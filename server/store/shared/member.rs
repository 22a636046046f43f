//! Memberships and the grants that hold them (R14).

use super::code::Code;
use crate::{Conn, dialect};
use domain::{Cause, GrantKind, GroupId, Timestamp, UserId};

/// A grant that is to begin.
pub(crate) struct NewGrant<'a> {
    /// For which group.
    pub(crate) group: GroupId,
    /// To whom.
    pub(crate) user: UserId,
    /// How it comes to be.
    pub(crate) kind: GrantKind,
    /// Who gives it.
    pub(crate) by: Option<UserId>,
    /// Why.
    pub(crate) reason: Option<&'a str>,
}

/// Gives a grant, and the membership with the first one.
pub(crate) async fn grant(conn: &mut Conn, grant: &NewGrant<'_>, now: Timestamp) -> sqlx::Result<()> {
    let kind = grant.kind.stored();
    let by = grant.by.map(|user| user.0);
    sqlx::query!(
        "INSERT INTO grants (group_id, user_id, kind, actor_id, reason, from_at) VALUES ($1, $2, $3, $4, $5, $6)",
        grant.group.0,
        grant.user.0,
        kind,
        by,
        grant.reason,
        now.0
    )
    .execute(&mut *conn)
    .await?;
    let joined = sqlx::query!(
        "INSERT INTO memberships (group_id, user_id, sort_key, since)
            SELECT CAST($1 AS BIGINT), id, sort_key, CAST($3 AS BIGINT) FROM users WHERE id = $2
            ON CONFLICT (group_id, user_id) DO NOTHING",
        grant.group.0,
        grant.user.0,
        now.0
    )
    .execute(&mut *conn)
    .await?;
    if joined.rows_affected() == 1 { dialect::count_member(conn, grant.group, 1).await } else { Ok(()) }
}

/// Ends a membership with every live grant that holds it. Ended grants are kept.
pub(crate) async fn end(
    conn: &mut Conn,
    group: GroupId,
    user: UserId,
    cause: Option<Cause>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let cause = cause.map(|cause| cause.stored());
    sqlx::query!(
        "UPDATE grants SET ended_at = $3, ended_cause = $4 WHERE user_id = $1 AND group_id = $2 AND ended_at IS NULL",
        user.0,
        group.0,
        now.0,
        cause
    )
    .execute(&mut *conn)
    .await?;
    let left = sqlx::query!("DELETE FROM memberships WHERE group_id = $1 AND user_id = $2", group.0, user.0)
        .execute(&mut *conn)
        .await?;
    if left.rows_affected() == 1 { dialect::count_member(conn, group, -1).await } else { Ok(()) }
}
