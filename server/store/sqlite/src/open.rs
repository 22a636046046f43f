//! Opens a file, and looks for what other processes commit to it.

use crate::{
    Db, Inner, Store, dialect,
    files::Files,
    shared::{InContext, fault::meaning, head::advance, keeping::Keeping},
    writer::Writer,
};
use domain::Seq;
use sqlx::{
    QueryBuilder, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    pin::pin,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store_model::{Opening, StoreError};
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
    /// Opens the file, which is made if absent where that is allowed. Its schema stays as it is.
    pub async fn open(url: &str, opening: Opening) -> Result<Self, StoreError> {
        let base = SqliteConnectOptions::from_str(url)
            .map_err(|error| StoreError::Unreachable(error.to_string()))?
            .create_if_missing(false)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .statement_cache_capacity(256)
            .row_buffer_size(ROWS_AHEAD)
            .pragma("mmap_size", MMAP_SIZE)
            .pragma("temp_store", "memory");
        let files = Arc::new(Files::of(base.get_filename().to_owned()));
        files.prepare(opening)?;
        let said = |error: sqlx::Error| match meaning(&error, "opening the database") {
            error @ (StoreError::Unwritable(..) | StoreError::Damaged(_)) => files.explain(error),
            _ => files.explain(StoreError::Unreachable(error.to_string())),
        };
        // FULL syncs the log at each commit: what was answered survives a power cut. Group commit pays for it.
        let options = base
            .clone()
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-65536")
            .pragma("journal_size_limit", "67108864")
            .optimize_on_close(opening != Opening::Looking, 1000);
        // The writer opens first: it turns the file to WAL, which readers may not.
        let (head, _) = watch::channel(Seq(0));
        let writer = match Writer::start(options.clone(), Arc::clone(&files), head.clone()).await {
            Ok(writer) => writer,
            Err(error) => {
                files.clear_away();
                return Err(said(error));
            }
        };
        let opened = SqlitePoolOptions::new()
            .max_connections(reader_count())
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(base.read_only(true).pragma("cache_size", "-16384"))
            .await;
        let readers = match opened {
            Ok(readers) => readers,
            Err(error) => {
                writer.finish().await;
                files.clear_away();
                return Err(said(error));
            }
        };
        look(&readers, &head).await;
        // A connection that has read holds the log and its index, too.
        files.recognise();
        let lookout = tokio::spawn(look_out(readers.clone(), Arc::clone(&files), head.clone()));
        let lookout = std::sync::Mutex::new(Some(lookout));
        let claim = std::sync::Mutex::new(None);
        let keeping = Keeping::default();
        let inner = Arc::new(Inner { files, options, readers, writer, head, lookout, claim, keeping });
        Ok(Self { inner, shared_snapshot: None })
    }

    /// Claims the file for a serving process until it is closed. Claiming it again changes nothing.
    pub fn claim_for_serving(&self) -> Result<(), StoreError> {
        if self.inner.claim.lock().is_ok_and(|claim| claim.is_some()) {
            return Ok(());
        }
        let lock = self.inner.files.claim()?;
        if let Ok(mut claim) = self.inner.claim.lock() {
            *claim = Some(lock);
        }
        Ok(())
    }

    /// Gives the file this number, by which it is known from one that is written over it. To be called once it is claimed:
    /// two that serve it would not know it.
    pub async fn stamp(&self, number: u32) -> Result<(), StoreError> {
        const CONTEXT: &str = "giving the database a number";
        if cfg!(not(unix)) || self.inner.files.stamp(number)? {
            return Ok(());
        }
        self.write(move |conn| {
            Box::pin(async move {
                QueryBuilder::<Db>::new("PRAGMA application_id = ")
                    .push(number.cast_signed())
                    .build()
                    .execute(conn)
                    .await?;
                Ok(())
            })
        })
        .await
        .in_context(CONTEXT)?;
        // Out of the log and into the file; where somebody still reads, a later checkpoint does it.
        let mut bulk = self.bulk().await.in_context(CONTEXT)?;
        let done = sqlx::query("PRAGMA wal_checkpoint").execute(&mut bulk).await.map(drop);
        self.finish_bulk(bulk).await.in_context(CONTEXT)?;
        done.in_context(CONTEXT)
    }

    /// Notes beside the file that it is served, and whether it has accounts.
    pub fn note_serving(&self, has_accounts: bool) -> Result<(), StoreError> {
        self.inner.files.note_serving(has_accounts)
    }

    /// Forgets that another file was served from this place.
    pub fn forget_serving(&self) -> Result<(), StoreError> {
        self.inner.files.forget_serving()
    }

    /// Refuses a file that is damaged as far as that is found within `limit`. Answers whether it was looked at whole.
    pub async fn look_for_damage(&self, limit: Duration) -> Result<bool, StoreError> {
        const CONTEXT: &str = "looking for damage";
        /// How many steps of SQLite's machine pass between two looks at the time: less than a millisecond.
        const STEPS: i32 = 1000;
        let mut bulk = self.bulk().await.in_context(CONTEXT)?;
        let is_late = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_late);
        bulk.lock_handle()
            .await
            .in_context(CONTEXT)?
            .set_progress_handler(STEPS, move || !seen.load(Ordering::Relaxed));
        let found = {
            let mut looking =
                pin!(sqlx::query_scalar("SELECT quick_check FROM pragma_quick_check").fetch_all(&mut bulk));
            let mut ticks = interval(limit);
            ticks.tick().await;
            tokio::select! {
                found = &mut looking => found,
                _ = ticks.tick() => {
                    is_late.store(true, Ordering::Relaxed);
                    looking.await
                }
            }
        };
        bulk.lock_handle().await.in_context(CONTEXT)?.remove_progress_handler();
        self.finish_bulk(bulk).await.in_context(CONTEXT)?;
        let found: sqlx::Result<Vec<String>> = found;
        match found {
            Ok(verdicts) if verdicts.iter().all(|verdict| verdict == "ok") => Ok(true),
            Ok(verdicts) => Err(StoreError::Damaged(verdicts.join(" "))),
            Err(_) if is_late.load(Ordering::Relaxed) => Ok(false),
            Err(error) => Err(meaning(&error, CONTEXT)),
        }
    }

    /// Whether all is kept as far as is known without writing.
    pub(crate) fn keeps_all(&self) -> Result<bool, StoreError> {
        self.inner.files.are_those_opened()?;
        Ok(self.inner.keeping.is_known()? && !self.inner.files.are_in_need())
    }

    /// What is wrong with who may read and write the files.
    pub(crate) fn check_files(&self) -> Vec<String> {
        self.inner.files.check()
    }
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

/// Notices what other processes commit, such as an administrative command beside the server, and what becomes of the
/// files.
async fn look_out(readers: SqlitePool, files: Arc<Files>, head: watch::Sender<Seq>) {
    let mut ticks = interval(LOOKOUT);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut were_there = true;
    while !readers.is_closed() {
        ticks.tick().await;
        let found = files.are_those_opened();
        match &found {
            Err(error) if were_there => tracing::error!(%error, "nothing is written any more: start Muster again"),
            Ok(()) if !were_there => tracing::warn!("the files of the database are back"),
            Ok(()) | Err(_) => {}
        }
        were_there = found.is_ok();
        // Where the feed of another database stands is no news.
        if were_there {
            look(&readers, &head).await;
        }
    }
}
