//! Grants as a history: who was in a group when, and why (R14). Nothing is written here.

use super::{
    Fault,
    code::decode,
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db};
use domain::{Cause, GroupId, Person, Timestamp, UserId};
use sqlx::QueryBuilder;
use store_model::Grant;

/// Who was in a group at a moment, by the name they have now. A grant lives from its first moment to before its last.
pub(crate) async fn list_members_at(conn: &mut Conn, group: GroupId, at: Timestamp) -> sqlx::Result<Vec<Person>> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(PERSON).push(
        " FROM users u LEFT JOIN characters c ON c.id = u.main_character_id WHERE u.id IN (\
         SELECT user_id FROM grants WHERE group_id = ",
    );
    query.push_bind(group.0).push(" AND from_at <= ").push_bind(at.0);
    query.push(" AND (ended_at IS NULL OR ended_at > ").push_bind(at.0).push(")) ORDER BY u.sort_key, u.id");
    let rows: Vec<PersonRow> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// Every grant a user ever had for a group, oldest first.
pub(crate) async fn list(conn: &mut Conn, group: GroupId, user: UserId) -> Result<Vec<Grant>, Fault> {
    let rows = sqlx::query!(
        "SELECT id, kind, actor_id, reason, from_at, until_at, ended_at, ended_cause FROM grants
            WHERE user_id = $1 AND group_id = $2 ORDER BY id",
        user.0,
        group.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let cause: Option<Cause> =
                row.ended_cause.map(|code| decode("grants", "ended_cause", row.id, code)).transpose()?;
            Ok(Grant {
                kind: decode("grants", "kind", row.id, row.kind)?,
                by: row.actor_id.map(UserId),
                reason: row.reason,
                from: Timestamp(row.from_at),
                until: row.until_at.map(Timestamp),
                ended_at: row.ended_at.map(Timestamp),
                ended_cause: cause,
            })
        })
        .collect()
}
