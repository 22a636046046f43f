//! Prints what a release weighs: on disk, and on the wire in each encoding.

use crate::{
    failure::{Explain, Outcome},
    place::Place,
};
use std::{collections::BTreeMap, fs, path::Path};

/// Bytes as they are, in gzip and in brotli.
type Weights = [Option<u64>; 3];

/// A table of the binary and of everything the browser fetches.
pub fn print(place: &Place, binary: &Path) -> Outcome {
    let bytes = fs::metadata(binary).explain(format!("measure {}", binary.display()))?.len();
    let pkg = place.pkg();
    let mut files: BTreeMap<String, Weights> = BTreeMap::new();
    for entry in fs::read_dir(&pkg).explain(format!("list {}", pkg.display()))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (name, encoding) = match name.rsplit_once('.') {
            Some((plain, "gz")) => (plain.to_owned(), 1),
            Some((plain, "br")) => (plain.to_owned(), 2),
            _ => (name, 0),
        };
        files.entry(name).or_default()[encoding] = entry.metadata().ok().map(|file| file.len());
    }
    println!("\n{:<32}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip", "brotli");
    row("muster", [Some(bytes), None, None]);
    for (name, weights) in &files {
        row(name, *weights);
    }
    let sum = |encoding: usize| files.values().map(|weights| weights[encoding]).sum::<Option<u64>>();
    row("everything the browser fetches", [sum(0), sum(1), sum(2)]);
    Ok(())
}

fn row(name: &str, weights: Weights) {
    let [raw, gzip, brotli] = weights.map(|bytes| bytes.map_or_else(|| "-".to_owned(), grouped));
    println!("{name:<32}{raw:>12}{gzip:>12}{brotli:>12}");
}

/// `1234567` as `1 234 567`.
fn grouped(bytes: u64) -> String {
    let digits = bytes.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = if first > 0 { vec![&digits[..first]] } else { Vec::new() };
    groups.extend(digits.as_bytes()[first..].chunks(3).filter_map(|three| str::from_utf8(three).ok()));
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1 234 567");
        assert_eq!(grouped(123_456), "123 456");
    }
}
