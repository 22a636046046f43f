//! (c): how late the last of many open streams hears of a decision, and what a stream holds.

use crate::{
    http::{Connection, post},
    process::{Serving, muster, run},
    table::Table,
};
use rusqlite::Connection as Sqlite;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// Streams that one token may have open.
const A_TOKEN: usize = 50;
/// Decisions a second, to a thousand streams and to more: each of them is told of each.
const fn pace(streams: usize) -> u32 {
    if streams > 1_000 { 10 } else { 100 }
}

/// When the answer to each approval came, and when the last stream told of it, with how many did.
#[derive(Default)]
struct Heard {
    answered: HashMap<i64, Instant>,
    /// By whose request it was: no two of one person are decided.
    told: HashMap<i64, (Instant, usize)>,
}

/// Measures this many streams over a database in which requests wait.
pub fn measure(program: &Path, database: &str, streams: usize, table: &mut Table) {
    let conn = Sqlite::open(database.trim_start_matches("sqlite://")).expect("opens");
    let waiting: Vec<(i64, i64)> = conn
        .prepare(
            "SELECT min(r.id), r.user_id FROM requests r JOIN groups g ON g.id = r.group_id JOIN users u ON u.id = r.user_id \
                WHERE r.status = 0 AND r.kind = 0 AND NOT g.internal AND u.is_active GROUP BY r.user_id LIMIT 500",
        )
        .and_then(|mut statement| statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .expect("are read");
    drop(conn);
    let secret = |_| run(muster(program, database, &["token", "create", "ada"])).trim().to_owned();
    let tokens: Vec<String> = (0..streams.div_ceil(A_TOKEN)).map(secret).collect();
    let serving = Serving::muster(program, database);
    let before = serving.memory();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("starts");
    let heard = Arc::new(Mutex::new(Heard::default()));
    let memory = runtime.block_on(async {
        let mut open = Vec::new();
        for place in 0..streams {
            let token = &tokens[place / A_TOKEN];
            let mut stream = TcpStream::connect(&serving.address).await.expect("connects");
            let head = format!(
                "GET /api/v1/events HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\r\n",
                serving.address
            );
            stream.write_all(head.as_bytes()).await.expect("is sent");
            let mut lines = BufReader::new(stream).lines();
            let status = lines.next_line().await.expect("answers").unwrap_or_default();
            assert!(status.contains("200"), "{status}");
            let heard = Arc::clone(&heard);
            open.push(tokio::spawn(async move {
                while let Ok(Some(line)) = lines.next_line().await {
                    let Some(person) = line.strip_prefix("data: ").and_then(decided) else { continue };
                    let mut heard = heard.lock().expect("is whole");
                    let told = heard.told.entry(person).or_insert((Instant::now(), 0));
                    *told = (Instant::now(), told.1 + 1);
                }
            }));
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let memory = serving.memory();
        decide(&serving, &tokens[0], &waiting, pace(streams), &heard).await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        for stream in open {
            stream.abort();
        }
        memory
    });
    let heard = heard.lock().expect("is whole");
    let mut late: Vec<f64> = heard
        .answered
        .iter()
        .filter_map(|(person, answered)| {
            let (last, count) = heard.told.get(person)?;
            assert_eq!(*count, streams, "every stream tells of {person}");
            Some(last.saturating_duration_since(*answered).as_secs_f64() * 1000.0)
        })
        .collect();
    late.sort_by(f64::total_cmp);
    assert!(late.len() > waiting.len() / 2, "decisions are told of: {}", late.len());
    let none = || "–".to_owned();
    table.add(
        &format!("(c) decision answered → last of {streams} streams, {} decisions/s", pace(streams)),
        format!(
            "p50 {:.0} ms, p99 {:.0} ms ({} decisions)",
            late[late.len() / 2],
            late[late.len() * 99 / 100],
            late.len()
        ),
        none(),
        none(),
        if streams > 1_000 { "< 1 s" } else { "p50 < 15 ms, p99 < 100 ms" },
    );
    let each = f64::from(u32::try_from(streams).unwrap_or(u32::MAX));
    table.add(
        &format!("(c) memory a stream, of {streams}"),
        format!("{:.0} kB", (memory - before) * 1024.0 / each),
        none(),
        none(),
        "≤ 20 kB",
    );
}

/// Whose request was accepted, if one was.
fn decided(event: &str) -> Option<i64> {
    let event: serde_json::Value = serde_json::from_str(event).ok()?;
    (event["action"] == "accepted").then(|| event["requestor"]["id"].as_i64()).flatten()
}

/// Approves in an even pace, over a few connections in turn.
async fn decide(serving: &Serving, token: &str, requests: &[(i64, i64)], pace: u32, heard: &Arc<Mutex<Heard>>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / pace);
    let mut deciding = Vec::new();
    for (request, person) in requests.iter().copied() {
        ticks.tick().await;
        let (address, heard) = (serving.address.clone(), Arc::clone(heard));
        let headers = format!("authorization: Bearer {token}\r\n");
        deciding.push(tokio::task::spawn_blocking(move || {
            let path = format!("/api/v1/requests/{request}/approve");
            let answer = Connection::to(&address).ask(&post(&address, &path, &headers, "application/json", "{}"));
            if (200..300).contains(&answer.status) {
                heard.lock().expect("is whole").answered.insert(person, Instant::now());
            }
        }));
    }
    for one in deciding {
        one.await.expect("is answered");
    }
}
