//! (b): approvals a second over HTTP, each durable before it is answered, beside the same changes by the database alone.

use crate::{
    http::{Connection, post},
    process::{Serving, muster, run},
    table::Table,
};
use rusqlite::{Connection as Sqlite, params};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Instant,
};

/// How many approve at once.
const CLIENTS: usize = 64;
/// How many are approved.
const APPROVALS: usize = 3_000;
/// How many of them share a transaction at most, as in Muster.
const BATCH: usize = 128;
/// Names an empty PostgreSQL database.
const POSTGRES: &str = "MUSTER_BENCH_POSTGRES_URL";

/// Lets people ask for a closed group that `leila` leads, until so many wait: those who may, and are not in it.
pub const WAIT: &str = "INSERT INTO requests (group_id, group_name, user_id, kind, status, created_at) \
    SELECT g.id, g.name, u.id, 0, 0, u.created_at FROM (SELECT l.group_id AS id, g.name FROM leaders l JOIN groups g ON g.id = l.group_id \
        JOIN users u ON u.id = l.user_id WHERE u.username = 'leila' AND NOT g.open AND NOT g.internal AND NOT g.restricted \
            AND NOT EXISTS (SELECT 1 FROM group_states s WHERE s.group_id = g.id) ORDER BY g.id LIMIT 1) AS g \
        CROSS JOIN users u \
    WHERE u.is_active AND u.settled_requester AND NOT u.is_staff AND u.username <> 'leila' \
        AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = g.id AND m.user_id = u.id) \
        AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.group_id = g.id AND r.user_id = u.id AND r.status = 0) \
    ORDER BY u.id LIMIT 3000";

/// Approves all of these over HTTP; answers how many a second.
fn over_http(serving: &Serving, token: &str, requests: &[i64]) -> f64 {
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let mut connection = Connection::to(&serving.address);
                let headers = format!("authorization: Bearer {token}\r\n");
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let path = format!("/api/v1/requests/{request}/approve");
                    let answer = connection.ask(&post(&serving.address, &path, &headers, "application/json", "{}"));
                    let said = String::from_utf8_lossy(&answer.body).into_owned();
                    assert!((200..300).contains(&answer.status), "{request}: {} {said}", answer.status);
                }
            });
        }
    });
    rate(requests.len(), begun)
}

fn rate(count: usize, begun: Instant) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / begun.elapsed().as_secs_f64()
}

/// A token of `leila`, who leads the group.
fn token(program: &Path, database: &str) -> String {
    run(muster(program, database, &["token", "create", "leila"])).trim().to_owned()
}

/// On SQLite.
pub fn measure(program: &Path, database: &str, folder: &Path, table: &mut Table) {
    let file = PathBuf::from(database.trim_start_matches("sqlite://"));
    let conn = Sqlite::open(&file).expect("opens");
    let first: i64 = conn.query_row("SELECT max(id) FROM requests", [], |row| row.get(0)).expect("is read");
    conn.execute(WAIT, []).expect("they ask");
    let requests: Vec<i64> = conn
        .prepare("SELECT id FROM requests WHERE id > ?1 ORDER BY id")
        .and_then(|mut statement| statement.query_map([first], |row| row.get(0))?.collect())
        .expect("are read");
    assert_eq!(requests.len(), APPROVALS, "so many wait");
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)", []).ok();
    drop(conn);
    let copy = folder.join("alone.db");
    fs::copy(&file, &copy).expect("is copied");

    let secret = token(program, database);
    let serving = Serving::muster(program, database);
    let muster = over_http(&serving, &secret, &requests);
    drop(serving);
    let alone = by_rusqlite(&copy, &requests);
    table.add(
        &format!("(b) approvals by {CLIENTS} at once, SQLite, synchronous=FULL"),
        format!("{muster:.0}/s"),
        format!("rusqlite, group commit: {alone:.0}/s"),
        format!("{:.0} %", muster / alone * 100.0),
        "≥ 60 %",
    );
}

