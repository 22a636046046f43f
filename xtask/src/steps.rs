//! Runs the steps of a long command, goes on after a failure, and ends with a table and one closing line.

use crate::failure::{Failure, Outcome};
use std::time::{Duration, Instant};

/// Tests that ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many succeeded.
    pub passed: u64,
    /// How many did not.
    pub failed: u64,
}

impl Count {
    /// Adds what a line of `cargo test` or of Playwright says, if it is one that counts.
    pub fn add_line(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            let (_, counts) = result.split_once(". ").unwrap_or_default();
            self.add_phrases(counts.split("; "));
        } else {
            self.add_phrases(std::iter::once(line));
        }
    }

    /// `12 passed`, `1 failed`, and what of Playwright's words means that a test did not do its work.
    fn add_phrases<'a>(&mut self, phrases: impl Iterator<Item = &'a str>) {
        for phrase in phrases {
            let mut words = phrase.split_whitespace();
            let Some(number) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
            match words.collect::<Vec<_>>().as_slice() {
                ["passed", ..] => self.passed += number,
                ["failed" | "flaky" | "interrupted", ..] | ["did", "not", "run", ..] => self.failed += number,
                _ => {}
            }
        }
    }
}

struct Line {
    name: &'static str,
    took: Duration,
    succeeded: bool,
    count: Count,
}

/// The steps so far.
#[derive(Default)]
pub struct Steps {
    lines: Vec<Line>,
}

impl Steps {
    /// Runs one step. It says whether it succeeded, and counts its tests if it has any.
    pub fn run(&mut self, name: &'static str, step: impl FnOnce(&mut Count) -> Outcome<bool>) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let mut count = Count::default();
        let succeeded = step(&mut count).unwrap_or_else(|failure| {
            eprintln!("xtask: {failure}");
            false
        });
        if !succeeded && count.failed == 0 {
            // A step that broke without naming a test still counts: the closing line must not read as success.
            count.failed = 1;
        }
        self.lines.push(Line { name, took: start.elapsed(), succeeded, count });
        succeeded
    }

    /// Prints the table and the closing line. Fails if any step did.
    pub fn close(self) -> Outcome {
        println!("\n{:<34}{:>9}{:>9}{:>9}", "step", "seconds", "passed", "failed");
        let mut sum = Count::default();
        for Line { name, took, succeeded, count } in &self.lines {
            let mark = if *succeeded { "" } else { "  FAILED" };
            println!("{name:<34}{:>9.1}{:>9}{:>9}{mark}", took.as_secs_f64(), count.passed, count.failed);
            sum.passed += count.passed;
            sum.failed += count.failed;
        }
        let took: Duration = self.lines.iter().map(|line| line.took).sum();
        println!("{:<34}{:>9.1}", "together", took.as_secs_f64());
        println!("\n{} passed, {} failed", sum.passed, sum.failed);
        if self.lines.iter().all(|line| line.succeeded) { Ok(()) } else { Err(Failure::new("not everything passed")) }
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn count(lines: &[&str]) -> Count {
        let mut count = Count::default();
        for line in lines {
            count.add_line(line);
        }
        count
    }

    #[test]
    fn both_test_runners_are_understood() {
        let cargo = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.2s";
        assert_eq!(count(&[cargo, "running 14 tests"]), Count { passed: 12, failed: 2 });
        let playwright =
            ["  1 failed", "    [chromium] › join.spec.ts:3:1 › asks", "  2 did not run", "  9 passed (12.3s)"];
        assert_eq!(count(&playwright), Count { passed: 9, failed: 3 });
        assert_eq!(count(&["  1 skipped", "3 passengers", "passed"]), Count::default());
    }
}
