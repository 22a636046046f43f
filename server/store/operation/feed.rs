//! The feed: events in the order in which they became visible.

use domain::{GroupId, RecordedEvent, Seq, UserId};
use store_model::{FeedGroup, FeedViewer, StoreError};

operations! {
    /// The oldest event kept and the newest there is. With no event at all: 1 and 0.
    snapshot "reading the bounds of the feed"
    fn feed_bounds() -> Result<(Seq, Seq), StoreError>
        = feed::bounds();

    /// The events after a place in the feed, in order, without a gap; at most 1,000 at a time.
    read "reading the feed"
    fn feed_after(after: Seq) -> Result<Vec<RecordedEvent>, StoreError>
        = feed::list_after(after);

    /// A viewer of the feed with what sight depends on; `None` where there is no such active account.
    snapshot "reading who watches the feed"
    fn feed_viewer(user: UserId) -> Result<Option<FeedViewer>, StoreError>
        = viewer::find_for_feed(user);

    /// What sight asks of a group, which may be gone; `None` where there never was one.
    snapshot "reading who may know of a group"
    fn feed_group(group: GroupId) -> Result<Option<FeedGroup>, StoreError>
        = group::find_for_feed(group);
}
