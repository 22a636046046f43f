//! What is one's own: account, groups, requests; and what one decides for and finds.

use crate::harness::*;
use domain::{
    Care, Command, Conflict, Denial, Flag, GrantKind, GroupChange, GroupId, GroupKey, GroupName, GroupQuery,
    GroupScope, MyStatus, Permission, QueueCounts, QueueQuery, Refusal, RequestKind, RequestQuery, RequestStatus,
    State, Timestamp, UserId,
};
use store::{Seed, SeedGroup, SeedRequest, SeedUser};
use store_testing::both;

const DAY: i64 = 24 * 60 * 60;

fn request(id: i64, group: GroupId, user: UserId, kind: RequestKind, created_at: Timestamp) -> SeedRequest {
    SeedRequest {
        id: domain::RequestId(id),
        group,
        user,
        kind,
        status: RequestStatus::Open,
        reason: None,
        created_at,
        settled: None,
    }
}

both!(an_account_knows_itself, |t| async move {
    t.settle().await;
    let lea = t.store.me(LEA).await.unwrap().unwrap();
    assert_eq!((lea.person.username.as_str(), lea.email.as_deref()), ("lea", Some("lea@example.org")));
    assert_eq!((lea.state.id, lea.state.name.as_str()), (State::MEMBER, "Member"));
    assert_eq!(lea.leads, [CLOSED, SECRET]);
    assert_eq!(lea.characters.len(), 1);
    assert_eq!(lea.characters[0].as_main(), lea.person.main_character.clone().unwrap());
    assert!(lea.permissions.contains(Permission::RequestGroups));
    let max = t.store.me(MAX).await.unwrap().unwrap();
    assert!(max.leads.is_empty() && max.permissions.contains(Permission::GroupManagement));
    assert!(t.store.me(ROOT).await.unwrap().unwrap().superuser);
    assert_eq!(t.store.me(UserId(99)).await.unwrap(), None);
});

both!(my_groups_hold_hidden_ones_and_no_internal_ones, |t| async move {
    let mut town = town();
    town.memberships.extend([membership(ANA, SECRET), membership(ANA, OPEN), membership(ANA, STAFF_ONLY)]);
    t.fill(&town).await;
    let page = t.store.my_groups(ANA, &GroupQuery::default(), NOW).await.unwrap().unwrap();
    let names: Vec<&str> = page.items.iter().map(|mine| mine.row.name.as_str()).collect();
    assert_eq!(names, ["Open", "Secret"]);
    for mine in &page.items {
        assert_eq!((mine.since, mine.row.my_status), (NOW, MyStatus::Member));
        let [grant] = mine.grants.as_slice() else { panic!("{mine:?}") };
        assert_eq!((grant.kind, grant.by.as_ref().unwrap().id), (GrantKind::Join, ANA));
    }
});

/// As the town, with a group that nobody leads, one led by a group without anybody, and one led by members of another.
fn managed_town() -> Seed {
    let mut town = town();
    town.groups.extend([
        SeedGroup { leader_groups: vec![GroupId(7)], ..group(GroupId(5), "Empty lead", PLAIN) },
        SeedGroup { leader_groups: vec![CLOSED], ..group(GroupId(6), "Led by closed", PLAIN) },
        group(GroupId(7), "Nobody", PLAIN),
    ]);
    town
}

