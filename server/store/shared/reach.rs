//! How far groups reach: walks along leader groups, each by one recursive statement.
//!
//! SQLite joins across `CROSS JOIN` from left to right. It would read all groups to find the few that were walked to.

use super::code;
use crate::{Conn, Db, dialect};
use domain::{GroupId, Reach, StateId, UserId};
use sqlx::QueryBuilder;
use std::collections::HashMap;

/// What being in a group, or leading it, opens: over all groups that are led through it.
pub(crate) async fn of_group(conn: &mut Conn, id: GroupId) -> sqlx::Result<Reach> {
    let row = sqlx::query!(
        r#"WITH RECURSIVE led (id) AS (
                SELECT CAST($1 AS BIGINT)
                UNION SELECT lg.group_id FROM led JOIN leader_groups lg ON lg.leader_group_id = led.id)
            SELECT EXISTS (SELECT 1 FROM led CROSS JOIN groups g
                    WHERE g.id = led.id AND g.restricted AND g.deleted_at IS NULL) AS "restricted!: bool",
                COALESCE(CAST((SELECT sum(DISTINCT CAST(1 AS BIGINT) << CAST(gp.permission AS INTEGER))
                    FROM led CROSS JOIN groups g JOIN group_permissions gp ON gp.group_id = g.id
                    WHERE g.id = led.id AND g.deleted_at IS NULL) AS BIGINT), 0) AS "given!: i64""#,
        id.0
    )
    .fetch_one(conn)
    .await?;
    Ok(Reach { restricted: row.restricted, permissions: code::permissions(row.given) })
}

/// What being in each of these groups opens. Those that open nothing are there too.
pub(crate) async fn of_groups(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<HashMap<i64, Reach>> {
    let mut query =
        QueryBuilder::<Db>::new("WITH RECURSIVE led (first_id, id) AS (SELECT f.id, f.id FROM groups f WHERE f.id");
    dialect::push_is_any_of(&mut query, ids);
    query.push(
        " UNION SELECT led.first_id, lg.group_id FROM led JOIN leader_groups lg ON lg.leader_group_id = led.id) \
         SELECT led.first_id, CAST(max(CASE WHEN g.restricted THEN 1 ELSE 0 END) AS BIGINT) AS restricted, \
         COALESCE(CAST(sum(DISTINCT CAST(1 AS BIGINT) << CAST(gp.permission AS INTEGER)) AS BIGINT), 0) AS given \
         FROM led CROSS JOIN groups g LEFT JOIN group_permissions gp ON gp.group_id = g.id \
         WHERE g.id = led.id AND g.deleted_at IS NULL GROUP BY led.first_id",
    );
    let rows: Vec<(i64, i64, i64)> = query.build_query_as().fetch_all(conn).await?;
    let reach = |restricted, given| Reach { restricted: restricted == 1, permissions: code::permissions(given) };
    Ok(rows.into_iter().map(|(id, restricted, given)| (id, reach(restricted, given))).collect())
}

/// What a user opens: the groups they are in or lead, and all that are led through those.
pub(crate) async fn of_user(conn: &mut Conn, id: UserId) -> sqlx::Result<Reach> {
    let row = sqlx::query!(
        r#"WITH RECURSIVE led (id) AS (
                SELECT group_id FROM memberships WHERE user_id = $1
                UNION SELECT group_id FROM leaders WHERE user_id = $1
                UNION SELECT lg.group_id FROM led JOIN leader_groups lg ON lg.leader_group_id = led.id)
            SELECT EXISTS (SELECT 1 FROM led CROSS JOIN groups g
                    WHERE g.id = led.id AND g.restricted AND g.deleted_at IS NULL) AS "restricted!: bool",
                COALESCE(CAST((SELECT sum(DISTINCT CAST(1 AS BIGINT) << CAST(gp.permission AS INTEGER))
                    FROM led CROSS JOIN groups g JOIN group_permissions gp ON gp.group_id = g.id
                    WHERE g.id = led.id AND g.deleted_at IS NULL) AS BIGINT), 0) AS "given!: i64""#,
        id.0
    )
    .fetch_one(conn)
    .await?;
    Ok(Reach { restricted: row.restricted, permissions: code::permissions(row.given) })
}

/// What being in each state opens through the open groups that are bound to it: whoever comes to be in the state can
/// join those. States that open no group are absent.
pub(crate) async fn of_states(conn: &mut Conn) -> sqlx::Result<Vec<(StateId, Reach)>> {
    let rows = sqlx::query!(
        r#"WITH RECURSIVE led (state_id, id) AS (
                SELECT gs.state_id, gs.group_id FROM group_states gs JOIN groups g ON g.id = gs.group_id
                    WHERE g.open AND NOT g.internal AND g.deleted_at IS NULL
                UNION SELECT led.state_id, lg.group_id FROM led JOIN leader_groups lg ON lg.leader_group_id = led.id)
            SELECT led.state_id AS "state_id!: i64",
                CAST(max(CASE WHEN g.restricted THEN 1 ELSE 0 END) AS BIGINT) AS "restricted!: i64",
                COALESCE(CAST(sum(DISTINCT CAST(1 AS BIGINT) << CAST(gp.permission AS INTEGER)) AS BIGINT), 0)
                    AS "given!: i64"
            FROM led CROSS JOIN groups g LEFT JOIN group_permissions gp ON gp.group_id = g.id
            WHERE g.id = led.id AND g.deleted_at IS NULL GROUP BY led.state_id"#
    )
    .fetch_all(conn)
    .await?;
    let reach = |restricted: i64, given| Reach { restricted: restricted == 1, permissions: code::permissions(given) };
    Ok(rows.into_iter().map(|row| (StateId(row.state_id), reach(row.restricted, row.given))).collect())
}
