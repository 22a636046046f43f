//! Members: who may know of them, in which order, why they are in.

use crate::harness::*;
use domain::{
    Command, Denial, Flag, GrantKind, GroupId, Lead, MemberOrder, MemberQuery, PageSize, Permission, Refusal, State,
    UserId,
};
use store::{Seed, SeedGroup, SeedUser};
use store_testing::both;

/// Leads `CLOSED`.
const OFFICERS: GroupId = GroupId(5);
/// Restricted.
const VAULT: GroupId = GroupId(6);
/// Staff with `manage_users`.
const SAM: UserId = UserId(6);
/// Inactive, and named to lead `CLOSED`.
const IDA: UserId = UserId(7);

fn staffed_town() -> Seed {
    let mut town = town();
    town.users.extend([
        SeedUser {
            staff: true,
            permissions: [Permission::ManageUsers].into_iter().collect(),
            ..user(SAM, "sam", State::GUEST)
        },
        SeedUser { active: false, ..user(IDA, "ida", State::GUEST) },
    ]);
    town.groups[0].leaders = vec![LEA, IDA];
    town.groups[0].leader_groups = vec![OFFICERS];
    town.groups.extend([
        group(OFFICERS, "Officers", PLAIN),
        SeedGroup { leaders: vec![LEA], ..group(VAULT, "Vault", PLAIN.with(Flag::Restricted, true)) },
    ]);
    town.memberships.extend([membership(BO, OFFICERS), membership(BO, CLOSED), membership(LEA, CLOSED)]);
    town
}

fn names(page: &domain::MembersPage) -> Vec<String> {
    page.listing.items.iter().map(|row| row.person.username.clone()).collect()
}

both!(members_and_link_are_for_those_who_see_the_group_in_full, |t| async move {
    t.fill(&staffed_town()).await;
    let unseen = Err(Refusal::Unseen);
    let not_theirs = Err(Refusal::Denied(Denial::NotAManager));
    for (user, group, expected) in [
        (LEA, CLOSED, Ok(3)),
        (BO, CLOSED, Ok(3)),
        (MAX, SECRET, Ok(0)),
        (SAM, STAFF_ONLY, Ok(0)),
        (ROOT, STAFF_ONLY, Ok(0)),
        (ANA, CLOSED, not_theirs.clone()),
        (IDA, CLOSED, unseen.clone()),
        (ANA, SECRET, unseen.clone()),
        (LEA, STAFF_ONLY, unseen.clone()),
        (MAX, STAFF_ONLY, unseen.clone()),
        (LEA, GroupId(99), unseen.clone()),
    ] {
        let page = t.store.members(user, group, &MemberQuery::default()).await.unwrap();
        assert_eq!(page.map(|page| page.total), expected, "{user} of {group}");
        let link = t.store.join_link(user, group).await.unwrap();
        assert_eq!(link.map(|link| link.token), expected.map(|_| format!("token-{group}")), "{user} of {group}");
    }
});

both!(a_member_comes_with_what_holds_them_and_how_they_lead, |t| async move {
    t.fill(&staffed_town()).await;
    let request = t.asks(ANA, CLOSED).await;
    t.does(LEA, approve(request)).await.unwrap();
    t.does(SAM, Command::Add { group: CLOSED, member: ROOT, reason: note("for the handover") }).await.unwrap();
    let head = t.feed_of(3).await.len();
    assert_eq!(head, 3);
    let page = t.store.members(LEA, CLOSED, &MemberQuery::default()).await.unwrap().unwrap();
    assert_eq!((page.total, page.group.name.as_str()), (5, "Closed"));
    assert_eq!(names(&page), ["ana", "bo", "lea", "max", "root"], "by main character, else by username");
    let of = |user| page.listing.items.iter().find(|row| row.person.id == user).unwrap();
    assert_eq!(of(LEA).lead, Lead::Named);
    assert_eq!(of(BO).lead, Lead::ThroughGroup);
    assert_eq!(of(ANA).lead, Lead::None);
    let [approval] = of(ANA).grants.as_slice() else { panic!("{page:?}") };
    assert_eq!((approval.kind, approval.by.as_ref().unwrap().id, approval.until), (GrantKind::Approval, LEA, None));
    let [added] = of(ROOT).grants.as_slice() else { panic!("{page:?}") };
    assert_eq!((added.kind, added.reason.as_deref()), (GrantKind::Admin, Some("for the handover")));
    assert_eq!(added.by.as_ref().unwrap().id, SAM);

    t.does(LEA, Command::Remove { group: CLOSED, member: ANA, reason: None }).await.unwrap();
    t.feed_of(4).await;
    let page = t.store.members(LEA, CLOSED, &MemberQuery::default()).await.unwrap().unwrap();
    assert_eq!((page.total, names(&page).len()), (4, 4));
});