both!(who_decides_sees_what_waits_and_what_needs_care, |t| async move {
    let mut town = managed_town();
    let long_ago = NOW.plus_seconds(-8 * DAY);
    town.requests = vec![
        request(1, CLOSED, ANA, RequestKind::Join, long_ago),
        request(2, CLOSED, MAX, RequestKind::Leave, NOW),
        request(3, CLOSED, LEA, RequestKind::Join, NOW.plus_seconds(-30 * DAY)),
        request(4, SECRET, ANA, RequestKind::Join, NOW),
    ];
    t.fill(&town).await;
    let managed = async |user| {
        let page = t.store.managed_groups(user, &GroupQuery::default(), NOW).await.unwrap().unwrap();
        page.items
    };
    let lea = managed(LEA).await;
    let seen: Vec<_> = lea.iter().map(|group| (group.row.name.as_str(), group.waiting, group.cares.clone())).collect();
    assert_eq!(
        seen,
        [
            ("Closed", QueueCounts { join: 1, leave: 1 }, vec![Care::RequestWaits(long_ago)]),
            ("Secret", QueueCounts { join: 1, leave: 0 }, vec![]),
        ],
        "one's own request is nobody's who asks"
    );
    assert_eq!(lea[0].row.member_count, Some(1));
    assert_eq!(lea[0].last_activity, None, "nothing has happened yet");

    let max = managed(MAX).await;
    let led: Vec<_> =
        max.iter().map(|group| (group.row.name.as_str(), group.cares.contains(&Care::NoLeader))).collect();
    assert_eq!(
        led,
        [
            ("Closed", false),
            ("Empty lead", true),
            ("Led by closed", false),
            ("Nobody", true),
            ("Open", true),
            ("Secret", false)
        ]
    );
    assert!(managed(ANA).await.is_empty());
    for user in [LEA, MAX] {
        let query = GroupQuery { care: Some(true), ..GroupQuery::default() };
        let caring = t.store.managed_groups(user, &query, NOW).await.unwrap().unwrap().items;
        let wanted: Vec<_> = managed(user).await.into_iter().filter(|group| !group.cares.is_empty()).collect();
        assert_eq!(caring, wanted, "those that need care, and nothing else");
        let query = GroupQuery { care: Some(false), ..GroupQuery::default() };
        let others = t.store.managed_groups(user, &query, NOW).await.unwrap().unwrap().items;
        let rest: Vec<_> = managed(user).await.into_iter().filter(|group| group.cares.is_empty()).collect();
        assert_eq!(others, rest, "and the others");
    }

    t.does(LEA, reject(domain::RequestId(1))).await.unwrap();
    t.feed_of(1).await;
    let closed = t.store.managed_group(LEA, CLOSED, NOW).await.unwrap().unwrap();
    assert_eq!((closed.last_activity, closed.cares.len()), (Some(NOW), 0));
    for (user, group) in [(LEA, OPEN), (LEA, STAFF_ONLY), (MAX, STAFF_ONLY), (ANA, CLOSED)] {
        assert_eq!(t.store.managed_group(user, group, NOW).await.unwrap(), None);
    }
});

both!(ones_own_request_stands_in_the_queue_only_where_it_is_asked_for, |t| async move {
    let mut town = town();
    town.requests = vec![
        request(1, CLOSED, LEA, RequestKind::Join, NOW),
        request(2, CLOSED, ANA, RequestKind::Join, NOW),
        request(3, OPEN, LEA, RequestKind::Join, NOW),
    ];
    t.fill(&town).await;
    let queue = async |own| {
        let query = QueueQuery { own, ..queue_of(RequestKind::Join) };
        let page = t.store.queue(LEA, &query).await.unwrap();
        assert_eq!(page.counts.join, 1, "nobody decides their own, so it does not count");
        page.listing.items.into_iter().map(|row| (row.id.0, row.warning)).collect::<Vec<_>>()
    };
    assert_eq!(queue(false).await, [(2, None)]);
    assert_eq!(queue(true).await, [(1, Some(Denial::OwnRequest)), (2, None)], "of groups one decides for");
});

both!(requests_are_seen_by_their_applicant_and_who_decides_them, |t| async move {
    t.settle().await;
    let first = t.asks(ANA, CLOSED).await;
    t.does(LEA, reject(first)).await.unwrap();
    let second = t.asks(ANA, CLOSED).await;
    for (user, sees) in [(ANA, true), (LEA, true), (MAX, true), (ROOT, true), (BO, false)] {
        let seen = t.store.request(user, first).await.unwrap();
        assert_eq!(seen.map(|request| request.status), sees.then_some(RequestStatus::Rejected), "{user}");
    }
    let list = async |status| {
        let page = t.store.my_requests(ANA, &RequestQuery { status, ..RequestQuery::default() }).await.unwrap();
        page.items.into_iter().map(|request| request.id).collect::<Vec<_>>()
    };
    assert_eq!(list(None).await, [second, first]);
    assert_eq!(list(Some(RequestStatus::Open)).await, [second]);
    assert_eq!(list(Some(RequestStatus::Rejected)).await, [first]);
    assert_eq!(list(Some(RequestStatus::Closed)).await, []);
    let mut query = RequestQuery { limit: domain::PageSize::new(1).unwrap(), ..RequestQuery::default() };
    let page = t.store.my_requests(ANA, &query).await.unwrap();
    query.cursor = page.next_cursor;
    let last = t.store.my_requests(ANA, &query).await.unwrap();
    assert_eq!((last.items[0].id, last.next_cursor), (first, None));

    t.does(ROOT, Command::DeleteGroup { group: CLOSED }).await.unwrap();
    assert!(t.store.request(ANA, first).await.unwrap().is_some(), "it stays the applicant's (R15)");
    assert!(t.store.request(LEA, first).await.unwrap().is_none());
});

