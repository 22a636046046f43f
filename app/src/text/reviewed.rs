//! Test: what German says is German. It reads the sources beside this file, so that no text can be forgotten.

use std::{collections::BTreeSet, fs, path::Path};

/// What is the same in both languages: names, and words that German has taken over.
const SAME: &[&str] =
    &["Muster", "System", "Superuser", "Name", "Corporation", "Corporations", "Organisation", "Esc", "Admin"];

/// The texts of a line.
fn texts(line: &str) -> Vec<String> {
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The code of a problem, or the name of a field.
fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The texts of the blocks that begin with one of these words, in order. A block ends where a line is indented no more
/// than the one it began with.
fn blocks(source: &str, words: [&str; 2]) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        if words.iter().any(|word| line.trim_start().starts_with(word)) {
            found.extend(texts(line));
            while let Some(inner) = lines.next_if(|inner| inner.is_empty() || indent(inner) > indent(line)) {
                found.extend(texts(inner));
            }
        }
    }
    found
}

/// The two texts of each `either`.
fn eithers(source: &str) -> Vec<(String, String)> {
    let two = |call: &str| {
        let mut texts = texts(call).into_iter();
        (texts.next().expect("a text"), texts.next().expect("its twin"))
    };
    source.split("either(").skip(1).map(two).collect()
}

/// Every text in English with its German twin.
fn pairs(file: &str, source: &str) -> Vec<(String, String)> {
    let source: String = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let english = blocks(&source, ["Self::English =>", "static ENGLISH"]);
    let german = blocks(&source, ["Self::German =>", "static GERMAN"]);
    assert_eq!(english.len(), german.len(), "{file}: a text has no twin");
    english.into_iter().zip(german).chain(eithers(&source)).collect()
}

#[test]
fn no_german_text_is_its_english_one_but_for_those_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text");
    let mut seen = 0;
    let mut same = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let name = file.display().to_string();
        if !name.ends_with("reviewed.rs") {
            let pairs = pairs(&name, &fs::read_to_string(&file).unwrap());
            seen += pairs.len();
            same.extend(pairs.into_iter().filter(|(one, other)| one == other).map(|(one, _)| one));
        }
    }
    assert!(seen > 250, "only {seen} texts were found");
    same.retain(|text| !SAME.contains(&text.as_str()) && !is_code(text));
    assert_eq!(same, BTreeSet::new(), "say these in German, or review them into the list");
}
