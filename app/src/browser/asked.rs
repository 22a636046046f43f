//! What a page was asked for and no address may tell. This tab keeps it, by account, under a short name that stands in the
//! address instead: so back, forward and another load find it again, and nobody else does.

use super::{attempt, document_fact};
use leptos::prelude::*;
use std::cell::Cell;
use web_sys::Storage;

/// How many of them are kept: as many steps as anybody goes back.
const MOST: usize = 40;

thread_local! {
    /// Whether the page the server has drawn is taken over by now.
    static ALIVE: Cell<bool> = const { Cell::new(false) };
}

/// Whether what this tab keeps may be shown: not before what the server has drawn without it is taken over.
pub(crate) fn follow_alive() -> RwSignal<bool> {
    let alive = RwSignal::new(ALIVE.get());
    Effect::new(move |_| {
        ALIVE.set(true);
        alive.try_set(true);
    });
    alive
}

/// Keeps the query of an address, and answers the name under which it is found. `None` where this browser keeps nothing.
pub(crate) fn keep_asked(query: &str) -> Option<String> {
    let (storage, place) = place()?;
    let kept = storage.get_item(&place).ok()?.unwrap_or_default();
    let mut lines: Vec<&str> = kept.lines().collect();
    if let Some(name) = lines.iter().find_map(|line| named(line).filter(|(_, kept)| *kept == query)) {
        return Some(name.0.to_owned());
    }
    let mut name = attempt();
    name.truncate(12);
    let line = format!("{name} {query}");
    lines.push(&line);
    let oldest = lines.len().saturating_sub(MOST);
    storage.set_item(&place, &lines.split_off(oldest).join("\n")).ok()?;
    Some(name)
}

/// What is kept under a name.
pub(crate) fn asked(name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let (storage, place) = place()?;
    let kept = storage.get_item(&place).ok()??;
    kept.lines().filter_map(named).find(|(other, _)| *other == name).map(|(_, query)| query.to_owned())
}

fn named(line: &str) -> Option<(&str, &str)> {
    line.split_once(' ')
}

fn place() -> Option<(Storage, String)> {
    let storage = window().session_storage().ok()??;
    Some((storage, format!("asked {}", document_fact("account")?)))
}
