//! What an open stream listens to while it has nothing to tell.

use super::streams::{Place, StreamSignal};
use crate::process::Process;
use domain::Seq;
use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior},
};

/// What a stream hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wakeup {
    /// The process is to end.
    Stopped,
    /// Its session or token has ended.
    Ended,
    /// Notifications of its user were read.
    Read,
    /// It is time to show that the connection lives, and to ask whether the session does.
    Beat,
    /// The feed has moved beyond its cursor.
    Moved,
}

/// The ear of one stream. Holds its place among the open streams.
pub(super) struct WakeupSource {
    stop: watch::Receiver<bool>,
    place: Place,
    beat: Interval,
    head: watch::Receiver<Seq>,
}

impl WakeupSource {
    pub(super) fn new(process: &Process, place: Place) -> Self {
        let mut beat = tokio::time::interval(process.beat);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { stop: process.stop.watch(), place, beat, head: process.hub.watch() }
    }

    /// The next that is heard, for a stream that has told everything up to `cursor`.
    pub(super) async fn next(&mut self, cursor: Seq) -> Wakeup {
        tokio::select! {
            biased;
            () = thrown(&mut self.stop) => Wakeup::Stopped,
            told = self.place.told() => match told {
                StreamSignal::Ended => Wakeup::Ended,
                StreamSignal::Read => Wakeup::Read,
            },
            // Before the events, so that no flood of them holds up the look at the session.
            _ = self.beat.tick() => Wakeup::Beat,
            () = passes(&mut self.head, cursor) => Wakeup::Moved,
        }
    }

    /// Resolves once nothing more may be told: for a stream whose reader does not take what it was told last.
    pub(super) async fn ends(&mut self) {
        tokio::select! {
            () = thrown(&mut self.stop) => {}
            () = self.place.ended() => {}
        }
    }
}

/// Resolves once the switch is thrown, or gone with the process.
async fn thrown(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Resolves once the feed is past a place. Never, where the hub is gone: the process ends then.
async fn passes(head: &mut watch::Receiver<Seq>, cursor: Seq) {
    if head.wait_for(|head| *head > cursor).await.is_err() {
        std::future::pending::<()>().await;
    }
}
