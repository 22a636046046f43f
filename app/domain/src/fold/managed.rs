//! How the list of the groups one decides for follows the feed.

use super::{Follow, is_news};
use crate::{EventScope, Frame, Listing, ManagedGroup, RecordedEvent, RequestStatus, UserId};

/// The groups one decides for: what waits, who is in and when something last happened is counted on; everything else
/// about a group is fetched, for itself alone.
pub fn fold_managed(listing: &mut Listing<ManagedGroup>, frame: &Frame, me: UserId) -> Follow {
    if !is_news(&mut listing.seq, frame) {
        return Follow::Done;
    }
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Touched { group, .. } if listing.items.iter().any(|row| row.row.id == *group) => Follow::Fetch(*group),
        Frame::Event { logged, decides } => follow_event(listing, logged, *decides, me),
        Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::AdminChanged { .. }
        | Frame::Notified(_)
        | Frame::Unread(_)
        | Frame::SignedOut => Follow::Done,
    }
}

fn follow_event(listing: &mut Listing<ManagedGroup>, logged: &RecordedEvent, decides: bool, me: UserId) -> Follow {
    let event = &logged.event;
    let Some(group) = event.group.as_ref().map(|group| group.id) else { return Follow::Done };
    let Some(row) = listing.items.iter_mut().find(|row| row.row.id == group) else {
        // A group that is new, or new to whoever decides: where it stands the server knows.
        return if decides && event.what.touches() == EventScope::Group { Follow::FetchAll } else { Follow::Done };
    };
    row.last_activity = row.last_activity.max(Some(logged.at));
    if let Some(members) = row.row.member_count.as_mut() {
        let delta = i32::try_from(event.what.member_delta()).unwrap_or(0);
        *members = members.saturating_add_signed(delta);
    }
    if event.subject.as_ref().is_some_and(|subject| subject.id == me) {
        // Their own requests nobody decides (R10), and what they may do is never guessed.
        return Follow::Fetch(group);
    }
    match event.what.touches() {
        EventScope::Request(kind, status) => {
            let count = row.waiting.of_mut(kind);
            match status {
                RequestStatus::Open => *count += 1,
                RequestStatus::Approved
                | RequestStatus::Rejected
                | RequestStatus::Withdrawn
                | RequestStatus::Closed => *count = count.saturating_sub(1),
            }
            // What has waited too long may have been this one.
            if status != RequestStatus::Open && !row.cares.is_empty() { Follow::Fetch(group) } else { Follow::Done }
        }
        EventScope::Membership => Follow::Done,
        EventScope::Group
        | EventScope::GroupInside
        | EventScope::Rights
        | EventScope::Account
        | EventScope::Instance => Follow::Fetch(group),
    }
}

/// Puts a fetched group in the place of its row; `None` means that one decides for it no more. Where its place is another by
/// now (a new name, other cares), the list is read anew.
pub fn fold_managed_group(
    listing: &mut Listing<ManagedGroup>,
    id: crate::GroupId,
    group: Option<ManagedGroup>,
) -> Follow {
    let Some(place) = listing.items.iter().position(|row| row.row.id == id) else { return Follow::Done };
    let Some(group) = group else {
        listing.items.remove(place);
        return Follow::Done;
    };
    let old = std::mem::replace(&mut listing.items[place], group);
    let new = &listing.items[place];
    let stays = new.row.name == old.row.name && new.cares.is_empty() == old.cares.is_empty();
    if stays { Follow::Done } else { Follow::FetchAll }
}
