//! `muster restore`: a copy in the place of the database.

use super::{Refused, json_line, not_opened, open};
use crate::config::Settings;
use clap::Args;
use serde::Serialize;
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};
use store::{Opening, Store, StoreError};

#[derive(Args)]
pub(super) struct Restore {
    /// The copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace a database that has accounts; never one that is being served
    #[arg(long)]
    force: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// What was restored, as `--json` prints it.
#[derive(Serialize)]
struct Restored<'a> {
    file: &'a Path,
    database: String,
}

/// Checks the copy, then puts it in the place of the database, by one rename. Whatever is refused changes nothing.
pub(super) async fn restore(
    Restore { file, force, json }: Restore,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let url = settings.database();
    if !url.is_sqlite() {
        let shown = file.display();
        return Err(Refused(format!(
            "PostgreSQL restores its copies itself: pg_restore --clean --if-exists --dbname={url} {shown}"
        )));
    }
    if !file.is_file() {
        return Err(Refused(format!("{} is no file", file.display())));
    }
    let target = open_target(settings, force).await?;
    let replaced = replace(target.clone(), &file, force).await;
    target.close().await;
    replaced?;
    if json {
        return json_line(out, &Restored { file: &file, database: url.to_string() });
    }
    Ok(writeln!(out, "{url} is now what {} holds.", file.display())?)
}

/// Opens what is to be replaced. One that cannot be opened is put aside, where that is allowed.
async fn open_target(settings: &Settings, force: bool) -> Result<Store, Refused> {
    let url = settings.database();
    match Store::open_as(url.reveal(), Opening::Existing).await {
        Ok(target) => return Ok(target),
        Err(StoreError::Missing(_)) => {}
        Err(StoreError::Damaged(_)) if force => {
            let aside = Store::set_aside(url.reveal())?;
            tracing::warn!(file = %aside.display(), "the damaged database was put aside");
        }
        Err(error) => return Err(not_opened(&url, &error)),
    }
    open(settings, Opening::Anew).await
}

async fn replace(target: Store, file: &Path, force: bool) -> Result<(), Refused> {
    target.claim_for_serving()?;
    if !force && !target.is_empty().await? {
        return Err(Refused("the database already has accounts: say --force to replace it".to_owned()));
    }
    let Some(place) = target.file() else { return Err(Refused("the database is no file".to_owned())) };
    let fresh = beside(place, "-restoring");
    let replaced = match checked(file, &fresh).await {
        Ok(()) => target.replace_with(&fresh).await.map(drop).map_err(Refused::from),
        Err(refused) => Err(refused),
    };
    if replaced.is_err() {
        for left in [fresh.clone(), beside(&fresh, "-wal"), beside(&fresh, "-shm")] {
            // Most of them are not there, and why the copy was refused says more.
            let _ = fs::remove_file(left);
        }
    }
    replaced
}

/// Makes a private copy of the copy, brings it up to date and looks whether all is in order: the file itself stays as it
/// is, whatever becomes of this.
async fn checked(file: &Path, fresh: &Path) -> Result<(), Refused> {
    let said = |error: io::Error| Refused(format!("cannot copy {} to {}: {error}", file.display(), fresh.display()));
    copy_for_owner(file, fresh).map_err(said)?;
    let foreign = |error: StoreError| Refused(format!("{} is no copy of this Muster: {error}", file.display()));
    let store = Store::open(&format!("sqlite://{}", fresh.display())).await.map_err(foreign)?;
    let looked = look(&store, file).await;
    store.close().await;
    looked?;
    File::open(fresh).and_then(|copy| copy.sync_all()).map_err(said)
}

/// Copies a file into one that only its owner can read, whoever could read the other.
fn copy_for_owner(file: &Path, fresh: &Path) -> io::Result<()> {
    let mut private = OpenOptions::new();
    private.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut private, 0o600);
    io::copy(&mut File::open(file)?, &mut private.open(fresh)?).map(drop)
}

async fn look(store: &Store, file: &Path) -> Result<(), Refused> {
    let foreign = |error: StoreError| Refused(format!("{} is no copy of this Muster: {error}", file.display()));
    if store.is_empty().await.map_err(foreign)? {
        return Err(Refused(format!("{} has no account in it", file.display())));
    }
    store.migrate().await.map_err(foreign)?;
    match store.check().await?.as_slice() {
        [] => Ok(()),
        faults => Err(Refused(format!("{} is damaged: {}", file.display(), faults.join(" ")))),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