both!(the_queue_is_narrowed_by_organisation_and_shows_both_kinds, |t| async move {
    let mut town = town();
    town.requests = vec![
        request(1, CLOSED, ANA, RequestKind::Join, NOW),
        request(2, CLOSED, MAX, RequestKind::Leave, NOW),
        request(3, CLOSED, BO, RequestKind::Join, NOW),
        request(4, SECRET, BO, RequestKind::Join, NOW),
    ];
    t.fill(&town).await;
    let ids = async |query: QueueQuery| {
        let page = t.store.queue(LEA, &query).await.unwrap();
        page.listing.items.iter().map(|row| row.id.0).collect::<Vec<_>>()
    };
    assert_eq!(ids(QueueQuery::default()).await, [1, 2, 3, 4]);
    let of = |name: &str| QueueQuery { organisation: Some(name.to_owned()), ..QueueQuery::default() };
    assert_eq!(ids(of("Home")).await, [1]);
    assert_eq!(ids(of("home")).await, Vec::<i64>::new());
    assert_eq!(ids(QueueQuery { group: Some(SECRET), ..QueueQuery::default() }).await, [4]);
    let choices = t.store.queue_choices(LEA).await.unwrap();
    assert_eq!(choices.organisations, ["Home"]);
    assert_eq!(choices.groups.iter().map(|group| group.id).collect::<Vec<_>>(), [CLOSED, SECRET]);
    let none = t.store.queue_choices(ANA).await.unwrap();
    assert!(none.groups.is_empty() && none.organisations.is_empty());
});

both!(the_first_organisations_by_name_are_offered_however_many_wait, |t| async move {
    let mut town = town();
    // Who waits longest stands last by name, in whichever spelling.
    let names: Vec<String> = (0..260).map(|n| format!("{} {:03}", ["Ærø", "aero"][n % 2], 260 - n)).collect();
    for (id, name) in (100..).zip(&names) {
        let mut applicant = user(UserId(id), &format!("user{id}"), State::MEMBER);
        applicant.characters[0].corporation = Some((id, name.clone()));
        town.users.push(applicant);
        town.requests.push(request(id, CLOSED, UserId(id), RequestKind::Join, NOW));
    }
    t.fill(&town).await;
    let mut expected = names.clone();
    expected.sort_by_key(|name| domain::name::order(name));
    expected.truncate(domain::QueueChoices::MOST);
    assert_eq!(t.store.queue_choices(LEA).await.unwrap().organisations, expected);
});

both!(a_hidden_group_opens_by_its_link_alone, |t| async move {
    let mut town = town();
    town.groups.push(group(GroupId(5), "Bunker", PLAIN.with(Flag::Hidden, true).with(Flag::Internal, true)));
    t.fill(&town).await;
    let page = async |user, key: GroupKey| t.store.group_page(user, &key, NOW).await.unwrap();
    let link = |group| GroupKey::Link(format!("token-{group}"));
    assert!(page(ANA, GroupKey::Id(SECRET)).await.is_none());
    let secret = page(ANA, link(SECRET)).await.unwrap();
    assert_eq!(secret.row.name, "Secret");
    assert_eq!(secret.row.offers.len(), 1, "one can ask: {:?}", secret.row.offers);
    assert!(page(ANA, link(GroupId(5))).await.is_none(), "no link opens an internal group");
    assert!(page(ANA, GroupKey::Link("guess".to_owned())).await.is_none());
    assert!(page(ROOT, link(GroupId(5))).await.is_some());
});

