//! How the list of a group's members follows the feed.

use super::{Follow, is_news};
use crate::{
    EventPayload, Frame, Grant, GrantKind, Lead, MemberOrder, MemberRow, MembersPage, Person, RecordedEvent,
    RequestKind, UserId, name::plain_order,
};

/// The members of a group: who comes stands where the order puts them, who goes is gone. What changes what one may do
/// here, or who leads through other groups, is read anew.
pub fn fold_members(page: &mut MembersPage, frame: &Frame) -> Follow {
    if !is_news(&mut page.listing.seq, frame) {
        return Follow::Done;
    }
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Event { logged, .. } => follow_event(page, logged),
        Frame::Touched { group, .. } if *group == page.group.id => Follow::FetchAll,
        Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::AdminChanged { .. }
        | Frame::Notified(_)
        | Frame::Unread(_)
        | Frame::SignedOut => Follow::Done,
    }
}

fn follow_event(page: &mut MembersPage, logged: &RecordedEvent) -> Follow {
    let event = &logged.event;
    if event.group.as_ref().is_none_or(|group| group.id != page.group.id) {
        return Follow::Done;
    }
    if matches!(
        event.what,
        EventPayload::GroupEdited { .. }
            | EventPayload::GroupDeleted
            | EventPayload::LeaderGroupAdded(_)
            | EventPayload::LeaderGroupRemoved(_)
    ) {
        return Follow::FetchAll;
    }
    let Some(subject) = &event.subject else { return Follow::Done };
    match &event.what {
        EventPayload::LeaderAdded => {
            page.leaders.push(subject.id);
            lead(page, subject.id, Lead::Named);
        }
        EventPayload::LeaderRemoved => {
            page.leaders.retain(|leader| *leader != subject.id);
            // Whether they lead through a group all the same is not said here.
            if page.has_leader_groups {
                return Follow::FetchAll;
            }
            lead(page, subject.id, Lead::None);
        }
        what if what.member_delta() > 0 => return arrive(page, logged, subject),
        what if what.member_delta() < 0 => depart(page, subject.id),
        _ => {}
    }
    Follow::Done
}

fn lead(page: &mut MembersPage, member: UserId, lead: Lead) {
    if let Some(row) = page.listing.items.iter_mut().find(|row| row.person.id == member) {
        row.lead = lead;
    }
}

fn depart(page: &mut MembersPage, member: UserId) {
    page.total = page.total.saturating_sub(1);
    page.listing.items.retain(|row| row.person.id != member);
}

/// Where a name or what is searched for needs the tables of Unicode, or whoever comes may lead through a group, the page is
/// read anew: the server knows.
fn arrive(page: &mut MembersPage, logged: &RecordedEvent, subject: &Person) -> Follow {
    page.total = page.total.saturating_add(1);
    if page.listing.items.iter().any(|row| row.person.id == subject.id) {
        return Follow::Done;
    }
    let is_named = page.leaders.contains(&subject.id);
    if page.has_leader_groups && !is_named {
        return Follow::FetchAll;
    }
    let plain = (plain_order(subject.display_name()), plain_order(&subject.username), plain_order(&page.query.search));
    let (Some(key), Some(username), Some(searched)) = plain else { return Follow::FetchAll };
    if !key.contains(&searched) && !username.contains(&searched) {
        return Follow::Done;
    }
    let place = match page.query.order {
        MemberOrder::Name => {
            page.listing.items.partition_point(|row| (&*row.order_key(), row.person.id) <= (key.as_str(), subject.id))
        }
        MemberOrder::Newest => 0,
    };
    // Before the first row of a later page, or after the last of one that goes on, it stands on another page.
    let before = place == 0 && page.query.cursor.is_some();
    let after = place == page.listing.items.len() && page.listing.next_cursor.is_some();
    if !before && !after {
        page.listing.items.insert(place, row_of(logged, subject, if is_named { Lead::Named } else { Lead::None }));
    }
    Follow::Done
}

fn row_of(logged: &RecordedEvent, subject: &Person, lead: Lead) -> MemberRow {
    let kind = match logged.event.what {
        EventPayload::Added => GrantKind::Admin,
        EventPayload::Approved(RequestKind::Join) => GrantKind::Approval,
        _ => GrantKind::Join,
    };
    // The feed names whoever else did it by their username, without their main character.
    let by = logged.actor.as_ref().map(|actor| {
        let other = Person { id: actor.id, username: actor.username.clone(), main_character: None };
        if actor.id == subject.id { subject.clone() } else { other }
    });
    let grant = Grant { kind, by, reason: logged.event.reason.clone(), from: logged.at, until: None };
    MemberRow { person: subject.clone(), order: None, since: logged.at, lead, grants: vec![grant] }
}

