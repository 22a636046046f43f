//! How what is on screen follows the feed. Idempotent by `Seq`: a frame that the list already has changes nothing.

mod group;
mod managed;
mod member;
mod mine;
mod notification;

pub use group::{fetch_group, fold_group, fold_groups};
pub use managed::{fold_managed, fold_managed_group};
pub use member::{drop_member, fold_members};
pub use mine::{fold_my_group, fold_my_groups, fold_my_requests};
pub use notification::fold_notifications;

use crate::{
    AuditPage, Denial, Event, EventPayload, EventScope, Frame, GroupId, GroupRef, QueueCounts, QueuePage, QueueRow,
    RequestStatus, SettledMark, UserId, Viewer,
};

/// What is left to do after a frame was folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Nothing: the list is true.
    Done,
    /// One row has to be fetched.
    Fetch(GroupId),
    /// Everything has to be fetched.
    FetchAll,
}

/// Whether the frame is news to what was read at `seen`; moves `seen` on if so. A reset always is: it may even say that
/// the page comes from a later place than the feed has, as after a restored backup.
fn is_news(seen: &mut crate::Seq, frame: &Frame) -> bool {
    match frame.seq() {
        Some(seq) if seq <= *seen && !matches!(frame, Frame::Reset { .. }) => false,
        Some(seq) => {
            *seen = seq;
            true
        }
        None => true,
    }
}

/// The number of requests waiting for the viewer. One's own never count: nobody decides those (R10).
fn fold_counts(counts: &mut QueueCounts, frame: &Frame, me: UserId) {
    let Frame::Event { logged, decides: true } = frame else { return };
    if logged.event.subject.as_ref().is_some_and(|subject| subject.id == me) {
        return;
    }
    if let EventScope::Request(kind, status) = logged.event.what.touches() {
        let count = counts.of_mut(kind);
        *count = if status == RequestStatus::Open { *count + 1 } else { count.saturating_sub(1) };
    }
}

/// A group's new name, where the event gave it one.
fn new_name(event: &Event) -> Option<GroupRef> {
    let EventPayload::GroupEdited { before, after } = &event.what else { return None };
    (before.name != after.name).then(|| after.reference())
}

/// Gives what names this group its new name.
fn rename(named: &mut GroupRef, new: &GroupRef) {
    if named.id == new.id {
        named.name.clone_from(&new.name);
    }
}

/// What the frame around every page shows of the viewer: how many requests wait for them, and how many notices are unread.
/// Who they are and what they may do follows a reset.
pub fn fold_viewer(viewer: &mut Viewer, frame: &Frame) {
    if is_news(&mut viewer.seq, frame) {
        fold_counts(&mut viewer.queue, frame, viewer.person.id);
    }
    if let Frame::Unread(unread) = frame {
        viewer.unread = *unread;
    }
}

/// The queue: new requests come at the end, settled ones say farewell and stay until `leave_queue`.
pub fn fold_queue(page: &mut QueuePage, frame: &Frame, me: UserId) -> Follow {
    if !is_news(&mut page.listing.seq, frame) {
        return Follow::Done;
    }
    if matches!(frame, Frame::Reset { .. }) {
        return Follow::FetchAll;
    }
    fold_counts(&mut page.counts, frame, me);
    let Frame::Event { logged, decides: true } = frame else { return Follow::Done };
    let event = &logged.event;
    if let Some(renamed) = new_name(event) {
        let groups = page.listing.items.iter_mut().map(|row| &mut row.group).chain(&mut page.group);
        groups.for_each(|group| rename(group, &renamed));
    }
    let Some(id) = event.request else { return Follow::Done };
    let EventScope::Request(kind, status) = event.what.touches() else { return Follow::Done };
    if status != RequestStatus::Open {
        if matches!(status, RequestStatus::Approved | RequestStatus::Rejected) {
            page.last_decision = Some((**logged).clone());
        }
        if let Some(row) = page.listing.items.iter_mut().find(|row| row.id == id) {
            row.settled_mark = Some(SettledMark { status, by: logged.actor.clone() });
        }
        return Follow::Done;
    }
    let (Some(group), Some(subject)) = (&event.group, &event.subject) else { return Follow::Done };
    let is_own = subject.id == me;
    let wanted = page.query.admits(kind, group.id, subject)
        && (page.query.own || !is_own)
        // Later pages of the list will show it; here it would stand in the wrong place.
        && page.listing.next_cursor.is_none()
        && page.listing.items.iter().all(|row| row.id != id);
    if wanted {
        page.listing.items.push(QueueRow {
            id,
            applicant: subject.clone(),
            group: group.clone(),
            kind,
            reason: event.reason.clone(),
            created_at: logged.at,
            warning: is_own.then_some(Denial::OwnRequest),
            settled_mark: None,
        });
    }
    Follow::Done
}

