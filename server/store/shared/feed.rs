//! The feed: events by their place in it.

use super::{
    Fault,
    event::{EVENT, EventRow, logged},
};
use crate::{Conn, Db, dialect};
use domain::{RecordedEvent, Seq};
use sqlx::QueryBuilder;

/// The oldest place and the newest.
pub(crate) async fn bounds(conn: &mut Conn) -> sqlx::Result<(Seq, Seq)> {
    let head = dialect::head(conn).await?;
    let oldest =
        sqlx::query_scalar!(r#"SELECT COALESCE(min(seq), 1) AS "seq!: i64" FROM feed"#).fetch_one(conn).await?;
    Ok((Seq(oldest), head))
}

/// What came after a place.
pub(crate) async fn list_after(conn: &mut Conn, after: Seq) -> Result<Vec<RecordedEvent>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM feed WHERE seq > ").push_bind(after.0).push(" ORDER BY seq LIMIT 1000");
    let rows: Vec<EventRow> = query.build_query_as().fetch_all(conn).await?;
    Ok(logged(rows)?)
}
