//! (e): how long it takes to be ready, and how much memory it holds.

use crate::{
    http::{Connection, get},
    process::Serving,
    table::Table,
};
use std::{path::Path, thread, time::Duration};

const REQUESTS: usize = 3_000;
const CONNECTIONS: usize = 16;

/// Measures a start over a large database, and memory before and under load.
pub fn measure(program: &Path, size: &str, database: &str, table: &mut Table) {
    let starts: Vec<Duration> = (0..5).map(|_| Serving::muster(program, database).start).collect();
    let best = starts.iter().min().expect("there are some").as_millis();
    let worst = starts.iter().max().expect("there are some").as_millis();
    let none = || "–".to_owned();
    table.add(&format!("(e) start to ready at {size}"), format!("{best} to {worst} ms"), none(), none(), "< 500 ms");
    let muster = Serving::muster(program, database);
    thread::sleep(Duration::from_secs(2));
    table.add("(e) resident memory, idle", format!("{:.0} MB", muster.memory()), none(), none(), "< 60 MB");
    let cookie = muster.sign_in("leila");
    let request = get(&muster.address, "/groups", &cookie);
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut connection = Connection::to(&muster.address);
                for _ in 0..REQUESTS / CONNECTIONS {
                    assert_eq!(connection.ask(&request).status, 200);
                }
            });
        }
    });
    table.add("(e) resident memory after 3,000 pages", format!("{:.0} MB", muster.memory()), none(), none(), "–");
}
