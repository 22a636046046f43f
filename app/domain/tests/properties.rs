//! Whatever anybody does in whatever order: nothing is stranded, nothing is doubled, everything has its event, and
//! what is on screen follows.

mod cast;

use domain::{
    Command, Denial, Flags, Group, GroupId, GroupKey, Logged, Permission, Permissions, Refusal, RequestId, RequestKind,
    RequestStatus, State, StateId, Timestamp, UserId, fold,
    model::{Caller, User, World},
    sight,
};
use proptest::prelude::*;

const USERS: i64 = 7;
const GROUPS: i64 = 6;

/// A small world with every role and differing groups: 1 to 3 are plain users, 4 leads, 5 leads through group 6,
/// 6 manages, 7 is a superuser.
fn world(flags: &[(bool, bool, bool, bool)]) -> World {
    let mut world = World::new();
    for id in 1..=USERS {
        let own = if id == 6 { Permissions::NONE.with(Permission::GroupManagement) } else { Permissions::NONE };
        let user = User {
            person: cast::person(UserId(id)),
            active: true,
            staff: id == 7,
            superuser: id == 7,
            own,
            state: if id == 3 { State::GUEST } else { State::MEMBER },
        };
        world.users.insert(UserId(id), user);
    }
    for (id, (hidden, open, public, restricted)) in (1..=GROUPS).zip(flags) {
        let flags = Flags { internal: id == 5, hidden: *hidden, open: *open, public: *public, restricted: *restricted };
        let states: Vec<StateId> = if id == 4 { vec![State::MEMBER] } else { Vec::new() };
        world.groups.insert(GroupId(id), Group { id: GroupId(id), states, ..cast::group(flags) });
        world.leaders.insert((GroupId(id), UserId(4)));
        world.leader_groups.insert((GroupId(id), GroupId(6)));
    }
    world.leader_groups.remove(&(GroupId(6), GroupId(6)));
    world
}

fn commands() -> impl Strategy<Value = Vec<(i64, Command)>> {
    let group = || (1..=GROUPS).prop_map(GroupId);
    let user = || (1..=USERS).prop_map(UserId);
    let request = || (1i64..30).prop_map(RequestId);
    let command = prop_oneof![
        4 => group().prop_map(|group| Command::Join { group: GroupKey::Id(group), reason: None }),
        2 => group().prop_map(|group| Command::Leave { group, reason: None }),
        1 => request().prop_map(|request| Command::Withdraw { request }),
        4 => request().prop_map(|request| Command::Approve { request, comment: None }),
        1 => request().prop_map(|request| Command::Reject { request, comment: None }),
        1 => (group(), user()).prop_map(|(group, member)| Command::Remove { group, member, reason: None }),
    ];
    prop::collection::vec((1..=USERS, command), 1..80)
}

fn shapes() -> impl Strategy<Value = Vec<(bool, bool, bool, bool)>> {
    prop::collection::vec(any::<(bool, bool, bool, bool)>(), usize::try_from(GROUPS).expect("small"))
}

/// Which groups a user decides for.
fn rights(world: &World, user: UserId) -> Vec<GroupId> {
    let actor = world.actor(&Caller::User(user));
    let decides = |group: &&Group| sight::decides(&actor, group.flags, world.standing(group.id, user));
    world.groups.values().filter(decides).map(|group| group.id).collect()
}

fn play(world: &mut World, history: &[(i64, Command)]) -> Vec<Result<Vec<Logged>, Refusal>> {
    history
        .iter()
        .zip(1..)
        .map(|((caller, command), minute)| {
            world.execute(&Caller::User(UserId(*caller)), command, Timestamp(0).plus_seconds(minute * 60))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn every_history_keeps_the_invariants(flags in shapes(), history in commands()) {
        let mut world = world(&flags);
        play(&mut world, &history);
        prop_assert_eq!(world.broken_invariants(), Vec::<String>::new());
    }

    #[test]
    fn replaying_the_events_gives_the_world(flags in shapes(), history in commands()) {
        let mut played = world(&flags);
        play(&mut played, &history);
        let mut replayed = world(&flags);
        for logged in &played.events {
            replayed.apply(logged);
        }
        prop_assert_eq!(replayed, played);
    }

    #[test]
    fn what_is_refused_changes_nothing_and_what_is_done_has_its_event(flags in shapes(), history in commands()) {
        let mut world = world(&flags);
        for (caller, command) in &history {
            let before = world.clone();
            if let Ok(events) = world.execute(&Caller::User(UserId(*caller)), command, cast::NOW) {
                prop_assert!(!events.is_empty(), "{command:?} was allowed and did nothing");
                prop_assert_eq!(world.events.len(), before.events.len() + events.len());
            } else {
                prop_assert_eq!(&world, &before);
            }
        }
    }

    #[test]
    fn nobody_decides_their_own_request(flags in shapes(), history in commands()) {
        let mut world = world(&flags);
        for ((caller, command), answer) in history.iter().zip(play(&mut world, &history)) {
            if let (Command::Approve { .. } | Command::Reject { .. }, Ok(events)) = (command, &answer) {
                let applicant = events[0].event.subject.as_ref().map(|subject| subject.id.0);
                prop_assert_ne!(applicant, Some(*caller));
            }
        }
    }

    #[test]
    fn a_settled_request_never_changes(flags in shapes(), history in commands()) {
        let mut world = world(&flags);
        for (caller, command) in &history {
            let settled: Vec<_> =
                world.requests.iter().filter(|request| request.status != RequestStatus::Open).cloned().collect();
            let _ = world.execute(&Caller::User(UserId(*caller)), command, cast::NOW);
            for request in settled {
                prop_assert!(world.requests.contains(&request), "request {} changed", request.id);
            }
        }
    }

    #[test]
    fn a_queue_that_follows_the_feed_equals_a_queue_loaded_anew(
        flags in shapes(), history in commands(), at in 0usize..80, leave in any::<bool>(),
    ) {
        let kind = if leave { RequestKind::Leave } else { RequestKind::Join };
        let (before, after) = history.split_at(at.min(history.len()));
        let mut world = world(&flags);
        play(&mut world, before);
        for viewer in (1..=USERS).map(UserId) {
            let mut world = world.clone();
            let mut page = world.queue(viewer, kind);
            for (caller, command) in after {
                let rights = rights(&world, viewer);
                let events = world.execute(&Caller::User(UserId(*caller)), command, cast::NOW).unwrap_or_default();
                if rights != self::rights(&world, viewer) {
                    // The feed answers a change of rights with a reset.
                    page = world.queue(viewer, kind);
                    continue;
                }
                let frames: Vec<_> = events.iter().filter_map(|logged| world.frame(viewer, logged)).collect();
                for frame in frames.iter().chain(&frames) {
                    prop_assert_eq!(fold::fold_queue(&mut page, frame, viewer), fold::Follow::Done);
                }
            }
            page.listing.items.retain(|row| row.farewell.is_none());
            let mut fresh = world.queue(viewer, kind);
            // The head moves with events the viewer does not see, and warnings with rights: compared without.
            fresh.listing.seq = page.listing.seq;
            for row in page.listing.items.iter_mut().chain(&mut fresh.listing.items) {
                row.warning = None::<Denial>;
                row.created_at = cast::NOW;
            }
            prop_assert_eq!(page, fresh);
        }
    }
}
