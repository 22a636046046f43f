//! `muster check`: says whether settings and database are as they should be.

use super::{Refused, json_line, not_opened};
use crate::config::Settings;
use serde::Serialize;
use std::io::Write;
use store::{Opening, Store, StoreError};

/// What was found, as `--json` prints it.
#[derive(Serialize)]
struct Checked<'a> {
    database: String,
    faults: &'a [String],
}

/// Prints each thing that is wrong; refuses where there is one. Makes nothing, a database least of all.
pub(super) async fn check(json: bool, settings: &Settings, out: &mut dyn Write) -> Result<(), Refused> {
    let database = settings.database().to_string();
    if !json {
        writeln!(out, "Database: {database}")?;
    }
    let faults = match Store::open_as(settings.database().reveal(), Opening::Existing).await {
        Ok(store) => {
            let faults = look(&store).await;
            store.close().await;
            faults?
        }
        Err(error @ (StoreError::Missing(_) | StoreError::Damaged(_))) => {
            vec![not_opened(&settings.database(), &error).0]
        }
        Err(error) => return Err(not_opened(&settings.database(), &error)),
    };
    if json {
        json_line(out, &Checked { database, faults: &faults })?;
    } else {
        for fault in &faults {
            writeln!(out, "- {fault}")?;
        }
        if faults.is_empty() {
            writeln!(out, "Everything is in order.")?;
        }
    }
    match faults.len() {
        0 => Ok(()),
        1 => Err(Refused("1 thing is wrong".to_owned())),
        count => Err(Refused(format!("{count} things are wrong"))),
    }
}

async fn look(store: &Store) -> Result<Vec<String>, Refused> {
    let damage = |error: StoreError| match error {
        StoreError::Damaged(_) => Ok(vec![error.to_string()]),
        error => Err(error.into()),
    };
    match store.pending_migrations().await {
        Ok(0) => store.check().await.or_else(damage),
        Ok(pending) => Ok(vec![format!("{pending} migrations are not applied: run `muster migrate`")]),
        Err(error) => damage(error),
    }
}
