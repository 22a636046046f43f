//! Filling an empty database.

use crate::harness::*;
use domain::{
    ActorRef, Event, EventPayload, GroupRef, Outcome, Person, RequestId, RequestKind, RequestStatus, Seq, UserId,
};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Seed, SeedEvent, SeedMembership, SeedRequest, StoreError};
use store_testing::both;

fn history() -> Seed {
    let mut seed = crowd(20);
    let who = |id: i64| Person { id: UserId(id), username: format!("user{id}"), main_character: None };
    for id in 100..110 {
        seed.memberships.push(SeedMembership { approved_by: Some(LEA), ..membership(UserId(id), CLOSED) });
    }
    for id in 100..120 {
        let open = id >= 110;
        seed.requests.push(SeedRequest {
            id: RequestId(id - 99),
            group: CLOSED,
            user: UserId(id),
            kind: RequestKind::Join,
            status: if open { RequestStatus::Open } else { RequestStatus::Approved },
            reason: None,
            created_at: NOW,
            settled: (!open).then_some((NOW, Some(LEA), None)),
        });
        seed.events.push(SeedEvent {
            at: NOW,
            actor: Some(ActorRef { id: UserId(id), username: format!("user{id}") }),
            event: Event::of(EventPayload::Requested(RequestKind::Join))
                .in_group(GroupRef { id: CLOSED, name: "Closed".to_owned() })
                .about(who(id))
                .of_request(RequestId(id - 99)),
        });
    }
    seed
}

both!(a_history_is_sown_whole, |t| async move {
    let done = AtomicU64::new(0);
    let total = AtomicU64::new(0);
    t.store
        .seed(&history(), &|rows, of| {
            done.store(rows, Ordering::Relaxed);
            total.store(of, Ordering::Relaxed);
        })
        .await
        .unwrap();
    assert_eq!(done.into_inner(), total.into_inner(), "the progress comes to its end");
    t.is_sound().await;
    let feed = t.feed_of(20).await;
    assert_eq!(feed.last().unwrap().seq, Seq(20));
    let row = t.store.group_row(LEA, CLOSED, NOW).await.unwrap().unwrap();
    assert_eq!(row.member_count, Some(11));
    let queue = t.store.queue(LEA, &queue_of(RequestKind::Join)).await.unwrap();
    assert_eq!((queue.counts.join, queue.listing.items.len()), (10, 10));

    // Ids go on after those that were given.
    assert_eq!(t.asks(ANA, CLOSED).await, RequestId(21));
    assert_eq!(t.does(ANA, join(OPEN)).await, Ok(Outcome::Joined));
    t.feed_of(22).await;
    t.is_sound().await;
});

both!(only_an_empty_database_is_filled, |t| async move {
    t.settle().await;
    let again = t.store.seed(&town(), &|_, _| {}).await;
    assert!(matches!(again, Err(StoreError::NotEmpty)), "{again:?}");
    assert_eq!(t.store.list_users(None).await.unwrap().len(), 5);
});
