//! From SQLite to PostgreSQL with everything.

use crate::{growth::year, harness::*, name::say};
use domain::{Command, RequestId, RequestKind, Seq};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Engine, Growth, NewSession, Store, StoreError};
use store_testing::{Database, Harness as _};

/// What `COPY` has signs of its own for.
const AWKWARD: &str = "a tab\there, a line\nthere, \\N, \\., \"quotes\" and é🦀";

/// A SQLite database with a past, and an empty PostgreSQL one.
async fn both_ends() -> ((Database, Harness), (Database, Store)) {
    let from = Database::create(Engine::Sqlite).await;
    let source = Harness::begin(&from).await;
    source.fill(&crowd(20)).await;
    let growth = Growth { users: 200, groups: 5, memberships: 400, events: 3_000, waiting: 20, ..year() };
    source.store.grow(&growth, &|_, _| {}).await.unwrap();
    let to = Database::create(Engine::Postgres).await;
    let target = Store::open(&to.url).await.unwrap();
    ((from, source), (to, target))
}

async fn members(store: &Store) -> Vec<String> {
    let mut members = Vec::new();
    store.export_members(&mut |line| members.push(format!("{line:?}"))).await.unwrap();
    members
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_moved_and_goes_on() {
    let ((from, source), (to, target)) = both_ends().await;
    let session = NewSession {
        user: ANA,
        token_hash: [7; 32],
        user_agent: AWKWARD.to_owned(),
        now: NOW,
        expires_at: NOW.plus_seconds(60),
    };
    source.store.start_session(session).await.unwrap();
    let request = source.asks(ANA, CLOSED).await;
    source.does(LEA, Command::Reject { request, comment: note(AWKWARD) }).await.unwrap();
    let last = source.asks(ANA, CLOSED).await;
    // An id that was given once is given to nothing else, though its row is gone.
    say(&source.url, "DELETE FROM notifications").await;
    say(&source.url, "UPDATE sqlite_sequence SET seq = seq + 10 WHERE name = 'requests'").await;

    let (done, total) = (AtomicU64::new(0), AtomicU64::new(0));
    let progress = |rows, of| {
        done.store(rows, Ordering::Relaxed);
        total.store(of, Ordering::Relaxed);
    };
    assert_eq!(source.store.move_to(&target, &progress).await.unwrap(), Vec::<String>::new());
    assert!(done.load(Ordering::Relaxed) > 4_000, "rows are counted");
    assert_eq!(done.into_inner(), total.into_inner(), "the progress comes to its end");

    let target = Harness { store: target, url: to.url.clone() };
    target.is_sound().await;
    source.is_sound().await;
    assert_eq!(target.store.feed_bounds().await.unwrap(), source.store.feed_bounds().await.unwrap());
    let mut seq = Seq(0);
    loop {
        let events = source.store.feed_after(seq).await.unwrap();
        assert_eq!(target.store.feed_after(seq).await.unwrap(), events, "each event has kept its place and its words");
        let Some(event) = events.last() else { break };
        seq = event.seq;
    }
    assert_eq!(members(&target.store).await, members(&source.store).await);
    let waiting = |store: Store| async move { store.queue(LEA, &queue_of(RequestKind::Join)).await.unwrap() };
    assert_eq!(waiting(target.store.clone()).await, waiting(source.store.clone()).await);
    let session = target.store.session(&[7; 32], NOW).await.unwrap();
    assert_eq!(session.map(|session| session.user), Some(ANA), "whoever was signed in still is");

    // The next one has the next place, and an id beyond every one that was ever drawn.
    target.does(LEA, reject(last)).await.unwrap();
    assert_eq!(target.asks(ANA, CLOSED).await, RequestId(last.0 + 11));
    target.feed_of(seq.0 + 2).await;
    target.is_sound().await;

    source.store.close().await;
    target.store.close().await;
    from.remove().await;
    to.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_moved_onto_something_or_from_under_a_server_or_broken() {
    let ((from, source), (to, target)) = both_ends().await;
    let serving = Store::open(&from.url).await.unwrap();
    serving.claim_for_serving().unwrap();
    let refused = source.store.move_to(&target, &|_, _| {}).await;
    assert!(matches!(refused, Err(StoreError::InUse(_))), "{refused:?}");
    serving.close().await;

    say(&source.url, "UPDATE groups SET member_count = 7 WHERE id = 1").await;
    let findings = source.store.move_to(&target, &|_, _| {}).await.unwrap();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(target.is_empty().await.unwrap(), "what does not hold is not kept");
    assert_eq!(target.check().await.unwrap(), Vec::<String>::new(), "and the target is as it was");

    target.seed(&town(), &|_, _| {}).await.unwrap();
    let refused = source.store.move_to(&target, &|_, _| {}).await;
    assert!(matches!(refused, Err(StoreError::NotEmpty)), "{refused:?}");
    let back = target.move_to(&source.store, &|_, _| {}).await;
    assert!(matches!(back, Err(StoreError::UnknownUrl(_))), "only one way: {back:?}");

    source.store.close().await;
    target.close().await;
    from.remove().await;
    to.remove().await;
}
