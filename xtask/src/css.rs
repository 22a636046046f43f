//! Bundles `style/main.css` and what it imports into one sheet.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};

/// Browsers that know nesting, cascade layers and `light-dark()`: all of them since spring 2024.
const BROWSERS: Browsers = Browsers {
    android: Some(version(123, 0)),
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

/// The sheet, minified in a release.
pub fn bundle(place: &Place, release: bool) -> Outcome<Vec<u8>> {
    let main = place.join("style/main.css");
    let targets = Targets::from(BROWSERS);
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(&main)
        .map_err(|cause| Failure::new(format!("cannot read the style sheet: {cause}")))?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).explain("simplify the style sheet")?;
    let printed = sheet
        .to_css(PrinterOptions { minify: release, targets, ..PrinterOptions::default() })
        .explain("print the style sheet")?;
    Ok(printed.code.into_bytes())
}
