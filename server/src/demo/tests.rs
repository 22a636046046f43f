//! What the demo promises: its numbers, and that nothing in it breaks a rule.

use super::{PASSWORD, SIGN_INS, generate, groups, history, memberships, organisations, people};
use domain::{
    Description, EventPayload, Flag, GroupId, GroupName, Note, Permission, RequestId, RequestKind, RequestStatus,
    State, Timestamp, UserId, Username, state_of,
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};
use store::{Seed, SeedGroup, SeedUser};

const NOW: Timestamp = Timestamp(1_795_000_000_000_000);

static SEED: LazyLock<Seed> = LazyLock::new(|| generate(NOW, 7, "$hash".to_owned()));

fn user(id: UserId) -> &'static SeedUser {
    &SEED.users[usize::try_from(id.0 - 1).expect("is counted from 1")]
}

fn group(id: GroupId) -> &'static SeedGroup {
    &SEED.groups[usize::try_from(id.0 - 1).expect("is counted from 1")]
}

fn members() -> HashSet<(GroupId, UserId)> {
    SEED.memberships.iter().map(|membership| (membership.group, membership.user)).collect()
}

/// R6, R7 and the account, asked of the finished data.
fn may_be_in(members: &HashSet<(GroupId, UserId)>, in_group: GroupId, id: UserId) -> bool {
    let (group, user) = (group(in_group), user(id));
    let gives = |group: &&SeedGroup| group.permissions.contains(Permission::RequestGroups);
    let may_ask = user.superuser
        || user.state == State::MEMBER
        || user.permissions.contains(Permission::RequestGroups)
        || SEED.groups.iter().filter(gives).any(|giver| members.contains(&(giver.id, id)));
    user.active
        && (group.flags.has(Flag::Public) || may_ask)
        && (group.states.is_empty() || group.states.contains(&user.state))
}

#[test]
fn the_numbers_are_as_promised() {
    assert_eq!(SEED.users.len(), people::COUNT);
    assert_eq!(SEED.groups.len(), 200);
    assert_eq!(SEED.groups.len(), groups::COUNT);
    assert_eq!(SEED.memberships.len(), memberships::COUNT);
    assert_eq!(SEED.events.len(), history::EVENTS);
    let open = SEED.requests.iter().filter(|request| request.status == RequestStatus::Open).count();
    assert_eq!(open, history::OPEN_REQUESTS);
    assert!(SEED.requests.len() - open > 5_000, "{} settled", SEED.requests.len() - open);
}

#[test]
fn the_same_seed_gives_the_same_community() {
    let shown = |seed: &Seed| format!("{:?}", (&seed.users, &seed.groups, &seed.requests));
    assert_eq!(shown(&SEED), shown(&generate(NOW, 7, "$hash".to_owned())));
    assert_ne!(shown(&SEED), shown(&generate(NOW, 8, "$hash".to_owned())));
}

#[test]
fn every_combination_of_flags_is_there_several_times() {
    let mut counts: HashMap<Vec<Flag>, usize> = HashMap::new();
    for group in &SEED.groups {
        *counts.entry(group.flags.iter().collect()).or_default() += 1;
    }
    assert_eq!(counts.len(), 32);
    assert!(counts.values().all(|count| *count >= 3), "{counts:?}");
}

#[test]
fn names_are_unique_and_texts_are_such_as_people_could_type() {
    let folded = |names: Vec<&String>| names.into_iter().map(|name| name.to_lowercase()).collect::<HashSet<_>>().len();
    assert_eq!(folded(SEED.users.iter().map(|user| &user.username).collect()), SEED.users.len());
    assert_eq!(folded(SEED.groups.iter().map(|group| &group.name).collect()), SEED.groups.len());
    let characters: Vec<_> = SEED.users.iter().flat_map(|user| &user.characters).collect();
    assert_eq!(folded(characters.iter().map(|character| &character.name).collect()), characters.len());
    assert_eq!(characters.iter().map(|c| c.external_id).collect::<HashSet<_>>().len(), characters.len());
    for user in &SEED.users {
        assert!(Username::parse(&user.username).is_ok(), "{}", user.username);
    }
    for group in &SEED.groups {
        assert!(GroupName::parse(&group.name).is_ok(), "{}", group.name);
        let description = Description::parse(&group.description);
        assert_eq!(description.as_ref().map(Description::as_str), Ok(group.description.as_str()));
    }
    let notes = SEED.events.iter().flat_map(|event| [&event.event.reason, &event.event.comment]).flatten();
    assert!(notes.into_iter().all(|note| Note::parse(note).is_ok_and(|parsed| parsed.as_str() == note)));
}

#[test]
fn people_are_numbered_in_order_and_in_the_state_their_main_leads_to() {
    let states = organisations::states();
    for (user, id) in SEED.users.iter().zip(1..) {
        assert_eq!(user.id, UserId(id));
        let main = user.characters.first().map(people::affiliation).filter(|_| user.active);
        assert_eq!(user.state, state_of(main.as_ref(), &states), "{}", user.username);
    }
    assert!(SEED.users.is_sorted_by_key(|user| user.created_at));
    assert!(SEED.groups.is_sorted_by_key(|group| group.created_at));
    let with_characters = SEED.users.iter().filter(|user| !user.characters.is_empty()).count();
    assert!((1_400..1_600).contains(&with_characters), "{with_characters}");
    for state in [State::GUEST, State::BLUE, State::MEMBER] {
        assert!(SEED.users.iter().filter(|user| user.state == state).count() > 100, "{state:?}");
    }
}

