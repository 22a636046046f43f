//! Many more people: those who are there again, with numbers behind their names.

use super::{chunks, nothing, signed, unsigned};
use crate::{
    Conn,
    shared::{Fault, bulk::Meter},
};
use store_model::Growth;

/// How long before everything else the first of them came, in microseconds: a year.
const EARLIER: i64 = 365 * 24 * 3_600 * 1_000_000;

/// Whoever can be made again: holds nothing of their own that a copy would hold, too.
const MODELS: &str = "INSERT INTO models (place, id) \
    SELECT row_number() OVER (ORDER BY u.id) - 1, u.id FROM users u \
    WHERE u.deleted_at IS NULL AND NOT u.is_staff AND NOT u.is_superuser \
        AND NOT EXISTS (SELECT 1 FROM user_permissions p WHERE p.user_id = u.id)";

/// $3 how many models there are, $4 the id of the first copy, $5 when it came, $6 how long after it the next.
const USERS: &str = numbered!(
    "INSERT INTO users (id, username, username_key, email, email_key, password_hash, is_active, is_staff, \
        is_superuser, settled_requester, state_id, sort_key, search_key, created_at) \
    SELECT $4 + n.i, u.username || '.' || (2 + n.i / $3), u.username_key || '.' || (2 + n.i / $3), \
        (2 + n.i / $3) || '.' || u.email, (2 + n.i / $3) || '.' || u.email_key, u.password_hash, u.is_active, FALSE, FALSE, \
        u.is_active AND EXISTS (SELECT 1 FROM state_permissions p WHERE p.state_id = u.state_id AND p.permission = 0), \
        u.state_id, \
        CASE WHEN u.main_character_id IS NULL THEN u.sort_key || '.' || (2 + n.i / $3) \
            ELSE u.sort_key || ' ' || (2 + n.i / $3) END, \
        u.search_key || '.' || (2 + n.i / $3), \
        $5 + n.i * $6 \
    FROM n JOIN models m ON m.place = n.i % $3 JOIN users u ON u.id = m.id"
);

/// $4 the id of the first copy, $5 the last id of a character, $6 the last one in the outside world.
const CHARACTERS: &str = numbered!(
    "INSERT INTO characters (id, user_id, external_id, name, corporation_id, corporation_name, \
        alliance_id, alliance_name, faction_id, faction_name) \
    SELECT $5 + 1 + n.i, $4 + n.i, $6 + 1 + n.i, c.name || ' ' || (2 + n.i / $3), c.corporation_id, c.corporation_name, \
        c.alliance_id, c.alliance_name, c.faction_id, c.faction_name \
    FROM n JOIN models m ON m.place = n.i % $3 JOIN users u ON u.id = m.id \
        JOIN characters c ON c.id = u.main_character_id"
);

/// Makes each character of these the main of its user: $1 and $2 the first and last id, $3 how far beyond the user's.
const MAINS: &str = "UPDATE users SET main_character_id = id + $3 WHERE id BETWEEN $1 AND $2 \
    AND EXISTS (SELECT 1 FROM characters c WHERE c.id = users.id + $3)";

/// Adds the people; answers the id of the first.
pub(super) async fn add(conn: &mut Conn, growth: &Growth, meter: &mut Meter<'_>) -> Result<i64, Fault> {
    sqlx::query("CREATE TEMPORARY TABLE models (place INTEGER PRIMARY KEY, id BIGINT NOT NULL)")
        .execute(&mut *conn)
        .await?;
    let models = signed(sqlx::query(MODELS).execute(&mut *conn).await?.rows_affected());
    if models == 0 {
        return Err(nothing("people"));
    }
    let last = sqlx::query!(
        r#"SELECT (SELECT COALESCE(max(id), 0) FROM users) AS "user!: i64",
            (SELECT COALESCE(max(id), 0) FROM characters) AS "character!: i64",
            (SELECT COALESCE(max(external_id), 0) FROM characters) AS "outside!: i64""#
    )
    .fetch_one(&mut *conn)
    .await?;
    let (first, count) = (last.user + 1, signed(growth.users));
    for (from, to) in chunks(0, count) {
        sqlx::query(USERS)
            .bind(from)
            .bind(to)
            .bind(models)
            .bind(first)
            .bind(growth.from.0 - EARLIER)
            .bind(EARLIER / count)
            .execute(&mut *conn)
            .await?;
        sqlx::query(CHARACTERS)
            .bind(from)
            .bind(to)
            .bind(models)
            .bind(first)
            .bind(last.character)
            .bind(last.outside)
            .execute(&mut *conn)
            .await?;
        let beyond = last.character + 1 - first;
        sqlx::query(MAINS).bind(first + from).bind(first + to - 1).bind(beyond).execute(&mut *conn).await?;
        meter.add(unsigned(to - from));
    }
    Ok(first)
}
