//! (a) and (d): what a page costs, beside its rows as JSON and beside as many bytes from memory; and how that grows with the
//! tables.

use crate::{
    approvals::WAIT,
    http::{Connection, get},
    process::Serving,
    table::Table,
};
use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 8;
const TURN: Duration = Duration::from_secs(1);
const TURNS: usize = 5;

/// What is asked of one server.
struct Asked<'a> {
    serving: &'a Serving,
    request: String,
    count: f64,
    seconds: f64,
    cpu: f64,
}

impl<'a> Asked<'a> {
    fn of(serving: &'a Serving, path: &str, cookie: &str) -> Self {
        let request = get(&serving.address, path, cookie);
        Self { serving, request, count: 0.0, seconds: 0.0, cpu: 0.0 }
    }

    /// Asks over all connections for one turn.
    fn turn(&mut self) {
        let (begun, cpu) = (Instant::now(), self.serving.cpu());
        let count: u32 = thread::scope(|scope| {
            let ask = || {
                let mut connection = Connection::to(&self.serving.address);
                let mut count = 0;
                while begun.elapsed() < TURN {
                    assert_eq!(connection.ask(&self.request).status, 200, "{}", self.request);
                    count += 1;
                }
                count
            };
            let asking: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(ask)).collect();
            asking.into_iter().map(|asking| asking.join().expect("asks to the end")).sum()
        });
        self.count += f64::from(count);
        self.seconds += begun.elapsed().as_secs_f64();
        self.cpu += self.serving.cpu() - cpu;
    }

    fn cpu_ms(&self) -> f64 {
        self.cpu * 1000.0 / self.count
    }

    fn rate(&self) -> f64 {
        self.count / self.seconds
    }
}

/// Aims are told for a page of so many rows; a longer one may cost as much more.
const ROWS: f64 = 50.0;

/// How many rows a page has, as the plain server answers them.
fn count_rows(rows: &Serving) -> f64 {
    let answer = Connection::to(&rows.address).ask(&get(&rows.address, "/", ""));
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&answer.body).expect("are rows");
    f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

/// The pages by name, path, who asks, and whose rows they are in the plain server.
fn pages(database: &str) -> Vec<(&'static str, String, &'static str, i64)> {
    let file = database.trim_start_matches("sqlite://");
    let conn = rusqlite::Connection::open(file).expect("opens");
    let group: i64 = conn
        .query_row("SELECT id FROM groups WHERE NOT internal ORDER BY member_count DESC LIMIT 1", [], |row| row.get(0))
        .expect("is there");
    let leader: i64 =
        conn.query_row("SELECT id FROM users WHERE username = 'leila'", [], |row| row.get(0)).expect("is there");
    vec![
        ("groups", "/groups".to_owned(), "leila", leader),
        ("queue", "/requests".to_owned(), "leila", leader),
        ("members", format!("/manage/{group}/members"), "ada", group),
        ("audit", format!("/manage/{group}/audit"), "ada", group),
    ]
}

/// As many wait in the queue of `leila` in every database: a larger one must not have more rows on its page.
const WAITING: i64 = 500;

fn fill_queue(database: &str) {
    let conn = rusqlite::Connection::open(database.trim_start_matches("sqlite://")).expect("opens");
    let waiting = || {
        let led = "SELECT count(*) FROM requests r JOIN leaders l ON l.group_id = r.group_id \
            JOIN users u ON u.id = l.user_id WHERE u.username = 'leila' AND r.status = 0";
        conn.query_row(led, [], |row| row.get::<_, i64>(0)).expect("is read")
    };
    let statement = WAIT.replace("LIMIT 3000", &format!("LIMIT {}", WAITING.saturating_sub(waiting()).max(0)));
    conn.execute(&statement, []).expect("they ask");
    assert!(waiting() >= WAITING, "so many wait");
}

/// A page of one database, with the share of it that `ROWS` are.
struct Page {
    path: String,
    cookie: String,
    /// The same rows as JSON.
    rows: Serving,
    count: f64,
}

/// Measures every page of every database. All sizes of a page take turns, so that they share whatever else the machine does.
pub fn measure(program: &Path, databases: &[(String, String)], table: &mut Table) {
    let serving: Vec<Serving> = databases
        .iter()
        .map(|(_, database)| {
            fill_queue(database);
            Serving::muster(program, database)
        })
        .collect();
    let described: Vec<_> = databases.iter().map(|(_, database)| pages(database)).collect();
    for number in 0..described[0].len() {
        let name = described[0][number].0;
        let pages: Vec<Page> = (databases.iter().zip(&serving).zip(&described))
            .map(|(((_, database), muster), described)| {
                let (_, path, user, id) = described[number].clone();
                let rows = Serving::plain(&["rows", database, name, &id.to_string()]);
                let count = count_rows(&rows);
                assert!(count >= ROWS, "a page of {name} has {count} rows");
                Page { path, cookie: muster.sign_in(user), rows, count }
            })
            .collect();
        measure_page(name, databases, &serving, &pages, table);
    }
}

fn measure_page(name: &str, databases: &[(String, String)], serving: &[Serving], pages: &[Page], table: &mut Table) {
    let (Some(muster), Some(largest), Some((size, _))) = (serving.last(), pages.last(), databases.last()) else {
        return;
    };
    let bytes = Connection::to(&muster.address).ask(&get(&muster.address, &largest.path, &largest.cookie)).body.len();
    let constant = Serving::plain(&["constant", &bytes.to_string()]);
    let mut asked: Vec<Asked> =
        serving.iter().zip(pages).map(|(muster, page)| Asked::of(muster, &page.path, &page.cookie)).collect();
    asked.extend([Asked::of(&largest.rows, "/", ""), Asked::of(&constant, "/", "")]);
    // The first turn is for warming up.
    for asked in &mut asked {
        asked.turn();
        (asked.count, asked.seconds, asked.cpu) = (0.0, 0.0, 0.0);
    }
    for _ in 0..TURNS {
        asked.iter_mut().for_each(Asked::turn);
    }
    let Some(([rest @ .., page], [rows, constant])) = asked.split_last_chunk() else { return };
    let (count, share) = (largest.count, ROWS / largest.count);
    table.add(
        &format!("(a) {name} page at {size}, CPU for {ROWS} rows"),
        format!(
            "{:.2} ms (pages of {count} rows, {bytes} bytes: {:.2} ms, {:.0}/s)",
            page.cpu_ms() * share,
            page.cpu_ms(),
            page.rate()
        ),
        format!(
            "JSON {:.2} ms ({:.0}/s), constant {:.3} ms",
            rows.cpu_ms() * share,
            rows.rate(),
            constant.cpu_ms() * share
        ),
        format!("{:.1} × JSON, {:.0} × constant", page.cpu_ms() / rows.cpu_ms(), page.cpu_ms() / constant.cpu_ms()),
        "≤ 1.3 ms, ≤ 2.5 × JSON",
    );
    let for_rows = |asked: &Asked, page: &Page| asked.cpu_ms() * ROWS / page.count;
    let mut sizes = rest
        .iter()
        .chain([page])
        .zip(pages)
        .zip(databases)
        .map(|((asked, page), (size, _))| (for_rows(asked, page), size));
    let Some((smallest, smallest_size)) = sizes.next() else { return };
    for (cost, size) in sizes {
        table.add(
            &format!("(d) {name} page at {size}"),
            format!("{cost:.2} ms"),
            format!("{smallest:.2} ms at {smallest_size}"),
            format!("{:.2}", cost / smallest),
            "≤ 1.3",
        );
    }
}