both!(the_palette_finds_what_one_may_know_of, |t| async move {
    let mut town = town();
    town.users.push(SeedUser {
        staff: true,
        permissions: [Permission::ManageUsers].into_iter().collect(),
        ..user(UserId(6), "sam", State::GUEST)
    });
    town.memberships.extend([membership(ANA, SECRET), membership(BO, STAFF_ONLY)]);
    t.fill(&town).await;
    let groups = async |user, text: &str| {
        let found = t.store.search(user, text).await.unwrap();
        found.groups.into_iter().map(|group| group.name).collect::<Vec<_>>()
    };
    assert_eq!(groups(BO, "SE").await, Vec::<String>::new(), "a guest cannot ask for it");
    assert_eq!(groups(ANA, "SE").await, ["Closed", "Secret"], "as a member");
    assert_eq!(groups(LEA, "SE").await, ["Closed", "Secret"], "as a leader");
    assert_eq!(groups(ANA, " et  SEC").await, ["Secret"], "by every word, in any order");
    assert_eq!(groups(ANA, "SE nothing").await, Vec::<String>::new());
    assert_eq!(groups(MAX, "STAFF").await, Vec::<String>::new());
    assert_eq!(groups(ROOT, "STAFF").await, ["Staff only"]);
    assert_eq!(groups(ROOT, "%").await, Vec::<String>::new());
    let people = async |user, text: &str| {
        let found = t.store.search(user, text).await.unwrap();
        found.people.into_iter().map(|it| (it.person.id, it.group.map(|group| group.id))).collect::<Vec<_>>()
    };
    assert_eq!(people(LEA, "ANA v").await, [(ANA, Some(SECRET))]);
    assert_eq!(people(LEA, "bo").await, [], "no group of hers");
    assert_eq!(people(MAX, "bo").await, [], "an internal group is none of theirs");
    assert_eq!(people(BO, "bo").await, [(BO, None)], "oneself");
    assert_eq!(people(BO, "ana").await, []);
    assert_eq!(people(UserId(6), "ana").await, [(ANA, None)]);
    assert_eq!(people(UserId(6), "VEX an").await, [(ANA, None)], "by every word, the first from its beginning");
    assert_eq!(people(UserId(6), "example").await, [], "a word of an address leads to nobody");
    assert_eq!(people(UserId(6), "vex bo").await, []);
    assert_eq!(people(UserId(6), "ana@").await, []);
    assert_eq!(people(UserId(6), "").await, []);
    assert!(t.store.search(UserId(99), "a").await.unwrap().groups.is_empty());
});

both!(each_scope_holds_its_groups, |t| async move {
    let mut town = managed_town();
    town.memberships.extend([membership(ANA, SECRET), membership(ANA, STAFF_ONLY)]);
    t.fill(&town).await;
    let names = async |user, query: GroupQuery| {
        let page = t.store.groups(user, &query, NOW).await.unwrap();
        page.map(|page| page.items.into_iter().map(|row| row.name).collect::<Vec<_>>())
    };
    let of = |scope| GroupQuery { scope, ..GroupQuery::default() };
    assert_eq!(names(ANA, of(GroupScope::Mine)).await.unwrap(), ["Secret"]);
    assert_eq!(names(LEA, of(GroupScope::Managed)).await.unwrap(), ["Closed", "Secret"]);
    assert_eq!(names(MAX, of(GroupScope::Managed)).await.unwrap().len(), 6);
    let refused = Err(domain::Refusal::Denied(domain::Denial::StaffPermissionRequired));
    assert_eq!(names(MAX, of(GroupScope::All)).await, refused);
    assert_eq!(names(ROOT, of(GroupScope::All)).await.unwrap().len(), 7);
    let with = |properties| GroupQuery { properties, ..of(GroupScope::All) };
    let set = domain::PartialFlags::default();
    for (flags, has_leader, expected) in [
        (set.with(Flag::Internal, true), None, vec!["Staff only"]),
        (set.with(Flag::Hidden, true), None, vec!["Secret"]),
        (set.with(Flag::Open, true), None, vec!["Open"]),
        (set.with(Flag::Public, true).with(Flag::Restricted, false), None, vec!["Open"]),
        (set.with(Flag::Restricted, true), None, vec![]),
        (set, Some(false), vec!["Empty lead", "Nobody", "Open", "Staff only"]),
        (set.with(Flag::Hidden, true), Some(true), vec!["Secret"]),
    ] {
        let properties = domain::GroupProperties { flags, has_leader };
        assert_eq!(names(ROOT, with(properties)).await.unwrap(), expected, "{properties:?}");
    }
    let row = t.store.groups(ROOT, &of(GroupScope::All), NOW).await.unwrap().unwrap().items.remove(0);
    assert!(row.permissions.is_some());
    let row = t.store.groups(LEA, &of(GroupScope::Managed), NOW).await.unwrap().unwrap().items.remove(0);
    assert_eq!(row.permissions, None, "only with an admin right");
});

