//! How the lists of one's own groups and requests follow the feed.

use super::{Follow, is_news, new_name, rename};
use crate::{
    EventScope, Frame, GroupId, GroupRow, Listing, MyGroup, Person, RecordedEvent, Request, RequestQuery,
    RequestStatus, Settlement, UserId,
};

/// The groups one is in. What is lost goes at once; what is gained is fetched, with what holds it.
pub fn fold_my_groups(listing: &mut Listing<MyGroup>, frame: &Frame, me: UserId) -> Follow {
    if !is_news(&mut listing.seq, frame) {
        return Follow::Done;
    }
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Touched { group, .. } => fetch_listed(listing, *group),
        Frame::Counted { group, delta, .. } => {
            count(listing, *group, *delta);
            Follow::Done
        }
        Frame::Event { logged, .. } => follow_event(listing, logged, me),
        Frame::AdminChanged { .. } | Frame::Notified(_) | Frame::Unread(_) | Frame::SignedOut => Follow::Done,
    }
}

fn follow_event(listing: &mut Listing<MyGroup>, logged: &RecordedEvent, me: UserId) -> Follow {
    let event = &logged.event;
    let Some(group) = event.group.as_ref().map(|group| group.id) else { return Follow::Done };
    let delta = event.what.member_delta();
    let mine = event.subject.as_ref().is_some_and(|subject| subject.id == me);
    match (mine, delta) {
        (true, 1..) => Follow::FetchAll,
        (true, ..=-1) => {
            listing.items.retain(|mine| mine.row.id != group);
            Follow::Done
        }
        (true, 0) => fetch_listed(listing, group),
        (false, _) if matches!(event.what.touches(), EventScope::Group | EventScope::Rights) => {
            fetch_listed(listing, group)
        }
        (false, _) => {
            count(listing, group, delta);
            Follow::Done
        }
    }
}

fn fetch_listed(listing: &Listing<MyGroup>, group: GroupId) -> Follow {
    if listing.items.iter().any(|mine| mine.row.id == group) { Follow::Fetch(group) } else { Follow::Done }
}

fn count(listing: &mut Listing<MyGroup>, group: GroupId, delta: i64) {
    let mine = listing.items.iter_mut().find(|mine| mine.row.id == group);
    if let Some(members) = mine.and_then(|mine| mine.row.member_count.as_mut()) {
        *members = members.saturating_add_signed(i32::try_from(delta).unwrap_or(0));
    }
}

/// Puts the fetched row of a group in its place; `None` means that one is not to see it any more. Where its place is another by
/// its new name, the list is read anew.
pub fn fold_my_group(listing: &mut Listing<MyGroup>, id: GroupId, row: Option<GroupRow>) -> Follow {
    let Some(row) = row else {
        listing.items.retain(|mine| mine.row.id != id);
        return Follow::Done;
    };
    let Some(mine) = listing.items.iter_mut().find(|mine| mine.row.id == id) else { return Follow::Done };
    let old = std::mem::replace(&mut mine.row, row);
    if old.name == mine.row.name { Follow::Done } else { Follow::FetchAll }
}

/// One's own requests, newest first: a new one comes on top, one that is settled says how it ended. A list of those that
/// stand in one way keeps no other.
pub fn fold_my_requests(listing: &mut Listing<Request>, query: &RequestQuery, frame: &Frame, me: UserId) -> Follow {
    if !is_news(&mut listing.seq, frame) {
        return Follow::Done;
    }
    let logged = match frame {
        Frame::Reset { .. } => return Follow::FetchAll,
        Frame::Event { logged, .. } => logged,
        // It may have another name.
        Frame::Touched { group, .. } if listing.items.iter().any(|request| request.group.id == *group) => {
            return Follow::FetchAll;
        }
        Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::AdminChanged { .. }
        | Frame::Notified(_)
        | Frame::Unread(_)
        | Frame::SignedOut => {
            return Follow::Done;
        }
    };
    let event = &logged.event;
    if let Some(renamed) = new_name(event) {
        listing.items.iter_mut().for_each(|request| rename(&mut request.group, &renamed));
    }
    let (EventScope::Request(kind, status), Some(id)) = (event.what.touches(), event.request) else {
        return Follow::Done;
    };
    let (Some(group), Some(applicant)) = (&event.group, &event.subject) else { return Follow::Done };
    if applicant.id != me {
        return Follow::Done;
    }
    if status == RequestStatus::Open {
        let wanted = query.cursor.is_none()
            && query.status.is_none_or(|only| only == status)
            && listing.items.iter().all(|request| request.id != id);
        if wanted {
            listing.items.insert(
                0,
                Request {
                    id,
                    group: group.clone(),
                    applicant: applicant.clone(),
                    kind,
                    status,
                    reason: event.reason.clone(),
                    created_at: logged.at,
                    settlement: None,
                },
            );
        }
    } else if let Some(request) = listing.items.iter_mut().find(|request| request.id == id) {
        request.status = status;
        request.settlement = Some(settlement(logged, status));
    } else if query.status == Some(status) && query.cursor.is_none() {
        return Follow::FetchAll;
    }
    listing.items.retain(|request| query.status.is_none_or(|only| only == request.status));
    Follow::Done
}

