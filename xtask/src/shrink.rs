//! Takes out of a release of the client what nobody there reads: the long names by which wasm-bindgen ties module and loader
//! together, each with a hash that does not pack, and what it makes for types that only others than our pages could use.

use crate::failure::{Failure, Outcome};
use std::collections::{HashMap, HashSet};
use walrus::{Module, ModuleConfig, passes::gc};

/// The module under which the client asks for what the loader has for it.
const BINDINGS: &str = "./muster_bg.js";

/// How names of Rust begin where it passes them to the linker.
const MANGLED: &str = "_ZN";

/// The module and its loader, smaller. They fit each other and nothing else.
pub fn shrink(wasm: &[u8], loader: &str) -> Outcome<(Vec<u8>, String)> {
    let loader = without_unused_classes(loader);
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm).map_err(|cause| Failure::new(format!("cannot read the client: {cause:#}")))?;
    let imported = imports(&module);
    keep_exports(&mut module, &words(&loader).collect());
    gc::run(&mut module);
    // Which features it uses, the browser sees by itself.
    module.customs.remove_raw("target_features");
    let left = imports(&module);
    let gone: HashSet<_> = imported.difference(&left).map(String::as_str).collect();
    let loader = compact(&without_entries(&loader, &gone))?;
    let names = shorten(&mut module);
    // A `${` is no name, but a place in a text.
    if loader.replace("${", "").contains('$') {
        return Err(Failure::new("the loader of the client has names that begin as the short ones do"));
    }
    let mentioned: HashSet<_> = words(&loader).collect();
    if let Some(missing) = names.keys().find(|name| !mentioned.contains(name.as_str())) {
        return Err(Failure::new(format!("the loader of the client is not made as expected: it lacks `{missing}`")));
    }
    Ok((module.emit_wasm(), renamed(&loader, &names)))
}

/// What the client asks of its loader.
fn imports(module: &Module) -> HashSet<String> {
    module.imports.iter().filter(|import| import.module == BINDINGS).map(|import| import.name.clone()).collect()
}

/// Leaves of the exports those that the loader names.
fn keep_exports(module: &mut Module, named: &HashSet<&str>) {
    let unnamed = module.exports.iter().filter(|export| !named.contains(export.name.as_str()));
    let unnamed: Vec<_> = unnamed.map(walrus::Export::id).collect();
    for id in unnamed {
        module.exports.delete(id);
    }
}

/// Gives short names to what passes between module and loader, and answers them by the long ones.
fn shorten(module: &mut Module) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut short = |long: &mut String| {
        let next = format!("${}", names.len());
        let name = names.entry(long.clone()).or_insert(next);
        long.clone_from(name);
    };
    module.imports.iter_mut().filter(|import| import.module == BINDINGS).for_each(|import| short(&mut import.name));
    module.exports.iter_mut().filter(|it| it.name.starts_with(MANGLED)).for_each(|export| short(&mut export.name));
    names
}

/// The loader without the classes that nothing in it names: those of types that a page could be handed, and none is.
fn without_unused_classes(loader: &str) -> String {
    let mut kept = loader.to_owned();
    let classes = loader.lines().filter_map(|line| line.strip_prefix("export class ")?.strip_suffix(" {"));
    for class in classes {
        let finalization = format!("{class}Finalization");
        let rest = without(&kept, |line| {
            let ends: fn(&str) -> bool = if line == format!("export class {class} {{") {
                |line: &str| line == "}"
            } else if line.starts_with(&format!("const {finalization} = ")) {
                |line: &str| line.ends_with(';')
            } else if line.starts_with(&format!("if (Symbol.dispose) {class}.")) {
                |_: &str| true
            } else {
                return None;
            };
            Some(ends)
        });
        if !words(&rest).any(|word| word == class || word == finalization) {
            kept = rest;
        }
    }
    kept
}

/// The loader without what it has for imports that are gone.
fn without_entries(loader: &str, gone: &HashSet<&str>) -> String {
    const INDENT: &str = "        ";
    without(loader, |line| {
        let (name, _) = line.strip_prefix(INDENT)?.split_once(": function(")?;
        gone.contains(name).then_some(|line: &str| line.strip_prefix(INDENT).is_some_and(|rest| rest.starts_with('}')))
    })
}

/// The text without some statements: `begins` says of a line whether one to leave out begins there, and how its last line is
/// known.
fn without(text: &str, begins: impl Fn(&str) -> Option<fn(&str) -> bool>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut leaving: Option<fn(&str) -> bool> = None;
    for line in text.lines() {
        leaving = leaving.or_else(|| begins(line));
        match leaving {
            Some(is_last) if is_last(line) => leaving = None,
            Some(_) => {}
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

/// The loader without indentation, blank lines and the comments that have lines of their own. Line breaks stay: some of them
/// end a statement.
fn compact(loader: &str) -> Outcome<String> {
    let unexpected = |line: &str| Failure::new(format!("the loader of the client is not made as expected: `{line}`"));
    let mut kept = String::with_capacity(loader.len());
    let mut in_comment = false;
    for line in loader.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            let end = line.find("*/").map(|end| end + "*/".len());
            if end.is_some_and(|end| end < line.len()) {
                return Err(unexpected(line));
            }
            in_comment = end.is_none();
        } else if !line.is_empty() && !line.starts_with("//") {
            // Within a text of several lines, blanks would count.
            if line.matches('`').count() % 2 != 0 {
                return Err(unexpected(line));
            }
            kept.push_str(line);
            kept.push('\n');
        }
    }
    (!in_comment).then_some(kept).ok_or_else(|| unexpected("/*"))
}

/// The script with other names.
fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let mut renamed = String::with_capacity(script.len());
    for (between, word) in pieces(script) {
        renamed.push_str(between);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
    }
    renamed
}

