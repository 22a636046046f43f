//! Whom a change touches, in the order of their ids.

use super::AT_ONCE;
use crate::{Conn, Db, shared::Fault};
use domain::{UserId, Who};
use sqlx::QueryBuilder;

/// How many ids of users one statement looks at, where it has to look at each.
const RANGE: i64 = 5000;
/// How many such statements are asked in a row.
const RANGES: usize = 4;

/// The state that `users u` with the main `characters c` should be in: `domain::state_of` in SQL.
const STATE_BY_DEFINITION: &str = "CASE WHEN u.is_active AND c.id IS NOT NULL THEN COALESCE((\
     SELECT s.id FROM states s WHERE s.deleted_at IS NULL AND (s.is_public OR EXISTS (\
     SELECT 1 FROM state_scopes x WHERE x.state_id = s.id AND (\
     (x.kind = 0 AND x.external_id = c.external_id) OR (x.kind = 1 AND x.external_id = c.corporation_id) \
     OR (x.kind = 2 AND x.external_id = c.alliance_id) OR (x.kind = 3 AND x.external_id = c.faction_id)))) \
     ORDER BY s.priority DESC LIMIT 1), 1) ELSE 1 END";

/// Some of those touched.
pub(super) struct Touched {
    /// Who, in order.
    pub(super) people: Vec<i64>,
    /// How far they were looked for.
    pub(super) last: UserId,
    /// Whether there are no more after that.
    pub(super) complete: bool,
}

impl Touched {
    /// Whether these, looked for from the beginning, are all, and few enough for the transaction of the change.
    pub(super) fn fits_at_once(&self) -> bool {
        self.complete && self.people.len() <= AT_ONCE
    }
}

/// Those touched after `last`, at most `limit` of them.
pub(super) async fn list(conn: &mut Conn, who: Who, last: UserId, limit: usize) -> Result<Touched, Fault> {
    if who == Who::Everyone {
        return displaced(conn, last, limit).await;
    }
    let mut query = QueryBuilder::<Db>::new("SELECT user_id FROM (");
    push(&mut query, who);
    query.push(") AS touched WHERE user_id > ").push_bind(last.0);
    query.push(" ORDER BY user_id LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let people: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    let complete = people.len() < limit;
    Ok(Touched { last: people.last().map_or(last, |last| UserId(*last)), people, complete })
}

/// How many there are to look at in all.
pub(super) async fn count(conn: &mut Conn, who: Who) -> Result<i64, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT count(*) FROM (");
    push(&mut query, who);
    Ok(query.push(") AS touched").build_query_scalar().fetch_one(conn).await?)
}

fn push(query: &mut QueryBuilder<Db>, who: Who) {
    match who {
        Who::User(id) => {
            query.push("SELECT id AS user_id FROM users WHERE id = ").push_bind(id.0);
        }
        Who::Everyone => {
            query.push("SELECT id AS user_id FROM users WHERE deleted_at IS NULL");
        }
        Who::Group(id) => {
            query.push("SELECT user_id FROM memberships WHERE group_id = ").push_bind(id.0);
            query.push(" UNION SELECT user_id FROM requests WHERE status = 0 AND group_id = ").push_bind(id.0);
        }
        Who::State(id) => {
            query.push("SELECT id AS user_id FROM users WHERE deleted_at IS NULL AND state_id = ").push_bind(id.0);
        }
        Who::LeaveApplicants => {
            query.push("SELECT DISTINCT user_id FROM requests WHERE status = 0 AND kind = 1");
        }
    }
}

/// Those who are in another state than the definitions say: nobody else has anything to lose by a definition.
async fn displaced(conn: &mut Conn, last: UserId, limit: usize) -> Result<Touched, Fault> {
    let end =
        sqlx::query_scalar!(r#"SELECT COALESCE(max(id), 0) AS "end!: i64" FROM users"#).fetch_one(&mut *conn).await?;
    let (mut people, mut from) = (Vec::new(), last.0);
    for _ in 0..RANGES {
        if from >= end || people.len() >= limit {
            break;
        }
        let mut query = QueryBuilder::<Db>::new(
            "SELECT u.id FROM users u LEFT JOIN characters c ON c.id = u.main_character_id \
             WHERE u.deleted_at IS NULL AND u.id > ",
        );
        query.push_bind(from).push(" AND u.id <= ").push_bind(from + RANGE);
        query.push(" AND u.state_id <> ").push(STATE_BY_DEFINITION).push(" ORDER BY u.id LIMIT ");
        query.push_bind(i64::try_from(limit - people.len()).unwrap_or(i64::MAX));
        people.extend(query.build_query_scalar::<i64>().fetch_all(&mut *conn).await?);
        from += RANGE;
    }
    let full = people.len() >= limit;
    let last = if full { people.last().copied().unwrap_or(from) } else { from };
    Ok(Touched { people, last: UserId(last), complete: !full && from >= end })
}
