//! Filling an empty database with the made-up community of `crate::demo`.

use super::{Refused, migrated, open};
use crate::{
    auth::password::{self, NewPassword},
    clock::Sources,
    config::Settings,
    demo,
};
use std::{
    io::{self, IsTerminal, Write},
    str::FromStr,
};
use store::{Opening, Seed, Store, StoreError};

/// The same community at every run, so that screenshots and bug reports speak of the same people.
const SEED: u64 = 20_261_123;

/// How many times as big as what Muster is made for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Factor(f64);

impl FromStr for Factor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(factor) if (0.001..=10.0).contains(&factor) => Ok(Self(factor)),
            Ok(_) | Err(_) => Err("expected a number from 0.001 to 10"),
        }
    }
}

/// `muster seed-demo`.
pub(super) async fn seed(
    settings: &Settings,
    sources: &Sources,
    scale: Option<Factor>,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let store = open(settings, Opening::New).await?;
    let pending = store.pending_migrations().await?;
    store.migrate().await?;
    writeln!(out, "{}", migrated(pending))?;
    let filled = match scale {
        None => fill(&store, sources).await,
        Some(factor) => fill_big(&store, sources, factor).await,
    };
    store.close().await;
    if !filled? {
        return Err(Refused("the database already has users; the demo only goes into an empty one".to_owned()));
    }
    print_sign_ins(out)
}

/// Fills the database if it is empty; `false` where it is not.
pub(super) async fn fill(store: &Store, sources: &Sources) -> Result<bool, Refused> {
    if store.has_users().await? {
        return Ok(false);
    }
    sow(store, demo::generate(sources.clock.now(), SEED, password_hash(sources).await?)).await
}

/// Fills the database with the community as it was, and with what became of it.
async fn fill_big(store: &Store, sources: &Sources, Factor(factor): Factor) -> Result<bool, Refused> {
    if store.has_users().await? {
        return Ok(false);
    }
    let now = sources.clock.now();
    let community = demo::generate_past(now, SEED, password_hash(sources).await?);
    let growth = demo::growth(&community, store.engine(), factor, now);
    if !sow(store, community).await? {
        return Ok(false);
    }
    store.grow(&growth, &seeding).await?;
    Ok(true)
}

async fn password_hash(sources: &Sources) -> Result<String, Refused> {
    let hash = match NewPassword::parse(demo::PASSWORD) {
        Ok(new) => password::hash_alone(sources.random.clone(), new).await,
        Err(_) => None,
    };
    hash.ok_or_else(|| Refused("the demo password cannot be hashed".to_owned()))
}

async fn sow(store: &Store, community: Seed) -> Result<bool, Refused> {
    match store.seed(&community, &seeding).await {
        Ok(()) => Ok(true),
        Err(StoreError::NotEmpty) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn seeding(done: u64, total: u64) {
    progress("Seeding", done, total);
}

/// One line that rewrites itself, where somebody watches.
pub(super) fn progress(doing: &str, done: u64, total: u64) {
    let mut screen = io::stderr();
    if screen.is_terminal() {
        let end = if done >= total { "\n" } else { "" };
        // A progress line that cannot be shown is no reason to stop.
        let _ = write!(screen, "\r{doing} {done} of {total} rows{end}").and_then(|()| screen.flush());
    }
}

/// Who may be signed in as.
pub(super) fn print_sign_ins(out: &mut dyn Write) -> Result<(), Refused> {
    writeln!(out, "Sign in as any of these; the password is always `{}`:", demo::PASSWORD)?;
    for (role, username) in demo::SIGN_INS {
        writeln!(out, "  {username:<16} {role}")?;
    }
    Ok(())
}