/// Takes a member off the page whom the viewer has just removed, before the feed says so.
pub fn drop_member(page: &mut MembersPage, member: UserId) {
    page.listing.items.retain(|row| row.person.id != member);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ActorRef, Event, EventId, GroupId, GroupRef, Listing, MemberQuery, Seq, Timestamp, name};

    fn person(id: i64, username: &str) -> Person {
        Person { id: UserId(id), username: username.to_owned(), main_character: None }
    }

    fn page(names: &[&str]) -> MembersPage {
        let items = names.iter().zip(10..).map(|(name, id)| MemberRow {
            person: person(id, name),
            order: name::told_order(name, name::order(name)),
            since: Timestamp(0),
            lead: Lead::None,
            grants: Vec::new(),
        });
        MembersPage {
            group: GroupRef { id: GroupId(3), name: "Logi".to_owned() },
            query: MemberQuery::default(),
            total: 7,
            removal_denied: None,
            leaders: Vec::new(),
            has_leader_groups: false,
            listing: Listing { items: items.collect(), next_cursor: None, seq: Seq(1) },
        }
    }

    fn happened(seq: i64, what: EventPayload, subject: Person) -> Frame {
        let logged = RecordedEvent {
            id: EventId(seq),
            seq: Seq(seq),
            at: Timestamp(seq),
            actor: Some(ActorRef { id: UserId(2), username: "bo".to_owned() }),
            event: Event::of(what).in_group(GroupRef { id: GroupId(3), name: "Logi".to_owned() }).about(subject),
        };
        Frame::Event { logged: Box::new(logged), decides: true }
    }

    fn names(page: &MembersPage) -> Vec<&str> {
        page.listing.items.iter().map(|row| row.person.username.as_str()).collect()
    }

    #[test]
    fn who_comes_stands_in_the_order_of_names_and_who_goes_is_gone() {
        let mut page = page(&["ana", "cleo"]);
        fold_members(&mut page, &happened(2, EventPayload::Approved(RequestKind::Join), person(1, "Bea")));
        assert_eq!(names(&page), ["ana", "Bea", "cleo"]);
        let row = &page.listing.items[1];
        assert_eq!((row.since, row.grants[0].kind), (Timestamp(2), GrantKind::Approval));
        assert_eq!(row.grants[0].by.as_ref().map(|by| by.username.as_str()), Some("bo"));
        fold_members(&mut page, &happened(3, EventPayload::Removed, person(10, "ana")));
        assert_eq!((names(&page), page.total), (vec!["Bea", "cleo"], 7));
    }

    #[test]
    fn a_plain_name_stands_among_others_and_any_other_is_left_to_the_server() {
        let mut page = page(&["Äpfel", "Öl", "zoë"]);
        let follow = fold_members(&mut page, &happened(2, EventPayload::Joined, person(1, "Birne")));
        assert_eq!((follow, names(&page)), (Follow::Done, vec!["Äpfel", "Birne", "Öl", "zoë"]));
        let follow = fold_members(&mut page, &happened(3, EventPayload::Joined, person(2, "Łukasz")));
        assert_eq!((follow, page.total), (Follow::FetchAll, 9));
        page.query.search = "ö".to_owned();
        assert_eq!(fold_members(&mut page, &happened(4, EventPayload::Joined, person(3, "Olga"))), Follow::FetchAll);
    }

    #[test]
    fn a_frame_that_is_known_changes_nothing() {
        let mut page = page(&["ana"]);
        let joined = happened(2, EventPayload::Joined, person(1, "bea"));
        fold_members(&mut page, &joined);
        fold_members(&mut page, &joined);
        assert_eq!((names(&page), page.total), (vec!["ana", "bea"], 8));
    }

    #[test]
    fn who_stands_on_another_page_is_only_counted() {
        let mut first = page(&["ana", "cleo"]);
        first.listing.next_cursor = Some("x".to_owned());
        fold_members(&mut first, &happened(2, EventPayload::Joined, person(1, "zoe")));
        assert_eq!((names(&first), first.total), (vec!["ana", "cleo"], 8));
        let mut later = page(&["max", "nora"]);
        later.query.cursor = Some("x".to_owned());
        fold_members(&mut later, &happened(2, EventPayload::Joined, person(1, "bea")));
        assert_eq!(names(&later), ["max", "nora"]);
        let mut searched = page(&["max"]);
        searched.query.search = "MA".to_owned();
        fold_members(&mut searched, &happened(2, EventPayload::Joined, person(1, "bea")));
        fold_members(&mut searched, &happened(3, EventPayload::Joined, person(4, "mara")));
        assert_eq!(names(&searched), ["mara", "max"]);
    }

    #[test]
    fn a_star_comes_and_goes_with_the_leading() {
        let mut page = page(&["ana"]);
        fold_members(&mut page, &happened(2, EventPayload::LeaderAdded, person(10, "ana")));
        assert_eq!(page.listing.items[0].lead, Lead::Named);
        fold_members(&mut page, &happened(3, EventPayload::LeaderRemoved, person(10, "ana")));
        assert_eq!(page.listing.items[0].lead, Lead::None);
        let follow = fold_members(&mut page, &happened(4, EventPayload::GroupDeleted, person(10, "ana")));
        assert_eq!(follow, Follow::FetchAll);
    }
}
