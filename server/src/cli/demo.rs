//! Filling an empty database with the made-up community of `crate::demo`.

use super::{Refused, migrated, open};
use crate::{auth::password::Passwords, clock::Sources, config::Settings, demo};
use std::io::{self, IsTerminal, Write};
use store::{Store, StoreError};

/// The same community at every run, so that screenshots and bug reports speak of the same people.
const SEED: u64 = 20_261_123;

/// `muster seed-demo`.
pub(super) async fn seed(settings: &Settings, sources: &Sources, out: &mut dyn Write) -> Result<(), Refused> {
    let store = open(settings).await?;
    let pending = store.pending_migrations().await?;
    store.migrate().await?;
    writeln!(out, "{}", migrated(pending))?;
    let filled = fill(&store, sources).await;
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
    let hash = Passwords::new(sources.random.clone()).hash(demo::PASSWORD.to_owned()).await;
    let hash = hash.ok_or_else(|| Refused("the demo password cannot be hashed".to_owned()))?;
    let community = demo::generate(sources.clock.now(), SEED, hash);
    let seeded = store.seed(&community, &progress).await;
    match seeded {
        Ok(()) => Ok(true),
        Err(StoreError::NotEmpty) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// One line that rewrites itself, where somebody watches.
fn progress(done: u64, total: u64) {
    let mut screen = io::stderr();
    if screen.is_terminal() {
        let end = if done >= total { "\n" } else { "" };
        // A progress line that cannot be shown is no reason to stop.
        let _ = write!(screen, "\rSeeding {done} of {total} rows{end}").and_then(|()| screen.flush());
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
