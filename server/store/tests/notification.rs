//! The list behind the bell.

use crate::harness::*;
use domain::{
    NotificationId, NotificationQuery, Notifications, PageSize, RequestKind, RequestStatus, UserId, notice::Subject,
};
use store_testing::both;

both!(one_reads_ones_own_notifications_and_nobody_elses, |t| async move {
    t.settle().await;
    let list = async |user, unread| {
        let query = NotificationQuery { unread, ..NotificationQuery::default() };
        t.store.notifications(user, &query).await.unwrap().items
    };
    let first = t.asks(ANA, CLOSED).await;
    t.does(LEA, reject(first)).await.unwrap();
    let second = t.asks(ANA, CLOSED).await;
    t.does(LEA, approve(second)).await.unwrap();
    t.feed_of(4).await;
    let mine = list(ANA, false).await;
    let told: Vec<_> = mine.iter().map(|row| (row.subject, row.logged.event.request, row.read_at)).collect();
    let settled = |status| Subject::RequestSettled(RequestKind::Join, status);
    assert_eq!(
        told,
        [(settled(RequestStatus::Approved), Some(second), None), (settled(RequestStatus::Rejected), Some(first), None)]
    );
    assert_eq!(mine[0].logged.event.comment.as_deref(), Some("welcome"));
    assert!(list(BO, false).await.is_empty());
    let of = async |user| t.store.notification(user, mine[0].logged.id).await.unwrap();
    assert_eq!(of(ANA).await.as_ref(), Some(&mine[0]), "one by one it is the same");
    assert_eq!(of(BO).await, None);

    let these = Notifications::These(vec![mine[0].id, NotificationId(9_999)]);
    assert_eq!(t.store.mark_read(BO, these.clone(), NOW).await.unwrap(), 0);
    assert_eq!(list(ANA, true).await.len(), 2, "nobody reads another's");
    assert_eq!(t.store.mark_read(ANA, these.clone(), NOW).await.unwrap(), 1);
    assert_eq!(list(ANA, true).await, mine[1..].to_vec());
    let read = &list(ANA, false).await[0];
    assert_eq!(read.read_at, Some(NOW));
    assert_eq!(t.store.mark_read(ANA, these, NOW.plus_seconds(5)).await.unwrap(), 1);
    assert_eq!(list(ANA, false).await[0].read_at, Some(NOW), "what is read stays read as it was");
    assert_eq!(t.store.mark_read(ANA, Notifications::All, NOW).await.unwrap(), 0);
    assert!(list(ANA, true).await.is_empty());
    assert_eq!(t.store.unread(ANA).await.unwrap(), 0);
});

both!(the_list_goes_on_from_the_newest, |t| async move {
    t.settle().await;
    for _ in 0..7 {
        let request = t.asks(ANA, CLOSED).await;
        t.does(LEA, reject(request)).await.unwrap();
    }
    t.feed_of(14).await;
    let mut query = NotificationQuery { limit: PageSize::new(3).unwrap(), ..NotificationQuery::default() };
    let mut ids = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let page = t.store.notifications(ANA, &query).await.unwrap();
        sizes.push(page.items.len());
        ids.extend(page.items.iter().map(|row| row.id.0));
        if sizes.len() == 1 {
            // What comes meanwhile comes on top.
            let request = t.asks(ANA, CLOSED).await;
            t.does(LEA, reject(request)).await.unwrap();
            t.feed_of(16).await;
        }
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert!(ids.is_sorted_by(|one, next| one > next), "{ids:?}");
    assert!(t.store.notifications(UserId(99), &query).await.unwrap().items.is_empty());
});
