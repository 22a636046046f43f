//! How the list of what one is told follows the feed.

use super::Follow;
use crate::{Frame, Listing, NotificationRow, Seq, notice::Subject};

/// The notifications, newest first: what is new comes on top, and takes the place of an earlier one about a request that
/// was withdrawn. `first` says that this is the first page; later ones show nothing new.
///
/// An event and the notification of it have the same place in the feed: what is known already is told by its id.
pub fn fold_notifications(listing: &mut Listing<NotificationRow>, frame: &Frame, first: bool) -> Follow {
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Notified(row) => {
            arrive(listing, row, first);
            Follow::Done
        }
        Frame::Event { .. }
        | Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::Office { .. }
        | Frame::Unread(_)
        | Frame::SignedOut => Follow::Done,
    }
}

fn arrive(listing: &mut Listing<NotificationRow>, row: &NotificationRow, first: bool) {
    listing.seq = Seq::max(listing.seq, row.logged.seq);
    if listing.items.iter().any(|known| known.id == row.id) {
        return;
    }
    if matches!(row.subject, Subject::RequestWithdrawn(_)) {
        listing.items.retain(|known| known.logged.event.request != row.logged.event.request);
    }
    if row.subject == Subject::SignInsFailed {
        listing.items.retain(|known| known.subject != Subject::SignInsFailed);
    }
    if first {
        listing.items.insert(0, row.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, EventId, FailedSignIns, Logged, NotificationId, RequestId, RequestKind, Timestamp, What};

    fn row(id: i64, subject: Subject, what: What, request: i64) -> NotificationRow {
        let event = Event {
            what,
            group: None,
            subject: None,
            request: Some(RequestId(request)),
            cause: None,
            reason: None,
            comment: None,
            states: Vec::new(),
        };
        let logged = Logged { id: EventId(id), seq: Seq(id), at: Timestamp(id), actor: None, event };
        NotificationRow { id: NotificationId(id), subject, logged, read_at: None }
    }

    fn waits(id: i64, request: i64) -> NotificationRow {
        row(id, Subject::RequestWaits(RequestKind::Join), What::Requested(RequestKind::Join), request)
    }

    fn withdrawn(id: i64, request: i64) -> NotificationRow {
        row(id, Subject::RequestWithdrawn(RequestKind::Join), What::Withdrawn(RequestKind::Join), request)
    }

    #[test]
    fn the_newest_of_failed_sign_ins_tells_of_all() {
        let failed = |id| {
            let failed = FailedSignIns { count: 5, since: Timestamp(1), address: "::1".to_owned(), elsewhere: false };
            row(id, Subject::SignInsFailed, What::SignInsFailed(Box::new(failed)), 0)
        };
        let mut listing = Listing { items: vec![waits(5, 2), failed(3)], next_cursor: None, seq: Seq(5) };
        fold_notifications(&mut listing, &Frame::Notified(Box::new(failed(8))), true);
        assert_eq!(ids(&listing), [8, 5]);
    }

    fn ids(listing: &Listing<NotificationRow>) -> Vec<i64> {
        listing.items.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn what_is_new_stands_on_top_once() {
        let mut listing = Listing { items: vec![waits(3, 1)], next_cursor: None, seq: Seq(3) };
        for _ in 0..2 {
            let follow = fold_notifications(&mut listing, &Frame::Notified(Box::new(waits(7, 2))), true);
            assert_eq!(follow, Follow::Done);
        }
        assert_eq!(ids(&listing), [7, 3]);
        assert_eq!(listing.seq, Seq(7));
    }

    #[test]
    fn what_was_withdrawn_takes_the_place_of_what_waited() {
        let mut listing = Listing { items: vec![waits(5, 2), waits(3, 1)], next_cursor: None, seq: Seq(5) };
        fold_notifications(&mut listing, &Frame::Notified(Box::new(withdrawn(8, 1))), true);
        assert_eq!(ids(&listing), [8, 5]);
        fold_notifications(&mut listing, &Frame::Notified(Box::new(withdrawn(9, 2))), false);
        assert_eq!(ids(&listing), [8], "a later page shows nothing new");
    }

    #[test]
    fn a_reset_asks_for_everything() {
        let mut listing = Listing { items: vec![waits(3, 1)], next_cursor: None, seq: Seq(3) };
        assert_eq!(fold_notifications(&mut listing, &Frame::Reset { seq: Seq(9) }, true), Follow::FetchAll);
    }
}
