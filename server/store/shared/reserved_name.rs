//! Reserved names (R12).

use super::{
    Fault, admin, name, name_form,
    paging::{self, next_cursor, push_limit},
};
use crate::{Conn, Db};
use domain::{ActorRef, Listing, Permission, ReservedNameId, ReservedNameQuery, ReservedNameRow, Timestamp, UserId};
use sqlx::{FromRow, QueryBuilder};

/// The name of a reservation.
pub(crate) async fn find(conn: &mut Conn, id: ReservedNameId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("SELECT name FROM reserved_names WHERE id = $1", id.0).fetch_optional(conn).await
}

/// The reservation of a name that is known to be reserved.
pub(crate) async fn find_id(conn: &mut Conn, reserved: &str) -> sqlx::Result<ReservedNameId> {
    let key = name::key(reserved);
    sqlx::query_scalar!("SELECT id FROM reserved_names WHERE name_key = $1", key)
        .fetch_one(conn)
        .await
        .map(ReservedNameId)
}

/// Reserves a name.
pub(crate) async fn insert(
    conn: &mut Conn,
    wanted: &str,
    reason: &str,
    by: Option<UserId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (key, order, by) = (name::key(wanted), name::order(wanted), by.map(|user| user.0));
    sqlx::query!(
        "INSERT INTO reserved_names (name, name_key, reason, created_by, created_at, sort_key)
            VALUES ($1, $2, $3, $4, $5, $6)",
        wanted,
        key,
        reason,
        by,
        now.0,
        order
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Frees one.
pub(crate) async fn delete(conn: &mut Conn, id: ReservedNameId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM reserved_names WHERE id = $1", id.0).execute(&mut *conn).await?;
    name_form::RESERVED.release(conn).await
}

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    sort_key: String,
    reason: String,
    created_by: Option<i64>,
    username: Option<String>,
    created_at: i64,
}

/// A page of the reserved names, by name.
pub(crate) async fn list(
    conn: &mut Conn,
    viewer: UserId,
    wanted: &ReservedNameQuery,
) -> Result<Listing<ReservedNameRow>, Fault> {
    let seq = admin::enter(conn, viewer, Permission::ManageReservedNames).await?.seq;
    let mut query = QueryBuilder::<Db>::new(
        "SELECT r.id, r.name, r.sort_key, r.reason, r.created_by, u.username, r.created_at \
         FROM reserved_names r LEFT JOIN users u ON u.id = r.created_by WHERE TRUE",
    );
    if let Some(pattern) = name::pattern(&wanted.search) {
        query.push(" AND r.sort_key LIKE ").push_bind(pattern).push(" ESCAPE '\\'");
    }
    if let Some((last, key)) = paging::place(wanted.cursor.as_deref()) {
        query.push(" AND (r.sort_key, r.id) > (").push_bind(key).push(", ").push_bind(last).push(")");
    }
    query.push(" ORDER BY r.sort_key, r.id");
    push_limit(&mut query, wanted.limit);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let next_cursor = next_cursor(&mut rows, wanted.limit, |row| paging::cursor(row.id, &row.sort_key));
    let items = rows.into_iter().map(|row| ReservedNameRow {
        id: ReservedNameId(row.id),
        name: row.name,
        reason: row.reason,
        created_by: row.created_by.zip(row.username).map(|(id, username)| ActorRef { id: UserId(id), username }),
        created_at: Timestamp(row.created_at),
    });
    Ok(Listing { items: items.collect(), next_cursor, seq })
}
