//! How far the feed goes, as all in the process know it.

use domain::Seq;
use tokio::sync::watch;

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
