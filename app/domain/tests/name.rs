//! Properties of the keys of names (R16).

use domain::{
    AutoLeave, Event, EventId, EventPayload, Flags, Frame, GroupId, GroupName, GroupQuery, GroupRef, GroupRow, Lead,
    Listing, MemberQuery, MemberRow, MembersPage, MyStatus, Note, Person, RecordedEvent, Seq, Timestamp, UserId,
    fold::{Follow, fold_group, fold_members},
    name,
};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Texts of characters that are easily got wrong, among any others.
fn nasty() -> impl Strategy<Value = String> {
    const NASTY: &str = "aAzZ ïİıſßẞﬁﬃΣςσ\u{345}\u{301}\u{308}\u{323}e\u{327}\u{3099}かガﾊﾟ\u{ad}\u{34f}\u{200b}\u{200c}\u{200d}\u{202e}\u{2028}\u{3164}\u{ffa0}\u{1160}\u{fe0f}\u{e0067}¨´ ㎏½Å\u{212b}한ᄒ\u{1161}øłæœđþĿﬀǅ\u{1f88}🏴☠क\u{94d}\u{93f}مى\t\u{2800}’–";
    let nasty = prop::sample::select(NASTY.chars().collect::<Vec<_>>());
    prop::collection::vec(prop_oneof![9 => nasty, 1 => any::<char>()], 0..12).prop_map(String::from_iter)
}

/// A row of a group as the server tells it.
fn row(id: i64, name: &str) -> GroupRow {
    GroupRow {
        id: GroupId(id),
        order: name::told_order(name, name::order(name)),
        name: name.to_owned(),
        description: String::new(),
        flags: Flags::default(),
        auto_leave: AutoLeave::Inherit,
        states: Vec::new(),
        permissions: None,
        leaders: Vec::new(),
        is_led: false,
        leader_groups: Vec::new(),
        member_count: None,
        my_status: MyStatus::None,
        my_request: None,
        offers: Vec::new(),
    }
}

/// As the server sorts names: by their keys, then by their ids.
fn sorted(names: &[String]) -> Vec<(i64, String)> {
    let mut all: Vec<(i64, String)> = (1..).zip(names.iter().cloned()).collect();
    all.sort_by_cached_key(|(id, text)| (name::order(text), *id));
    all
}

fn person(id: i64, username: &str) -> Person {
    Person { id: UserId(id), username: username.to_owned(), main_character: None }
}

fn joined(group: &GroupRef, subject: Person) -> Frame {
    let event = Event::of(EventPayload::Joined).in_group(group.clone()).about(subject);
    let logged = RecordedEvent { id: EventId(2), seq: Seq(2), at: Timestamp(2), actor: None, event };
    Frame::Event { logged: Box::new(logged), decides: true }
}

proptest! {
    #[test]
    fn a_group_that_comes_or_is_renamed_stands_where_the_server_puts_it(
        names in prop::collection::vec(nasty(), 1..8), place in 0usize..8, other in nasty()
    ) {
        let ids = |rows: &[GroupRow]| rows.iter().map(|row| row.id.0).collect::<Vec<_>>();
        let of = |names: &[String]| sorted(names).iter().map(|(id, text)| row(*id, text)).collect::<Vec<_>>();
        let mut listing = Listing { items: of(&names), next_cursor: None, seq: Seq(1) };
        let place = place % names.len();
        let id = GroupId(i64::try_from(place).expect("few") + 1);
        let came = row(id.0, &names[place]);
        fold_group(&mut listing, &GroupQuery::default(), id, None);
        fold_group(&mut listing, &GroupQuery::default(), id, Some(came));
        prop_assert_eq!(ids(&listing.items), ids(&of(&names)));
        fold_group(&mut listing, &GroupQuery::default(), id, Some(row(id.0, &other)));
        let mut renamed = names.clone();
        renamed[place] = other;
        prop_assert_eq!(ids(&listing.items), ids(&of(&renamed)));
    }

    #[test]
    fn a_member_who_comes_stands_where_the_server_puts_them(
        names in prop::collection::vec(nasty(), 0..8), came in prop_oneof![nasty(), "[ -~]{0,6}"]
    ) {
        let group = GroupRef { id: GroupId(3), name: "Logi".to_owned() };
        let items = sorted(&names).into_iter().map(|(id, text)| MemberRow {
            order: name::told_order(&text, name::order(&text)),
            person: person(id, &text),
            since: Timestamp(0),
            lead: Lead::None,
            grants: Vec::new(),
        });
        let mut page = MembersPage {
            group: group.clone(),
            query: MemberQuery::default(),
            total: 0,
            removal_denied: None,
            leaders: Vec::new(),
            has_leader_groups: false,
            listing: Listing { items: items.collect(), next_cursor: None, seq: Seq(1) },
        };
        let id = i64::try_from(names.len()).expect("few") + 1;
        if fold_members(&mut page, &joined(&group, person(id, &came))) == Follow::Done {
            let all = [names, vec![came]].concat();
            let expected: Vec<i64> = sorted(&all).into_iter().map(|(id, _)| id).collect();
            prop_assert_eq!(page.listing.items.iter().map(|row| row.person.id.0).collect::<Vec<_>>(), expected);
        } else {
            prop_assert!(!came.is_ascii(), "a plain name needs no server");
        }
    }

    #[test]
    fn a_key_is_its_own_key(text in nasty()) {
        let (key, order) = (name::key(&text), name::order(&text));
        prop_assert_eq!(name::key(&key), key.clone());
        prop_assert_eq!(name::order(&order), order.clone());
        prop_assert_eq!(name::key(&order), order.clone());
        prop_assert_eq!(name::order(&key), order);
    }

    #[test]
    fn what_is_equal_to_unicode_has_one_key(text in nasty()) {
        for form in [text.nfc().collect::<String>(), text.nfd().collect(), text.nfkc().collect(), text.nfkd().collect()] {
            prop_assert_eq!(name::key(&form), name::key(&text));
            prop_assert_eq!(name::order(&form), name::order(&text));
        }
    }

    #[test]
    fn what_is_told_beside_a_name_says_where_it_stands(text in nasty()) {
        let order = name::order(&text);
        let told = name::told_order(&text, order.clone());
        prop_assert_eq!(name::order_told(&text, told.as_deref()), order);
    }

    #[test]
    fn a_name_that_was_parsed_is_parsed_to_itself_and_has_a_key(text in nasty()) {
        if let Ok(parsed) = GroupName::parse(&text) {
            prop_assert_eq!(GroupName::parse(parsed.as_str()), Ok(parsed.clone()));
            prop_assert!(!name::key(parsed.as_str()).is_empty());
            prop_assert_eq!(name::key(parsed.as_str()), name::key(&text));
        }
        if let Ok(parsed) = Note::parse(&text) {
            prop_assert_eq!(Note::parse(parsed.as_str()), Ok(parsed));
        }
    }
}
