//! The tasks that run beside the requests, until the process is to end.

use crate::process::Process;
use std::{sync::Arc, time::Duration};
use tokio::{task::JoinSet, time::MissedTickBehavior};

/// How often what has expired is thrown away.
const SWEEP: Duration = Duration::from_hours(1);

/// How often jobs are looked for that no event of this process announces.
const JOBS: Duration = Duration::from_secs(5);

/// Starts them all.
pub(crate) fn start(process: &Arc<Process>) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    let follow = Arc::clone(process);
    workers.spawn(async move {
        tokio::select! {
            () = follow.hub.follow() => {}
            () = follow.stop.stopped() => {}
        }
    });
    let sweep = Arc::clone(process);
    workers.spawn(async move {
        tokio::select! {
            () = sweep_for_ever(&sweep) => {}
            () = sweep.stop.stopped() => {}
        }
    });
    let settle = Arc::clone(process);
    workers.spawn(async move {
        tokio::select! {
            () = finish_jobs_for_ever(&settle) => {}
            () = settle.stop.stopped() => {}
        }
    });
    workers
}

/// Works off what large changes left to do, step by step: what a stopped process left, and what comes.
async fn finish_jobs_for_ever(process: &Process) {
    let store = process.service.store();
    let mut head = store.watch();
    let mut tick = tokio::time::interval(JOBS);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        // A job comes with an event; the tick finds those of a process that ended in the middle.
        tokio::select! {
            _ = tick.tick() => {}
            changed = head.changed() => if changed.is_err() { return },
        }
        let worked = match store.jobs().await {
            Ok(jobs) if jobs.is_empty() => Ok(()),
            Ok(_) => store.work_jobs(process.service.now()).await,
            Err(error) => Err(error),
        };
        if let Err(error) = worked {
            tracing::warn!(%error, "a large change could not be worked off; it is tried again");
            tick.tick().await;
        }
    }
}

/// Ended sessions and old receipts are of no use to anybody.
async fn sweep_for_ever(process: &Process) {
    let mut tick = tokio::time::interval(SWEEP);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = process.service.store().sweep(process.service.now()).await {
            tracing::warn!(%error, "expired sessions were not swept");
        }
    }
}
