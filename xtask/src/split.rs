//! Takes out of the client what the first page does not need, so that the browser loads it when somebody goes there.
//!
//! The client says where it may be split by `#[wasm_split(chunk)]`; the linker leaves in what refers to what. Nothing
//! here knows a page.

use crate::failure::{Explain, Failure, Outcome};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use wasm_split_cli_support::{Options, transform};

/// The module under which the client asks for its chunks. There is no file of that name: it goes into the loader.
const LINK: &str = "./split.js";

/// The loader that wasm-bindgen makes, as the script that loads the chunks knows it.
const LOADER: &str = "./muster.js";

/// Fetches a file of a chunk, unless the page has asked for it already.
const FETCH: &str = "\
const loaders = {};
function fetchChunk(name) {
    const url = new URL(name, import.meta.url);
    const early = globalThis.chunks?.[url.pathname];
    delete globalThis.chunks?.[url.pathname];
    return early ?? fetch(url);
}
";

/// The client in parts.
pub struct Parts {
    /// What everybody loads, still to be bound to JavaScript.
    pub main: PathBuf,
    /// The files that are loaded later, by the names the loader has for them.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Which of them each chunk is in.
    pub chunks: BTreeMap<String, Vec<String>>,
    /// The script that loads them.
    script: String,
}

/// Splits the module in this file, by way of this folder.
pub fn split(module: &Path, folder: &Path, release: bool) -> Outcome<Parts> {
    let whole = fs::read(module).explain(format!("read {}", module.display()))?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = LOADER;
    let parts = transform(options).map_err(|cause| Failure::new(format!("cannot split the client: {cause:#}")))?;
    let file_name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut files = BTreeMap::new();
    for path in &parts.split_modules {
        let wasm = fs::read(path).explain(format!("read {}", path.display()))?;
        files.insert(file_name(path), if release { without_custom_sections(&wasm)? } else { wasm });
    }
    // A chunk that came out empty has no file, but may be listed.
    let present = |stem: String| Some(format!("{stem}.wasm")).filter(|name| files.contains_key(name));
    let chunks = parts
        .prefetch_map
        .into_iter()
        .map(|(chunk, stems)| (chunk, stems.into_iter().filter_map(present).collect()))
        .collect();
    let script = folder.join(LINK);
    let script = fs::read_to_string(&script).explain(format!("read {}", script.display()))?;
    Ok(Parts { main, files, chunks, script })
}

impl Parts {
    /// The loader with the script in it, so that one file is fetched instead of two, one after the other.
    pub fn complete(&self, loader: &str) -> Outcome<String> {
        // `import * as import1 from "./split.js"`
        let (imports, rest): (Vec<&str>, Vec<&str>) =
            loader.lines().partition(|line| line.starts_with("import ") && line.contains(LINK));
        let mut rest = rest.join("\n");
        for import in imports {
            let name = import.split_whitespace().nth(3).unwrap_or_default();
            replace(&mut rest, &format!("\"{LINK}\": {name},"), &format!("\"{LINK}\": loaders,"))?;
        }
        let mut script = self.script.clone();
        replace(&mut script, &format!("import {{ initSync }} from \"{LOADER}\";"), FETCH)?;
        replace(&mut script, "export const ", "loaders.")?;
        for name in self.files.keys() {
            let fetch = format!("fetch(new URL(\"./{name}\", import.meta.url))");
            replace(&mut script, &fetch, &format!("fetchChunk(\"{name}\")"))?;
        }
        if script.contains("fetch(new URL(\"") {
            return Err(Failure::new("the loader of the chunks asks for a file that is not there"));
        }
        Ok(format!("{rest}\n{script}"))
    }
}

/// Replaces what has to be there.
fn replace(text: &mut String, old: &str, new: &str) -> Outcome {
    if !text.contains(old) {
        return Err(Failure::new(format!("the loader of the client is not made as expected: it lacks `{old}`")));
    }
    *text = text.replace(old, new);
    Ok(())
}

/// The module without what no browser reads: the names of its functions, of the tools that made it, of what it uses.
fn without_custom_sections(wasm: &[u8]) -> Outcome<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let broken = || Failure::new("a part of the client is no module");
    let mut kept = wasm.get(..HEADER).ok_or_else(broken)?.to_vec();
    let mut at = HEADER;
    while at < wasm.len() {
        let (length, content) = number(wasm, at + 1).ok_or_else(broken)?;
        let section = wasm.get(at..content + length).ok_or_else(broken)?;
        if section[0] != CUSTOM {
            kept.extend_from_slice(section);
        }
        at = content + length;
    }
    Ok(kept)
}

/// A number in LEB128, and where what follows it starts.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let (mut value, mut shift) = (0_usize, 0);
    loop {
        let byte = *bytes.get(at)?;
        value |= usize::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        at += 1;
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        let script = "import { initSync } from \"./muster.js\";\nconst __chunk_1 = makeLoad(() => \
                      fetch(new URL(\"./chunk_1.wasm\", import.meta.url)));\nexport const __wasm_split_load_lead = 1;\n";
        Parts {
            main: PathBuf::new(),
            files: BTreeMap::from([("chunk_1.wasm".to_owned(), Vec::new())]),
            chunks: BTreeMap::new(),
            script: script.to_owned(),
        }
    }

    #[test]
    fn the_loader_comes_in_one_file() {
        let loader = "import * as import1 from \"./split.js\"\nconst imports = {\n \"./split.js\": import1,\n};";
        let whole = parts().complete(loader).unwrap_or_else(|failure| panic!("{failure}"));
        assert!(!whole.contains("import1") && !whole.contains("import {") && !whole.contains("export"), "{whole}");
        assert!(whole.contains("\"./split.js\": loaders,"), "{whole}");
        assert!(whole.contains("fetchChunk(\"chunk_1.wasm\")"), "{whole}");
        assert!(whole.contains("loaders.__wasm_split_load_lead = 1;"), "{whole}");
    }

    #[test]
    fn a_loader_of_another_make_is_not_taken() {
        assert!(parts().complete("import * as import1 from \"./split.js\"\nconst imports = {};").is_err());
    }

    #[test]
    fn what_no_browser_reads_is_taken_out() {
        let section =
            |id: u8, content: &[u8]| [&[id, u8::try_from(content.len()).expect("is short")], content].concat();
        let header = b"\0asm\x01\0\0\0".to_vec();
        let code = section(10, b"code");
        let features = section(0, b"\x0ftarget_features+");
        let whole = [header.clone(), section(0, b"\x04nameabc"), code.clone(), features].concat();
        let kept = without_custom_sections(&whole).unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(kept, [header, code].concat());
        assert!(without_custom_sections(&whole[..whole.len() - 1]).is_err());
    }
}
