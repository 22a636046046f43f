//! `muster move`, as whoever runs an instance meets it.

use crate::command_line::{Instance, said};
use sqlx::{Connection, Executor};
use store::{Engine, Store};
use store_testing::Database;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_moves_by_one_command_and_is_served_from_there() {
    let instance = Instance::new();
    let target = Database::create_empty(Engine::Postgres).await;
    let moving = ["move", "--to", target.url.as_str()];
    let (status, _, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(1), "there is nothing to move: {error}");

    assert_eq!(said(&instance.run(&["seed-demo"])).0, Some(0));
    let (_, members, _) = said(&instance.run(&["group", "export"]));
    let serving = instance.serve(&[]);
    let (status, _, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(1), "not while it is served");
    assert!(error.contains("Stop it first"), "{error}");
    serving.terminate();

    let (status, out, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(0), "{error}");
    assert!(out.contains("holds all that"), "{out}");
    let there = ["--database-url", target.url.as_str()];
    let at_target = |arguments: &[&str]| said(&instance.run(&[arguments, there.as_slice()].concat()));
    assert_eq!(at_target(&["check"]).0, Some(0));
    let (_, moved, _) = at_target(&["group", "export"]);
    assert!(moved.lines().count() > 10_000);
    assert_eq!(moved, members, "everybody is where they were");
    let serving = instance.serve(&there);
    serving.sign_in(server::demo::SIGN_INS[0].1, server::demo::PASSWORD);
    serving.terminate();

    let (status, _, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(1), "a second time there is something in the way");
    assert!(error.contains("has accounts already"), "{error}");
    let (status, _, error) = said(&instance.run(&["move", "--to", "sqlite://elsewhere.db"]));
    assert_eq!(status, Some(1), "{error}");

    // The file is as it was.
    assert_eq!(said(&instance.run(&["check"])).0, Some(0));
    Store::open(&target.url).await.expect("opens").close().await;
    target.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_are_the_same_move_along_and_are_told_there() {
    let instance = Instance::new();
    assert_eq!(said(&instance.run(&["migrate"])).0, Some(0));
    for (name, email) in [("bo", "bo@example.org"), ("max", "max@example.org")] {
        let create = ["user", "create", name, "--email", email, "--password-stdin"];
        let (status, _, error) = said(&instance.run_with_input(&create, &format!("password of {name}\n")));
        assert_eq!(status, Some(0), "{error}");
    }
    // As they were written before names were compared as they are now.
    let file = format!("sqlite://{}", instance.database().join("muster.db").display());
    let mut conn = sqlx::SqliteConnection::connect(&file).await.expect("opens");
    for statement in [
        "UPDATE users SET username = 'b\u{ad}o', username_key = 'b\u{ad}o' WHERE username = 'max'",
        "UPDATE users SET email = 'b\u{ad}o@example.org', email_key = 'b\u{ad}o@example.org' WHERE email LIKE 'max%'",
        "DELETE FROM name_words",
        "UPDATE name_form SET form = 0",
    ] {
        conn.execute(statement).await.expect("is done");
    }
    conn.close().await.expect("closes");
    assert_eq!(said(&instance.run(&["migrate"])).0, Some(0));
    let (status, told, _) = said(&instance.run(&["check"]));
    assert_eq!(
        (status, told.lines().filter(|line| line.contains("has the same name as")).count()),
        (Some(1), 2),
        "{told}"
    );

    let target = Database::create_empty(Engine::Postgres).await;
    let (status, _, error) = said(&instance.run(&["move", "--to", target.url.as_str()]));
    assert_eq!(status, Some(0), "{error}");
    let there = ["--database-url", target.url.as_str()];
    let (status, told_there, _) = said(&instance.run(&[&["check"][..], &there].concat()));
    let findings = |text: &str| {
        let mut findings: Vec<_> = text.lines().filter(|line| line.starts_with("- ")).map(str::to_owned).collect();
        findings.sort();
        findings
    };
    assert_eq!((status, findings(&told_there)), (Some(1), findings(&told)));
    // Each is let in by their own spelling, there as here.
    let serving = instance.serve(&there);
    serving.sign_in("bo", "password+of+bo");
    serving.sign_in("b%C2%ADo", "password+of+max");
    serving.terminate();
    target.remove().await;
}

/// How many of something there are in a database.
async fn count(pool: &sqlx::PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(pool).await.expect("answers")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_is_killed_leaves_nothing_behind() {
    const MOVING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND pid <> pg_backend_pid()";
    const COPYING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND query LIKE 'COPY%'";
    const LEFT: &str = "SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')) \
        + (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' \
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
    let instance = Instance::new();
    assert_eq!(said(&instance.run(&["seed-demo"])).0, Some(0));
    let files = || {
        let list = std::fs::read_dir(instance.database()).expect("is there");
        let mut names: Vec<_> = list.map(|entry| entry.expect("is there").file_name()).collect();
        names.sort();
        names
    };
    let before = files();
    let target = Database::create_empty(Engine::Postgres).await;
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(&target.url).await.expect("opens");
    assert_eq!(count(&pool, LEFT).await, 0);
    let mut moving = instance.command(&["move", "--to", target.url.as_str()]).spawn().expect("runs");
    while count(&pool, COPYING).await == 0 {
        assert!(moving.try_wait().expect("can be asked").is_none(), "it was over before it was seen");
    }
    moving.kill().expect("can be killed");
    moving.wait().expect("ends");
    while count(&pool, MOVING).await > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(count(&pool, LEFT).await, 0, "the target is as it was");
    let left: Vec<_> = files().into_iter().filter(|name| !before.contains(name)).collect();
    // SQLite tidies them up at the next look; the lock ends with the process.
    let known = ["muster.db-wal", "muster.db-shm", "muster.db-serving"];
    assert!(left.iter().all(|name| known.iter().any(|known| name == *known)), "{left:?}");
    let (status, _, error) = said(&instance.run(&["move", "--to", target.url.as_str()]));
    assert_eq!(status, Some(0), "and it can be tried again: {error}");
}
