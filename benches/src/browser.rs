//! (c) and (f) as a browser sees them: bytes and times of the first load, and how late the page of another is. The browser
//! is driven by `end2end/measures`.

use crate::table::Table;
use serde_json::Value;
use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

/// Names the program that runs the measures: Playwright, as `cargo xtask bench` installs it.
const PLAYWRIGHT: &str = "MUSTER_BENCH_PLAYWRIGHT";

/// Measures these parts.
pub fn measure(program: &Path, folder: &Path, parts: &[char], table: &mut Table) {
    let Some(playwright) = env::var_os(PLAYWRIGHT) else {
        eprintln!("  {PLAYWRIGHT} names no program: what a browser sees is left out");
        return;
    };
    let rows = folder.join("browser.jsonl");
    let titles: Vec<String> = parts.iter().map(|part| format!("\\({part}\\)")).collect();
    let status = Command::new(playwright)
        .args(["test", "--config", "measure.config.ts", "--grep", &titles.join("|")])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end"))
        .env("MUSTER_BINARY", program)
        .env("MUSTER_MEASURES", &rows)
        // The table alone goes to standard output.
        .stdout(Stdio::from(std::io::stderr()))
        .status()
        .expect("starts");
    assert!(status.success(), "the browser is measured");
    for line in fs::read_to_string(&rows).expect("was written").lines() {
        let row: Value = serde_json::from_str(line).expect("is JSON");
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        table.add(&text("measure"), text("muster"), "–".to_owned(), "–".to_owned(), &text("aim"));
    }
}
