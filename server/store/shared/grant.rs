//! Grants as a history: who was in a group when, and why (R14). Nothing is written here.

use super::{
    Fault,
    code::decode,
    person::{BY, ByRow, PERSON, PersonRow},
};
use crate::{Conn, Db, dialect};
use domain::{Cause, GroupId, Person, Timestamp, UserId};
use sqlx::{FromRow, QueryBuilder};
use std::collections::HashMap;
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

/// Grants by the group and the user of the membership that they hold.
pub(crate) type GrantsByMember = HashMap<(i64, i64), Vec<domain::Grant>>;

/// The live grants of these members of a group, oldest first.
pub(crate) async fn list_of_members(conn: &mut Conn, group: GroupId, members: &[i64]) -> Result<GrantsByMember, Fault> {
    let mut query = select_live();
    query.push(" AND r.group_id = ").push_bind(group.0).push(" AND r.user_id");
    dialect::push_is_any_of(&mut query, members);
    list_live(conn, query).await
}

/// The live grants of a user for these groups, oldest first.
pub(crate) async fn list_of_user(conn: &mut Conn, user: UserId, groups: &[i64]) -> Result<GrantsByMember, Fault> {
    let mut query = select_live();
    query.push(" AND r.user_id = ").push_bind(user.0).push(" AND r.group_id");
    dialect::push_is_any_of(&mut query, groups);
    list_live(conn, query).await
}

fn select_live() -> QueryBuilder<Db> {
    let mut query =
        QueryBuilder::new("SELECT r.id AS grant_id, r.group_id, r.user_id, r.kind, r.reason, r.from_at, r.until_at, ");
    query.push(BY).push(
        " FROM grants r LEFT JOIN users d ON d.id = r.actor_id LEFT JOIN characters dc ON dc.id = d.main_character_id \
         WHERE r.ended_at IS NULL",
    );
    query
}

async fn list_live(conn: &mut Conn, mut query: QueryBuilder<Db>) -> Result<GrantsByMember, Fault> {
    #[derive(FromRow)]
    struct Row {
        grant_id: i64,
        group_id: i64,
        user_id: i64,
        kind: i64,
        reason: Option<String>,
        from_at: i64,
        until_at: Option<i64>,
        #[sqlx(flatten)]
        by: ByRow,
    }
    let rows: Vec<Row> = query.push(" ORDER BY r.id").build_query_as().fetch_all(conn).await?;
    let mut held = GrantsByMember::new();
    for row in rows {
        held.entry((row.group_id, row.user_id)).or_default().push(domain::Grant {
            kind: decode("grants", "kind", row.grant_id, row.kind)?,
            by: row.by.into(),
            reason: row.reason,
            from: Timestamp(row.from_at),
            until: row.until_at.map(Timestamp),
        });
    }
    Ok(held)
}