fn settlement(logged: &RecordedEvent, status: RequestStatus) -> Settlement {
    let by = |actor: &crate::ActorRef| Person { id: actor.id, username: actor.username.clone(), main_character: None };
    Settlement {
        at: logged.at,
        // A request that ends by itself is ended by nobody.
        by: logged.actor.as_ref().filter(|_| status != RequestStatus::Closed).map(by),
        comment: logged.event.comment.clone(),
        cause: logged.event.cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ActorRef, AutoLeave, Event, EventId, EventPayload, Flags, GroupRef, MyStatus, RequestId, RequestKind, Seq,
        Timestamp,
    };

    const ME: UserId = UserId(1);

    fn person(id: UserId) -> Person {
        Person { id, username: format!("user {}", id.0), main_character: None }
    }

    fn told(seq: i64, subject: UserId, what: EventPayload) -> Frame {
        let event = Event::of(what)
            .in_group(GroupRef { id: GroupId(3), name: "Logi".to_owned() })
            .about(person(subject))
            .of_request(RequestId(5))
            .with_reason("because".to_owned())
            .with_comment("welcome".to_owned());
        let actor = Some(ActorRef { id: UserId(2), username: "bo".to_owned() });
        let logged = RecordedEvent { id: EventId(seq), seq: Seq(seq), at: Timestamp(seq), actor, event };
        Frame::Event { logged: Box::new(logged), decides: false }
    }

    fn groups() -> Listing<MyGroup> {
        let row = GroupRow {
            id: GroupId(3),
            order: None,
            name: "Logi".to_owned(),
            description: String::new(),
            flags: Flags::default(),
            auto_leave: AutoLeave::Inherit,
            states: Vec::new(),
            permissions: None,
            leaders: Vec::new(),
            leader_groups: Vec::new(),
            is_led: false,
            member_count: Some(7),
            my_status: MyStatus::Member,
            my_request: None,
            offers: Vec::new(),
        };
        let mine = MyGroup { row, since: Timestamp(0), grants: Vec::new() };
        Listing { items: vec![mine], next_cursor: None, seq: Seq(0) }
    }

    #[test]
    fn a_group_that_is_lost_goes_and_one_that_is_gained_is_fetched() {
        let mut mine = groups();
        assert_eq!(fold_my_groups(&mut mine, &told(1, UserId(9), EventPayload::Left), ME), Follow::Done);
        assert_eq!(mine.items[0].row.member_count, Some(6));
        assert_eq!(
            fold_my_groups(&mut mine, &told(2, ME, EventPayload::Requested(RequestKind::Leave)), ME),
            Follow::Fetch(GroupId(3))
        );
        assert_eq!(fold_my_groups(&mut mine, &told(3, ME, EventPayload::Removed), ME), Follow::Done);
        assert!(mine.items.is_empty());
        assert_eq!(fold_my_groups(&mut mine, &told(4, ME, EventPayload::Joined), ME), Follow::FetchAll);
        assert_eq!(fold_my_groups(&mut mine, &told(4, ME, EventPayload::Joined), ME), Follow::Done, "it is told once");
    }

    #[test]
    fn a_request_appears_and_ends_without_being_fetched() {
        let mut open = Listing::empty();
        let mut all = Listing::empty();
        let only_open = RequestQuery { status: Some(RequestStatus::Open), ..RequestQuery::default() };
        let any = RequestQuery::default();
        let mut tell = |frame: &Frame| {
            assert_eq!(fold_my_requests(&mut open, &only_open, frame, ME), Follow::Done);
            assert_eq!(fold_my_requests(&mut all, &any, frame, ME), Follow::Done);
            (open.items.len(), all.items.clone())
        };
        assert_eq!(tell(&told(1, UserId(9), EventPayload::Requested(RequestKind::Join))).0, 0);
        let (waiting, requests) = tell(&told(2, ME, EventPayload::Requested(RequestKind::Join)));
        assert_eq!((waiting, requests.len()), (1, 1));
        let (waiting, requests) = tell(&told(3, ME, EventPayload::Rejected(RequestKind::Join)));
        assert_eq!((waiting, requests[0].status), (0, RequestStatus::Rejected));
        let end = requests[0].settlement.as_ref().expect("is settled");
        assert_eq!(end.by.as_ref().map(|by| by.username.as_str()), Some("bo"));
        assert_eq!(end.comment.as_deref(), Some("welcome"));
    }
}
