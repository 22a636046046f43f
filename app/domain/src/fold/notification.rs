//! How the list of what one is told follows the feed.

use super::Follow;
use crate::{Frame, Listing, NotificationRow, Seq};

/// The notifications, newest first: what happened comes on top, and takes the place of what was told before of the same
/// matter (R18). `first` says that this is the first page; later ones show nothing new. `unread` says that only what is not
/// read yet is shown.
///
/// An event and the notification of it have the same place in the feed: what is known already is told by its event.
pub fn fold_notifications(listing: &mut Listing<NotificationRow>, frame: &Frame, first: bool, unread: bool) -> Follow {
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Notified(row) => {
            arrive(listing, row, first && (row.read_at.is_none() || !unread));
            Follow::Done
        }
        Frame::Event { .. }
        | Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::AdminChanged { .. }
        | Frame::Unread(_)
        | Frame::SignedOut => Follow::Done,
    }
}

fn arrive(listing: &mut Listing<NotificationRow>, row: &NotificationRow, is_shown: bool) {
    listing.seq = Seq::max(listing.seq, row.logged.seq);
    if listing.items.iter().any(|known| known.logged.id >= row.logged.id && known.id == row.id) {
        return;
    }
    listing.items.retain(|known| known.id != row.id);
    if is_shown {
        listing.items.insert(0, row.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Subject;
    use crate::{
        Event, EventId, EventPayload, NotificationId, RecordedEvent, RequestId, RequestKind, RequestStatus, Timestamp,
    };

    fn row(id: i64, event: i64, subject: Subject, what: EventPayload) -> NotificationRow {
        let told = Event::of(what).of_request(RequestId(1));
        let logged =
            RecordedEvent { id: EventId(event), seq: Seq(event), at: Timestamp(event), actor: None, event: told };
        NotificationRow { id: NotificationId(id), subject, logged, read_at: None }
    }

    fn waits(id: i64, event: i64) -> NotificationRow {
        row(id, event, Subject::RequestWaits(RequestKind::Join), EventPayload::Requested(RequestKind::Join))
    }

    fn withdrawn(id: i64, event: i64) -> NotificationRow {
        let subject = Subject::RequestEnded(RequestKind::Join, RequestStatus::Withdrawn);
        let row = row(id, event, subject, EventPayload::Withdrawn(RequestKind::Join));
        NotificationRow { read_at: Some(Timestamp(event)), ..row }
    }

    fn ids(listing: &Listing<NotificationRow>) -> Vec<i64> {
        listing.items.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn what_is_new_stands_on_top_once() {
        let mut listing = Listing { items: vec![waits(3, 3)], next_cursor: None, seq: Seq(3) };
        for _ in 0..2 {
            let follow = fold_notifications(&mut listing, &Frame::Notified(Box::new(waits(7, 7))), true, false);
            assert_eq!(follow, Follow::Done);
        }
        assert_eq!(ids(&listing), [7, 3]);
        assert_eq!(listing.seq, Seq(7));
    }

    #[test]
    fn what_goes_on_takes_the_place_of_what_was_told() {
        let mut listing = Listing { items: vec![waits(5, 5), waits(3, 3)], next_cursor: None, seq: Seq(5) };
        fold_notifications(&mut listing, &Frame::Notified(Box::new(withdrawn(3, 8))), true, false);
        assert_eq!(ids(&listing), [3, 5]);
        assert!(listing.items[0].read_at.is_some(), "it is over");
        fold_notifications(&mut listing, &Frame::Notified(Box::new(waits(3, 9))), true, false);
        assert_eq!((ids(&listing), listing.items[0].read_at), (vec![3, 5], None), "they ask again");
        fold_notifications(&mut listing, &Frame::Notified(Box::new(withdrawn(5, 10))), false, false);
        assert_eq!(ids(&listing), [3], "a later page shows nothing new");
        fold_notifications(&mut listing, &Frame::Notified(Box::new(withdrawn(3, 11))), true, true);
        assert_eq!(ids(&listing), Vec::<i64>::new(), "what is over is not unread");
    }

    #[test]
    fn a_reset_asks_for_everything() {
        let mut listing = Listing { items: vec![waits(3, 3)], next_cursor: None, seq: Seq(3) };
        assert_eq!(fold_notifications(&mut listing, &Frame::Reset { seq: Seq(9) }, true, false), Follow::FetchAll);
    }
}
