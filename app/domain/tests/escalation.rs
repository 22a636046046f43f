//! Nobody gives themselves or others more than they hold: staff of every kind and their friends, together, play any
//! history, and nobody comes to a permission, a restricted membership (R5) or a flag by it.

mod history;

use domain::{EventPayload, Flag, Permission, Permissions, State, Timestamp, UserId};
use domain_oracle::{Caller, User, World};
use history::{GROUP_STAFF, MANAGER, PLAIN, SUPERUSER, USER_STAFF, USERS, plots, shapes};
use proptest::prelude::*;

/// A world with something to steal: nobody of the conspiracy holds `group_management` or any admin right but their
/// own, and nothing that is restricted or gives something stands open to them. State Blue gives `group_management`;
/// group 2 is restricted and open to Blue, group 3 gives `view_audit`, group 6 leads it, group 7 is restricted.
fn treasury(flags: &[(bool, bool, bool, bool)]) -> World {
    let mut world = history::world(flags);
    let blue = world.states.get_mut(&State::BLUE).expect("shipped");
    blue.permissions = Permissions::NONE.with(Permission::GroupManagement);
    for (id, group) in &mut world.groups {
        let treasure = matches!(id.0, 3 | 6 | 7);
        group.flags = group.flags.with(Flag::Open, !treasure && group.flags.has(Flag::Open));
        group.flags = group.flags.with(Flag::Restricted, matches!(id.0, 2 | 7));
        if id.0 == 2 {
            group.flags = group.flags.with(Flag::Open, true);
            group.states = vec![State::BLUE];
        }
    }
    let third = world.groups.get_mut(&domain::GroupId(3)).expect("made");
    third.permissions = Permissions::NONE.with(Permission::ViewAudit);
    world.settle_everybody();
    world.events.clear();
    world
}

/// The conspiracy: a plain user, one without a main, two kinds of staff. The others sleep.
const SIDE: [UserId; 4] = [PLAIN, UserId(2), GROUP_STAFF, USER_STAFF];

/// Those who hold more than all of them.
const SLEEPERS: [UserId; 3] = [UserId(3), MANAGER, SUPERUSER];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_comes_to_more_by_the_acts_of_staff(flags in shapes(), history in plots(SIDE.to_vec())) {
        let before = treasury(&flags);
        let mut world = before.clone();
        let held = |world: &World, id| world.account(id).map_or(Permissions::NONE, |account| account.granted);
        let theirs = SIDE.iter().fold(Permissions::NONE, |sum, id| sum.union(held(&before, *id)));
        for (caller, command) in history {
            let sleepers = SLEEPERS.map(|id| (id, !theirs.covers(held(&world, id)) || id == SUPERUSER));
            let answer = world.execute(&Caller::User(caller), &command, Timestamp(0));
            if answer.is_err() {
                continue;
            }
            for id in (1..=USERS + 3).map(UserId) {
                let (was, is) = (held(&before, id), held(&world, id));
                prop_assert!(theirs.union(was).covers(is), "{command:?} by {caller} gave {id} {is:?}");
                let flagged = |world: &World| world.users.get(&id).map_or((false, false), |u| (u.staff, u.superuser));
                let ((staff, superuser), (is_staff, is_superuser)) = (flagged(&before), flagged(&world));
                prop_assert!((staff || !is_staff) && (superuser || !is_superuser), "{command:?} flagged {id}");
                for group in world.groups.values().filter(|group| group.flags.has(Flag::Restricted)) {
                    let (was, is) = (before.standing(group.id, id), world.standing(group.id, id));
                    prop_assert!(was.member || !is.member, "{command:?} by {caller} put {id} into {}", group.name);
                    prop_assert!(was.leads() || !is.leads(), "{command:?} by {caller} made {id} lead {}", group.name);
                }
            }
            // Superusers are out of its hands altogether; in the place of others who hold more nobody may stand.
            let but_for_the_state = |world: &World| {
                world.users.get(&SUPERUSER).map(|user| User { state: State::GUEST, ..user.clone() })
            };
            prop_assert_eq!(but_for_the_state(&world), but_for_the_state(&before), "{:?} by {}", command, caller);
            for logged in &answer.unwrap_or_default() {
                let subject = logged.event.subject.as_ref().map(|person| person.id);
                let of_sleeper = sleepers.iter().any(|(id, stronger)| *stronger && subject == Some(*id));
                let what = &logged.event.what;
                let taken_over = match what {
                    EventPayload::PasswordSet | EventPayload::ResetLinkMade | EventPayload::TokenCreated { .. } | EventPayload::MainSet(_) => true,
                    EventPayload::AccountEdited { before, after } => {
                        (&before.username, &before.email) != (&after.username, &after.email)
                    }
                    _ => false,
                };
                prop_assert!(!(of_sleeper && taken_over), "{command:?} by {caller} took over a sleeper");
                // Nobody of them leads what is restricted, and its link lets in whoever has it.
                let group = logged.event.group.as_ref().and_then(|group| before.groups.get(&group.id));
                let link = *what == EventPayload::JoinLinkReplaced && group.is_some_and(|group| group.flags.has(Flag::Restricted));
                let led = group.is_some_and(|group| before.standing(group.id, caller).leads());
                prop_assert!(led || !link, "{command:?} by {caller} came to the link of a restricted group");
            }
            for group in [2, 3, 7].map(domain::GroupId) {
                let stays = |world: &World| world.groups.get(&group).map(|group| (group.flags, group.permissions));
                prop_assert!(
                    group.0 == 3 || stays(&world) == stays(&before),
                    "{command:?} by {caller} changed the restricted group {group}"
                );
            }
        }
    }
}
