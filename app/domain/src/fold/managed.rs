//! How the list of the groups one decides for follows the feed.

use super::{Follow, is_news};
use crate::{Frame, Listing, Logged, ManagedGroup, RequestStatus, Touches, UserId};

/// The groups one decides for: what waits, who is in and when something last happened is counted on; everything else
/// about a group is fetched, for itself alone.
pub fn fold_managed(listing: &mut Listing<ManagedGroup>, frame: &Frame, me: UserId) -> Follow {
    if !is_news(&mut listing.seq, frame) {
        return Follow::Done;
    }
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Touched { group, .. } if listing.items.iter().any(|row| row.row.id == *group) => Follow::Fetch(*group),
        Frame::Event { logged, .. } => follow_event(listing, logged, me),
        Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::Office { .. }
        | Frame::Notified(_)
        | Frame::Unread(_)
        | Frame::SignedOut => Follow::Done,
    }
}

fn follow_event(listing: &mut Listing<ManagedGroup>, logged: &Logged, me: UserId) -> Follow {
    let event = &logged.event;
    let Some(group) = event.group.as_ref().map(|group| group.id) else { return Follow::Done };
    let Some(row) = listing.items.iter_mut().find(|row| row.row.id == group) else { return Follow::Done };
    row.last_activity = row.last_activity.max(Some(logged.at));
    if let Some(members) = row.row.member_count.as_mut() {
        let delta = i32::try_from(event.what.member_delta()).unwrap_or(0);
        *members = members.saturating_add_signed(delta);
    }
    match event.what.touches() {
        Touches::Request(kind, status) => {
            let mine = event.subject.as_ref().is_some_and(|subject| subject.id == me);
            let count = row.waiting.of_mut(kind);
            match status {
                // Nobody decides their own (R10).
                _ if mine => {}
                RequestStatus::Open => *count += 1,
                RequestStatus::Approved
                | RequestStatus::Rejected
                | RequestStatus::Withdrawn
                | RequestStatus::Closed => *count = count.saturating_sub(1),
            }
            // What has waited too long may have been this one.
            if status != RequestStatus::Open && !row.cares.is_empty() { Follow::Fetch(group) } else { Follow::Done }
        }
        Touches::Membership => Follow::Done,
        Touches::Group | Touches::GroupInside | Touches::Rights | Touches::Account | Touches::Instance => {
            Follow::Fetch(group)
        }
    }
}

/// Puts a fetched group in the place of its row; `None` means that one decides for it no more.
pub fn fold_managed_group(listing: &mut Listing<ManagedGroup>, id: crate::GroupId, group: Option<ManagedGroup>) {
    let Some(place) = listing.items.iter().position(|row| row.row.id == id) else { return };
    match group {
        Some(group) => listing.items[place] = group,
        None => drop(listing.items.remove(place)),
    }
}
