//! Invitations. Tokens are never here, only their hashes.

use super::{
    Fault, admin,
    paging::{next_cursor, number, push_limit},
    settings,
};
use crate::{Conn, Db};
use domain::{
    ActorRef, Invitation, InvitationId, InvitationQuery, InvitationRow, Listing, Permission, Registration,
    RegistrationStatus, Timestamp, UserId,
};
use sqlx::{FromRow, QueryBuilder};

/// The columns of an invitation.
#[derive(sqlx::FromRow)]
pub(crate) struct InvitationColumns {
    /// `invitations.id`.
    pub(crate) id: i64,
    /// `invitations.uses`.
    pub(crate) uses: i64,
    /// `invitations.used`.
    pub(crate) used: i64,
    /// `invitations.ends_at`.
    pub(crate) ends_at: i64,
    /// `invitations.revoked_at`.
    pub(crate) revoked_at: Option<i64>,
    /// `invitations.note`.
    pub(crate) note: Option<String>,
}

impl From<InvitationColumns> for Invitation {
    fn from(row: InvitationColumns) -> Self {
        let whole = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
        Self {
            id: InvitationId(row.id),
            uses: whole(row.uses),
            used: whole(row.used),
            ends_at: Timestamp(row.ends_at),
            revoked: row.revoked_at.is_some(),
            note: row.note,
        }
    }
}

/// The invitation with this id.
pub(crate) async fn find(conn: &mut Conn, id: InvitationId) -> sqlx::Result<Option<Invitation>> {
    let row = sqlx::query_as!(
        InvitationColumns,
        "SELECT id, uses, used, ends_at, revoked_at, note FROM invitations WHERE id = $1",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Invitation::from))
}

/// The invitation that a token opens.
pub(crate) async fn find_by_token(conn: &mut Conn, token_hash: &[u8; 32]) -> sqlx::Result<Option<Invitation>> {
    let hash = token_hash.as_slice();
    let row = sqlx::query_as!(
        InvitationColumns,
        "SELECT id, uses, used, ends_at, revoked_at, note FROM invitations WHERE token_hash = $1",
        hash
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Invitation::from))
}

/// How the registration stands open to whoever comes by a token, or by none.
pub(crate) async fn find_door(
    conn: &mut Conn,
    token_hash: Option<&[u8; 32]>,
    now: Timestamp,
) -> Result<RegistrationStatus, Fault> {
    let registration = settings::find(conn).await?.registration;
    let invitation = match token_hash {
        Some(hash) => find_by_token(conn, hash).await?,
        None => None,
    };
    Ok(match registration {
        Registration::Closed => RegistrationStatus::Closed,
        Registration::Open => RegistrationStatus::Open,
        Registration::Invitation if invitation.is_some_and(|it| it.is_live(now)) => RegistrationStatus::Invited,
        Registration::Invitation => RegistrationStatus::InvitationNeeded,
    })
}

/// Makes an invitation.
pub(crate) async fn insert(
    conn: &mut Conn,
    invitation: &Invitation,
    token_hash: &[u8; 32],
    by: Option<UserId>,
    now: Timestamp,
) -> sqlx::Result<InvitationId> {
    let (hash, uses, by) = (token_hash.as_slice(), i64::from(invitation.uses), by.map(|user| user.0));
    let id = sqlx::query_scalar!(
        r#"INSERT INTO invitations (token_hash, uses, ends_at, note, created_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id AS "id!: i64""#,
        hash,
        uses,
        invitation.ends_at.0,
        invitation.note,
        by,
        now.0
    )
    .fetch_one(conn)
    .await?;
    Ok(InvitationId(id))
}

/// Uses an invitation once, if it is still good: of those who come at the same time, as many as it is good for.
pub(crate) async fn use_up(conn: &mut Conn, id: InvitationId, now: Timestamp) -> Result<bool, Fault> {
    let used = sqlx::query!(
        "UPDATE invitations SET used = used + 1
            WHERE id = $1 AND used < uses AND revoked_at IS NULL AND ends_at > $2",
        id.0,
        now.0
    )
    .execute(conn)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Ends an invitation before its time.
pub(crate) async fn revoke(conn: &mut Conn, id: InvitationId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("UPDATE invitations SET revoked_at = $2 WHERE id = $1", id.0, now.0).execute(conn).await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    invitation: InvitationColumns,
    created_by: Option<i64>,
    username: Option<String>,
    created_at: i64,
}

/// A page of the invitations, newest first.
pub(crate) async fn list(
    conn: &mut Conn,
    viewer: UserId,
    wanted: &InvitationQuery,
    now: Timestamp,
) -> Result<Listing<InvitationRow>, Fault> {
    let seq = admin::enter(conn, viewer, Permission::ManageUsers).await?.seq;
    let mut query = QueryBuilder::<Db>::new(
        "SELECT i.id, i.uses, i.used, i.ends_at, i.revoked_at, i.note, i.created_by, u.username, i.created_at \
         FROM invitations i LEFT JOIN users u ON u.id = i.created_by WHERE TRUE",
    );
    if wanted.live {
        query.push(" AND i.revoked_at IS NULL AND i.used < i.uses AND i.ends_at > ").push_bind(now.0);
    }
    if let Some(last) = number(wanted.cursor.as_ref()) {
        query.push(" AND i.id < ").push_bind(last);
    }
    query.push(" ORDER BY i.id DESC");
    push_limit(&mut query, wanted.limit);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let next_cursor = next_cursor(&mut rows, wanted.limit, |row| row.invitation.id.to_string());
    let items = rows.into_iter().map(|row| {
        let invitation = Invitation::from(row.invitation);
        InvitationRow {
            live: invitation.is_live(now),
            invitation,
            created_by: row.created_by.zip(row.username).map(|(id, username)| ActorRef { id: UserId(id), username }),
            created_at: Timestamp(row.created_at),
        }
    });
    Ok(Listing { items: items.collect(), next_cursor, seq })
}
