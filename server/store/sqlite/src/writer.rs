//! The one writer of a file, with group commit.
//!
//! Whatever is queued when the writer is free becomes one transaction, each write in a savepoint of its own: one sync to
//! disk for all of them, and one that is refused leaves the others be. Nobody is answered before the commit.
//!
//! Each statement is handed to the thread of the connection and back, which costs more than most statements do. So a
//! savepoint begins by the statement that ends the one before.
//!
//! It works on a thread of its own: the answers of its connection wake it there, and not a task of the runtime.

use crate::{
    Conn, dialect,
    files::Files,
    shared::{Fault, Work, fault::meaning, head::advance},
};
use domain::Seq;
use futures::{FutureExt, executor::block_on, future::BoxFuture};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::{panic::AssertUnwindSafe, sync::Arc, thread};
use store_model::StoreError;
use tokio::sync::{mpsc, oneshot, watch};

/// How many writes one transaction takes at most.
const BATCH: usize = 128;
/// How many writes may wait. Whoever comes later waits for a place.
const QUEUE: usize = 1024;

/// Begins a batch and the savepoint of its first write.
const BEGIN: &str = "BEGIN IMMEDIATE; SAVEPOINT one_write";
/// Keeps a write and begins the savepoint of the next.
const KEEP: &str = "RELEASE one_write; SAVEPOINT one_write";
/// Undoes a write; its savepoint is that of the next.
const UNDO: &str = "ROLLBACK TO one_write";

/// The way to the writer.
pub(crate) struct Writer {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Write(Box<dyn Job>),
    Finish(oneshot::Sender<()>),
}

/// One write in the queue, whatever its answer is made of.
trait Job: Send {
    /// Does it; whether it is to be kept, or which error ended the transaction for everybody in it.
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, Verdict>;
    /// Answers whoever waits: `Some` where the transaction was lost after the write was done.
    fn answer(self: Box<Self>, lost: Option<StoreError>);
}

enum Verdict {
    Keep,
    Undo,
    Lost(StoreError),
}

struct Write<T> {
    work: Box<Work<T>>,
    /// Whether it is to be undone even where it succeeds.
    is_dry_run: bool,
    outcome: Option<Result<T, Fault>>,
    waiting: oneshot::Sender<Result<T, Fault>>,
}

impl<T: Send + 'static> Job for Write<T> {
    fn run<'c>(&'c mut self, conn: &'c mut Conn) -> BoxFuture<'c, Verdict> {
        Box::pin(async move {
            // A defect in one command must not end the writing of all.
            let outcome = AssertUnwindSafe((self.work)(conn)).catch_unwind().await.unwrap_or_else(|_| {
                Err(StoreError::Database { context: "writing", cause: "the program panicked".to_owned() }.into())
            });
            let verdict = match &outcome {
                Ok(_) if self.is_dry_run => Verdict::Undo,
                Ok(_) => Verdict::Keep,
                Err(Fault::Database(error)) if dialect::ends_transaction(error) => {
                    Verdict::Lost(match meaning(error, "writing") {
                        error @ StoreError::Unwritable(..) => error,
                        error => StoreError::Busy(error.to_string()),
                    })
                }
                Err(_) => Verdict::Undo,
            };
            self.outcome = Some(outcome);
            verdict
        })
    }

    fn answer(self: Box<Self>, lost: Option<StoreError>) {
        let outcome = match lost {
            Some(error) => Err(error.into()),
            None => self.outcome.unwrap_or_else(|| Err(closing())),
        };
        // Nobody may be waiting any more; what was committed stays.
        let _ = self.waiting.send(outcome);
    }
}

fn closing() -> Fault {
    StoreError::Unreachable("the database is being closed".to_owned()).into()
}

impl Writer {
    /// Opens the writing connection and starts to take writes. After each commit the head moves.
    pub(crate) async fn start(
        options: SqliteConnectOptions,
        files: Arc<Files>,
        head: watch::Sender<Seq>,
    ) -> sqlx::Result<Self> {
        let (queue, messages) = mpsc::channel(QUEUE);
        let (opened, opening) = oneshot::channel();
        let work = async move {
            // Whoever opens may have lost interest: then the queue is closed, and the work at its end.
            match options.connect().await {
                Ok(conn) => {
                    let _ = opened.send(Ok(()));
                    WriterTask { options, files, conn: Some(conn), head }.work(messages).await;
                }
                Err(error) => {
                    let _ = opened.send(Err(error));
                }
            }
        };
        thread::Builder::new().name("muster-writer".to_owned()).spawn(move || {
            work_in_pairs();
            block_on(work);
        })?;
        opening.await.map_err(|_| sqlx::Error::WorkerCrashed)??;
        Ok(Self { queue })
    }

