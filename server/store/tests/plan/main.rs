//! Every statement of the store costs a page, however large the tables are: its plan is asked for on both databases, and
//! none may read a large table whole or sort more than a page.
//!
//! Statements come from the committed query data, which holds every one that is checked at compile time, and from running
//! the reads and commands whose statements have variable shapes. A new query without its index fails here.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod asked;
mod exception;
#[expect(dead_code, reason = "it has more than is needed here")]
#[path = "../harness.rs"]
mod harness;
mod heard;
mod hidden;
mod postgres;
mod sqlite;

use domain::{GroupId, Timestamp};
use exception::EXCEPTIONS;
use harness::{CLOSED, NOW, ROOT, crowd};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use store::{Engine, Growth, SeedGroup, Store};
use store_testing::Database;

/// Tables that grow with the community or with its years.
const LARGE: [&str; 12] = [
    "users",
    "characters",
    "name_words",
    "groups",
    "memberships",
    "grants",
    "requests",
    "events",
    "notifications",
    "sessions",
    "receipts",
    "answers",
];

/// As large as has to be for the planners to choose as they do for much more.
fn growth() -> Growth {
    Growth {
        users: 8_000,
        groups: 400,
        memberships: 60_000,
        events: 150_000,
        waiting: 500,
        busiest: CLOSED,
        decider: ROOT,
        from: Timestamp(NOW.0 - 365 * 86_400_000_000),
        until: NOW,
        reason: "I fly".to_owned(),
        comment: "welcome".to_owned(),
    }
}

/// The statements that were checked when the program was compiled.
fn compiled(engine: Engine) -> BTreeSet<String> {
    let folder = match engine {
        Engine::Sqlite => "sqlite/.sqlx",
        Engine::Postgres => "postgres/.sqlx",
    };
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let statement = |file: std::io::Result<fs::DirEntry>| {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let query: serde_json::Value = serde_json::from_str(&text).unwrap();
        query["query"].as_str().unwrap().to_owned()
    };
    files.map(statement).collect()
}

/// The statement on one line, so that an exception can quote it.
fn line(statement: &str) -> String {
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn faults_of(engine: Engine, used: &mut BTreeSet<&'static str>) -> BTreeMap<String, Vec<String>> {
    let database = Database::create(engine).await;
    let store = Store::open(&database.url).await.unwrap();
    let mut town = crowd(40);
    town.groups.extend((5..25).map(|id| SeedGroup {
        leaders: vec![harness::LEA],
        ..harness::group(GroupId(id), &format!("Group {id}"), harness::PLAIN)
    }));
    store.seed(&town, &|_, _| {}).await.unwrap();
    store.grow(&growth(), &|_, _| {}).await.unwrap();
    hidden::takes_no_other_way_than_absent(&store).await;
    let _ = heard::take();
    asked::everything(&store).await;
    let mut statements: BTreeSet<String> = compiled(engine);
    let shaped = heard::take();
    assert!(shaped.len() > 150, "statements are heard: {}", shaped.len());
    statements.extend(shaped);

    let plans = match engine {
        Engine::Sqlite => sqlite::faults(&database.url, &statements).await,
        Engine::Postgres => postgres::faults(&database.url, &statements).await,
    };
    store.close().await;
    database.remove().await;
    let mut faults = BTreeMap::new();
    for (statement, found) in plans {
        let statement = line(&statement);
        let excepted: Vec<_> = EXCEPTIONS.iter().map(|it| it.0).filter(|quote| statement.contains(quote)).collect();
        if excepted.is_empty() {
            faults.insert(statement, found);
        }
        used.extend(excepted);
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_reads_a_large_table_whole_or_sorts_more_than_a_page() {
    heard::listen();
    let mut used = BTreeSet::new();
    let mut told = String::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for (statement, faults) in faults_of(engine, &mut used).await {
            told.extend([format!("\n{engine:?}: {statement}\n")]);
            told.extend(faults.into_iter().map(|fault| format!("    {fault}\n")));
        }
    }
    assert!(told.is_empty(), "give these an index, or an exception with its reason:\n{told}");
    let unused: Vec<_> = EXCEPTIONS.iter().map(|it| it.0).filter(|quote| !used.contains(quote)).collect();
    assert!(unused.is_empty(), "these need no exception any more: {unused:#?}");
}