#[test]
fn memberships_keep_the_rules() {
    let members = members();
    assert_eq!(members.len(), SEED.memberships.len(), "twice in a group");
    for membership in &SEED.memberships {
        assert!(may_be_in(&members, membership.group, membership.user), "{membership:?}");
        let earliest = user(membership.user).created_at.max(group(membership.group).created_at);
        assert!(earliest < membership.since && membership.since < NOW, "{membership:?}");
        assert_ne!(membership.approved_by, Some(membership.user));
        let flags = group(membership.group).flags;
        assert_eq!(membership.approved_by.is_none(), flags.has(Flag::Open) && !flags.has(Flag::Internal));
    }
    for group in &SEED.groups {
        assert!(!group.leader_groups.contains(&group.id), "{} leads itself", group.name);
        assert!(group.leaders.iter().all(|leader| user(*leader).active));
        assert_eq!(group.leaders.iter().collect::<HashSet<_>>().len(), group.leaders.len());
    }
}

#[test]
fn requests_keep_the_rules() {
    let members = members();
    let mut open = HashSet::new();
    for (request, id) in SEED.requests.iter().zip(1..) {
        assert_eq!(request.id, RequestId(id));
        let flags = group(request.group).flags;
        assert!(!flags.has(Flag::Internal) && !flags.has(Flag::Open), "{request:?}");
        assert!(request.created_at < NOW);
        assert_eq!(request.settled.is_none(), request.status == RequestStatus::Open);
        if let Some((at, by, _)) = &request.settled {
            assert!(request.created_at < *at && *at <= NOW, "{request:?}");
            assert_eq!(*by == Some(request.user), request.status == RequestStatus::Withdrawn, "{request:?}");
            continue;
        }
        assert!(open.insert((request.group, request.user)), "two open: {request:?}");
        let is_member = members.contains(&(request.group, request.user));
        match request.kind {
            RequestKind::Join => assert!(!is_member && may_be_in(&members, request.group, request.user), "{request:?}"),
            RequestKind::Leave => assert!(is_member, "{request:?}"),
        }
    }
    assert!(SEED.requests.is_sorted_by_key(|request| request.created_at));
}

#[test]
fn the_events_tell_of_today() {
    assert!(SEED.events.is_sorted_by_key(|event| event.at));
    let mut inside: HashSet<(GroupId, UserId)> = HashSet::new();
    let mut waiting: HashMap<RequestId, (GroupId, UserId)> = HashMap::new();
    for logged in &SEED.events {
        let event = &logged.event;
        let (Some(group), Some(subject)) = (&event.group, &event.subject) else { continue };
        let pair = (group.id, subject.id);
        match (&event.what, event.request) {
            (EventPayload::Requested(kind), Some(request)) => {
                assert_eq!(inside.contains(&pair), *kind == RequestKind::Leave, "{event:?}");
                assert!(
                    waiting.values().all(|other| *other != pair) && waiting.insert(request, pair).is_none(),
                    "{event:?}"
                );
            }
            (what, Some(request)) => {
                assert!(what.settles(), "{event:?}");
                assert_eq!(waiting.remove(&request), Some(pair), "{event:?}");
            }
            (_, None) => {}
        }
        match event.what.member_delta() {
            1 => assert!(inside.insert(pair), "{event:?}"),
            -1 => assert!(inside.remove(&pair), "{event:?}"),
            _ => {}
        }
        let deciding = matches!(event.what, EventPayload::Approved(_) | EventPayload::Rejected(_));
        assert!(!deciding || logged.actor.as_ref().is_some_and(|actor| actor.id != subject.id), "{event:?}");
    }
    assert_eq!(inside, members());
    let open = SEED.requests.iter().filter(|request| request.status == RequestStatus::Open).map(|request| request.id);
    assert_eq!(open.collect::<HashSet<_>>(), waiting.into_keys().collect());
}

#[test]
fn those_one_can_sign_in_as_can_show_their_part() {
    let by_name = |name: &str| SEED.users.iter().find(|user| user.username == name).expect("is there");
    let [member, leader, manager, staff, superuser] = [0, 1, 2, 3, 4].map(|role| by_name(SIGN_INS[role].1));
    assert!(PASSWORD.len() >= 10);
    assert!(!member.staff && member.permissions.is_empty() && member.state == State::MEMBER);
    let asks = |id: UserId| SEED.requests.iter().filter(move |r| r.user == id && r.status == RequestStatus::Open);
    assert_eq!(asks(member.id).count(), 1);
    assert!(SEED.memberships.iter().filter(|membership| membership.user == member.id).count() >= 3);
    let led: Vec<_> = SEED.groups.iter().filter(|group| group.leaders.contains(&leader.id)).collect();
    assert!(led.len() >= 5 && !leader.staff);
    for group in led.iter().filter(|group| groups::is_led(&group.name)) {
        let waiting = SEED.requests.iter().filter(|r| r.group == group.id && r.status == RequestStatus::Open).count();
        assert!(waiting >= 5, "{}: {waiting}", group.name);
        assert!(!members().contains(&(group.id, member.id)));
    }
    let shown = led.iter().find(|group| group.name == groups::SHOWN).expect("is led");
    assert!(!shown.flags.has(Flag::Open) && !shown.flags.has(Flag::Hidden) && shown.states.is_empty());
    assert!(manager.permissions.contains(Permission::GroupManagement));
    assert!(staff.staff && staff.permissions.contains(Permission::ManageGroups) && !staff.superuser);
    assert!(superuser.superuser);
}
