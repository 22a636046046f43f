//! Serves a debug build, and after each edit builds it anew, serves that, and has the pages that are open load again.

use crate::{
    build, elapsed,
    failure::{Explain, Failure, Outcome},
    place::Place,
    program::{Program, Running},
};
use notify_debouncer_mini::{DebounceEventResult, new_debouncer, notify::RecursiveMode};
use std::{
    fs,
    path::Path,
    process,
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

/// What is watched: whatever a build is made of.
const SOURCES: [&str; 5] = ["app", "frontend", "migrations", "server", "style"];

/// Editors write a file in several steps, and several files at once.
const QUIET: Duration = Duration::from_millis(150);

/// Runs until it is stopped. A build that fails leaves the last one serving. The options go to `muster serve`.
///
/// # Errors
/// Where the sources cannot be watched.
pub fn dev(place: &Place, args: &[String]) -> Outcome {
    let options: Vec<&String> = args.iter().filter(|arg| *arg != "--").collect();
    let (edited, edits) = mpsc::channel();
    let tell = move |batch: DebounceEventResult| {
        let is_source = |path: &Path| !path.components().any(|part| part.as_os_str() == "node_modules");
        if batch.is_ok_and(|events| events.iter().any(|event| is_source(&event.path))) {
            // Nobody listens any more only when this command ends.
            let _ = edited.send(());
        }
    };
    let mut watcher =
        new_debouncer(QUIET, tell).map_err(|cause| Failure::new(format!("cannot watch files: {cause}")))?;
    for folder in SOURCES {
        let watching = watcher.watcher().watch(&place.join(folder), RecursiveMode::Recursive);
        watching.map_err(|cause| Failure::new(format!("cannot watch {folder}: {cause}")))?;
    }
    let mut serving: Option<Running> = None;
    for number in 0.. {
        let begun = Instant::now();
        match build::build(place, false).and_then(|()| name_build(place, number)) {
            Ok(()) => {
                drop(serving.take());
                match serve(place, &options) {
                    Ok(running) => {
                        // The first time one has waited for this tool, too.
                        let waited = (number == 0).then(|| elapsed::since_command(place)).flatten();
                        println!(
                            "{}built and served after {:.1} s; the next edit does it again",
                            running.said(),
                            waited.unwrap_or_else(|| begun.elapsed()).as_secs_f64()
                        );
                        serving = Some(running);
                    }
                    Err(failure) => eprintln!("xtask: {failure}; the next edit tries again"),
                }
            }
            Err(failure) => eprintln!("xtask: {failure}; the next edit tries again"),
        }
        if !wait_for_edit(&edits) {
            break;
        }
    }
    Ok(())
}

fn serve(place: &Place, options: &[&String]) -> Outcome<Running> {
    Program::new(place, place.binary(false)).args(["serve"]).args(options).start("http://")
}

/// Gives the build a name that open pages find changed, and load again. Only this command writes the file: what is built
/// for any other use has none, and its pages do not ask.
fn name_build(place: &Place, number: u64) -> Outcome {
    let file = place.pkg().join("build.txt");
    fs::write(&file, format!("{}-{number}", process::id())).explain(format!("write {}", file.display()))
}

/// Waits for an edit, and takes all that came with it for one. False where none can come any more.
fn wait_for_edit(edits: &Receiver<()>) -> bool {
    let edited = edits.recv().is_ok();
    while edits.try_recv().is_ok() {}
    edited
}
