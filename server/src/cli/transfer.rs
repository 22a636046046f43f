//! `muster move`: from SQLite to PostgreSQL, with everything.

use super::{Refused, demo, open_current};
use crate::config::{DatabaseUrl, Settings};
use clap::Args;
use std::io::Write;
use store::{Engine, Store, StoreError};

#[derive(Args)]
pub(super) struct Move {
    /// The empty PostgreSQL database to move to
    #[arg(long, env = "MUSTER_MOVE_TO", hide_env_values = true, value_name = "URL")]
    to: DatabaseUrl,
}

/// Moves everything. What is refused changes nothing on either side.
pub(super) async fn run(Move { to }: Move, settings: &Settings, out: &mut dyn Write) -> Result<(), Refused> {
    let from = settings.database();
    if !from.is_sqlite() || to.is_sqlite() {
        return Err(Refused("what is moved is a SQLite database, and it goes to postgres://…".to_owned()));
    }
    let source = open_current(settings).await?;
    let moved = leave(&source, &from, &to).await;
    source.close().await;
    moved?;
    Ok(writeln!(out, "{to} holds all that {from} holds. Serve it with --database-url; the file stays as it is.")?)
}

async fn leave(source: &Store, from: &DatabaseUrl, to: &DatabaseUrl) -> Result<(), Refused> {
    if source.is_empty().await? {
        return Err(Refused(format!("{from} has no account in it")));
    }
    holds(from, &source.check().await?)?;
    let target = Store::open(to.reveal()).await.map_err(|error| Refused(format!("cannot open {to}: {error}")))?;
    let entered = enter(source, &target, to).await;
    target.close().await;
    entered
}

async fn enter(source: &Store, target: &Store, to: &DatabaseUrl) -> Result<(), Refused> {
    if target.engine() != Engine::Postgres || !target.is_empty().await? {
        return Err(Refused(format!("{to} has accounts already: only an empty database is moved to")));
    }
    let findings = match source.move_to(target, &|done, total| demo::progress("Moving", done, total)).await {
        Ok(findings) => findings,
        Err(StoreError::NotEmpty) => return Err(Refused(format!("{to} is not empty"))),
        Err(StoreError::InUse(why)) => {
            return Err(Refused(format!("{why}. Stop it first: what it wrote would be lost")));
        }
        Err(error) => return Err(error.into()),
    };
    // What was checked before it was committed is checked again as others will find it.
    holds(to, &findings)?;
    holds(to, &target.check().await?)
}

fn holds(url: &DatabaseUrl, findings: &[String]) -> Result<(), Refused> {
    match findings {
        [] => Ok(()),
        faults => Err(Refused(format!("{url} is not in order: {}", faults.join(" ")))),
    }
}
