//! Requests: made once, settled once (R9).

use super::{
    code::{Code, decode},
    person::PersonRow,
};
use crate::Conn;
use domain::{Cause, GroupId, GroupRef, Request, RequestId, RequestKind, RequestStatus, Settlement, Timestamp, UserId};

/// Whose request it is and about which group: what is locked before anything about it is believed. Neither ever changes.
pub(crate) async fn find_parties(conn: &mut Conn, id: RequestId) -> sqlx::Result<Option<(GroupId, UserId)>> {
    let row = sqlx::query!("SELECT group_id, user_id FROM requests WHERE id = $1", id.0).fetch_optional(conn).await?;
    Ok(row.map(|row| (GroupId(row.group_id), UserId(row.user_id))))
}

/// The request with the people in it.
pub(crate) async fn find(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, super::Fault> {
    let row = sqlx::query!(
        r#"SELECT r.group_id, r.kind, r.status, r.reason, r.created_at, r.settled_at, r.comment, r.cause,
                g.name AS group_name, u.id AS user_id, u.username,
                c.id AS "character_id?", c.name AS "character_name?",
                c.corporation_name AS "corporation?", c.alliance_name AS "alliance?",
                d.id AS "by_id?", d.username AS "by_username?", dc.id AS "by_character_id?",
                dc.name AS "by_character_name?", dc.corporation_name AS "by_corporation?",
                dc.alliance_name AS "by_alliance?"
            FROM requests r
            JOIN groups g ON g.id = r.group_id
            JOIN users u ON u.id = r.user_id
            LEFT JOIN characters c ON c.id = u.main_character_id
            LEFT JOIN users d ON d.id = r.settled_by
            LEFT JOIN characters dc ON dc.id = d.main_character_id
            WHERE r.id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let applicant = PersonRow {
        user_id: row.user_id,
        username: row.username,
        character_id: row.character_id,
        character_name: row.character_name,
        corporation: row.corporation,
        alliance: row.alliance,
    };
    let by = row.by_id.zip(row.by_username).map(|(user_id, username)| PersonRow {
        user_id,
        username,
        character_id: row.by_character_id,
        character_name: row.by_character_name,
        corporation: row.by_corporation,
        alliance: row.by_alliance,
    });
    let cause: Option<Cause> = row.cause.map(|code| decode("requests", "cause", id.0, code)).transpose()?;
    let comment = row.comment;
    Ok(Some(Request {
        id,
        group: GroupRef { id: GroupId(row.group_id), name: row.group_name },
        applicant: applicant.into(),
        kind: decode("requests", "kind", id.0, row.kind)?,
        status: decode("requests", "status", id.0, row.status)?,
        reason: row.reason,
        created_at: Timestamp(row.created_at),
        settlement: row.settled_at.map(|at| Settlement { at: Timestamp(at), by: by.map(Into::into), comment, cause }),
    }))
}

/// The open request of a user for a group: at most one, by a unique index.
pub(crate) async fn find_open(conn: &mut Conn, group: GroupId, user: UserId) -> sqlx::Result<Option<RequestId>> {
    sqlx::query_scalar!("SELECT id FROM requests WHERE user_id = $1 AND group_id = $2 AND status = 0", user.0, group.0)
        .fetch_optional(conn)
        .await
        .map(|id| id.map(RequestId))
}

/// Makes an open request.
pub(crate) async fn insert(
    conn: &mut Conn,
    group: GroupId,
    user: UserId,
    kind: RequestKind,
    reason: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<RequestId> {
    let kind = kind.stored();
    let id = sqlx::query_scalar!(
        r#"INSERT INTO requests (group_id, user_id, kind, status, reason, created_at)
            VALUES ($1, $2, $3, 0, $4, $5) RETURNING id AS "id!: i64""#,
        group.0,
        user.0,
        kind,
        reason,
        now.0
    )
    .fetch_one(conn)
    .await?;
    Ok(RequestId(id))
}

/// How a request is to end.
pub(crate) struct Ending<'a> {
    /// What it becomes.
    pub(crate) status: RequestStatus,
    /// Who ends it; nobody where a rule does.
    pub(crate) by: Option<UserId>,
    /// What the applicant is told.
    pub(crate) comment: Option<&'a str>,
    /// Which rule.
    pub(crate) cause: Option<Cause>,
}

/// Settles a request, if it is open still: of two that try, one is answered `true`.
pub(crate) async fn settle(conn: &mut Conn, id: RequestId, ending: &Ending<'_>, now: Timestamp) -> sqlx::Result<bool> {
    let status = ending.status.stored();
    let by = ending.by.map(|user| user.0);
    let cause = ending.cause.map(|cause| cause.stored());
    let settled = sqlx::query!(
        "UPDATE requests SET status = $2, settled_at = $3, settled_by = $4, comment = $5, cause = $6
            WHERE id = $1 AND status = 0",
        id.0,
        status,
        now.0,
        by,
        ending.comment,
        cause
    )
    .execute(conn)
    .await?;
    Ok(settled.rows_affected() == 1)
}
