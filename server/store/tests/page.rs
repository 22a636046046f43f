//! Pages: each goes on where the last one ended, and together they hold everything once.

use crate::harness::*;
use domain::{GroupId, GroupOrder, GroupQuery, MyStatus, QueueQuery, RequestId, RequestKind, RequestStatus, UserId};
use futures::future::join_all;
use std::{pin::pin, task::Poll, time::Duration};
use store::{ExecuteError, SeedRequest};
use store_testing::both;

/// Waits for something this many times at most, then loses interest: what a request does whose browser has gone.
async fn give_up_after(polls: usize, work: impl Future) {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        let is_done = work.as_mut().poll(context).is_ready();
        if is_done || left == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

both!(the_groups_list_goes_on_by_name, |t| async move {
    let mut town = town();
    // Neither case nor the order of ids is the order of names.
    town.groups.extend((5..=124).map(|id| {
        let name = format!("{} {:03}", if id % 2 == 0 { "alpha" } else { "ALPHA" }, id * 61 % 127);
        group(GroupId(id), &name, PLAIN)
    }));
    t.fill(&town).await;
    let mut query = GroupQuery { search: "Alpha".to_owned(), ..GroupQuery::default() };
    let mut sizes = Vec::new();
    let mut names = Vec::new();
    loop {
        let page = t.store.groups(ANA, &query, NOW).await.unwrap().unwrap();
        sizes.push(page.items.len());
        names.extend(page.items.into_iter().map(|row| row.name.to_lowercase()));
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(sizes, [50, 50, 20]);
    assert!(names.is_sorted() && names.len() == 120, "{names:?}");
    query.cursor = Some("0 zzz".to_owned());
    assert_eq!(t.store.groups(ANA, &query, NOW).await.unwrap().unwrap().items.len(), 0);
});

both!(the_newest_groups_come_first_where_that_is_asked_for, |t| async move {
    let mut town = town();
    town.groups.extend((5..=124).map(|id| group(GroupId(id), &format!("Alpha {}", id * 61 % 127), PLAIN)));
    t.fill(&town).await;
    let mut query = GroupQuery { search: "alpha".to_owned(), order: GroupOrder::Newest, ..GroupQuery::default() };
    let mut ids = Vec::new();
    loop {
        let page = t.store.groups(ANA, &query, NOW).await.unwrap().unwrap();
        ids.extend(page.items.into_iter().map(|row| row.id.0));
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(ids, (5..=124).rev().collect::<Vec<_>>());
    query.cursor = Some("nonsense".to_owned());
    assert_eq!(t.store.groups(ANA, &query, NOW).await.unwrap().unwrap().items.len(), 50);
});

both!(the_queue_goes_on_by_age, |t| async move {
    let mut crowd = crowd(120);
    crowd.requests = (1..=120)
        .map(|id| SeedRequest {
            id: RequestId(id),
            group: if id % 3 == 0 { SECRET } else { CLOSED },
            user: UserId(id + 99),
            kind: RequestKind::Join,
            status: RequestStatus::Open,
            reason: None,
            created_at: NOW,
            settled: None,
        })
        .collect();
    t.fill(&crowd).await;
    for (group, expected) in [(None, 120), (Some(SECRET), 40), (Some(OPEN), 0)] {
        let mut query = QueueQuery { group, ..queue_of(RequestKind::Join) };
        let mut ids = Vec::new();
        loop {
            let page = t.store.queue(LEA, &query).await.unwrap();
            assert_eq!(page.counts.join, 120, "the counts are over all groups");
            assert_eq!(page.group.is_some(), group == Some(SECRET), "only a group one decides for is named");
            ids.extend(page.listing.items.into_iter().map(|row| row.id));
            match page.listing.next_cursor {
                Some(cursor) => query.cursor = Some(cursor),
                None => break,
            }
        }
        assert!(ids.is_sorted() && ids.len() == expected, "{group:?}: {ids:?}");
    }
    let nonsense = QueueQuery { cursor: Some("nonsense".to_owned()), ..queue_of(RequestKind::Join) };
    assert_eq!(t.store.queue(LEA, &nonsense).await.unwrap().listing.items.len(), 50);
});

both!(the_empty_queue_knows_the_last_decision, |t| async move {
    t.settle().await;
    let last = async |user| {
        let page = t.store.queue(user, &queue_of(RequestKind::Join)).await.unwrap();
        page.last_decision.map(|logged| logged.event.request.unwrap())
    };
    assert_eq!(last(LEA).await, None);
    let request = t.asks(ANA, CLOSED).await;
    t.does(LEA, reject(request)).await.unwrap();
    let again = t.asks(ANA, CLOSED).await;
    t.does(MAX, approve(again)).await.unwrap();
    for user in [LEA, MAX] {
        assert_eq!(last(user).await, Some(again));
    }
    assert_eq!(last(ANA).await, None, "who decides nothing sees nothing");
});

both!(what_nobody_waits_for_leaves_nothing_behind, |t| async move {
    t.settle().await;
    for polls in 1..=20 {
        give_up_after(polls, t.store.groups(ANA, &GroupQuery::default(), NOW)).await;
        // Whatever a connection was left with is met by one of those that come next, once it is back among the others.
        for _ in 0..3 {
            for answer in join_all((0..8).map(|_| t.store.execute(order(ANA, join(OPEN))))).await {
                assert!(!matches!(answer, Err(ExecuteError::Failed(_))), "after {polls} polls: {answer:?}");
            }
        }
        let seen = t.store.groups(ANA, &GroupQuery::default(), NOW).await.unwrap().unwrap();
        let open = seen.items.iter().find(|row| row.id == OPEN).expect("is listed");
        assert_eq!(open.my_status, MyStatus::Member, "after {polls} polls");
        give_up_after(polls, t.store.execute(order(ANA, leave(OPEN)))).await;
    }
    t.is_sound().await;
});

both!(reads_in_a_shared_snapshot_agree, |t| async move {
    t.settle().await;
    let status = async |store: &store::Store| {
        let page = store.groups(ANA, &GroupQuery::default(), NOW).await.unwrap().unwrap();
        let open = page.items.iter().find(|row| row.id == OPEN).expect("is listed").my_status;
        (page.seq, open)
    };
    let (held, snapshot) = t.store.with_shared_snapshot();
    let before = status(&held).await;
    t.does(ANA, join(OPEN)).await.unwrap();
    assert_eq!(status(&held).await, before, "it sees what the first read saw");
    assert_eq!(held.viewer(ANA).await.unwrap().expect("is there").seq, before.0, "and so does every other read");
    let now = status(&t.store).await;
    assert_eq!((now.1, now.0 > before.0), (MyStatus::Member, true), "others see what is");
    held.execute(order(ANA, leave(OPEN))).await.unwrap();
    assert_eq!(status(&held).await.1, MyStatus::None, "whoever writes sees what they wrote");
    t.does(ANA, join(OPEN)).await.unwrap();
    let now = status(&t.store).await;
    assert_ne!(status(&held).await, now, "and that is a snapshot again");
    drop(snapshot);
    assert_eq!(status(&held).await, now, "when it is over, so does this one");
});

both!(a_snapshot_that_is_over_keeps_no_connection, |t| async move {
    t.settle().await;
    let query = GroupQuery::default();
    for polls in 1..=40 {
        // More of them than there are connections: kept is what shares them, as by a page whose reader has gone.
        let (held, snapshot) = t.store.with_shared_snapshot();
        give_up_after(polls, join_all((0..3).map(|_| held.groups(ANA, &query, NOW)))).await;
        std::mem::forget(held);
        drop(snapshot);
    }
    let all = join_all((0..8).map(|_| t.store.groups(ANA, &query, NOW)));
    for answer in tokio::time::timeout(Duration::from_secs(10), all).await.expect("there are connections left") {
        assert!(answer.unwrap().is_ok());
    }
    t.is_sound().await;
});
