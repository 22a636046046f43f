//! The two schemas are one: tables, columns, what may be null, keys and indices.

use sqlx::{Connection, PgConnection, SqliteConnection};
use std::{collections::BTreeSet, pin::pin, time::Duration};
use store::{Engine, Store};
use store_testing::{Database, both};

/// One line for each thing a schema has, in words that both databases share.
type Schema = BTreeSet<String>;

/// What only PostgreSQL has: numbers for events come after the commit there.
const POSTGRES_ONLY: [&str; 15] = [
    "column event_head.one bigint not null",
    "column event_head.seq bigint not null",
    "column events.seq bigint null",
    "primary key event_head (one)",
    "index events_unnumbered on events (id) partial",
    "unique index events_seq on events (seq)",
    "index events_group on events (group_id, seq)",
    "index events_group_kind on events (group_id, kind, seq)",
    "index events_subject on events (subject_id, group_id, seq)",
    "index events_about on events (subject_id, seq)",
    "index events_at on events (at, seq)",
    "index events_by on events (actor_id, seq)",
    "index events_by_kind on events (actor_id, kind, seq)",
    "index events_kind on events (kind, seq)",
    "table event_head",
];
/// What only SQLite has: there the id is the number.
const SQLITE_ONLY: [&str; 8] = [
    "index events_group on events (group_id, id)",
    "index events_group_kind on events (group_id, kind, id)",
    "index events_subject on events (subject_id, group_id, id)",
    "index events_about on events (subject_id, id)",
    "index events_at on events (at, id)",
    "index events_by on events (actor_id, id)",
    "index events_by_kind on events (actor_id, kind, id)",
    "index events_kind on events (kind, id)",
];

