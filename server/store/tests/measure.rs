//! How fast it is: not run with the tests, since a machine under load proves nothing.
//!
//! `cargo test -p store --release measure -- --ignored --nocapture --test-threads 1`

use crate::harness::*;
use domain::{
    ActorRef, AuditQuery, Event, EventPayload, GroupId, GroupQuery, GroupRef, Person, RequestId, RequestKind,
    RequestStatus, UserId,
};
use futures::{StreamExt, stream};
use std::time::Instant;
use store::{Seed, SeedEvent, SeedRequest};
use store_testing::both;

const USERS: i64 = 2000;
const GROUPS: i64 = 200;
const MEMBERSHIPS: i64 = 20_000;
const REQUESTS: i64 = 10_000;
const OPEN_REQUESTS: i64 = 2000;
const EVENTS: i64 = 50_000;

/// An instance of the size of the demo: every user is in ten groups, and asks for one more.
fn big() -> Seed {
    let mut seed = town();
    seed.users.extend((6..=USERS).map(|id| user(UserId(id), &format!("user{id}"), domain::State::MEMBER)));
    seed.groups.extend((5..=GROUPS).map(|id| store::SeedGroup {
        leaders: vec![LEA, UserId(id)],
        ..group(GroupId(id), &format!("Group {id}"), PLAIN)
    }));
    seed.memberships = (0..MEMBERSHIPS)
        .map(|n| membership(UserId(n % USERS + 1), GroupId((n % USERS + n / USERS * 11) % 150 + 1)))
        .collect();
    let reference = |group: i64| GroupRef { id: GroupId(group), name: format!("Group {group}") };
    seed.requests = (0..REQUESTS)
        .map(|n| {
            let open = n < OPEN_REQUESTS;
            SeedRequest {
                id: RequestId(n + 1),
                group: GroupId(n % 50 + 151),
                user: UserId(n % USERS + 1),
                kind: RequestKind::Join,
                status: if open { RequestStatus::Open } else { RequestStatus::Rejected },
                reason: Some("I would like to fly with you.".to_owned()),
                created_at: NOW,
                settled: (!open).then_some((NOW, Some(LEA), None)),
            }
        })
        .collect();
    seed.events = (0..EVENTS)
        .map(|n| SeedEvent {
            at: NOW,
            actor: Some(ActorRef { id: LEA, username: "lea".to_owned() }),
            event: Event::of(EventPayload::Rejected(RequestKind::Join))
                .in_group(reference(n % GROUPS + 1))
                .about(Person { id: UserId(n % USERS + 1), username: "somebody".to_owned(), main_character: None })
                .of_request(RequestId(n % REQUESTS + 1))
                .with_comment("Not this time.".to_owned()),
        })
        .collect();
    seed
}

async fn timed<T>(what: &str, count: i64, work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let done = work.await;
    let seconds = start.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = count as f64 / seconds;
    println!("{what}: {count} in {seconds:.2} s, {rate:.0}/s");
    done
}

both!(
    #[ignore = "a measurement"]
    seeding_approving_and_reading,
    |t| async move {
        println!("--- {:?}", t.store.engine());
        let seed = big();
        let rows = USERS + GROUPS + MEMBERSHIPS * 2 + REQUESTS + EVENTS;
        timed("seed, rows", rows, t.fill(&seed)).await;
        timed("check", 1, t.is_sound()).await;
        for tasks in [1, 8, 64] {
            // A third of the open requests each, so that every run approves what nobody has approved.
            let first = match tasks {
                1 => 1,
                8 => 201,
                _ => 1001,
            };
            let last = match tasks {
                1 => 200,
                8 => 1000,
                _ => OPEN_REQUESTS,
            };
            let approvals = stream::iter(first..=last)
                .map(|id| t.does(ROOT_MANAGER, approve(RequestId(id))))
                .buffer_unordered(tasks)
                .for_each(async |answer| assert!(answer.is_ok() || id_is_own(&answer), "{answer:?}"));
            timed(&format!("approvals by {tasks} at once"), last - first + 1, approvals).await;
        }
        for (name, query) in [("groups page", GroupQuery::default())] {
            timed(name, 300, async {
                for _ in 0..300 {
                    assert_eq!(t.store.groups(UserId(77), &query, NOW).await.unwrap().unwrap().items.len(), 50);
                }
            })
            .await;
        }
        timed("queue", 300, async {
            for _ in 0..300 {
                t.store.queue(LEA, &queue_of(RequestKind::Join)).await.unwrap();
            }
        })
        .await;
        timed("viewer", 300, async {
            for _ in 0..300 {
                t.store.viewer(LEA).await.unwrap();
            }
        })
        .await;
        let query = AuditQuery { group: Some(CLOSED), ..AuditQuery::default() };
        timed("audit page", 300, async {
            for _ in 0..300 {
                t.store.audit(LEA, &query).await.unwrap().unwrap();
            }
        })
        .await;
        t.is_sound().await;
    }
);

/// Who loses by a definition, and in how many groups each.
const LOSERS: i64 = 10_000;
const LOST_GROUPS: i64 = 5;

both!(
    #[ignore = "a measurement"]
    ten_thousand_people_fall_out_of_five_groups,
    |t| async move {
        println!("--- {:?}", t.store.engine());
        let mut seed = crowd(LOSERS);
        seed.groups.extend((5..5 + LOST_GROUPS).map(|id| group(GroupId(id), &format!("Group {id}"), PLAIN)));
        seed.memberships.extend(
            (100..100 + LOSERS)
                .flat_map(|user| (5..5 + LOST_GROUPS).map(move |id| membership(UserId(user), GroupId(id)))),
        );
        t.fill(&seed).await;
        let head = t.store.feed_bounds().await.unwrap().1;
        let change = domain::StateChange { corporations: Some(Vec::new()), ..domain::StateChange::default() };
        let command = domain::Command::EditState { state: domain::State::MEMBER, change: Box::new(change) };
        assert_eq!(timed("the change", 1, t.does(ROOT, command)).await, Ok(domain::Outcome::Done));
        let (start, mut longest, mut steps) = (Instant::now(), 0.0_f64, 0);
        loop {
            let step = Instant::now();
            if !t.store.work_job(NOW).await.unwrap() {
                break;
            }
            longest = longest.max(step.elapsed().as_secs_f64());
            steps += 1;
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("the job: {steps} steps in {seconds:.2} s, the longest {:.0} ms", longest * 1000.0);
        let mut watch = t.store.watch();
        let last = head.0 + 1 + LOSERS * (1 + LOST_GROUPS);
        timed("the feed catches up", 1, watch.wait_for(|seq| seq.0 >= last)).await.unwrap();
        t.is_sound().await;
    }
);

/// Decides everything but their own.
const ROOT_MANAGER: UserId = MAX;

/// One request is the manager's own, which they may not decide.
fn id_is_own(answer: &Result<domain::Outcome, domain::Refusal>) -> bool {
    matches!(answer, Err(domain::Refusal::Denied(_)))
}