/// The names and words in a script.
fn words(script: &str) -> impl Iterator<Item = &str> {
    pieces(script).map(|(_, word)| word).filter(|word| !word.is_empty())
}

/// A script in pieces: what stands before each word, and the word.
fn pieces(script: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    let mut rest = script;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (between, after) = rest.split_at(rest.find(is_part).unwrap_or(rest.len()));
        let (word, after) = after.split_at(after.find(|it| !is_part(it)).unwrap_or(after.len()));
        rest = after;
        Some((between, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{FunctionBuilder, ValType};

    const LOADER: &str = "\
export class Stream {
    free() {
        wasm.__wbg_stream_free(this.__wbg_ptr, 0);
    }
}
if (Symbol.dispose) Stream.prototype[Symbol.dispose] = Stream.prototype.free;

/**
 * Begins.
 */
export function hydrate() {
    // Nothing else does.
    return wasm.hydrate();
}
const import0 = {
        __wbg_push_c9f4893fc209f768: function(arg0) {
            const text = `a  ${arg0}`;
            return _ZN3app3ask17h6418b7c8d4135619E(text);
        },
        __wbg_close_da623822aa0217ff: function() { return handleError(function (arg0) {
            arg0.close();
        }, arguments); },
};
function _ZN3app3ask17h6418b7c8d4135619E(arg0) {
    wasm._ZN3app3ask17h6418b7c8d4135619E(arg0);
}
const StreamFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_stream_free(ptr, 1));
";

    /// A module whose exports each call an import.
    fn module(exports: &[(&str, &str)]) -> Vec<u8> {
        let mut module = Module::default();
        let kind = module.types.add(&[ValType::I32], &[]);
        for (export, import) in exports {
            let (import, _) = module.add_import_func(BINDINGS, import, kind);
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.func_body().i32_const(1).call(import);
            let function = function.finish(vec![], &mut module.funcs);
            module.exports.add(export, function);
        }
        module.emit_wasm()
    }

    fn shrunk(loader: &str) -> (Module, String) {
        let wasm = module(&[
            ("hydrate", "__wbg_push_c9f4893fc209f768"),
            ("_ZN3app3ask17h6418b7c8d4135619E", "__wbg_push_c9f4893fc209f768"),
            ("__wbg_stream_free", "__wbg_close_da623822aa0217ff"),
        ]);
        let (wasm, loader) = shrink(&wasm, loader).unwrap_or_else(|failure| panic!("{failure}"));
        (Module::from_buffer(&wasm).expect("is a module"), loader)
    }

    #[test]
    fn what_nobody_names_is_gone_and_the_rest_is_called_the_same_on_both_sides() {
        let (module, loader) = shrunk(LOADER);
        let expected = "\
export function hydrate() {
return wasm.hydrate();
}
const import0 = {
$0: function(arg0) {
const text = `a  ${arg0}`;
return $1(text);
},
};
function $1(arg0) {
wasm.$1(arg0);
}
";
        assert_eq!(loader, expected);
        assert!(module.imports.iter().all(|import| import.name == "$0"), "{:?}", imports(&module));
        let mut exports: Vec<_> = module.exports.iter().map(|export| export.name.as_str()).collect();
        exports.sort_unstable();
        assert_eq!(exports, ["$1", "hydrate"]);
    }

    #[test]
    fn a_class_that_is_handed_out_stays() {
        let used = LOADER.replace("arg0.close();", "return new Stream(arg0);");
        let (module, loader) = shrunk(&used);
        assert!(loader.contains("export class Stream {") && loader.contains("StreamFinalization"), "{loader}");
        assert!(module.exports.iter().any(|export| export.name == "__wbg_stream_free"));
        assert_eq!(imports(&module).len(), 2);
    }

    #[test]
    fn a_loader_of_another_make_is_not_taken() {
        let wasm = module(&[("hydrate", "__wbg_push_c9f4893fc209f768")]);
        for wrong in [
            LOADER.replace("__wbg_push", "push"),
            LOADER.replace("arg0}`;", "arg0}"),
            LOADER.replace("const text", "const $0 = 1, text"),
            LOADER.replace("// Nothing else does.", "/* Nothing else does. */ if (true)"),
            LOADER.replace(" */\n", ""),
        ] {
            assert_ne!(wrong, LOADER);
            assert!(shrink(&wasm, &wrong).is_err(), "{wrong}");
        }
    }
}
