//! Audit logs: paged, filtered, for those who decide.

use crate::harness::*;
use domain::{AuditQuery, Denial, EventAction, EventType, GroupId, Refusal};
use store_testing::both;

fn of(group: GroupId) -> AuditQuery {
    AuditQuery { group: Some(group), ..AuditQuery::default() }
}

both!(the_log_is_for_deciders, |t| async move {
    t.settle().await;
    let log = async |user, group| t.store.audit(user, &of(group)).await.unwrap();
    assert!(log(LEA, CLOSED).await.is_ok());
    assert!(log(MAX, SECRET).await.is_ok());
    assert_eq!(log(ANA, CLOSED).await.unwrap_err(), Refusal::Denied(Denial::NotAManager));
    assert_eq!(log(ANA, SECRET).await.unwrap_err(), Refusal::Unseen);
    assert_eq!(log(LEA, STAFF_ONLY).await.unwrap_err(), Refusal::Unseen);
    assert!(log(ROOT, STAFF_ONLY).await.is_ok());
});

both!(pages_and_filters_find_every_row_once, |t| async move {
    t.settle().await;
    for _ in 0..30 {
        let request = t.asks(ANA, CLOSED).await;
        t.does(LEA, reject(request)).await.unwrap();
    }
    let request = t.asks(ANA, CLOSED).await;
    t.does(LEA, approve(request)).await.unwrap();
    t.feed_of(62).await;

    let mut query = of(CLOSED);
    let mut seqs = Vec::new();
    loop {
        let page = t.store.audit(LEA, &query).await.unwrap().unwrap();
        seqs.extend(page.listing.items.iter().map(|logged| logged.seq.0));
        match page.listing.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(seqs, (1..=62).rev().collect::<Vec<_>>());

    let count = async |kind, action| {
        let query = AuditQuery { kind, action, ..of(CLOSED) };
        t.store.audit(LEA, &query).await.unwrap().unwrap().listing.items.len()
    };
    assert_eq!(count(Some(EventType::Join), Some(EventAction::Rejected)).await, 30);
    assert_eq!(count(None, Some(EventAction::Accepted)).await, 1);
    assert_eq!(count(Some(EventType::Leave), None).await, 0);
    assert_eq!(count(Some(EventType::Group), Some(EventAction::Rejected)).await, 0);
    let nonsense = AuditQuery { cursor: Some("nonsense".to_owned()), ..of(CLOSED) };
    assert_eq!(t.store.audit(LEA, &nonsense).await.unwrap().unwrap().listing.items.len(), 50);
});
