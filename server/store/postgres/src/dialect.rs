//! What only PostgreSQL says in its way.

use crate::{Conn, Db, MIGRATIONS};
use domain::{GroupId, RequestId, Seq, Unwritable, UserId};
use sqlx::{Connection, QueryBuilder, error::DatabaseError, migrate::MigrateError, postgres::PgDatabaseError};
use std::future::{Ready, ready};

/// Begins a transaction that will write.
pub(crate) const BEGIN_WRITE: &str = "BEGIN";

/// Runs the migrations that the database has not seen, all of them or none, one process after the other.
pub(crate) async fn migrate(conn: &mut Conn) -> Result<(), MigrateError> {
    let mut tx = conn.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock(hashtext('muster schema'))").execute(&mut *tx).await?;
    MIGRATIONS.run(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// The newest place in the feed.
pub(crate) async fn head(conn: &mut Conn) -> sqlx::Result<Seq> {
    let seq = sqlx::query_scalar!("SELECT seq FROM event_head WHERE one = 1").fetch_one(conn).await?;
    Ok(Seq(seq))
}

/// Keeps everybody else from changing what rights are made of, and waits for all who rely on it.
pub(crate) async fn lock_instance(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('muster rights'))").execute(conn).await?;
    Ok(())
}

/// Relies on what rights are made of until the end of the transaction, beside others who do.
pub(crate) async fn share_instance(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock_shared(hashtext('muster rights'))").execute(conn).await?;
    Ok(())
}

/// Shares the instance, then holds a group as it is, against changes and deletion but not against other membership
/// commands: in one statement, whose order the subquery keeps.
///
/// The relay that counts members updates the row, too, and neither waits for the other: a stronger lock would stop it.
pub(crate) async fn lock_group(conn: &mut Conn, id: GroupId) -> sqlx::Result<()> {
    sqlx::query!(
        "WITH shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(hashtext('muster rights')))
            SELECT g.id FROM shared CROSS JOIN groups g WHERE g.id = $1 FOR KEY SHARE OF g",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(())
}

/// Locks the group and the user of a request as `lock_group` and `lock_user` do, in this order.
pub(crate) async fn lock_request(conn: &mut Conn, id: RequestId) -> sqlx::Result<()> {
    sqlx::query!(
        "WITH shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(hashtext('muster rights')))
            SELECT r.id FROM shared CROSS JOIN requests r JOIN groups g ON g.id = r.group_id
                JOIN users u ON u.id = r.user_id
            WHERE r.id = $1 FOR KEY SHARE OF g FOR NO KEY UPDATE OF u",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(())
}

/// Takes turns with every other command about these users, in the order of their ids.
pub(crate) async fn lock_users(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<()> {
    sqlx::query!("SELECT id FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", ids).fetch_all(conn).await?;
    Ok(())
}

/// Takes turns with every other process that works off jobs.
pub(crate) async fn lock_jobs(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('muster jobs'))").execute(conn).await?;
    Ok(())
}

/// Takes turns with every other command about this user. Rows that refer to the user can still be added.
pub(crate) async fn lock_user(conn: &mut Conn, id: UserId) -> sqlx::Result<()> {
    sqlx::query!("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", id.0).fetch_optional(conn).await?;
    Ok(())
}

/// Takes turns with everybody else who is about to make the first user: no row is there to lock.
pub(crate) async fn lock_first_run(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('muster first run'))").execute(conn).await?;
    Ok(())
}

/// Takes turns with everybody else who is about to give an account a username or an e-mail address (R17): no row is there
/// to lock, and no one index has both.
pub(crate) async fn lock_account_keys(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('muster account keys'))").execute(conn).await?;
    Ok(())
}

/// Left to the relay: a counter in place would make approvals for one group wait for each other.
pub(crate) fn count_member(_: &mut Conn, _: GroupId, _: i64) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Left to the relay, as `count_member` is.
pub(crate) const fn push_count_members(_: &mut QueryBuilder<Db>, _: GroupId, _: i64) {}

/// Begins one of the changes that go together: parts of one statement, of which each sees what was there before it.
pub(crate) fn open_change(query: &mut QueryBuilder<Db>, number: usize) {
    query.push(if number == 0 { "WITH change_" } else { ", change_" }).push(number).push(" AS (");
}

/// Ends it.
pub(crate) fn close_change(query: &mut QueryBuilder<Db>) {
    query.push(" RETURNING 1) ");
}

/// Makes them, so that what comes next sees them.
pub(crate) async fn make_changes(conn: &mut Conn, mut query: QueryBuilder<Db>) -> sqlx::Result<QueryBuilder<Db>> {
    query.push("SELECT 1").build().execute(conn).await?;
    Ok(QueryBuilder::new(""))
}

/// Adds to a statement that it is to do nothing where the last of so many changes before it changed nothing.
pub(crate) fn push_if_changed(query: &mut QueryBuilder<Db>, changes: usize) {
    query.push(" WHERE EXISTS (SELECT 1 FROM change_").push(changes.saturating_sub(1)).push(")");
}

/// Adds ` is one of these ids`, in a form that is the same statement for any number of them.
pub(crate) fn push_is_any_of(query: &mut QueryBuilder<Db>, ids: &[i64]) {
    query.push(" = ANY(").push_bind(ids.to_vec()).push(")");
}

/// Adds ` is one of these texts`, in a form that is the same statement for any number of them.
pub(crate) fn push_is_any_of_texts(query: &mut QueryBuilder<Db>, texts: &[&str]) {
    let list: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    query.push(" = ANY(").push_bind(list).push(")");
}

/// Gives the making of indices room. To be said before the transaction.
pub(crate) const BEFORE_BULK: &str = "SET maintenance_work_mem = '256MB'";
/// Looks at the tables anew, and notes which pages everybody may see: walks along an index alone depend on it.
pub(crate) const AFTER_BULK: &str = "VACUUM ANALYZE";
/// The references of large tables and the indices that only help to find rows, each with the statements that drop it and
/// make it again.
pub(crate) const BURDENS: &str = "WITH large (name) AS (VALUES ('users'), ('characters'), ('name_words'), ('memberships'), \
         ('grants'), ('requests'), ('events'), ('notifications')) \
     SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname), \
         'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) \
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace \
         AND conrelid IN (SELECT to_regclass(name) FROM large) \
     UNION ALL SELECT 'DROP INDEX ' || quote_ident(indexname), indexdef FROM pg_indexes \
     WHERE schemaname = current_schema() AND indexdef LIKE 'CREATE INDEX%' AND tablename IN (SELECT name FROM large) \
     ORDER BY 1";
/// Makes room for the next stories of a growing community. Deleted rows would stay until the end of the transaction, and
/// be passed again by every statement.
pub(crate) const EMPTY_TOLD: &str = "TRUNCATE told";

/// The columns of an event that say where it stands.
pub(crate) const PLACE: &str = "id, seq";

/// Adds the place of the event that is `line` lines after these.
pub(crate) fn push_place(query: &mut QueryBuilder<Db>, id: i64, seq: Seq) {
    query.push_bind(id).push(" + line, ").push_bind(seq.0).push(" + line");
}

/// Moves the feed to its last event, and lets ids be drawn after those that were given.
pub(crate) async fn finish_bulk(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query!("UPDATE event_head SET seq = (SELECT COALESCE(max(seq), 0) FROM events) WHERE one = 1")
        .execute(&mut *conn)
        .await?;
    go_on_after_given_ids(conn).await
}

/// Lets ids be drawn after those that were given, in every table that draws them.
async fn go_on_after_given_ids(conn: &mut Conn) -> sqlx::Result<()> {
    let drawing: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.columns \
            WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES' ORDER BY 1",
    )
    .fetch_all(&mut *conn)
    .await?;
    for table in drawing {
        let mut query = QueryBuilder::<Db>::new("SELECT setval(pg_get_serial_sequence(");
        query.push_bind(&table).push(", 'id'), max(id)) FROM ").push(&table).push(" HAVING max(id) IS NOT NULL");
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Numbers the events that were inserted whole, and lets ids be drawn after those that were given.
///
/// The relay finds nothing to number and to count: what it would count is in the numbers of members already.
pub(crate) async fn finish_seed(conn: &mut Conn) -> sqlx::Result<()> {
    let head = sqlx::query_scalar!("SELECT seq FROM event_head WHERE one = 1 FOR UPDATE").fetch_one(&mut *conn).await?;
    let numbered = sqlx::query!(
        "UPDATE events SET seq = $1 + next.place
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM events WHERE seq IS NULL) AS next
            WHERE events.id = next.id",
        head
    )
    .execute(&mut *conn)
    .await?
    .rows_affected();
    sqlx::query!("UPDATE event_head SET seq = seq + $1 WHERE one = 1", i64::try_from(numbered).unwrap_or(0))
        .execute(&mut *conn)
        .await?;
    go_on_after_given_ids(conn).await
}

/// The name and version of the database program, and how large the database is, in bytes.
pub(crate) async fn database(conn: &mut Conn) -> sqlx::Result<(String, i64)> {
    let (version, bytes): (String, i64) =
        sqlx::query_as("SELECT current_setting('server_version'), pg_database_size(current_database())")
            .fetch_one(conn)
            .await?;
    Ok((format!("PostgreSQL {version}"), bytes))
}

/// Nothing to ask: PostgreSQL lets no reference dangle.
pub(crate) fn check(_: &mut Conn, _: &mut Vec<String>) -> Ready<sqlx::Result<()>> {
    ready(Ok(()))
}

/// Whether others were in the way: a deadlock, or a transaction that could not be put in an order.
pub(crate) fn is_busy(error: &dyn DatabaseError) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK: &str = "40P01";
    const TOO_MANY_CONNECTIONS: &str = "53300";
    matches!(error.code().as_deref(), Some(SERIALIZATION_FAILURE | DEADLOCK | TOO_MANY_CONNECTIONS))
}

