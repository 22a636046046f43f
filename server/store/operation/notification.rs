//! Notifications.

use domain::{
    EventId, Listing, NotificationQuery, NotificationRow, Notifications, RecordedEvent, Seq, Timestamp, UserId,
};
use store_model::StoreError;

operations! {
    /// A user's notifications, newest first.
    snapshot "reading notifications"
    fn notifications(user: UserId, query: &NotificationQuery) -> Result<Listing<NotificationRow>, StoreError>
        = notification_list::list(user, query);

    /// Marks notifications of a user as read, and nobody else's; answers how many are unread then.
    write "marking notifications as read"
    fn mark_read(user: UserId, which: Notifications, now: Timestamp) -> Result<u32, StoreError>
        = notification_list::mark_read(user, &which, now);

    /// What the user is told of an event; `None` where they are not told of it.
    snapshot "reading a notification"
    fn notification(user: UserId, event: EventId) -> Result<Option<NotificationRow>, StoreError>
        = notification_list::find(user, event);

    /// Whose notification tells of an event, while it does: what happens next in the matter is told in its place.
    read "reading who is told of an event"
    fn readers(event: &RecordedEvent) -> Result<Vec<UserId>, StoreError>
        = notification::list_readers(event);

    /// How many notifications of events up to this place in the feed the user has not read.
    snapshot "counting notifications as of a place in the feed"
    fn unread_as_of(user: UserId, seq: Seq) -> Result<u32, StoreError>
        = notification::count_unread_as_of(user, seq);

    /// How many notifications the user has not read.
    snapshot "counting notifications"
    fn unread(user: UserId) -> Result<u32, StoreError>
        = notification::count_unread(user);
}