both!(every_screen_means_the_same_by_led, |t| async move {
    let mut town = town();
    let gone = UserId(20);
    town.users.push(SeedUser { active: false, ..user(gone, "gone", State::MEMBER) });
    let council = GroupId(10);
    let empty = GroupId(11);
    let asleep = GroupId(12);
    let led = |id: i64, name: &str, leaders: Vec<UserId>, leader_groups: Vec<GroupId>| SeedGroup {
        leaders,
        leader_groups,
        ..group(GroupId(id), name, PLAIN)
    };
    town.groups = vec![
        led(10, "Council", vec![LEA], vec![]),
        led(11, "Empty", vec![LEA], vec![]),
        led(12, "Asleep", vec![LEA], vec![]),
        led(13, "By nobody", vec![], vec![]),
        led(14, "By somebody inactive", vec![gone], vec![]),
        led(15, "By an empty group", vec![], vec![empty]),
        led(16, "By a group of the inactive", vec![], vec![asleep]),
        led(17, "By a group", vec![gone], vec![asleep, council]),
        led(18, "By somebody", vec![gone, LEA], vec![empty]),
    ];
    town.memberships = vec![membership(ANA, council), membership(gone, asleep)];
    t.fill(&town).await;
    let leaderless = ["By a group of the inactive", "By an empty group", "By nobody", "By somebody inactive"];

    let has_leader = Some(false);
    let properties = domain::GroupProperties { has_leader, ..domain::GroupProperties::default() };
    let query = GroupQuery { scope: GroupScope::All, properties, ..GroupQuery::default() };
    let filtered = t.store.groups(ROOT, &query, NOW).await.unwrap().unwrap().items;
    assert_eq!(filtered.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), leaderless);
    let all = GroupQuery { scope: GroupScope::All, ..GroupQuery::default() };
    let all = t.store.groups(ROOT, &all, NOW).await.unwrap().unwrap().items;
    let said: Vec<&str> = all.iter().filter(|row| !row.is_led).map(|row| row.name.as_str()).collect();
    assert_eq!(said, leaderless, "the column of the list");
    let managed = t.store.managed_groups(MAX, &GroupQuery::default(), NOW).await.unwrap().unwrap().items;
    let cares = managed.iter().filter(|group| group.cares.contains(&Care::NoLeader));
    assert_eq!(cares.map(|group| group.row.name.as_str()).collect::<Vec<_>>(), leaderless, "what needs care");
    let caring = GroupQuery { care: Some(true), ..GroupQuery::default() };
    let caring = t.store.managed_groups(MAX, &caring, NOW).await.unwrap().unwrap().items;
    assert_eq!(caring.iter().map(|group| group.row.name.as_str()).collect::<Vec<_>>(), leaderless);
    let found = t.store.health(ROOT, NOW).await.unwrap().unwrap().groups.unwrap().leaderless;
    assert_eq!(found.first.iter().map(|it| it.group.name.as_str()).collect::<Vec<_>>(), leaderless);
    assert_eq!(found.total, 4);
    let page = t.store.group_page(MAX, &GroupKey::Id(GroupId(15)), NOW).await.unwrap().unwrap();
    assert!(!page.row.is_led, "and the page of a group");
});

both!(who_asked_reads_the_name_of_a_group_they_do_not_see_any_more_as_it_was, |t| async move {
    t.settle().await;
    let edit = async |name: Option<&str>, flag: Option<(Flag, bool)>| {
        let unflagged = GroupChange::default();
        let change = flag.map_or(unflagged, |(flag, set)| GroupChange::of_flag(flag, set));
        let change = GroupChange { name: name.map(|name| GroupName::parse(name).unwrap()), ..change };
        t.does(ROOT, Command::EditGroup { group: CLOSED, change: Box::new(change) }).await.unwrap();
    };
    let rejected = t.asks(ANA, CLOSED).await;
    t.does(LEA, reject(rejected)).await.unwrap();
    let waiting = t.asks(ANA, CLOSED).await;
    let names = async || {
        let page = t.store.my_requests(ANA, &RequestQuery::default()).await.unwrap();
        let mut names: Vec<String> = page.items.into_iter().map(|request| request.group.name).collect();
        for id in [rejected, waiting] {
            names.push(t.store.request(ANA, id).await.unwrap().unwrap().group.name);
        }
        let Err(Refusal::Conflict(Conflict::RequestSettled(told))) =
            t.does(ANA, Command::Withdraw { request: rejected }).await
        else {
            panic!("it is settled")
        };
        names.push(told.group.name);
        names.dedup();
        names
    };
    edit(Some("Open name"), None).await;
    assert_eq!(names().await, ["Open name"], "they see the group, and so what it is called now");
    edit(Some("Secret name"), Some((Flag::Hidden, true))).await;
    assert_eq!(names().await, ["Closed"]);
    for user in [LEA, ROOT] {
        assert_eq!(t.store.request(user, rejected).await.unwrap().unwrap().group.name, "Secret name", "{user}");
    }
    edit(Some("More secret"), Some((Flag::Internal, true))).await;
    assert_eq!(names().await, ["Closed"]);
    t.does(ROOT, Command::DeleteGroup { group: CLOSED }).await.unwrap();
    assert_eq!(t.store.request(ANA, rejected).await.unwrap().unwrap().group.name, "Closed");
});
