//! How the list of the groups page follows the feed.

use super::{Follow, is_news};
use crate::{EventScope, Frame, GroupId, GroupOrder, GroupQuery, GroupRow, Listing, RecordedEvent, UserId};

/// The list of the groups page. The viewer's own button is never guessed: its row is fetched.
pub fn fold_groups(listing: &mut Listing<GroupRow>, query: &GroupQuery, frame: &Frame, me: UserId) -> Follow {
    if !is_news(&mut listing.seq, frame) {
        return Follow::Done;
    }
    match frame {
        Frame::Reset { .. } => Follow::FetchAll,
        Frame::Touched { group, .. } => fetch_group(query, *group),
        Frame::Counted { group, delta, .. } => {
            count(listing, *group, *delta);
            Follow::Done
        }
        Frame::Event { logged, .. } => follow_group_event(listing, query, logged, me),
        Frame::AdminChanged { .. } | Frame::Notified(_) | Frame::Unread(_) | Frame::SignedOut => Follow::Done,
    }
}

fn follow_group_event(
    listing: &mut Listing<GroupRow>,
    query: &GroupQuery,
    logged: &RecordedEvent,
    me: UserId,
) -> Follow {
    let event = &logged.event;
    let Some(group) = event.group.as_ref().map(|group| group.id) else { return Follow::Done };
    let mine = event.subject.as_ref().is_some_and(|subject| subject.id == me);
    let about_group = matches!(event.what.touches(), EventScope::Group | EventScope::Rights);
    if mine || about_group {
        return fetch_group(query, group);
    }
    count(listing, group, event.what.member_delta());
    Follow::Done
}

fn count(listing: &mut Listing<GroupRow>, group: GroupId, delta: i64) {
    let row = listing.items.iter_mut().find(|row| row.id == group);
    if let Some(members) = row.and_then(|row| row.member_count.as_mut()) {
        *members = members.saturating_add_signed(i32::try_from(delta).unwrap_or(0));
    }
}

/// How a changed group of the groups page is read anew: alone, unless only the server, which has the tables of Unicode,
/// can say whether its name holds the words that are searched for.
#[must_use]
pub fn fetch_group(query: &GroupQuery, group: GroupId) -> Follow {
    if query.search.is_ascii() { Follow::Fetch(group) } else { Follow::FetchAll }
}

/// Puts a fetched row where it stands on the page that was asked for, which is another place once its name is another.
/// It goes where it is not to be seen any more (`None`) or does not fit the filters; answers whether it is there now.
pub fn fold_group(listing: &mut Listing<GroupRow>, query: &GroupQuery, id: GroupId, row: Option<GroupRow>) -> bool {
    let row = row.filter(|row| belongs(row, query, listing));
    let mut place = listing.items.iter().position(|row| row.id == id);
    let is_renamed = |old: &GroupRow| row.as_ref().is_some_and(|new| new.name != old.name);
    if let Some(old) = place.filter(|place| is_renamed(&listing.items[*place])) {
        listing.items.remove(old);
        place = None;
    }
    let is_there = row.is_some();
    match (place, row) {
        (Some(place), Some(row)) => listing.items[place] = row,
        (Some(place), None) => drop(listing.items.remove(place)),
        (None, Some(row)) => {
            let place = listing.items.partition_point(|other| stands_before(other, &row, query.order));
            listing.items.insert(place, row);
        }
        (None, None) => {}
    }
    is_there
}

/// Whether a row stands on the page that was asked for. At the edge of a page it may stand on the one before or after.
fn belongs(row: &GroupRow, query: &GroupQuery, listing: &Listing<GroupRow>) -> bool {
    let is_here = listing.items.iter().any(|other| other.id == row.id);
    let before_first =
        query.cursor.is_some() && listing.items.first().is_some_and(|first| stands_before(row, first, query.order));
    let after_last =
        listing.next_cursor.is_some() && listing.items.last().is_some_and(|last| stands_before(last, row, query.order));
    query.filter.holds(row) && is_searched_for(row, &query.search) && (is_here || !(before_first || after_last))
}

