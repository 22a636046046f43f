//! The architecture, held by a test: which part of a crate may know which, and that no two files need each other.
//!
//! Each crate is a list of layers, the lowest first. A file may name what stands in its own layer or in a lower one. What
//! is re-exported counts as what it is, wherever it is named from.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A crate and its layers, the lowest first. A layer is a list of modules that stand side by side. Where there are no layers,
/// only circles are looked for.
struct Crate {
    source: &'static str,
    layers: &'static [&'static str],
}

const CRATES: [Crate; 8] = [
    Crate { source: "app/domain/src", layers: &[] },
    Crate {
        source: "app/src",
        layers: &[
            "wire language",
            "error",
            "address",
            "input secret document typed",
            "backend browser",
            "text",
            "present parts::keys",
            "view",
            "page_query",
            "audit",
            "export one_time_secret api",
            "live",
            "parts",
            "pages",
            "chunk",
            "app shell",
            "lib",
        ],
    },
    Crate {
        source: "server/src",
        layers: &[
            "clock config csv rfc3339 log answer",
            "origin assets connection::files auth::cookie auth::limits auth::password auth::setup_code auth::token live::streams",
            "service",
            "live::hub live::cached_event live::message live::frame_kind",
            "process",
            "telemetry headers cross_site pages auth",
            "live",
            "connection wellformed draft one_time_secret export typed",
            "api",
            "router workers demo",
            "lib",
            "cli main",
        ],
    },
    Crate { source: "server/store/model/src", layers: &[] },
    Crate { source: "server/store/shared", layers: &[] },
    Crate { source: "server/store/sqlite/src", layers: &[] },
    Crate { source: "server/store/postgres/src", layers: &[] },
    Crate { source: "xtask/src", layers: &[] },
];

/// A module by its path from the root of its crate.
type Module = Vec<String>;

/// The files of a crate, and what each of them names of the others.
struct Imports {
    files: BTreeMap<Module, PathBuf>,
    named: BTreeMap<Module, BTreeSet<Module>>,
}

impl Imports {
    /// Reads all files below a folder. Tests in a file may name what they like.
    fn read(source: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(source, &mut Vec::new(), &mut files);
        let mut paths = BTreeMap::new();
        let mut exported = BTreeMap::new();
        for (module, file) in &files {
            let text = fs::read_to_string(file).expect("a source file can be read");
            let tokens: TokenStream = text.parse().expect("a source file has the tokens of Rust");
            let mut found = Found::default();
            walk(tokens, module, &mut found);
            for path in &found.exported {
                if let Some(name) = path.last() {
                    exported.insert((module.clone(), name.clone()), path.clone());
                }
            }
            paths.insert(module.clone(), found.paths);
        }
        let of = |path: &Module| resolve(path, &files, &exported, 0);
        let named = paths.iter().map(|(module, paths)| {
            let others = paths.iter().filter_map(of).filter(|other| other != module && !other.is_empty());
            (module.clone(), others.collect())
        });
        let named = named.collect();
        Self { files, named }
    }

    /// Files that need each other, one list for each circle.
    fn circles(&self) -> Vec<Vec<String>> {
        let reached: BTreeMap<_, _> = self.files.keys().map(|module| (module, self.reached(module))).collect();
        let together = |a: &Module, b: &Module| reached[a].contains(b) && reached[b].contains(a);
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for module in self.files.keys() {
            if !seen.contains(module) && together(module, module) {
                let circle: Vec<_> = self.files.keys().filter(|other| together(module, other)).collect();
                circles.push(circle.iter().map(|module| module.join("::")).collect());
                seen.extend(circle);
            }
        }
        circles
    }

