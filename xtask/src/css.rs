//! Bundles each sheet of `style/` and what it imports into one: `main.css` for every page, and one for each chunk.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};
use std::collections::{BTreeMap, HashMap};

/// The sheet of every page.
pub const MAIN: &str = "main";

/// All sheets; the others are called as their chunks in `app/src/chunk.rs` are.
const SHEETS: [&str; 4] = [MAIN, "member", "lead", "admin"];

/// What is in each sheet, by its name.
pub type Sheets = BTreeMap<&'static str, Vec<u8>>;

/// Browsers that know nesting, cascade layers and `light-dark()`: all of them since spring 2024. Those on Android are Chrome;
/// what is known by the name of the system is known of its latest version alone, as if all before it knew nothing.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(version(123, 0)),
    edge: Some(version(123, 0)),
    firefox: Some(version(121, 0)),
    ie: None,
    ios_saf: Some(version(17, 5)),
    opera: Some(version(109, 0)),
    safari: Some(version(17, 5)),
    samsung: Some(version(27, 0)),
};

const fn version(major: u32, minor: u32) -> u32 {
    major << 16 | minor << 8
}

/// The sheets, minified in a release.
pub fn bundle(place: &Place, release: bool) -> Outcome<Sheets> {
    let mut names = HashMap::new();
    let mut sheets = Sheets::new();
    for sheet in SHEETS {
        let plain = one(place, sheet, release)?;
        let code = if release { shortened(&plain, &mut names) } else { plain };
        sheets.insert(sheet, code.into_bytes());
    }
    Ok(sheets)
}

fn one(place: &Place, sheet: &str, release: bool) -> Outcome<String> {
    let targets = Targets::from(BROWSERS);
    let files = FileProvider::new();
    let path = place.join(&format!("style/{sheet}.css"));
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(&path)
        .map_err(|cause| Failure::new(format!("cannot read the style sheet: {cause}")))?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).explain("simplify the style sheet")?;
    let printed = sheet
        .to_css(PrinterOptions { minify: release, targets, ..PrinterOptions::default() })
        .explain("print the style sheet")?;
    Ok(printed.code)
}

/// The same with short names for custom properties, which nothing outside the sheets names. `names` holds those that are
/// given already, so that the sheets fit together.
fn shortened(code: &str, names: &mut HashMap<String, String>) -> String {
    let mut short = String::with_capacity(code.len());
    let mut parts = code.split("--");
    short.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|it: char| !it.is_ascii_alphanumeric() && it != '-').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        let next = names.len();
        short.push_str("--");
        short.push_str(names.entry(name.to_owned()).or_insert_with(|| short_name(next)));
        short.push_str(rest);
    }
    short
}

/// `a` to `z`, then `aa` and so on.
fn short_name(index: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    let before = if index < 26 { String::new() } else { short_name(index / 26 - 1) };
    format!("{before}{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_has_the_same_short_name_in_every_sheet() {
        let mut names = HashMap::new();
        let main = shortened(":root{--text-soft:red;--line:var(--text-soft)}", &mut names);
        let other = shortened(".a{color:var(--line)}.b{gap:0 var(--step-4)}", &mut names);
        assert_eq!(main, ":root{--a:red;--b:var(--a)}");
        assert_eq!(other, ".a{color:var(--b)}.b{gap:0 var(--c)}");
    }

    #[test]
    fn short_names_differ() {
        let given: std::collections::HashSet<_> = (0..1000).map(short_name).collect();
        assert_eq!(given.len(), 1000);
        assert_eq!((short_name(25).as_str(), short_name(26).as_str(), short_name(702).as_str()), ("z", "aa", "aaa"));
    }
}
