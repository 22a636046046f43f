//! A seeded instance that is made big.

use crate::harness::*;
use domain::{AuditQuery, EventId, RequestKind, Seq, Timestamp, UserQuery};
use std::sync::atomic::{AtomicU64, Ordering};
use store::Growth;
use store_testing::both;

/// A year in which a thousand people came.
pub fn year() -> Growth {
    Growth {
        users: 1_000,
        groups: 20,
        memberships: 2_000,
        events: 20_000,
        waiting: 100,
        busiest: CLOSED,
        decider: ROOT,
        from: Timestamp(NOW.0 - 365 * 86_400_000_000),
        until: NOW,
        reason: "I fly".to_owned(),
        comment: "welcome".to_owned(),
    }
}

both!(a_town_grows_and_everything_holds, |t| async move {
    t.fill(&crowd(20)).await;
    let (done, total) = (AtomicU64::new(0), AtomicU64::new(0));
    t.store
        .grow(&year(), &|rows, of| {
            assert!(rows >= done.swap(rows, Ordering::Relaxed), "the progress goes forward");
            total.store(of, Ordering::Relaxed);
        })
        .await
        .unwrap();
    assert_eq!(done.into_inner(), total.into_inner(), "and comes to its end");
    t.is_sound().await;

    let mut members = 0;
    t.store.export_members(&mut |_| members += 1).await.unwrap();
    assert_eq!(members, 2_001, "as many as were asked for, and the one of the town");
    let (_, head) = t.store.feed_bounds().await.unwrap();
    assert!((18_000..=20_500).contains(&head.0), "about as many events: {head:?}");
    let mut at = Timestamp(0);
    let mut seq = Seq(0);
    while seq < head {
        // Each is read as what it is, in the order of time.
        for logged in t.store.feed_after(seq).await.unwrap() {
            assert!(logged.at >= at && logged.id > EventId(0));
            (at, seq) = (logged.at, logged.seq);
        }
    }

    let row = t.store.group_row(LEA, CLOSED, NOW).await.unwrap().unwrap();
    assert!(row.member_count.unwrap() > 200, "one group is large: {:?}", row.member_count);
    let queue = t.store.queue(LEA, &queue_of(RequestKind::Join)).await.unwrap();
    assert!((50..=140).contains(&queue.counts.join), "and many wait for it: {:?}", queue.counts);
    let named = UserQuery { search: "user105".to_owned(), ..UserQuery::default() };
    assert!(t.store.users(ROOT, &named).await.unwrap().unwrap().items.len() > 10, "people are found by their names");
    assert_eq!(t.store.audit(ROOT, &AuditQuery::default()).await.unwrap().unwrap().listing.items.len(), 50);

    // Ids go on after those that were given.
    t.asks(ANA, CLOSED).await;
    t.feed_of(head.0 + 1).await;
    t.is_sound().await;
});
