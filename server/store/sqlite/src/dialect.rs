//! What only SQLite says in its way.

use crate::{Conn, Db, MIGRATIONS};
use domain::{GroupId, RequestId, Seq, Unwritable, UserId};
use sqlx::{QueryBuilder, error::DatabaseError, migrate::MigrateError};
use std::future::{Ready, ready};

/// Begins a transaction that will write: it takes the write lock at once, since one that reads first and writes later is
/// refused where another wrote in between.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Runs the migrations that the database has not seen, one process after the other: there is one writer at a time.
pub(crate) async fn migrate(conn: &mut Conn) -> Result<(), MigrateError> {
    MIGRATIONS.run(conn).await
}

/// The newest place in the feed.
pub(crate) async fn head(conn: &mut Conn) -> sqlx::Result<Seq> {
    let seq = sqlx::query_scalar!(r#"SELECT COALESCE(max(id), 0) AS "seq!: i64" FROM events"#).fetch_one(conn).await?;
    Ok(Seq(seq))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_group(_: &mut Conn, _: GroupId) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_user(_: &mut Conn, _: UserId) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_request(_: &mut Conn, _: RequestId) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_users(_: &mut Conn, _: &[i64]) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_instance(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn share_instance(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_jobs(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_first_run(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to lock: there is one writer at a time.
pub(crate) fn lock_account_keys(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Counts a member in place: nobody else writes to that row meanwhile.
pub(crate) async fn count_member(conn: &mut Conn, group: GroupId, delta: i64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE groups SET member_count = member_count + $2 WHERE id = $1", group.0, delta)
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds to a statement that adds or deletes memberships of a group that they are counted by so many each, in place: nobody
/// else writes to that row meanwhile.
pub(crate) fn push_count_members(query: &mut QueryBuilder<Db>, group: GroupId, delta: i64) {
    query.push("; UPDATE groups SET member_count = member_count + changes() * ").push_bind(delta);
    query.push(" WHERE changes() > 0 AND id = ").push_bind(group.0);
}

/// Begins one of the changes that go together: statements that go to the thread of the connection at once.
pub(crate) const fn open_change(_: &mut QueryBuilder<Db>, _: usize) {}

/// Ends it.
pub(crate) fn close_change(query: &mut QueryBuilder<Db>) {
    query.push("; ");
}

/// Nothing to do: each of them is made before the next.
pub(crate) fn make_changes(_: &mut Conn, query: QueryBuilder<Db>) -> Ready<sqlx::Result<QueryBuilder<Db>>> {
    ready(Ok(query))
}

/// Adds to a statement that it is to do nothing where the last of so many changes before it changed nothing.
pub(crate) fn push_if_changed(query: &mut QueryBuilder<Db>, _: usize) {
    query.push(" WHERE changes() > 0");
}

/// Adds ` is one of these ids`, in a form that is the same statement for any number of them.
pub(crate) fn push_is_any_of(query: &mut QueryBuilder<Db>, ids: &[i64]) {
    let list = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    query.push(" IN (SELECT value FROM json_each(").push_bind(format!("[{list}]")).push("))");
}

/// Adds ` is one of these texts`, in a form that is the same statement for any number of them.
pub(crate) fn push_is_any_of_texts(query: &mut QueryBuilder<Db>, texts: &[&str]) {
    let list = serde_json::to_string(texts).unwrap_or_default();
    query.push(" IN (SELECT value FROM json_each(").push_bind(list).push("))");
}

/// Keeps what is sorted for an index in a file, not in memory. To be said before the transaction.
pub(crate) const BEFORE_BULK: &str = "PRAGMA temp_store = file";
/// Looks at the tables anew: plans for few rows would be kept until the database looks by itself.
pub(crate) const AFTER_BULK: &str = "ANALYZE";
/// The indices that only help to find rows, each with the statements that drop it and make it again. References can not
/// be dropped here.
pub(crate) const BURDENS: &str = "SELECT 'DROP INDEX ' || name, sql FROM sqlite_schema \
     WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' \
     AND tbl_name IN ('users', 'characters', 'name_words', 'memberships', 'grants', 'requests', 'events', 'notifications') \
     ORDER BY name";
/// Makes room for the next stories of a growing community.
pub(crate) const EMPTY_TOLD: &str = "DELETE FROM told";

/// The columns of an event that say where it stands.
pub(crate) const PLACE: &str = "id";

/// Adds the place of the event that is `line` lines after these.
pub(crate) fn push_place(query: &mut QueryBuilder<Db>, id: i64, _: Seq) {
    query.push_bind(id).push(" + line");
}

/// Nothing to do: ids that are given move the ids that are drawn, and they are the places in the feed.
pub(crate) fn finish_bulk(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Nothing to do: ids that are given move the ids that are drawn, and they are the places in the feed.
pub(crate) fn finish_seed(_: &mut Conn) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// The name and version of the database program, and how large the database is, in bytes.
pub(crate) async fn database(conn: &mut Conn) -> sqlx::Result<(String, i64)> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *conn).await?;
    let bytes =
        sqlx::query_scalar("SELECT page_count * page_size FROM pragma_page_count() CROSS JOIN pragma_page_size()")
            .fetch_one(conn)
            .await?;
    Ok((format!("SQLite {version}"), bytes))
}

/// Adds what the database itself finds wrong.
pub(crate) async fn check(conn: &mut Conn, findings: &mut Vec<String>) -> sqlx::Result<()> {
    let dangling: Vec<(String, Option<i64>, String)> =
        sqlx::query_as(r#"SELECT "table", rowid, parent FROM pragma_foreign_key_check"#).fetch_all(&mut *conn).await?;
    for (table, row, parent) in dangling {
        let row = row.map_or_else(String::new, |row| format!(" {row}"));
        findings.push(format!("Row{row} of {table} refers to a row of {parent} that is not there."));
    }
    let verdicts: Vec<String> =
        sqlx::query_scalar("SELECT integrity_check FROM pragma_integrity_check").fetch_all(conn).await?;
    findings.extend(verdicts.into_iter().filter(|verdict| verdict != "ok"));
    Ok(())
}

/// SQLite's own code, without what it adds to it.
fn primary_code(error: &dyn DatabaseError) -> Option<i64> {
    error.code()?.parse::<i64>().ok().map(|code| code & 0xff)
}

/// Whether another process held the lock for too long.
pub(crate) fn is_busy(error: &dyn DatabaseError) -> bool {
    const BUSY: i64 = 5;
    const LOCKED: i64 = 6;
    matches!(primary_code(error), Some(BUSY | LOCKED))
}

/// Whether the file or its disk is the trouble.
pub(crate) fn is_gone(error: &dyn DatabaseError) -> bool {
    const IO: i64 = 10;
    const CANNOT_OPEN: i64 = 14;
    matches!(primary_code(error), Some(IO | CANNOT_OPEN))
}

/// Why the file keeps nothing.
///
/// A write that the system refuses is taken for one without room: beyond a full disk that is a quota, or a limit on the
/// size of files, for which SQLite has no code of its own. `Files::explain` knows better where the disk is read-only.
pub(crate) fn keeps_nothing(error: &dyn DatabaseError) -> Option<Unwritable> {
    const READ_ONLY: i64 = 8;
    const FULL: i64 = 13;
    const WRITE_REFUSED: &str = "778";
    const NO_ROOM_FOR_SHARED_MEMORY: &str = "4874";
    const MOVED: &str = "1032";
    match (primary_code(error), error.code().as_deref()) {
        (_, Some(MOVED)) => Some(Unwritable::DatabaseReplaced),
        (Some(READ_ONLY), _) => Some(Unwritable::ReadOnly),
        (Some(FULL), _) | (_, Some(WRITE_REFUSED | NO_ROOM_FOR_SHARED_MEMORY)) => Some(Unwritable::DiskFull),
        _ => None,
    }
}

/// Whether the file holds something else than a whole database.
pub(crate) fn is_damage(error: &dyn DatabaseError) -> bool {
    const CORRUPT: i64 = 11;
    const NO_DATABASE: i64 = 26;
    matches!(primary_code(error), Some(CORRUPT | NO_DATABASE))
}

/// Writes and changes nothing: an update to what a row holds already would not be written.
pub(crate) const PROBE: &str = "PRAGMA user_version = 0";

/// Whether the error may have ended the whole transaction, not only the statement
/// (<https://www.sqlite.org/lang_transaction.html>, "Response to errors").
pub(crate) fn ends_transaction(error: &sqlx::Error) -> bool {
    const NO_MEMORY: i64 = 7;
    const INTERRUPTED: i64 = 9;
    match error {
        sqlx::Error::Database(cause) => {
            let cause = cause.as_ref();
            is_busy(cause)
                || is_gone(cause)
                || is_damage(cause)
                || keeps_nothing(cause).is_some()
                || matches!(primary_code(cause), Some(NO_MEMORY | INTERRUPTED))
        }
        sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_) => true,
        _ => false,
    }
}

/// The unique index that refused a row, named by its columns: `table.column, table.column`.
pub(crate) fn unique_index(error: &dyn DatabaseError) -> Option<&str> {
    error.message().split_once("UNIQUE constraint failed: ").map(|(_, columns)| columns)
}

/// Whether a table is not there.
pub(crate) fn is_missing_table(error: &dyn DatabaseError) -> bool {
    error.message().starts_with("no such table")
}
