//! Setting groups up: who reads how a group is set up, what they are offered, and what names come to mean.

use crate::harness::*;
use domain::{Denial, GroupAction, GroupChoices, GroupId, Names, Permission, Permissions, Refusal, State, UserId};
use store::{Seed, SeedGroup, SeedUser};
use store_testing::both;

/// Staff who hold `manage_groups` alone.
const GROUPS: UserId = UserId(10);
/// Staff who hold `manage_users` alone.
const USERS: UserId = UserId(11);
/// Named to lead `CLOSED`, and inactive.
const ASLEEP: UserId = UserId(12);
/// A restricted group.
const VAULT: GroupId = GroupId(5);
/// A group that gives `view_audit`.
const READERS: GroupId = GroupId(6);

fn offices() -> Seed {
    let mut town = town();
    let staff = |id, name, permission| SeedUser {
        staff: true,
        permissions: Permissions::NONE.with(permission),
        ..user(id, name, State::GUEST)
    };
    town.users.push(staff(GROUPS, "gregor", Permission::ManageGroups));
    town.users.push(staff(USERS, "ursula", Permission::ManageUsers));
    town.users.push(SeedUser { active: false, ..user(ASLEEP, "asleep", State::GUEST) });
    town.groups[0].leaders.push(ASLEEP);
    town.groups[0].leader_groups = vec![SECRET];
    town.groups.push(group(VAULT, "Vault", PLAIN.with(domain::Flag::Restricted, true)));
    let readers = group(READERS, "Readers", PLAIN);
    town.groups.push(SeedGroup { permissions: Permissions::NONE.with(Permission::ViewAudit), ..readers });
    town
}

/// What is denied of everything there is to do, in words.
fn denied(choices: &GroupChoices) -> Vec<(GroupAction, Denial)> {
    choices.offers.iter().filter_map(|offer| Some((offer.action, offer.denial?))).collect()
}

both!(a_group_is_shown_whole_to_those_who_administer_groups, |t| async move {
    t.fill(&offices()).await;
    for viewer in [ROOT, GROUPS, USERS] {
        let setup = t.store.group_setup(viewer, CLOSED, NOW).await.unwrap().unwrap();
        assert_eq!((setup.row.name.as_str(), setup.row.leader_groups[0].id), ("Closed", SECRET));
        let leaders: Vec<_> = setup.leaders.iter().map(|leader| (leader.person.id, leader.active)).collect();
        assert_eq!(leaders, [(ASLEEP, false), (LEA, true)], "who is asleep is named all the same");
        let states: Vec<_> = setup.choices.states.iter().map(|state| state.name.as_str()).collect();
        assert_eq!(states, ["Member", "Blue", "Guest"]);
        assert_eq!(t.store.group_setup(viewer, GroupId(99), NOW).await.unwrap(), Err(Refusal::Unseen));
    }
    for viewer in [LEA, BO, MAX] {
        let refused = t.store.group_setup(viewer, CLOSED, NOW).await.unwrap().unwrap_err();
        assert_eq!(refused, Denial::StaffPermissionRequired.into());
        let refused = t.store.group_choices(viewer, NOW).await.unwrap().unwrap_err();
        assert_eq!(refused, Denial::StaffPermissionRequired.into());
    }
    assert_eq!(t.store.group_setup(ASLEEP, CLOSED, NOW).await.unwrap(), Err(Refusal::Unseen));
    let refused = t.store.group_choices(USERS, NOW).await.unwrap().unwrap_err();
    assert_eq!(refused, Denial::StaffPermissionRequired.into(), "groups are made by those who manage them");
});

both!(what_one_may_not_change_is_offered_with_its_reason, |t| async move {
    use GroupAction::{Add, Delete, Describe, DropLeaders, GivePermissions, NameLeaders, Remove, Restrict, Set};
    let superuser = |actions: &[GroupAction]| -> Vec<(GroupAction, Denial)> {
        actions.iter().map(|action| (*action, Denial::SuperuserRequired)).collect()
    };
    t.fill(&offices()).await;
    for group in [CLOSED, VAULT, READERS, STAFF_ONLY] {
        let setup = t.store.group_setup(ROOT, group, NOW).await.unwrap().unwrap();
        assert_eq!(denied(&setup.choices), [], "a superuser may everything");
    }
    let of = async |viewer, group| t.store.group_setup(viewer, group, NOW).await.unwrap().unwrap().choices;
    assert_eq!(denied(&of(GROUPS, CLOSED).await), superuser(&[Restrict, GivePermissions]));
    let everything = [Describe, Set, Restrict, GivePermissions, NameLeaders, DropLeaders, Add, Remove, Delete];
    assert_eq!(denied(&of(GROUPS, VAULT).await), superuser(&everything));
    // Whoever does not hold what a group gives may not open its doors, but may take from it.
    assert_eq!(denied(&of(GROUPS, READERS).await), superuser(&[Set, Restrict, GivePermissions, NameLeaders, Add]),);
    let of_users = of(USERS, CLOSED).await;
    assert_eq!(of_users.denial(Add), None);
    assert_eq!(of_users.denial(Remove), None);
    assert_eq!(of_users.denial(Describe), Some(Denial::StaffPermissionRequired));
    assert_eq!(of_users.denial(Delete), Some(Denial::StaffPermissionRequired));
    let new = t.store.group_choices(GROUPS, NOW).await.unwrap().unwrap();
    assert_eq!(denied(&new), superuser(&[Restrict, GivePermissions]));
    assert_eq!(denied(&t.store.group_choices(ROOT, NOW).await.unwrap().unwrap()), []);
});

both!(names_mean_whoever_is_called_so, |t| async move {
    let mut seed = offices();
    let twin = user(UserId(20), "twin", State::MEMBER);
    seed.users.push(SeedUser { characters: seed.users[2].characters.clone(), ..twin });
    seed.users.last_mut().unwrap().characters[0].external_id = 77;
    t.fill(&seed).await;
    let names = |people: &[&str], groups: &[&str]| Names {
        people: people.iter().map(|name| (*name).to_owned()).collect(),
        groups: groups.iter().map(|name| (*name).to_owned()).collect(),
    };
    let wanted = names(&["LEA", "ana vex", "nobody", "bo@example.org"], &["secret", "Nothing", "Closed"]);
    let meant = t.store.resolve_names(GROUPS, &wanted).await.unwrap().unwrap();
    let people: Vec<Vec<UserId>> =
        meant.people.iter().map(|found| found.iter().map(|person| person.id).collect()).collect();
    assert_eq!(
        people,
        [vec![LEA], vec![ANA, UserId(20)], vec![], vec![]],
        "whose an address is, is no business of theirs"
    );
    let by_address = t.store.resolve_names(USERS, &names(&["bo@example.org"], &[])).await.unwrap().unwrap();
    assert_eq!(by_address.people[0][0].id, BO);
    let groups: Vec<Option<GroupId>> = meant.groups.iter().map(|found| found.as_ref().map(|group| group.id)).collect();
    assert_eq!(groups, [Some(SECRET), None, Some(CLOSED)]);
    let empty = t.store.resolve_names(USERS, &Names::default()).await.unwrap().unwrap();
    assert_eq!((empty.people.len(), empty.groups.len()), (0, 0));
    let refused = t.store.resolve_names(LEA, &wanted).await.unwrap().unwrap_err();
    assert_eq!(refused, Denial::StaffPermissionRequired.into());
});
