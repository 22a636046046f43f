//! Numbers committed events, and tells this process and the others how far the feed goes.
//!
//! A sequence would not do: a slow transaction commits a lower number after readers have passed it, and they would never
//! see it. So writers leave `seq` empty, and every process runs this relay, which numbers what is committed:
//! - Only committed rows can be numbered: the statement that does it begins after the lock is held.
//! - Relays take turns by the lock on the one row of `event_head`, which is released when the numbers are visible:
//!   whoever sees a number sees every lower one.
//! - Numbers and head move in one transaction, so that one that fails leaves no gap.
//!
//! What is numbered is counted, too: `groups.member_count` follows the feed in the same transaction. A counter that every
//! approval of one busy group updated would make them wait for each other (it cost 40 % in the study), and this one is
//! always true at the feed's head. It locks rows of groups in a mode that those who approve do not wait for.
//!
//! A poke after a local commit makes it quick, a notification after numbers were given wakes the other processes, and the
//! slow poll is the guarantee for both. Where a database or a pooler knows no notifications they are switched off.

use crate::{Conn, dialect, shared::head::advance, transaction};
use domain::Seq;
use sqlx::{PgPool, postgres::PgListener};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time::{Interval, MissedTickBehavior, interval},
};

/// Where relays tell each other.
const CHANNEL: &str = "muster_feed";
/// Steps are at least this far apart: what is committed meanwhile shares the next one.
const PACE: Duration = Duration::from_millis(5);
/// How long news can be late at most when every hint is lost.
const POLL: Duration = Duration::from_millis(500);
/// How many events one step numbers; as in the statement.
const STEP: u64 = 5000;

/// The relay of this process.
pub(crate) struct Relay {
    head: watch::Sender<Seq>,
    poke: Arc<Notify>,
    /// Whether other processes are told of news, and are listened to.
    notifies: bool,
    /// Aborted when the relay is dropped.
    tasks: tokio::sync::Mutex<JoinSet<()>>,
}

impl Relay {
    /// Starts to number and to listen.
    pub(crate) async fn start(pool: &PgPool, notifies: bool) -> Self {
        let (head, _) = watch::channel(Seq(0));
        let poke = Arc::new(Notify::new());
        if let Ok(seq) = read_head(pool).await {
            advance(&head, seq.0);
        }
        let mut tasks = JoinSet::new();
        tasks.spawn(number_for_ever(pool.clone(), Arc::clone(&poke), head.clone(), notifies));
        if notifies {
            tasks.spawn(listen_for_ever(pool.clone(), head.clone()));
        }
        Self { head, poke, notifies, tasks: tokio::sync::Mutex::new(tasks) }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Seq> {
        self.head.subscribe()
    }

    /// Says that something was committed.
    pub(crate) fn poke(&self) {
        self.poke.notify_one();
    }

    /// Numbers what was committed before it was asked to. A failure is left to the next step.
    pub(crate) async fn step_now(&self, pool: &PgPool) {
        match number(pool, self.notifies).await {
            Ok((seq, _)) => advance(&self.head, seq),
            Err(error) => tracing::debug!(%error, "events wait for their numbers"),
        }
    }

    /// Ends both tasks, which lets go of their connections.
    pub(crate) async fn stop(&self) {
        self.tasks.lock().await.shutdown().await;
    }
}

fn ticks(period: Duration) -> Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

async fn number_for_ever(pool: PgPool, poke: Arc<Notify>, head: watch::Sender<Seq>, notifies: bool) {
    let (mut slow, mut pace) = (ticks(POLL), ticks(PACE));
    let mut failing = false;
    while !pool.is_closed() {
        tokio::select! {
            () = poke.notified() => { pace.tick().await; }
            _ = slow.tick() => {}
        }
        match number_all(&pool, notifies).await {
            Ok(seq) => {
                failing = false;
                advance(&head, seq);
            }
            // Before the first migration there is nothing to number.
            Err(sqlx::Error::Database(error)) if dialect::is_missing_table(error.as_ref()) => {}
            Err(error) => {
                // Once for each outage, not twice a second.
                if !failing {
                    tracing::warn!(%error, "events wait for their numbers");
                }
                failing = true;
            }
        }
    }
}

/// Numbers everything that is committed; answers where the feed stands then.
async fn number_all(pool: &PgPool, notifies: bool) -> sqlx::Result<Seq> {
    loop {
        let (seq, waiting) = read_head(pool).await?;
        if !waiting {
            return Ok(seq);
        }
        let (seq, numbered) = number(pool, notifies).await?;
        if numbered < STEP {
            return Ok(seq);
        }
    }
}

/// Whether an event waits for its number in this view.
pub(crate) async fn is_waited_for(conn: &mut Conn) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM events WHERE seq IS NULL) AS "waiting!""#).fetch_one(conn).await
}

