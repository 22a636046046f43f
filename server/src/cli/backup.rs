//! `muster backup`: a copy of the database while it is in use.

use super::{Refused, json_line, open_current};
use crate::{clock::Sources, config::Settings, rfc3339};
use clap::Args;
use serde::Serialize;
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};
use store::Store;

#[derive(Args)]
pub(super) struct Backup {
    /// The file to make
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Overwrite the file where there is one
    #[arg(long)]
    force: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// A copy as `--json` prints it.
#[derive(Serialize)]
struct Made<'a> {
    file: &'a Path,
    bytes: u64,
    begun_at: String,
}

/// Makes a copy that holds everything answered before it was begun. The file is there whole or not at all.
pub(super) async fn backup(
    Backup { file, force, json }: Backup,
    settings: &Settings,
    sources: &Sources,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let url = settings.database();
    if !url.is_sqlite() {
        let shown = file.display();
        return Err(Refused(format!(
            "PostgreSQL makes its copies itself: pg_dump --format=custom --file={shown} --dbname={url}"
        )));
    }
    if !force && file.exists() {
        return Err(Refused(format!("{} is there already: name another file, or say --force", file.display())));
    }
    let store = open_current(settings).await?;
    let begun_at = sources.clock.now();
    let made = make(&store, &file).await;
    if let Ok(bytes) = made
        && let Err(error) = store.note_backup(domain::Backup { at: begun_at, bytes }).await
    {
        tracing::warn!(%error, "the copy is made, but the admin area will not know of it");
    }
    store.close().await;
    let bytes = made?;
    if json {
        return json_line(out, &Made { file: &file, bytes, begun_at: rfc3339::written(begun_at) });
    }
    Ok(writeln!(out, "{} holds everything up to {}: {bytes} bytes.", file.display(), rfc3339::written(begun_at))?)
}

/// Copies into a file beside the wanted one and renames it; answers its size.
async fn make(store: &Store, file: &Path) -> Result<u64, Refused> {
    let said = |error: io::Error| Refused(format!("cannot write {}: {error}", file.display()));
    let name = file.file_name().ok_or_else(|| Refused(format!("{} names no file", file.display())))?;
    let mut part = OsString::from(".");
    part.push(name);
    part.push(format!(".{}.part", std::process::id()));
    let part = file.with_file_name(part);
    let copied = copy(store, &part).await.and_then(|bytes| {
        fs::rename(&part, file).map_err(said)?;
        sync_folder_of(file).map_err(said)?;
        Ok(bytes)
    });
    if copied.is_err() {
        // Why it failed says more than that its beginning could not be removed.
        let _ = fs::remove_file(&part);
    }
    copied
}

async fn copy(store: &Store, part: &Path) -> Result<u64, Refused> {
    let said = |error: io::Error| Refused(format!("cannot write {}: {error}", part.display()));
    // Made before anything is read, so that a place that cannot be written to is named.
    drop(File::create(part).map_err(said)?);
    store.copy_to(part).await?;
    Ok(fs::metadata(part).map_err(said)?.len())
}

/// Makes the name of a file survive a power cut.
fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
