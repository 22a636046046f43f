//! Opens a file, and looks for what other processes commit to it.

use crate::{Inner, Store, dialect, writer::Writer};
use domain::Seq;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{File, TryLockError},
    path::Path,
    str::FromStr,
    sync::Arc,
    time::Duration,
};
use store_model::StoreError;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

/// How long a write waits for one of another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How often commits of other processes are looked for: a token that the command line revokes has to end its streams
/// within a second.
const LOOKOUT: Duration = Duration::from_millis(250);
/// How many rows a statement may be ahead of whoever reads them: a page and what belongs to it, so that neither waits for
/// the other.
const ROWS_AHEAD: usize = 1024;
/// How much of the file is read without copying, in bytes.
const MMAP_SIZE: &str = "268435456";

impl Store {
    /// Opens the file, which is made if absent. Its schema stays as it is.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let unreachable = |error: sqlx::Error| StoreError::Unreachable(error.to_string());
        let base = SqliteConnectOptions::from_str(url)
            .map_err(unreachable)?
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .statement_cache_capacity(256)
            .row_buffer_size(ROWS_AHEAD)
            .pragma("mmap_size", MMAP_SIZE)
            .pragma("temp_store", "memory");
        let path = base.get_filename().to_owned();
        // FULL syncs the log at each commit: what was answered survives a power cut. Group commit pays for it.
        let options = base
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-65536")
            .pragma("journal_size_limit", "67108864")
            .optimize_on_close(true, 1000);
        // The writer opens first: it makes the file and turns it to WAL, which readers may not.
        let (head, _) = watch::channel(Seq(0));
        let writer = Writer::start(options.clone(), head.clone()).await.map_err(unreachable)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(reader_count())
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(base.read_only(true).pragma("cache_size", "-16384"))
            .await
            .map_err(unreachable)?;
        look(&readers, &head).await;
        let lookout = tokio::spawn(look_out(readers.clone(), head.clone())).abort_handle();
        let claim = std::sync::Mutex::new(None);
        let inner = Arc::new(Inner { path, options, readers, writer, head, lookout, claim });
        Ok(Self { inner, moment: None })
    }

    /// Claims the file for a serving process until it is closed. Claiming it again changes nothing.
    pub fn claim_for_serving(&self) -> Result<(), StoreError> {
        let path = &self.inner.path;
        if self.inner.claim.lock().is_ok_and(|claim| claim.is_some()) {
            return Ok(());
        }
        let lock = lock_beside(path).map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::InUse(format!(
                "another process serves {}: stop it first, or name another database",
                path.display()
            )),
            TryLockError::Error(error) => {
                StoreError::Unreachable(format!("cannot lock a file beside {}: {error}", path.display()))
            }
        })?;
        if let Ok(mut claim) = self.inner.claim.lock() {
            *claim = Some(lock);
        }
        Ok(())
    }
}

/// Locks a file beside the database, not the database: closing a handle to that would drop SQLite's own locks.
fn lock_beside(path: &Path) -> Result<File, TryLockError> {
    let mut name = path.as_os_str().to_owned();
    name.push("-serving");
    let file = File::create(name).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// One for each core, and two that may wait for the disk.
fn reader_count() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    u32::try_from(cores).unwrap_or(2).saturating_add(2)
}

/// Moves the head to where the feed stands. Before the first migration there is no feed.
pub(crate) async fn look(readers: &SqlitePool, head: &watch::Sender<Seq>) {
    let Ok(mut conn) = readers.acquire().await else { return };
    if let Ok(seq) = dialect::head(&mut conn).await {
        advance(head, seq);
    }
}

/// Moves the head forward, and wakes those who wait for it if it moved.
pub(crate) fn advance(head: &watch::Sender<Seq>, seq: Seq) {
    head.send_if_modified(|known| {
        let is_news = seq > *known;
        if is_news {
            *known = seq;
        }
        is_news
    });
}

/// Notices what other processes commit, such as an administrative command beside the server.
async fn look_out(readers: SqlitePool, head: watch::Sender<Seq>) {
    let mut ticks = interval(LOOKOUT);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !readers.is_closed() {
        ticks.tick().await;
        look(&readers, &head).await;
    }
}
