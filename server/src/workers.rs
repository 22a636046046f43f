//! The tasks that run beside the requests, until the process is to end.

use crate::process::Process;
use std::{sync::Arc, time::Duration};
use tokio::{task::JoinSet, time::MissedTickBehavior};

/// How often what has expired is thrown away.
const SWEEP: Duration = Duration::from_hours(1);

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
    workers
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
