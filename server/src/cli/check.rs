//! `muster check`: says whether settings and database are as they should be.

use super::{Refused, json_line, not_opened};
use crate::config::Settings;
use domain::{NameOf, Namesake, SharedKey};
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
    let faults = match Store::open_as(settings.database().reveal(), Opening::Looking).await {
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

/// What is no damage to the data, but to be put right by somebody: no one but them knows who is to have the name (R17).
fn shared(found: &SharedKey) -> String {
    let SharedKey { named, addressed } = found;
    format!(
        "The username {} of user {} is the e-mail address of user {} ({}), who cannot sign in by it: give one of them another.",
        named.username, named.id, addressed.id, addressed.username
    )
}

/// What is to be done about a name that is the same as another. Both are written so that one sees what is not seen.
fn same_name(found: &Namesake) -> String {
    let Namesake { of, id, name, other_id, other } = found;
    let what = match of {
        NameOf::User => "user",
        NameOf::Email => "e-mail address of user",
        NameOf::Group => "group",
        NameOf::State => "state",
        NameOf::ReservedName => "reserved name",
    };
    format!("The {what} {id}, {name:?}, has the same name as {other_id}, {other:?}: change one of them.")
}

async fn look(store: &Store) -> Result<Vec<String>, Refused> {
    let damage = |error: StoreError| match error {
        StoreError::Damaged(_) => Ok(vec![error.to_string()]),
        error => Err(error.into()),
    };
    match store.pending_migrations().await {
        Ok(0) => match store.check().await {
            Ok(mut faults) => {
                faults.extend(store.shared_account_keys().await?.iter().map(shared));
                faults.extend(store.namesakes().await?.iter().map(same_name));
                Ok(faults)
            }
            Err(error) => damage(error),
        },
        Ok(pending) => Ok(vec![format!("{pending} migrations are not applied: run `muster migrate`")]),
        Err(error) => damage(error),
    }
}
