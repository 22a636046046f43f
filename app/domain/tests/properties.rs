//! Whatever anybody does in whatever order: nothing is stranded, nothing is doubled, everything has its event, and
//! what is on screen follows. The invariants are R1, R6, R7, R9 and R14; that replaying gives the world is R13.

mod history;

use domain::{
    Command, Denial, Group, GroupId, Permissions, RequestKind, RequestStatus, Timestamp, UserId, authority, fold,
};
use domain_oracle::{Caller, World};
use history::{USERS, histories, play, shapes, world};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

/// Which groups a user decides for, and what they hold.
fn rights(world: &World, user: UserId) -> (Vec<GroupId>, Option<Permissions>) {
    let actor = world.actor(&Caller::User(user));
    let decides = |group: &&Group| authority::decides(&actor, group.flags, world.standing(group.id, user));
    let groups = world.groups.values().filter(decides).map(|group| group.id).collect();
    (groups, actor.account().map(domain::Account::effective))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_history_keeps_the_invariants(flags in shapes(), history in histories()) {
        let mut world = world(&flags);
        for (caller, command) in &history {
            let _ = world.execute(&Caller::User(*caller), command, NOW);
            prop_assert_eq!(world.broken_invariants(), Vec::<String>::new(), "after {:?} by {}", command, caller);
        }
    }

    #[test]
    fn replaying_the_events_gives_the_world(flags in shapes(), history in histories()) {
        let mut played = world(&flags);
        play(&mut played, &history);
        let mut replayed = world(&flags);
        for logged in &played.events {
            replayed.apply(logged);
        }
        // What a user held when last settled is derived, no fact of its own.
        for (id, user) in &played.users {
            if let Some(other) = replayed.users.get_mut(id) {
                other.requester = user.requester;
            }
        }
        // So is what people are told.
        replayed.notices.clone_from(&played.notices);
        prop_assert_eq!(replayed, played);
    }

    #[test]
    fn what_is_refused_changes_nothing_and_what_changes_has_its_event(flags in shapes(), history in histories()) {
        let mut world = world(&flags);
        for (caller, command) in &history {
            let before = world.clone();
            match world.execute(&Caller::User(*caller), command, NOW) {
                Ok(events) if events.is_empty() => prop_assert_eq!(&world, &before, "{:?} left no event", command),
                Ok(events) => prop_assert_eq!(world.events.len(), before.events.len() + events.len()),
                Err(_) => prop_assert_eq!(&world, &before, "{:?} was refused", command),
            }
        }
    }

    #[test]
    fn nobody_decides_their_own_request(flags in shapes(), history in histories()) {
        let mut world = world(&flags);
        for ((caller, command), answer) in history.iter().zip(play(&mut world, &history)) {
            if let (Command::Approve { .. } | Command::Reject { .. }, Ok(events)) = (command, &answer) {
                let applicant = events[0].event.subject.as_ref().map(|subject| subject.id);
                prop_assert_ne!(applicant, Some(*caller));
            }
        }
    }

    #[test]
    fn a_settled_request_never_changes(flags in shapes(), history in histories()) {
        let mut world = world(&flags);
        for (caller, command) in &history {
            let settled: Vec<_> =
                world.requests.iter().filter(|request| request.status != RequestStatus::Open).cloned().collect();
            let _ = world.execute(&Caller::User(*caller), command, NOW);
            for request in settled {
                prop_assert!(world.requests.contains(&request), "request {} changed", request.id);
            }
        }
    }

    #[test]
    fn a_queue_that_follows_the_feed_equals_a_queue_loaded_anew(
        flags in shapes(), history in histories(), at in 0usize..80, leave in any::<bool>(),
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
                let events = world.execute(&Caller::User(*caller), command, NOW).unwrap_or_default();
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
            page.listing.items.retain(|row| row.settled_mark.is_none());
            let mut fresh = world.queue(viewer, kind);
            // The head moves with events the viewer does not see; names and warnings are those of another moment.
            fresh.listing.seq = page.listing.seq;
            for row in page.listing.items.iter_mut().chain(&mut fresh.listing.items) {
                row.warning = None::<Denial>;
                row.created_at = NOW;
            }
            prop_assert_eq!(page, fresh);
        }
    }
}
