//! (c): how late the last of many open streams hears of a decision, and what a stream holds.
//!
//! Each stream has a token of its own, of somebody who sees everything, so that every stream is told of every event. The
//! limits on calls are those that Muster comes with.

use crate::{
    approvals::WAIT,
    http::{Connection, post},
    process::Serving,
    table::Table,
};
use data_encoding::BASE64URL_NOPAD;
use rusqlite::{Connection as Sqlite, params};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::TcpStream,
};

/// How long decisions are made.
const LASTS: u32 = 15;
/// Streams that are opened and closed again before the memory of the others is looked at: what the first of them makes the
/// process hold once is no memory of a stream.
const WARM: usize = 50;

/// Decisions a second, to a thousand streams and to more: each of them is told of each.
const fn pace(streams: usize) -> u32 {
    if streams > 1_000 { 10 } else { 100 }
}

/// What was heard, and when.
#[derive(Default)]
struct Heard {
    /// When each approval was asked for and when it was answered, by whose request it was.
    decided: HashMap<i64, (Instant, Instant)>,
    /// By place in the feed: when the last stream was told, and how many were.
    told: HashMap<i64, (Instant, usize)>,
    /// Whose request was approved at which place, as the first stream says.
    places: HashMap<i64, i64>,
}

/// Measures this many streams over a database.
pub fn measure(program: &Path, database: &str, streams: usize, table: &mut Table) {
    let conn = Sqlite::open(database.trim_start_matches("sqlite://")).expect("opens");
    let first: i64 = conn.query_row("SELECT max(id) FROM requests", [], |row| row.get(0)).expect("is read");
    conn.execute(WAIT, []).expect("they ask");
    let waiting: Vec<(i64, i64)> = conn
        .prepare("SELECT id, user_id FROM requests WHERE id > ?1 ORDER BY id LIMIT ?2")
        .and_then(|mut statement| {
            statement
                .query_map([first, i64::from(pace(streams) * LASTS)], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .expect("are read");
    let tokens = make_tokens(&conn, streams + 1);
    drop(conn);

    let serving = Serving::muster_with_limits(program, database);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("starts");
    let heard = Arc::new(Mutex::new(Heard::default()));
    let (before, open) = runtime.block_on(async {
        for token in &tokens[..WARM] {
            drop(follow(&serving.address, token).await);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before = serving.memory();
        let mut open = Vec::new();
        for (place, token) in tokens[..streams].iter().enumerate() {
            let lines = follow(&serving.address, token).await;
            open.push(tokio::spawn(hear(lines, place == 0, Arc::clone(&heard))));
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let memory = serving.memory();
        decide(&serving, &tokens[streams], &waiting, pace(streams), &heard).await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        for stream in open {
            stream.abort();
        }
        (before, memory)
    });
    let heard = heard.lock().expect("is whole");
    let (mut since_asked, mut since_answered) = (Vec::new(), Vec::new());
    for (person, (asked, answered)) in &heard.decided {
        let (last, count) = heard.told[&heard.places[person]];
        assert_eq!(count, streams, "every stream tells of {person} once");
        since_asked.push(millis(last, *asked));
        since_answered.push(millis(last, *answered));
    }
    assert_eq!(heard.decided.len(), waiting.len(), "all are decided");
    let none = || "–".to_owned();
    let say = |late: Vec<f64>| {
        let (half, most) = percentiles(late);
        format!("p50 {half:.0} ms, p99 {most:.0} ms")
    };
    table.add(
        &format!("(c) committed and answered → last of {streams} streams, {} decisions/s, a token each", pace(streams)),
        format!("{} ({} decisions)", say(since_answered), waiting.len()),
        none(),
        none(),
        if streams > 1_000 { "< 1 s" } else { "p50 < 15 ms, p99 < 100 ms" },
    );
    table.add(
        &format!("(c) the same since the decision was asked for, {streams} streams"),
        say(since_asked),
        none(),
        none(),
        "–",
    );
    let each = f64::from(u32::try_from(streams).unwrap_or(u32::MAX));
    table.add(
        &format!("(c) memory a stream, of {streams}"),
        format!("{:.1} kB", (open - before) * 1024.0 / each),
        none(),
        none(),
        "≤ 20 kB",
    );
}

fn millis(later: Instant, earlier: Instant) -> f64 {
    later.saturating_duration_since(earlier).as_secs_f64() * 1000.0
}

/// The median, and what one in a hundred is beyond.
fn percentiles(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[values.len() * 99 / 100])
}

/// Tokens of a superuser, written as Muster would: a command for each would take longer than all that is measured.
fn make_tokens(conn: &Sqlite, count: usize) -> Vec<String> {
    let tx = conn.unchecked_transaction().expect("begins");
    let tokens = (0..count).map(|number| {
        let secret: [u8; 32] = Sha256::digest(number.to_le_bytes()).into();
        let hash: [u8; 32] = Sha256::digest(secret).into();
        tx.execute(
            "INSERT INTO tokens (user_id, token_hash, name, created_at) \
                SELECT id, ?1, 'bench', created_at FROM users WHERE username = 'ada'",
            params![hash],
        )
        .expect("is made");
        format!("muster_{}", BASE64URL_NOPAD.encode(&secret))
    });
    let tokens = tokens.collect();
    tx.commit().expect("is committed");
    tokens
}

/// Opens a stream.
async fn follow(address: &str, token: &str) -> Lines<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let head = format!("GET /api/v1/events HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("is sent");
    let mut lines = BufReader::with_capacity(4096, stream).lines();
    let status = lines.next_line().await.expect("answers").unwrap_or_default();
    assert!(status.contains("200"), "{status}");
    lines
}

/// Notes when each event came. One stream also says what they are: to read them all would take what Muster needs.
async fn hear(mut lines: Lines<BufReader<TcpStream>>, reads: bool, heard: Arc<Mutex<Heard>>) {
    let mut place = 0;
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(id) = line.strip_prefix("id: ") {
            place = id.parse().expect("is a number");
        } else if line.starts_with("data: ") {
            let now = Instant::now();
            let mut heard = heard.lock().expect("is whole");
            let told = heard.told.entry(place).or_insert((now, 0));
            *told = (now, told.1 + 1);
            if let Some(person) = reads.then(|| decided(&line["data: ".len()..])).flatten() {
                heard.places.insert(person, place);
            }
        }
    }
}

/// Whose request was accepted, if one was.
fn decided(event: &str) -> Option<i64> {
    let event: serde_json::Value = serde_json::from_str(event).ok()?;
    (event["action"] == "accepted").then(|| event["requestor"]["id"].as_i64()).flatten()
}

/// Approves in an even pace.
async fn decide(serving: &Serving, token: &str, requests: &[(i64, i64)], pace: u32, heard: &Arc<Mutex<Heard>>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / pace);
    let mut deciding = Vec::new();
    for (request, person) in requests.iter().copied() {
        ticks.tick().await;
        let (address, heard) = (serving.address.clone(), Arc::clone(heard));
        let headers = format!("authorization: Bearer {token}\r\n");
        deciding.push(tokio::task::spawn_blocking(move || {
            let path = format!("/api/v1/requests/{request}/approve");
            let mut connection = Connection::to(&address);
            let asked = Instant::now();
            let answer = connection.ask(&post(&address, &path, &headers, "application/json", "{}"));
            let answered = Instant::now();
            assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
            heard.lock().expect("is whole").decided.insert(person, (asked, answered));
        }));
    }
    for one in deciding {
        one.await.expect("is answered");
    }
}