/// Whether the words that are searched for stand in the name. They are ASCII: see `fetch_group`.
fn is_searched_for(row: &GroupRow, search: &str) -> bool {
    let (key, words) = (row.order_key(), search.to_ascii_lowercase());
    words.split_ascii_whitespace().all(|word| key.contains(word))
}

/// Whether one group stands before another in this order.
fn stands_before(one: &GroupRow, other: &GroupRow, order: GroupOrder) -> bool {
    match order {
        GroupOrder::Name => (one.order_key(), one.id) < (other.order_key(), other.id),
        GroupOrder::Newest => one.id > other.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, AutoLeave, Denial, Flag, Flags, GroupFilter, MyStatus, Offer, RequestId, Seq};

    fn row(id: i64, name: &str) -> GroupRow {
        GroupRow {
            id: GroupId(id),
            order: None,
            name: name.to_owned(),
            description: String::new(),
            flags: Flags::default(),
            auto_leave: AutoLeave::default(),
            states: Vec::new(),
            permissions: None,
            leaders: Vec::new(),
            leader_groups: Vec::new(),
            is_led: false,
            member_count: None,
            my_status: MyStatus::None,
            my_request: None,
            offers: Vec::new(),
        }
    }

    fn listing(names: &[&str], next_cursor: Option<&str>) -> Listing<GroupRow> {
        let items = names.iter().zip(10..).map(|(name, id)| row(id, name)).collect();
        Listing { items, next_cursor: next_cursor.map(str::to_owned), seq: Seq(1) }
    }

    #[test]
    fn a_row_joins_only_the_page_it_stands_on() {
        let query = GroupQuery { cursor: Some("x".to_owned()), ..GroupQuery::default() };
        let page = listing(&["Delta", "Golf"], Some("y"));
        assert!(belongs(&row(1, "echo"), &query, &page));
        assert!(!belongs(&row(1, "Alpha"), &query, &page));
        assert!(!belongs(&row(1, "Hotel"), &query, &page));
        assert!(belongs(&row(10, "Alpha"), &query, &page), "what is here stays here");
    }

    #[test]
    fn a_row_that_no_longer_fits_the_filter_goes() {
        let waiting = GroupQuery { filter: GroupFilter::Waiting, ..GroupQuery::default() };
        let mut asked = row(1, "Alpha");
        assert!(!belongs(&asked, &waiting, &listing(&[], None)));
        asked.my_request = Some(RequestId(3));
        assert!(belongs(&asked, &waiting, &listing(&[], None)));
        let open = GroupQuery { filter: GroupFilter::Open, ..GroupQuery::default() };
        asked.flags = asked.flags.with(Flag::Open, true);
        for (denial, stands) in [(Some(Denial::StateNotAllowed), false), (None, true)] {
            asked.offers = vec![Offer { action: Action::Join, denial }];
            assert_eq!(belongs(&asked, &open, &listing(&[], None)), stands, "{denial:?}: open is who may join at once");
        }
        let searched = GroupQuery { search: "LPH".to_owned(), ..GroupQuery::default() };
        assert!(belongs(&asked, &searched, &listing(&[], None)));
        let told = GroupRow { order: Some("alpha".to_owned()), ..row(1, "Älphä") };
        assert!(belongs(&told, &searched, &listing(&[], None)));
    }

    #[test]
    fn the_newest_come_first_where_that_is_asked_for() {
        let newest = GroupQuery { order: GroupOrder::Newest, ..GroupQuery::default() };
        let page =
            Listing { items: vec![row(9, "Alpha"), row(5, "Zulu")], next_cursor: Some("5".to_owned()), seq: Seq(1) };
        assert!(belongs(&row(12, "Mike"), &newest, &page));
        assert!(belongs(&row(7, "Mike"), &newest, &page));
        assert!(!belongs(&row(3, "Mike"), &newest, &page), "it stands on a later page");
    }
}