/// Where the feed stands, and whether an event waits for its number. Locks nothing: most polls end here.
async fn read_head(pool: &PgPool) -> sqlx::Result<(Seq, bool)> {
    let row = sqlx::query!(
        r#"SELECT seq, EXISTS (SELECT 1 FROM events WHERE seq IS NULL) AS "waiting!" FROM event_head WHERE one = 1"#
    )
    .fetch_one(pool)
    .await?;
    Ok((Seq(row.seq), row.waiting))
}

/// One step: takes the turn, gives out numbers, counts members, tells the others.
async fn number(pool: &PgPool, notifies: bool) -> sqlx::Result<(Seq, u64)> {
    let mut tx = transaction::begin(pool, dialect::BEGIN_WRITE).await?;
    // A statement of its own: what the next one sees is what was committed when the turn was taken.
    let head = sqlx::query_scalar!("SELECT seq FROM event_head WHERE one = 1 FOR UPDATE").fetch_one(&mut *tx).await?;
    let numbered = sqlx::query_scalar!(
        r#"WITH numbered AS (
                UPDATE events SET seq = $1 + next.place
                    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM events
                        WHERE seq IS NULL ORDER BY id LIMIT 5000) AS next
                    WHERE events.id = next.id RETURNING events.group_id, events.member_delta),
            moved AS (UPDATE event_head SET seq = seq + (SELECT count(*) FROM numbered) WHERE one = 1),
            counted AS (
                UPDATE groups SET member_count = member_count + changed.delta
                    FROM (SELECT group_id, CAST(sum(member_delta) AS BIGINT) AS delta FROM numbered
                        WHERE member_delta <> 0 GROUP BY group_id) AS changed
                    WHERE groups.id = changed.group_id AND changed.delta <> 0)
            SELECT count(*) AS "count!" FROM numbered"#,
        head
    )
    .fetch_one(&mut *tx)
    .await?;
    if numbered == 0 {
        return Ok((Seq(head), 0));
    }
    let new_head = head + numbered;
    if notifies {
        sqlx::query!("SELECT pg_notify($1, $2)", CHANNEL, new_head.to_string()).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok((Seq(new_head), u64::try_from(numbered).unwrap_or(0)))
}

/// Hears how far other processes have numbered. What is missed while there is no connection, the poll finds.
async fn listen_for_ever(pool: PgPool, head: watch::Sender<Seq>) {
    let mut retry = ticks(POLL);
    while !pool.is_closed() {
        retry.tick().await;
        if let Err(error) = listen(&pool, &head).await {
            tracing::debug!(%error, "the feed is polled until the database can be listened to");
        }
    }
}

async fn listen(pool: &PgPool, head: &watch::Sender<Seq>) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    // `None` stands for a connection that was lost and made anew.
    loop {
        if let Some(notice) = listener.try_recv().await?
            && let Ok(seq) = notice.payload().parse()
        {
            advance(head, Seq(seq));
        }
    }
}