const SQLITE_SCHEMA: &str = "
    SELECT 'table ' || name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx_%'
    UNION ALL
    SELECT 'column ' || t.name || '.' || c.name || ' '
            || CASE lower(c.type) WHEN 'integer' THEN 'bigint' WHEN 'blob' THEN 'bytea' ELSE lower(c.type) END
            || CASE WHEN c.\"notnull\" THEN ' not null' ELSE ' null' END
        FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_sqlx_%'
    UNION ALL
    SELECT 'primary key ' || name || ' (' || keys || ')' FROM (
        SELECT t.name, (SELECT group_concat(name, ', ') FROM
            (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)) AS keys
        FROM sqlite_schema t
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_sqlx_%') WHERE keys IS NOT NULL
    UNION ALL
    SELECT 'foreign key ' || t.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || f.\"to\" || ' on delete '
            || lower(f.on_delete)
        FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
    UNION ALL
    SELECT CASE WHEN i.\"unique\" THEN 'unique ' ELSE '' END || 'index ' || i.name || ' on ' || t.name || ' ('
            || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')'
            || CASE WHEN i.partial THEN ' partial' ELSE '' END
        FROM sqlite_schema t JOIN pragma_index_list(t.name) i
        WHERE t.type = 'table' AND i.origin = 'c'
    UNION ALL
    SELECT 'view ' || v.name || '.' || c.name FROM sqlite_schema v JOIN pragma_table_info(v.name) c WHERE v.type = 'view'";

const POSTGRES_SCHEMA: &str = "
    SELECT 'table ' || table_name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_sqlx\\_%'
    UNION ALL
    SELECT 'column ' || c.table_name || '.' || c.column_name || ' ' || c.data_type
            || CASE WHEN c.is_nullable = 'NO' THEN ' not null' ELSE ' null' END
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_sqlx\\_%'
    UNION ALL
    SELECT 'primary key ' || k.conrelid::regclass || ' (' || (
            SELECT string_agg(a.attname, ', ' ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number) || ')'
        FROM pg_constraint k WHERE k.contype = 'p' AND k.connamespace = 'public'::regnamespace
            AND k.conrelid::regclass::text NOT LIKE '\\_sqlx\\_%'
    UNION ALL
    SELECT 'foreign key ' || k.conrelid::regclass || '.' || f.attname || ' to ' || k.confrelid::regclass || '.' || t.attname
            || ' on delete ' || CASE k.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' ELSE 'no action' END
        FROM pg_constraint k
        JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = k.conkey[1]
        JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1]
        WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
    UNION ALL
    SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || 'index ' || i.indexrelid::regclass || ' on '
            || i.indrelid::regclass || ' (' || (
            SELECT string_agg(a.attname, ', ' ORDER BY p.place) FROM unnest(i.indkey) WITH ORDINALITY AS p (number, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.number) || ')'
            || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary AND c.relname NOT LIKE '\\_sqlx\\_%'
    UNION ALL
    SELECT 'view ' || c.table_name || '.' || c.column_name
        FROM information_schema.columns c JOIN information_schema.views v USING (table_schema, table_name)
        WHERE table_schema = 'public'";

async fn sqlite_schema() -> Schema {
    let database = Database::create(Engine::Sqlite).await;
    let mut conn = SqliteConnection::connect(&database.url).await.unwrap();
    let lines: Vec<String> = sqlx::query_scalar(SQLITE_SCHEMA).fetch_all(&mut conn).await.unwrap();
    database.remove().await;
    lines.into_iter().collect()
}

async fn postgres_schema() -> Schema {
    let database = Database::create(Engine::Postgres).await;
    let mut conn = PgConnection::connect(&database.url).await.unwrap();
    let lines: Vec<String> = sqlx::query_scalar(POSTGRES_SCHEMA).fetch_all(&mut conn).await.unwrap();
    database.remove().await;
    lines.into_iter().collect()
}

fn set(lines: &[&str]) -> Schema {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[tokio::test]
async fn both_schemas_are_one() {
    let (sqlite, postgres) = tokio::join!(sqlite_schema(), postgres_schema());
    assert!(sqlite.len() > 200, "the schema is read: {}", sqlite.len());
    assert_eq!(sqlite.difference(&postgres).cloned().collect::<Schema>(), set(&SQLITE_ONLY), "only on SQLite");
    assert_eq!(postgres.difference(&sqlite).cloned().collect::<Schema>(), set(&POSTGRES_ONLY), "only on PostgreSQL");
}

#[tokio::test]
async fn every_foreign_key_has_an_index() {
    let schema = sqlite_schema().await;
    for key in schema.iter().filter_map(|line| line.strip_prefix("foreign key ")) {
        let (table, column) = key.split_once(' ').unwrap().0.split_once('.').unwrap();
        let starts = [format!(" on {table} ({column}"), format!("primary key {table} ({column}")];
        let whole = |line: &&String| !line.ends_with(" partial");
        let indexed = schema.iter().filter(whole).any(|line| starts.iter().any(|start| line.contains(start.as_str())));
        assert!(indexed, "{table}.{column}");
    }
}

both!(migrating_again_changes_nothing, |t| async move {
    assert_eq!(t.store.pending_migrations().await.unwrap(), 0);
    t.store.migrate().await.unwrap();
    t.is_sound().await;
});

#[tokio::test]
async fn what_is_pending_is_counted() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = Database::create_empty(engine).await;
        let store = Store::open(&database.url).await.unwrap();
        assert_eq!(store.engine(), engine);
        store.ping().await.unwrap();
        assert!(store.pending_migrations().await.unwrap() > 0);
        assert_eq!(store.check().await.unwrap().len(), 1, "the check says so");
        store.migrate().await.unwrap();
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
        store.close().await;
        database.remove().await;
    }
}

#[tokio::test]
async fn one_process_serves_a_file() {
    let database = Database::create(Engine::Sqlite).await;
    let (one, two) = (Store::open(&database.url).await.unwrap(), Store::open(&database.url).await.unwrap());
    one.claim_for_serving().unwrap();
    assert!(matches!(two.claim_for_serving(), Err(store::StoreError::InUse(_))));
    one.close().await;
    two.claim_for_serving().unwrap();
    two.close().await;
    database.remove().await;
}

#[tokio::test]
async fn a_url_of_something_else_is_told() {
    let answer = Store::open("mysql://user:secret@host/db").await;
    let Err(error @ store::StoreError::UnknownUrl(_)) = answer else { panic!("it opened") };
    assert!(!error.to_string().contains("secret"), "a password stays out of the log");
}

/// A lock of a connection would stay on whichever one a pooler had lent, and the next process would wait for ever.
#[tokio::test]
async fn processes_take_turns_to_migrate_by_a_lock_that_ends_with_the_transaction() {
    const LOCKS: &str = "SELECT count(*) FILTER (WHERE granted), count(*) FILTER (WHERE NOT granted) FROM pg_locks \
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let database = Database::create_empty(Engine::Postgres).await;
    let store = Store::open(&database.url).await.expect("opens");
    let mut other = PgConnection::connect(&database.url).await.expect("connects");
    let mut turn = other.begin().await.expect("begins");
    sqlx::query("SELECT pg_advisory_xact_lock(hashtext('muster schema'))").execute(&mut *turn).await.expect("locks");
    let mut migrating = pin!(store.migrate());
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let held = loop {
        tokio::select! {
            _ = &mut migrating => panic!("it does not wait for its turn"),
            _ = ticks.tick() => {}
        }
        let (held, awaited): (i64, i64) = sqlx::query_as(LOCKS).fetch_one(&mut *turn).await.expect("answers");
        if awaited == 1 {
            break held;
        }
    };
    assert_eq!(held, 1, "whoever waits holds none but that of the transaction");
    turn.rollback().await.expect("ends");
    migrating.await.expect("migrates");
    let left: (i64, i64) = sqlx::query_as(LOCKS).fetch_one(&mut other).await.expect("answers");
    assert_eq!(left, (0, 0), "nothing is left of it");
    assert_eq!(store.check().await.expect("checks"), Vec::<String>::new());
    store.close().await;
    other.close().await.expect("closes");
    database.remove().await;
}
