//! The feed: everything, in order, without a gap, in every process.

use crate::harness::*;
use domain::{Outcome, Seq, UserId};
use futures::future::join_all;
use sqlx::{Executor, postgres::PgListener};
use std::time::Duration;
use store::{Engine, Store};
use store_testing::{Database, both};
use tokio::time::timeout;

const WRITERS: i64 = 8;
const ROUNDS: i64 = 20;
/// Each writer joins and leaves.
const EVENTS: i64 = WRITERS * ROUNDS * 2;

/// Reads the feed as it grows, and fails on the first gap.
async fn follow(store: Store) -> Vec<domain::EventId> {
    let mut head = store.watch();
    let mut seen = Vec::new();
    while i64::try_from(seen.len()).unwrap() < EVENTS {
        let last = i64::try_from(seen.len()).unwrap();
        head.wait_for(|seq| seq.0 > last).await.expect("the store is open");
        for logged in store.feed_after(Seq(last)).await.expect("the feed is read") {
            seen.push(logged.id);
            assert_eq!(logged.seq.0, i64::try_from(seen.len()).unwrap(), "no number is left out");
        }
    }
    seen
}

both!(every_reader_sees_every_event_in_one_order, |t| async move {
    t.fill(&crowd(WRITERS)).await;
    let other = Store::open(&t.url).await.unwrap();
    let readers = [tokio::spawn(follow(t.store.clone())), tokio::spawn(follow(other.clone()))];
    let writers = (100..100 + WRITERS).map(|id| {
        // Half of them write through the other process.
        let store = if id % 2 == 0 { t.store.clone() } else { other.clone() };
        tokio::spawn(async move {
            for _ in 0..ROUNDS {
                let joined = store.execute(order(UserId(id), join(OPEN))).await.unwrap();
                assert_eq!(joined.outcome, Outcome::Joined);
                let left = store.execute(order(UserId(id), leave(OPEN))).await.unwrap();
                assert_eq!(left.outcome, Outcome::Left);
            }
        })
    });
    for writer in join_all(writers).await {
        writer.unwrap();
    }
    let [one, two] = readers;
    let (one, two) = timeout(Duration::from_secs(30), async { tokio::join!(one, two) }).await.expect("nothing is lost");
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(t.store.feed_bounds().await.unwrap(), (Seq(1), Seq(EVENTS)));
    other.close().await;
    t.is_sound().await;
});

both!(what_another_process_writes_is_noticed, |t| async move {
    t.settle().await;
    let other = Store::open(&t.url).await.unwrap();
    let mut head = t.store.watch();
    assert_eq!(other.execute(order(ANA, join(OPEN))).await.unwrap().outcome, Outcome::Joined);
    timeout(Duration::from_secs(5), head.wait_for(|seq| *seq >= Seq(1))).await.expect("noticed").unwrap();
    other.close().await;
});

both!(an_empty_feed_has_bounds, |t| async move {
    assert_eq!(t.store.feed_bounds().await.unwrap(), (Seq(1), Seq(0)));
    assert_eq!(t.store.feed_after(Seq(0)).await.unwrap(), Vec::new());
});

both!(closing_lets_queued_writes_finish, |t| async move {
    t.fill(&crowd(30)).await;
    let writes = join_all((100..130).map(|id| t.store.execute(order(UserId(id), join(OPEN)))));
    let (answers, ()) = tokio::join!(writes, t.store.close());
    let kept = answers.iter().filter(|answer| answer.is_ok()).count();
    assert!(t.store.execute(order(ANA, join(OPEN))).await.is_err(), "a closed store takes nothing");
    let again = Store::open(&t.url).await.unwrap();
    let (_, head) = again.feed_bounds().await.unwrap();
    assert_eq!(usize::try_from(head.0).unwrap(), kept, "what was answered is there, and nothing else");
    assert_eq!(again.check().await.unwrap(), Vec::<String>::new());
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_notifications_the_poll_carries_the_feed() {
    let database = Database::create(Engine::Postgres).await;
    let mark = if database.url.contains('?') { '&' } else { '?' };
    let url = format!("{}{mark}notify=off", database.url);
    let (one, other) = (Store::open(&url).await.unwrap(), Store::open(&url).await.unwrap());
    let t = Harness { store: one, url: database.url.clone() };
    t.fill(&crowd(WRITERS)).await;
    let mut ear = PgListener::connect(&database.url).await.unwrap();
    ear.listen("muster_feed").await.unwrap();
    for id in 100..100 + WRITERS {
        let mut head = other.watch();
        let known = head.borrow_and_update().0;
        assert_eq!(t.does(UserId(id), join(OPEN)).await, Ok(Outcome::Joined));
        let late = timeout(Duration::from_secs(10), head.wait_for(|seq| seq.0 > known)).await;
        late.expect("the poll finds it").expect("the store is open");
        assert_eq!(other.feed_after(Seq(known)).await.unwrap().len(), 1);
    }
    ear.execute("NOTIFY muster_feed, 'the first'").await.unwrap();
    assert_eq!(ear.recv().await.unwrap().payload(), "the first", "nobody was told of anything before");
    t.store.close().await;
    other.close().await;
    database.remove().await;
}
