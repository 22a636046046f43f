//! The feed: events by their place in it.

use super::{
    Fault,
    event::{EventRow, logged},
};
use crate::{Conn, dialect};
use domain::{Logged, Seq};

/// The oldest place and the newest.
pub(crate) async fn bounds(conn: &mut Conn) -> sqlx::Result<(Seq, Seq)> {
    let head = dialect::head(conn).await?;
    let oldest =
        sqlx::query_scalar!(r#"SELECT COALESCE(min(seq), 1) AS "seq!: i64" FROM feed"#).fetch_one(conn).await?;
    Ok((Seq(oldest), head))
}

/// What came after a place.
pub(crate) async fn list_after(conn: &mut Conn, after: Seq) -> Result<Vec<Logged>, Fault> {
    let rows = sqlx::query_as!(
        EventRow,
        r#"SELECT seq AS "seq!", id AS "id!", at AS "at!", kind AS "kind!", group_id AS "group_id?",
                group_name AS "group_name?", subject AS "subject?", actor_id AS "actor_id?",
                actor_name AS "actor_name?", request_id AS "request_id?", cause AS "cause?", reason AS "reason?",
                comment AS "comment?", detail AS "detail?"
            FROM feed WHERE seq > $1 ORDER BY seq LIMIT 1000"#,
        after.0
    )
    .fetch_all(conn)
    .await?;
    Ok(logged(rows)?)
}