    fn reached(&self, from: &Module) -> BTreeSet<Module> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<_> = self.named[from].iter().collect();
        while let Some(module) = open.pop() {
            if reached.insert(module.clone()) {
                open.extend(&self.named[module]);
            }
        }
        reached
    }

    /// What names something in a higher layer, and files that stand in none.
    fn upward(&self, layers: &[&str]) -> Vec<String> {
        if layers.is_empty() {
            return Vec::new();
        }
        // The longest name counts: a file may stand lower than the rest of its folder.
        let layer = |module: &Module| {
            let path = if module.is_empty() { "lib".to_owned() } else { module.join("::") };
            let is_within =
                |name: &str| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
            let named = layers.iter().enumerate().flat_map(|(at, layer)| layer.split(' ').map(move |name| (at, name)));
            named.filter(|(_, name)| is_within(name)).max_by_key(|(_, name)| name.len()).map(|(at, _)| at)
        };
        let mut wrong = Vec::new();
        for (module, others) in &self.named {
            let from = module.join("::");
            let Some(own) = layer(module) else {
                wrong.push(format!("{from} stands in no layer"));
                continue;
            };
            let above = others.iter().filter(|other| layer(other).is_some_and(|other| other > own));
            wrong.extend(above.map(|other| format!("{from} names {}, which stands above it", other.join("::"))));
        }
        wrong
    }
}

fn collect(folder: &Path, module: &mut Module, files: &mut BTreeMap<Module, PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of source files can be read") {
        let path = entry.expect("a folder of source files can be read").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a source file has a name").to_owned();
        if path.is_dir() {
            module.push(name);
            collect(&path, module, files);
            module.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let own = match name.as_str() {
                "lib" | "main" | "mod" => module.clone(),
                _ => module.iter().cloned().chain([name]).collect(),
            };
            files.insert(own, path);
        }
    }
}

#[derive(Default)]
struct Found {
    /// All that is needed: what a path from `crate`, `super` or `self` names, from the root of the crate.
    paths: Vec<Module>,
    /// What `pub use` passes on without needing it, from the root of the crate.
    exported: Vec<Module>,
}

/// Goes through the tokens of a file, and of what stands in brackets.
fn walk(tokens: TokenStream, module: &Module, found: &mut Found) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut at = 0;
    let mut exports = false;
    let mut test = false;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let follows_path = at >= 2 && is_separator(&tokens[at - 2..at]);
                let starts = matches!(word.as_str(), "crate" | "super" | "self") && !follows_path;
                if word == "use" {
                    exports = at > 0 && is_public(&tokens[..at]);
                    let local = tokens.get(at + 1).is_some_and(|next| {
                        matches!(next, TokenTree::Ident(next) if !matches!(next.to_string().as_str(), "crate" | "super" | "self"))
                    });
                    if exports && local {
                        let mut list = Vec::new();
                        tree(&tokens, at + 1, module, &mut list);
                        found.exported.extend(list);
                    }
                } else if starts && tokens.get(at + 1..at + 3).is_some_and(is_separator) {
                    let mut list = Vec::new();
                    let start = if word == "crate" { Vec::new() } else { module.clone() };
                    let start = if word == "super" { parent(&start) } else { start };
                    at = tree_after(&tokens, at + 1, &start, &mut list).max(at + 1) - 1;
                    if exports {
                        found.exported.extend(list);
                    } else {
                        found.paths.extend(list);
                    }
                } else if word == "mod" && test {
                    // `#[cfg(test)] mod tests { … }`
                    at += 2;
                }
                test = false;
            }
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Bracket && group.stream().to_string() == "cfg (test)" {
                    test = true;
                } else {
                    walk(group.stream(), module, found);
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => exports = false,
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        at += 1;
    }
}

fn parent(module: &Module) -> Module {
    module[..module.len().saturating_sub(1)].to_vec()
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    tokens.len() == 2 && tokens.iter().all(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':'))
}

