//! How fast Muster is, beside the limits of the machine in the same run: `cargo xtask bench`.
//!
//! Everything that is compared is loaded in turns, so that it shares whatever else the machine is doing: the ratios are what
//! counts. Databases are those of `muster seed-demo --scale`. Prints one table in the end.

mod approvals;
mod browser;
mod http;
mod live;
mod pages;
mod plain;
mod process;
mod smaller;
mod start;
mod table;

use process::{muster, run};
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use table::Table;

/// The sizes, as factors of what Muster is made for on SQLite, and to how many memberships they are cut down: the community
/// that each begins with has 20,000. The last is left out but where it is asked for.
const SIZES: [(&str, &str, Option<i64>); 4] = [
    ("1,000 memberships", "0.001", Some(1_000)),
    ("10,000 memberships", "0.001", Some(10_000)),
    ("120,000 memberships", "0.1", None),
    ("1,020,000 memberships", "1", None),
];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["rows", database, page, id] => plain::rows(database, page, id.parse().expect("is a number")).await,
        ["constant", count] => plain::constant(count.parse().expect("is a number")).await,
        [program, options @ ..] => {
            let (program, options) = (PathBuf::from(program), options.iter().map(|it| (*it).to_owned()).collect());
            tokio::task::spawn_blocking(move || measure(&program, options)).await.expect("is measured");
        }
        [] => eprintln!("benches PROGRAM [--large | --large=FILE] [--streams 10000] [a|b|c|e|f …]"),
    }
}

/// Measures what the options name, or everything.
fn measure(program: &Path, options: Vec<String>) {
    let wants = |part: &str| {
        let named: Vec<_> = options.iter().filter(|it| it.len() == 1).collect();
        named.is_empty() || named.iter().any(|it| *it == part)
    };
    // A large database takes minutes to make, so that one can be given.
    let given = options.iter().find_map(|it| it.strip_prefix("--large="));
    let is_large = given.is_some() || options.iter().any(|it| it == "--large");
    let folder = env::temp_dir().join(format!("muster-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let seeded = |factor: &str, name: &str| {
        let database = format!("sqlite://{}", folder.join(format!("{name}.db")).display());
        eprintln!("Making a database of {factor} times the size …");
        run(muster(program, &database, &["seed-demo", "--scale", factor]));
        database
    };
    let mut table = Table::default();
    if wants("a") || wants("e") {
        let sizes = &SIZES[..if is_large { 4 } else { 3 }];
        let database = |size: &str, factor: &str, cut: Option<i64>| match given {
            Some(file) if factor == "1" => format!("sqlite://{file}"),
            Some(_) | None => {
                let made = seeded(factor, &size.replace([',', ' '], ""));
                if let Some(memberships) = cut {
                    smaller::cut(&made, memberships);
                }
                made
            }
        };
        let databases: Vec<(String, String)> =
            sizes.iter().map(|(size, factor, cut)| ((*size).to_owned(), database(size, factor, *cut))).collect();
        if wants("e") {
            let (size, database) = databases.last().expect("there is one");
            start::measure(program, size, database, &mut table);
        }
        if wants("a") {
            pages::measure(program, &databases, &mut table);
        }
    }
    if wants("b") {
        approvals::measure(program, &seeded("0.1", "approvals"), &folder, &mut table);
        approvals::measure_postgres(program, &folder, &mut table);
    }
    if wants("c") {
        live::measure(program, &seeded("0.1", "live"), 1_000, &mut table);
        if options.iter().any(|it| it == "10000") {
            live::measure(program, &seeded("0.1", "streams"), 10_000, &mut table);
        }
    }
    let browsers: Vec<char> = ['c', 'f'].into_iter().filter(|part| wants(&part.to_string())).collect();
    if !browsers.is_empty() {
        browser::measure(program, &folder, &browsers, &mut table);
    }
    table.print();
    fs::remove_dir_all(&folder).expect("the folder goes");
}
