//! Copies of the whole file, made while it is in use and put in its place when it is not.

use crate::{
    Store,
    files::{Files, folder_of, private_file},
    shared::InContext,
};
use sqlx::sqlite::SqliteConnectOptions;
use std::{
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use store_model::StoreError;
use tokio::time::interval;

impl Store {
    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        self.inner.files.path()
    }

    /// Writes a copy to a file that is not there yet, for its owner only. The copy is on disk when this answers; its folder
    /// entry is not.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let context = "copying the database";
        let name = file.to_str().ok_or_else(|| lost(context, "the name of the copy is no text"))?;
        // The copy holds what the database holds, so it is for the same eyes.
        private_file(file).map_err(|error| lost(context, &error.to_string()))?;
        let mut bulk = self.bulk().await.in_context(context)?;
        // One read transaction over the whole file: a moment, with everything that was committed before it.
        let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(&mut bulk).await.map(drop);
        self.finish_bulk(bulk).await.in_context(context)?;
        copied.in_context(context)?;
        File::open(file).and_then(|copy| copy.sync_all()).map_err(|error| lost(context, &error.to_string()))
    }

    /// Puts a file that cannot be opened aside, with what stands beside it, and answers where it is now.
    pub fn set_aside(url: &str) -> Result<PathBuf, StoreError> {
        let context = "putting the database aside";
        let options = SqliteConnectOptions::from_str(url).map_err(|error| lost(context, &error.to_string()))?;
        let files = Files::of(options.get_filename().to_owned());
        let _claim = files.claim()?;
        let path = files.path();
        let mut aside = beside(path, "-damaged");
        for number in 2.. {
            if !aside.exists() {
                break;
            }
            aside = beside(path, &format!("-damaged-{number}"));
        }
        for suffix in ["-wal", "-shm", ""] {
            match fs::rename(beside(path, suffix), beside(&aside, suffix)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(lost(context, &error.to_string())),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(aside)
    }

    /// Closes the file and puts another one in its place.
    pub async fn replace_with(&self, file: &Path) -> Result<(), StoreError> {
        let context = "replacing the database";
        self.claim_for_serving()?;
        // The claim outlives the closing: nobody may begin to serve what is about to be replaced.
        let claim = self.inner.claim.lock().ok().and_then(|mut claim| claim.take());
        self.close().await;
        let path = self.inner.files.path();
        // The last to close tidies up the log. Where one is left it belongs to somebody, and would spoil the new file. A
        // connection to a damaged file is closed by its own thread, a moment later.
        let mut looks = interval(Duration::from_millis(20));
        let mut left = 50;
        while beside(path, "-wal").exists() && left > 0 {
            looks.tick().await;
            left -= 1;
        }
        if beside(path, "-wal").exists() {
            return Err(StoreError::InUse(format!("another process uses {}: stop it first", path.display())));
        }
        let replaced = fs::rename(file, path).and_then(|()| sync_folder_of(path));
        drop(claim);
        replaced.map_err(|error| lost(context, &error.to_string()))
    }
}

fn lost(context: &'static str, cause: &str) -> StoreError {
    StoreError::Database { context, cause: cause.to_owned() }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes the entries of the folder of a file survive a power cut.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}
