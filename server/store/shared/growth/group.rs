//! Many more groups: those that are there again, each with one more leader.

use super::{chunks, nothing, signed, unsigned};
use crate::{
    Conn,
    shared::{Fault, bulk::Meter, group::flags},
};
use store_model::Growth;

/// Whatever can be made again: gives its members nothing, neither permissions nor others to lead.
const MODELS: &str = "INSERT INTO patterns (place, id) \
    SELECT row_number() OVER (ORDER BY g.id) - 1, g.id FROM groups g \
    WHERE g.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM group_permissions p WHERE p.group_id = g.id) \
        AND NOT EXISTS (SELECT 1 FROM leader_groups l WHERE l.leader_group_id = g.id)";

/// $3 how many patterns there are, $4 the id of the first copy, $5 when they were made.
const GROUPS: &str = numbered!(concat!(
    "INSERT INTO groups (id, name, name_key, description, ",
    flags!(""),
    ", auto_leave, \
        join_token, created_at, sort_key) \
    SELECT $4 + n.i, g.name || ' ' || (2 + n.i / $3), g.name_key || ' ' || (2 + n.i / $3), g.description, ",
    flags!("g."),
    ", \
        g.auto_leave, g.join_token || '-' || (2 + n.i / $3), $5, \
        g.sort_key || ' ' || (2 + n.i / $3) \
    FROM n JOIN patterns p ON p.place = n.i % $3 JOIN groups g ON g.id = p.id"
));

/// $3 how many patterns there are, $4 the id of the first copy.
const STATES: &str = numbered!(
    "INSERT INTO group_states (group_id, state_id) SELECT $4 + n.i, s.state_id \
    FROM n JOIN patterns p ON p.place = n.i % $3 JOIN group_states s ON s.group_id = p.id"
);

/// Whoever leads the pattern, and somebody new: $5 the id of the first of them, $6 how many there are.
const LEADERS: &str = numbered!(
    "INSERT INTO leaders (user_id, group_id) SELECT l.user_id, $4 + n.i \
    FROM n JOIN patterns p ON p.place = n.i % $3 JOIN leaders l ON l.group_id = p.id \
    UNION SELECT u.id, $4 + n.i FROM n JOIN users u ON u.id = $5 + n.i * 7 % $6 WHERE u.is_active"
);

/// Adds the groups. `first` is the first of the users who came with them.
pub(super) async fn add(conn: &mut Conn, growth: &Growth, first: i64, meter: &mut Meter<'_>) -> Result<(), Fault> {
    sqlx::query("CREATE TEMPORARY TABLE patterns (place INTEGER PRIMARY KEY, id BIGINT NOT NULL)")
        .execute(&mut *conn)
        .await?;
    let patterns = signed(sqlx::query(MODELS).execute(&mut *conn).await?.rows_affected());
    if patterns == 0 {
        return Err(nothing("groups"));
    }
    let last =
        sqlx::query_scalar!(r#"SELECT COALESCE(max(id), 0) AS "last!: i64" FROM groups"#).fetch_one(&mut *conn).await?;
    for (from, to) in chunks(0, signed(growth.groups)) {
        let made = growth.from.0;
        let numbers = |statement| sqlx::query(statement).bind(from).bind(to).bind(patterns).bind(last + 1);
        numbers(GROUPS).bind(made).execute(&mut *conn).await?;
        numbers(STATES).execute(&mut *conn).await?;
        numbers(LEADERS).bind(first).bind(signed(growth.users)).execute(&mut *conn).await?;
        meter.add(unsigned(to - from));
    }
    Ok(())
}