/// Whether running the transaction again may succeed.
pub(crate) fn may_pass(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(is_busy)
}

/// Whether the server is stopping or starting.
pub(crate) fn is_gone(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| code.starts_with("57P"))
}

/// Why the server keeps nothing: its disk is full, or it is a standby or was told so.
pub(crate) fn keeps_nothing(error: &dyn DatabaseError) -> Option<Unwritable> {
    const DISK_FULL: &str = "53100";
    const READ_ONLY_TRANSACTION: &str = "25006";
    match error.code().as_deref() {
        Some(DISK_FULL) => Some(Unwritable::DiskFull),
        Some(READ_ONLY_TRANSACTION) => Some(Unwritable::ReadOnly),
        _ => None,
    }
}

/// Whether what is stored cannot be read.
pub(crate) fn is_damage(error: &dyn DatabaseError) -> bool {
    const DATA_CORRUPTED: &str = "XX001";
    const INDEX_CORRUPTED: &str = "XX002";
    matches!(error.code().as_deref(), Some(DATA_CORRUPTED | INDEX_CORRUPTED))
}

/// Writes and changes nothing.
pub(crate) const PROBE: &str = "UPDATE settings SET one = one";

/// The unique index that refused a row, by name.
pub(crate) fn unique_index(error: &dyn DatabaseError) -> Option<&str> {
    const UNIQUE_VIOLATION: &str = "23505";
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    (error.code() == UNIQUE_VIOLATION).then(|| error.constraint()).flatten()
}

/// Whether a table is not there.
pub(crate) fn is_missing_table(error: &dyn DatabaseError) -> bool {
    const UNDEFINED_TABLE: &str = "42P01";
    error.code().is_some_and(|code| code == UNDEFINED_TABLE)
}
