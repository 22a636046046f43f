//! Lays out `target/site` as the server embeds it: the files, their compressed siblings and `assets.json`.
//!
//! A file that would not change is not touched, so that cargo sees no reason to build the server again.

use crate::{
    css::{MAIN, Sheets},
    failure::{Explain, Outcome},
    place::Place,
    wasm::Client,
};
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::Path,
};

/// Largest window of the format that every browser accepts: 4 MiB.
const BROTLI_WINDOW: u32 = 22;
const BROTLI_QUALITY: u32 = 11;

/// Writes everything. In a release each name carries a hash of the content and each file has `.br` and `.gz` siblings.
pub fn write(place: &Place, release: bool, client: &Client, sheets: &Sheets) -> Outcome {
    let pkg = place.pkg();
    fs::create_dir_all(&pkg).explain(format!("make {}", pkg.display()))?;
    let mut kept = BTreeSet::new();
    let mut put = |stem: &str, extension: &str, content: &[u8]| -> Outcome<String> {
        let name = if release { hashed_name(stem, extension, content) } else { format!("{stem}.{extension}") };
        keep(&pkg, &name, content, &mut kept)?;
        if release {
            compress(&pkg, &name, content, &mut kept)?;
        }
        Ok(name)
    };
    let mut js = client.js.clone();
    let mut later = BTreeMap::new();
    for (file, content) in &client.later {
        let stem = file.trim_end_matches(".wasm").trim_start_matches("split_");
        let name = put(&format!("muster.{stem}"), "wasm", content)?;
        js = js.replace(&format!("\"{file}\""), &format!("\"{name}\""));
        later.insert(file.as_str(), name);
    }
    let chunks: BTreeMap<_, Vec<_>> = client
        .chunks
        .iter()
        .map(|(chunk, files)| (chunk, files.iter().filter_map(|file| later.get(file.as_str())).collect()))
        .collect();
    let mut styles = BTreeMap::new();
    for (sheet, content) in sheets {
        let stem = if *sheet == MAIN { "muster".to_owned() } else { format!("muster.{sheet}") };
        styles.insert(*sheet, put(&stem, "css", content)?);
    }
    let main = styles.remove(MAIN);
    let names = json!({
        "js": put("muster", "js", js.as_bytes())?,
        "wasm": put("muster", "wasm", &client.wasm)?,
        "css": main,
        "sheets": styles,
        "chunks": chunks,
    });
    sweep(&pkg, &kept)?;
    write_if_changed(&place.assets_json(), format!("{names}\n").as_bytes())
}

/// 64 bits of the hash: enough to tell builds apart, short enough to read.
fn hashed_name(stem: &str, extension: &str, content: &[u8]) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(content)[..8]);
    format!("{stem}.{hash}.{extension}")
}

fn keep(pkg: &Path, name: &str, content: &[u8], kept: &mut BTreeSet<String>) -> Outcome {
    kept.insert(name.to_owned());
    write_if_changed(&pkg.join(name), content)
}

/// The siblings. A name with a hash has one content for ever, so what is there already is right.
fn compress(pkg: &Path, name: &str, content: &[u8], kept: &mut BTreeSet<String>) -> Outcome {
    for (suffix, compressor) in [("br", brotli as fn(&[u8]) -> io::Result<Vec<u8>>), ("gz", gzip)] {
        let sibling = format!("{name}.{suffix}");
        if !pkg.join(&sibling).exists() {
            let small = compressor(content).explain(format!("compress {name}"))?;
            write_if_changed(&pkg.join(&sibling), &small)?;
        }
        kept.insert(sibling);
    }
    Ok(())
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(content)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content)?;
    writer.finish()
}

/// Removes what an earlier build left: the server would carry it along.
fn sweep(pkg: &Path, kept: &BTreeSet<String>) -> Outcome {
    for entry in fs::read_dir(pkg).explain(format!("list {}", pkg.display()))? {
        let entry = entry.explain(format!("list {}", pkg.display()))?;
        if !kept.contains(entry.file_name().to_string_lossy().as_ref()) {
            fs::remove_file(entry.path()).explain(format!("remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}

fn write_if_changed(path: &Path, content: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    // Whole or not at all: a file that an interrupted build left half-written would pass for right.
    let part = path.with_added_extension("part");
    fs::write(&part, content).explain(format!("write {}", part.display()))?;
    fs::rename(&part, path).explain(format!("write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_name_follows_the_content() {
        let name = hashed_name("muster", "css", b"a{}");
        assert_eq!(name, hashed_name("muster", "css", b"a{}"));
        assert_ne!(name, hashed_name("muster", "css", b"b{}"));
        assert!(name.starts_with("muster.") && Path::new(&name).extension().is_some_and(|it| it == "css"), "{name}");
    }

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let content = b"the same words and the same words ".repeat(50);
        let mut plain = Vec::new();
        brotli::Decompressor::new(&brotli(&content).expect("compresses")[..], 4096)
            .read_to_end(&mut plain)
            .expect("br");
        assert_eq!(plain, content);
        plain.clear();
        flate2::read::GzDecoder::new(&gzip(&content).expect("compresses")[..]).read_to_end(&mut plain).expect("gz");
        assert_eq!(plain, content);
    }
}