both!(who_may_remove_is_told_beforehand, |t| async move {
    t.fill(&staffed_town()).await;
    let denied = async |user, group| {
        t.store.members(user, group, &MemberQuery::default()).await.unwrap().unwrap().removal_denied
    };
    assert_eq!(denied(LEA, VAULT).await, None);
    assert_eq!(denied(MAX, VAULT).await, None);
    assert_eq!(denied(SAM, VAULT).await, Some(Denial::SuperuserRequired));
    assert_eq!(denied(ROOT, VAULT).await, None);
    assert_eq!(denied(SAM, CLOSED).await, None);
});

both!(pages_of_members_have_neither_gaps_nor_doubles, |t| async move {
    let mut crowd = crowd(120);
    crowd.memberships.extend((100..220).map(|id| {
        let since = NOW.plus_seconds(-(id * 7 % 120));
        store::SeedMembership { since, ..membership(UserId(id), CLOSED) }
    }));
    t.fill(&crowd).await;
    for order in [MemberOrder::Name, MemberOrder::Newest] {
        let mut query = MemberQuery { order, limit: PageSize::new(50).unwrap(), ..MemberQuery::default() };
        let mut found = Vec::new();
        for turn in 0.. {
            let page = t.store.members(LEA, CLOSED, &query).await.unwrap().unwrap();
            assert!(page.listing.items.len() <= 50);
            found.extend(page.listing.items);
            // Whoever comes and goes meanwhile moves nobody else.
            let (first, last) = (found.first().unwrap().person.id, found.last().unwrap().person.id);
            assert_ne!(first, last);
            if turn == 0 {
                t.does(LEA, Command::Remove { group: CLOSED, member: first, reason: None }).await.unwrap();
                t.does(ROOT, Command::Add { group: CLOSED, member: first, reason: None }).await.unwrap();
            }
            match page.listing.next_cursor {
                Some(cursor) => query.cursor = Some(cursor),
                None => break,
            }
        }
        let mut ids: Vec<i64> = found.iter().map(|row| row.person.id.0).filter(|id| *id >= 100).collect();
        match order {
            MemberOrder::Name => assert!(
                found.is_sorted_by_key(|row| row.person.display_name().to_lowercase()),
                "{:?}",
                found.iter().map(|row| row.person.display_name()).collect::<Vec<_>>()
            ),
            MemberOrder::Newest => assert!(found.is_sorted_by_key(|row| std::cmp::Reverse(row.since))),
        }
        ids.sort_unstable();
        assert_eq!(ids, (100..220).collect::<Vec<_>>(), "{order:?}");
    }
    let nonsense = MemberQuery { cursor: Some("nonsense".to_owned()), ..MemberQuery::default() };
    assert_eq!(t.store.members(LEA, CLOSED, &nonsense).await.unwrap().unwrap().listing.items.len(), 50);
});

both!(members_are_found_by_any_part_of_either_name, |t| async move {
    let mut town = town();
    let found = [("100%", State::GUEST), ("under_score", State::GUEST), ("Ärger", State::MEMBER), ("x", State::MEMBER)];
    for ((name, state), id) in found.into_iter().zip(6..) {
        town.users.push(user(UserId(id), name, state));
        town.memberships.push(membership(UserId(id), CLOSED));
    }
    t.fill(&town).await;
    let search = async |text: &str| {
        let query = MemberQuery { search: text.to_owned(), ..MemberQuery::default() };
        let page = t.store.members(LEA, CLOSED, &query).await.unwrap().unwrap();
        assert_eq!(page.total, 5, "of all members");
        names(&page)
    };
    assert_eq!(search("%").await, ["100%"]);
    assert_eq!(search("_").await, ["under_score"]);
    assert_eq!(search("äRG").await, ["Ärger"]);
    assert_eq!(search(" VEX ").await, ["Ärger", "x"], "by the main character");
    assert_eq!(search("rger").await, ["Ärger"]);
    assert_eq!(search("arg").await, ["Ärger"], "without what the keyboard lacks");
    assert_eq!(search("\\").await, Vec::<String>::new());
    assert_eq!(search("\0").await, Vec::<String>::new());
});