/// One writer with group commit, and as many who wait for it, without HTTP, rules or rights.
fn by_rusqlite(file: &Path, requests: &[i64]) -> f64 {
    let mut conn = Sqlite::open(file).expect("opens");
    for pragma in [
        "journal_mode = WAL",
        "synchronous = FULL",
        "cache_size = -65536",
        "mmap_size = 268435456",
        "foreign_keys = ON",
    ] {
        conn.query_row(&format!("PRAGMA {pragma}"), [], |_| Ok(())).ok();
    }
    conn.set_prepared_statement_cache_capacity(64);
    let (queue, waiting) = mpsc::channel::<(i64, mpsc::Sender<()>)>();
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let (queue, next) = (queue.clone(), &next);
            scope.spawn(move || {
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (done, answer) = mpsc::channel();
                    queue.send((*request, done)).expect("is taken");
                    answer.recv().expect("is committed");
                }
            });
        }
        drop(queue);
        while let Ok(first) = waiting.recv() {
            let mut batch = vec![first];
            batch.extend(waiting.try_iter().take(BATCH - 1));
            let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("begins");
            for (request, _) in &batch {
                approve(&tx, *request).expect("is approved");
            }
            tx.commit().expect("is committed");
            for (_, done) in batch {
                let _ = done.send(());
            }
        }
    });
    rate(requests.len(), begun)
}

