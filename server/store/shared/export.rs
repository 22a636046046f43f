//! Every group with every member, for an export by whoever runs the instance.

use super::{
    Fault,
    group::{FlagColumns, flags},
    paging,
};
use crate::{Conn, Db};
use domain::{GroupId, Timestamp, UserId};
use futures::TryStreamExt;
use sqlx::QueryBuilder;
use store_model::{GroupLine, MemberLine};

#[derive(sqlx::FromRow)]
struct GroupRow {
    id: i64,
    name: String,
    sort_key: String,
    description: String,
    #[sqlx(flatten)]
    flags: FlagColumns,
    member_count: i64,
}

/// Groups after this place, by name. Those of the dead are not among them.
pub(crate) async fn groups(conn: &mut Conn, after: &str) -> sqlx::Result<Vec<GroupLine>> {
    let (last, key) = paging::place(Some(after)).unwrap_or_default();
    let mut query = QueryBuilder::<Db>::new(concat!(
        "SELECT id, name, sort_key, description, ",
        flags!(""),
        ", member_count FROM groups WHERE deleted_at IS NULL AND (sort_key, id) > ("
    ));
    query.push_bind(key).push(", ").push_bind(last).push(") ORDER BY sort_key, id LIMIT 500");
    let rows: Vec<GroupRow> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|row| GroupLine {
            id: GroupId(row.id),
            name: row.name,
            place: paging::cursor(row.id, &row.sort_key),
            description: row.description,
            flags: row.flags.into(),
            members: u64::try_from(row.member_count).unwrap_or(0),
        })
        .collect())
}

/// Tells of every membership, by group and person: one statement, of which a few rows at a time are in memory.
pub(crate) async fn members(conn: &mut Conn, tell: &mut (dyn FnMut(MemberLine) + Send)) -> Result<(), Fault> {
    let mut rows = sqlx::query!(
        r#"SELECT g.id AS "group_id!: i64", g.name AS "group_name!: String", u.id AS "user_id!: i64",
                u.username AS "username!: String", c.name AS "character?: String", m.since AS "since!: i64"
            FROM groups g JOIN memberships m ON m.group_id = g.id JOIN users u ON u.id = m.user_id
                LEFT JOIN characters c ON c.id = u.main_character_id
            WHERE g.deleted_at IS NULL ORDER BY g.sort_key, g.id, m.sort_key, m.user_id"#
    )
    .fetch(conn);
    while let Some(row) = rows.try_next().await? {
        tell(MemberLine {
            group: GroupId(row.group_id),
            group_name: row.group_name,
            user: UserId(row.user_id),
            username: row.username,
            character: row.character,
            since: Timestamp(row.since),
        });
    }
    Ok(())
}