/// Whether what stands before `use` ends in `pub` or `pub(…)`.
fn is_public(before: &[TokenTree]) -> bool {
    let words = match before {
        [.., word, TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => word,
        [.., word] => word,
        [] => return false,
    };
    matches!(words, TokenTree::Ident(word) if word == "pub")
}

/// Reads a path or a tree of them that begins at a token, below `prefix`. Answers where it ends.
fn tree(tokens: &[TokenTree], at: usize, prefix: &Module, found: &mut Vec<Module>) -> usize {
    match tokens.get(at) {
        Some(TokenTree::Ident(word)) => {
            let word = word.to_string();
            let path = match word.as_str() {
                "self" => prefix.clone(),
                "super" => parent(prefix),
                _ => prefix.iter().cloned().chain([word]).collect(),
            };
            tree_after(tokens, at + 1, &path, found)
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inside: Vec<_> = group.stream().into_iter().collect();
            let commas = inside.iter().enumerate().filter(|(_, token)| is_comma(token)).map(|(at, _)| at + 1);
            for start in [0].into_iter().chain(commas).filter(|start| *start < inside.len()) {
                tree(&inside, start, prefix, found);
            }
            at + 1
        }
        _ => {
            found.push(prefix.clone());
            at + 1
        }
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',')
}

fn tree_after(tokens: &[TokenTree], at: usize, path: &Module, found: &mut Vec<Module>) -> usize {
    if tokens.get(at..at + 2).is_some_and(is_separator) {
        tree(tokens, at + 2, path, found)
    } else {
        found.push(path.clone());
        at
    }
}

/// The file in which what a path names is defined: the longest module that is a file, through what that re-exports.
fn resolve(
    path: &Module,
    files: &BTreeMap<Module, PathBuf>,
    exported: &BTreeMap<(Module, String), Module>,
    depth: usize,
) -> Option<Module> {
    let length = (0..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let module = path[..length].to_vec();
    let next = path.get(length).and_then(|name| exported.get(&(module.clone(), name.clone())));
    match next {
        Some(next) if depth < 8 && next != path => {
            let whole: Module = next.iter().chain(&path[length + 1..]).cloned().collect();
            resolve(&whole, files, exported, depth + 1)
        }
        _ => Some(module),
    }
}

#[test]
fn imports_run_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the build tool stands in the workspace");
    let mut wrong = Vec::new();
    for Crate { source, layers } in CRATES {
        let imports = Imports::read(&root.join(source));
        wrong.extend(imports.circles().iter().map(|circle| format!("{source}: in a circle: {}", circle.join(", "))));
        wrong.extend(imports.upward(layers).iter().map(|arrow| format!("{source}: {arrow}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn circles_and_arrows_are_found() {
    let folder = std::env::temp_dir().join(format!("muster-layers-{}", std::process::id()));
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    write("lib.rs", "mod low; mod high; mod aside; pub use low::{Thing as Other, one::Deep};");
    write("low/mod.rs", "pub mod one; pub struct Thing; // crate::high::Top in a comment\n");
    write("low/one.rs", "use super::Thing; pub struct Deep; #[cfg(test)] mod tests { use crate::high::Top; }");
    write(
        "high.rs",
        "use crate::{Other, low::one::{self, Deep}}; pub struct Top; const TEXT: &str = \"crate::aside\";",
    );
    write("aside.rs", "fn f() -> crate::high::Top { crate::high::Top }");
    let imports = Imports::read(&folder);
    assert_eq!(imports.circles(), Vec::<Vec<String>>::new());
    assert_eq!(imports.upward(&["low", "high", "aside", "lib"]), Vec::<String>::new());
    assert_eq!(imports.upward(&["low", "aside", "high", "lib"]), ["aside names high, which stands above it"]);
    assert_eq!(imports.upward(&["low", "high", "lib"]), ["aside stands in no layer"]);
    write("low/mod.rs", "pub mod one; pub struct Thing(one::Deep); use self::one::Deep;");
    assert_eq!(Imports::read(&folder).circles(), [["low", "low::one"]]);
    fs::remove_dir_all(&folder).expect("a folder can be removed");
}