/// What an approval reads and writes at least.
fn approve(conn: &Sqlite, request: i64) -> rusqlite::Result<()> {
    conn.prepare_cached("SAVEPOINT one")?.execute([])?;
    let (group, user): (i64, i64) = conn
        .prepare_cached("SELECT group_id, user_id FROM requests WHERE id = ?1 AND status = 0")?
        .query_row([request], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (username, sort_key): (String, String) = conn
        .prepare_cached("SELECT username, sort_key FROM users WHERE id = ?1 AND is_active")?
        .query_row([user], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let name: String = conn
        .prepare_cached("SELECT name FROM groups WHERE id = ?1 AND NOT internal")?
        .query_row([group], |row| row.get(0))?;
    conn.prepare_cached("UPDATE requests SET status = 1, settled_at = 1, settled_by = 4 WHERE id = ?1 AND status = 0")?
        .execute([request])?;
    conn.prepare_cached("INSERT INTO memberships (group_id, user_id, sort_key, since) VALUES (?1, ?2, ?3, 1)")?
        .execute(params![group, user, sort_key])?;
    conn.prepare_cached("INSERT INTO grants (group_id, user_id, kind, actor_id, from_at) VALUES (?1, ?2, 1, 4, 1)")?
        .execute([group, user])?;
    conn.prepare_cached("UPDATE groups SET member_count = member_count + 1 WHERE id = ?1")?.execute([group])?;
    conn.prepare_cached(
        "INSERT INTO events (at, kind, member_delta, group_id, group_name, subject_id, subject, actor_id, actor_name, \
            request_id) VALUES (1, 2, 1, ?1, ?2, ?3, ?4, 4, 'leila', ?5)",
    )?
    .execute(params![group, name, user, format!("{{\"id\":{user},\"username\":\"{username}\"}}"), request])?;
    conn.prepare_cached(
        "INSERT INTO notifications (user_id, subject_id, group_id, matter, event_id, at) \
            VALUES (?1, ?1, ?2, 0, last_insert_rowid(), 1)",
    )?
    .execute([user, group])?;
    conn.prepare_cached(
        "INSERT INTO receipts (actor_id, command_id, command, answer, at) VALUES (4, ?1, 'x', 'y', 1)",
    )?
    .execute([request.to_string()])?;
    conn.prepare_cached("RELEASE one")?.execute([])?;
    Ok(())
}

/// The same for pgbench: each client takes requests of its own, one after the other.
const SCRIPT: &str = r"\set n :n + 1
\set id :first + :client_id * :share + :n
BEGIN;
SELECT group_id, user_id FROM requests WHERE id = :id AND status = 0 \gset
SELECT username, sort_key FROM users WHERE id = :user_id AND is_active FOR NO KEY UPDATE;
SELECT name FROM groups WHERE id = :group_id AND NOT internal FOR KEY SHARE;
UPDATE requests SET status = 1, settled_at = 1, settled_by = 4 WHERE id = :id AND status = 0;
INSERT INTO memberships (group_id, user_id, sort_key, since) VALUES (:group_id, :user_id, 'x', 1);
INSERT INTO grants (group_id, user_id, kind, actor_id, from_at) VALUES (:group_id, :user_id, 1, 4, 1);
INSERT INTO events (at, kind, member_delta, group_id, group_name, subject_id, subject, actor_id, actor_name, request_id)
    VALUES (1, 2, 1, :group_id, 'group', :user_id, '{}', 4, 'leila', :id);
INSERT INTO notifications (user_id, subject_id, group_id, matter, event_id, at) VALUES (:user_id, :user_id, :group_id, 0, 1, 1);
INSERT INTO receipts (actor_id, command_id, command, answer, at) VALUES (4, :id, 'x', 'y', 1);
COMMIT;
";

/// On PostgreSQL, where a database is named.
pub fn measure_postgres(program: &Path, folder: &Path, table: &mut Table) {
    let Ok(url) = env::var(POSTGRES) else {
        eprintln!("  {POSTGRES} names no empty database: approvals on PostgreSQL are left out");
        return;
    };
    run(muster(program, &url, &["seed-demo", "--scale", "0.01"]));
    let ask = |statement: &str| {
        let mut command = Command::new("psql");
        command.args(["--no-psqlrc", "--tuples-only", "--no-align", "--dbname", &url, "--command", statement]);
        run(command)
    };
    let first: i64 = ask("SELECT max(id) FROM requests").trim().parse().expect("is a number");
    for _ in 0..2 {
        // One lot for Muster, one for pgbench, each by numbers without a gap.
        ask(WAIT);
        ask("UPDATE requests SET status = 3, settled_at = 1 WHERE status = 0 AND created_at < 0");
        ask(&format!("UPDATE requests SET status = 3, settled_at = 1 WHERE id > {first} AND status = 0"));
    }
    ask(&format!(
        "UPDATE requests SET status = 0, settled_at = NULL WHERE id > {first} AND id <= {first} + {APPROVALS}"
    ));
    let requests: Vec<i64> = ask(&format!("SELECT id FROM requests WHERE id > {first} AND status = 0 ORDER BY id"))
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    let secret = token(program, &url);
    let serving = Serving::muster(program, &url);
    let muster = over_http(&serving, &secret, &requests);
    drop(serving);

    // Undone, and done again by pgbench.
    let last = requests.last().copied().unwrap_or_default();
    ask(&format!(
        "DELETE FROM memberships m USING requests r WHERE r.id > {first} AND r.user_id = m.user_id AND r.group_id = m.group_id"
    ));
    ask(&format!(
        "UPDATE requests SET status = 0, settled_at = NULL, settled_by = NULL WHERE id > {first} AND id <= {last}"
    ));
    let script = folder.join("approve.sql");
    fs::write(&script, SCRIPT).expect("is written");
    let share = requests.len() / CLIENTS;
    let output = Command::new("pgbench")
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "-D", "n=0", "-D", &format!("first={first}")])
        .args(["-D", &format!("share={share}"), &format!("--client={CLIENTS}"), &format!("--transactions={share}")])
        .arg("--file")
        .arg(&script)
        .arg(&url)
        .stderr(Stdio::inherit())
        .output()
        .expect("pgbench is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
    let alone = tps.unwrap_or_else(|| panic!("{said}"));
    table.add(
        &format!("(b) approvals by {CLIENTS} at once, PostgreSQL"),
        format!("{muster:.0}/s"),
        format!("pgbench, the same rows: {alone:.0}/s"),
        format!("{:.0} %", muster / alone * 100.0),
        "≥ 60 %",
    );
}