/// Takes a settled request off the screen.
pub fn leave_queue(page: &mut QueuePage, id: crate::RequestId) {
    page.listing.items.retain(|row| row.id != id);
}

/// Takes along from the queue as it was, when it was read anew: what says farewell, and the request that is `written`
/// about, which stays until it is left. How that one ended is not known then, unless it stands on a later page.
pub fn carry_queue(before: &QueuePage, page: &mut QueuePage, written: Option<crate::RequestId>) {
    if before.query != page.query {
        return;
    }
    let old = &before.listing.items;
    for (place, row) in old.iter().enumerate() {
        let stays = row.settled_mark.is_some() || written == Some(row.id);
        if !stays || page.listing.items.iter().any(|other| other.id == row.id) {
            continue;
        }
        let is_later =
            page.listing.next_cursor.is_some() && page.listing.items.last().is_some_and(|last| last.id < row.id);
        if is_later {
            page.listing.items.push(row.clone());
            continue;
        }
        // It stands after the nearest of those that stood before it.
        let now = &page.listing.items;
        let after = old[..place].iter().rev().find_map(|old| now.iter().position(|row| row.id == old.id));
        let settled_mark = row.settled_mark.clone().or(Some(SettledMark { status: RequestStatus::Open, by: None }));
        page.listing.items.insert(after.map_or(0, |after| after + 1), QueueRow { settled_mark, ..row.clone() });
    }
}

/// The audit log: what matches the filters comes on top.
pub fn fold_audit(page: &mut AuditPage, frame: &Frame) -> Follow {
    if !is_news(&mut page.listing.seq, frame) {
        return Follow::Done;
    }
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Event { logged, .. } => {
            let wanted = page.query.admits(logged)
                && page.query.cursor.is_none()
                && page.listing.items.iter().all(|row| row.id != logged.id);
            if wanted {
                page.listing.items.insert(0, (**logged).clone());
            }
            Follow::Done
        }
        Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::AdminChanged { .. }
        | Frame::Notified(_)
        | Frame::Unread(_)
        | Frame::SignedOut => Follow::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GroupRef, Listing, Person, QueueQuery, RequestId, RequestKind, Seq, Timestamp};

    fn row(id: i64, settled_mark: Option<SettledMark>) -> QueueRow {
        QueueRow {
            id: RequestId(id),
            applicant: Person { id: UserId(id), username: "ana".to_owned(), main_character: None },
            group: GroupRef { id: GroupId(3), name: "Logi".to_owned() },
            kind: RequestKind::Join,
            reason: None,
            created_at: Timestamp(id),
            warning: None,
            settled_mark,
        }
    }

    fn queue(items: Vec<QueueRow>) -> QueuePage {
        QueuePage {
            query: QueueQuery::default(),
            group: None,
            counts: QueueCounts::default(),
            listing: Listing { items, next_cursor: None, seq: Seq(1) },
            last_decision: None,
        }
    }

    fn ids(page: &QueuePage) -> Vec<i64> {
        page.listing.items.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn a_queue_that_is_read_anew_keeps_what_says_farewell_and_what_is_written_about() {
        let rejected = Some(SettledMark { status: RequestStatus::Rejected, by: None });
        let before = queue(vec![row(1, rejected.clone()), row(2, None), row(3, None), row(4, None), row(5, None)]);
        let mut page = queue(vec![row(2, None), row(5, None), row(6, None)]);
        carry_queue(&before, &mut page, Some(RequestId(4)));
        assert_eq!(ids(&page), [1, 2, 4, 5, 6]);
        assert_eq!(page.listing.items[0].settled_mark, rejected);
        let unknown = Some(SettledMark { status: RequestStatus::Open, by: None });
        assert_eq!(page.listing.items[2].settled_mark, unknown);
    }

    #[test]
    fn what_is_written_about_stays_open_where_so_many_came_before_it_that_it_is_on_a_later_page() {
        let before = queue(vec![row(4, None), row(9, None)]);
        let mut page = queue(vec![row(1, None), row(2, None), row(3, None)]);
        page.listing.next_cursor = Some("3".to_owned());
        carry_queue(&before, &mut page, Some(RequestId(9)));
        assert_eq!(ids(&page), [1, 2, 3, 9]);
        assert_eq!(page.listing.items[3].settled_mark, None);
    }

    #[test]
    fn another_queue_keeps_nothing_of_the_one_before() {
        let before = queue(vec![row(1, None)]);
        let mut page = queue(vec![row(2, None)]);
        page.query.kind = Some(RequestKind::Leave);
        carry_queue(&before, &mut page, Some(RequestId(1)));
        assert_eq!(ids(&page), [2]);
    }
}
