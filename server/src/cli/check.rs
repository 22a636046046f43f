//! `muster check`: says whether settings and database are as they should be.

use super::{Refused, open};
use crate::config::Settings;
use std::io::Write;

/// Prints each thing that is wrong; refuses where there is one.
pub(super) async fn check(settings: &Settings, out: &mut dyn Write) -> Result<(), Refused> {
    writeln!(out, "Database: {}", settings.database())?;
    let store = open(settings).await?;
    let faults = match store.pending_migrations().await? {
        0 => store.check().await?,
        pending => vec![format!("{pending} migrations are not applied: run `muster migrate`")],
    };
    store.close().await;
    for fault in &faults {
        writeln!(out, "- {fault}")?;
    }
    match faults.len() {
        0 => Ok(writeln!(out, "Everything is in order.")?),
        1 => Err(Refused("1 thing is wrong".to_owned())),
        count => Err(Refused(format!("{count} things are wrong"))),
    }
}