    /// Queues a write and waits until it is committed.
    pub(crate) async fn write<T: Send + 'static>(&self, work: Box<Work<T>>) -> Result<T, Fault> {
        self.queue(work, false).await
    }

    /// Queues a write that is undone once its answer is known.
    pub(crate) async fn dry_run<T: Send + 'static>(&self, work: Box<Work<T>>) -> Result<T, Fault> {
        self.queue(work, true).await
    }

    async fn queue<T: Send + 'static>(&self, work: Box<Work<T>>, is_dry_run: bool) -> Result<T, Fault> {
        let (waiting, answer) = oneshot::channel();
        let job = Box::new(Write { work, is_dry_run, outcome: None, waiting });
        self.queue.send(Message::Write(job)).await.map_err(|_| closing())?;
        answer.await.unwrap_or_else(|_| Err(closing()))
    }

    /// Takes no further writes, and waits until those in the queue are committed.
    pub(crate) async fn finish(&self) {
        let (waiting, finished) = oneshot::channel();
        if self.queue.send(Message::Finish(waiting)).await.is_ok() {
            // An error means that the writer has finished already.
            let _ = finished.await;
        }
    }
}

/// Makes this thread and the one of its connection, which it starts, take turns on one processor, none interrupting the
/// other: one of them always waits for the other. Waking a processor that has gone to sleep costs more than most
/// statements (approvals doubled by staying on one), and being interrupted for each row costs a fifth of them.
///
/// Where the system refuses, writes are only slower.
#[cfg(target_os = "linux")]
fn work_in_pairs() {
    use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};
    use thread_priority::{
        NormalThreadSchedulePolicy::Batch, ThreadPriority, ThreadSchedulePolicy::Normal,
        set_thread_priority_and_policy, thread_native_id,
    };
    let place = sched_getcpu();
    if place < CpuSet::MAX_CPU {
        let mut here = CpuSet::new();
        here.set(place);
        if let Err(error) = sched_setaffinity(None, &here) {
            tracing::debug!(%error, "the writer moves between processors");
        }
    }
    let usual = ThreadPriority::Os(thread_priority::ThreadPriorityOsValue::default());
    if let Err(error) = set_thread_priority_and_policy(thread_native_id(), usual, Normal(Batch)) {
        tracing::debug!(?error, "the writer is interrupted by its connection");
    }
}

#[cfg(not(target_os = "linux"))]
const fn work_in_pairs() {}

/// Where the writer works.
struct WriterTask {
    options: SqliteConnectOptions,
    files: Arc<Files>,
    /// `None` after a failure, until the next batch.
    conn: Option<Conn>,
    head: watch::Sender<Seq>,
}

impl WriterTask {
    async fn work(mut self, mut queue: mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(BATCH);
        let mut finishing = Vec::new();
        while queue.recv_many(&mut messages, BATCH).await > 0 {
            let mut batch = Vec::with_capacity(messages.len());
            for message in messages.drain(..) {
                match message {
                    Message::Write(job) => batch.push(job),
                    Message::Finish(waiting) => {
                        queue.close();
                        finishing.push(waiting);
                    }
                }
            }
            if !batch.is_empty() {
                self.commit_and_answer(batch).await;
            }
        }
        if let Some(conn) = self.conn.take()
            && let Err(error) = conn.close().await
        {
            tracing::warn!(%error, "the writing connection did not close");
        }
        for waiting in finishing {
            let _ = waiting.send(());
        }
    }

    async fn commit_and_answer(&mut self, mut batch: Vec<Box<dyn Job>>) {
        let lost = match self.commit(&mut batch).await {
            Ok(seq) => {
                advance(&self.head, seq);
                None
            }
            Err(error) => {
                tracing::error!(%error, writes = batch.len(), "a batch of writes was lost");
                // The connection may be in any state: the next batch gets a new one.
                self.conn = None;
                Some(error)
            }
        };
        for job in batch {
            job.answer(lost.as_ref().map(of_batch));
        }
    }

    /// Commits what the jobs did, and answers where the feed stands then.
    async fn commit(&mut self, batch: &mut [Box<dyn Job>]) -> Result<Seq, StoreError> {
        let files = Arc::clone(&self.files);
        let lost = |error: sqlx::Error| files.explain(meaning(&error, "committing a batch of writes"));
        // What is written to a file that is not there any more would be answered, and lost.
        files.are_those_opened()?;
        let conn = match &mut self.conn {
            Some(conn) => conn,
            empty @ None => empty.insert(self.options.connect().await.map_err(lost)?),
        };
        let mut tx = conn.begin_with(BEGIN).await.map_err(lost)?;
        let count = batch.len();
        for (place, job) in batch.iter_mut().enumerate() {
            let between = match job.run(&mut tx).await {
                // The commit keeps whatever is not undone.
                Verdict::Keep if place + 1 == count => break,
                Verdict::Keep => KEEP,
                Verdict::Undo => UNDO,
                Verdict::Lost(error) => return Err(files.explain(error)),
            };
            sqlx::query(between).execute(&mut *tx).await.map_err(lost)?;
        }
        let seq = dialect::head(&mut tx).await;
        tx.commit().await.map_err(lost)?;
        files.are_those_opened()?;
        // Sessions can be written before the first migration has made a feed only by mistake; the lookout goes on.
        Ok(seq.unwrap_or(Seq(0)))
    }
}

/// The failure of a batch as each of its writes is told: `StoreError` holds what cannot be copied.
fn of_batch(error: &StoreError) -> StoreError {
    match error {
        StoreError::Unreachable(cause) => StoreError::Unreachable(cause.clone()),
        StoreError::Unwritable(why, cause) => StoreError::Unwritable(*why, cause.clone()),
        other => StoreError::Busy(format!("the write was undone with its batch: {other}")),
    }
}
