//! Audit logs: paged, filtered, for those who decide.

use crate::harness::*;
use domain::{
    AuditQuery, Command, Denial, Event, EventAction, EventPayload, EventType, GroupId, GroupRef, PageSize, Permission,
    Person, Refusal, State, UserId,
};
use store::{SeedEvent, SeedUser};
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

both!(the_whole_log_is_for_those_who_may_view_it, |t| async move {
    let mut town = town();
    let viewer = UserId(6);
    town.users.push(SeedUser {
        staff: true,
        permissions: [Permission::ViewAudit].into_iter().collect(),
        ..user(viewer, "vic", State::GUEST)
    });
    t.fill(&town).await;
    let request = t.asks(ANA, CLOSED).await;
    t.does(LEA, reject(request)).await.unwrap();
    t.does(BO, join(OPEN)).await.unwrap();
    t.does(ROOT, Command::DeleteGroup { group: CLOSED }).await.unwrap();
    let events = t.feed_of(5).await;
    let all = AuditQuery::default();
    for user in [LEA, MAX, ANA] {
        let refused = t.store.audit(user, &all).await.unwrap().unwrap_err();
        assert_eq!(refused, Refusal::Denied(Denial::StaffPermissionRequired));
    }
    let seqs = async |query: AuditQuery| {
        let page = t.store.audit(viewer, &query).await.unwrap().unwrap();
        let expected: Vec<i64> =
            events.iter().rev().filter(|logged| query.admits(logged)).map(|logged| logged.seq.0).collect();
        let found: Vec<i64> = page.listing.items.iter().map(|logged| logged.seq.0).collect();
        assert_eq!(found, expected, "{query:?}");
        found.len()
    };
    assert_eq!(seqs(all.clone()).await, events.len());
    assert_eq!(seqs(of(CLOSED)).await, events.len() - 1, "a group that is gone keeps its log (R15)");
    let of_ana = AuditQuery { requestor: Some(ANA), ..all.clone() };
    assert_eq!(seqs(of_ana.clone()).await, 2);
    assert_eq!(seqs(AuditQuery { kind: Some(EventType::Join), ..of_ana.clone() }).await, 2);
    assert_eq!(seqs(AuditQuery { action: Some(EventAction::Rejected), actor: Some(LEA), ..of_ana }).await, 1);
    assert_eq!(seqs(AuditQuery { actor: Some(LEA), ..all.clone() }).await, 1);
    assert_eq!(seqs(AuditQuery { actor: Some(BO), kind: Some(EventType::Join), ..all.clone() }).await, 1);
    assert_eq!(seqs(AuditQuery { group: Some(OPEN), actor: Some(LEA), ..all.clone() }).await, 0);
    let refused = t.store.audit(LEA, &of(CLOSED)).await.unwrap().unwrap_err();
    assert_eq!(refused, Refusal::Unseen);
});

both!(the_log_is_narrowed_to_a_span_of_time_and_read_to_its_end, |t| async move {
    const HOUR: i64 = 3600;
    let mut town = town();
    town.events = (0..2_500)
        .map(|place| SeedEvent {
            at: NOW.plus_seconds(place * HOUR),
            actor: None,
            event: Event::of(EventPayload::Joined)
                .in_group(GroupRef { id: CLOSED, name: "Closed".to_owned() })
                .about(Person { id: ANA, username: "ana".to_owned(), main_character: None }),
        })
        .collect();
    t.fill(&town).await;
    let span = AuditQuery {
        from: Some(NOW.plus_seconds(1_000 * HOUR)),
        to: Some(NOW.plus_seconds(1_100 * HOUR)),
        limit: PageSize::new(60).unwrap(),
        ..AuditQuery::default()
    };
    let mut places = Vec::new();
    let mut query = span.clone();
    loop {
        let page = t.store.audit(ROOT, &query).await.unwrap().unwrap();
        places.extend(page.listing.items.iter().map(|row| row.at.seconds_since(NOW) / HOUR));
        match page.listing.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(places, (1_000..1_100).rev().collect::<Vec<_>>());
    let mut query = of(CLOSED);
    let mut sizes = Vec::new();
    let mut seqs = Vec::new();
    loop {
        let (rows, cursor) = t.store.audit_batch(LEA, &query).await.unwrap().unwrap();
        sizes.push(rows.len());
        seqs.extend(rows.iter().map(|row| row.seq.0));
        match cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(sizes, [1_000, 1_000, 500]);
    assert_eq!(seqs, (1..=2_500).rev().collect::<Vec<_>>());
    assert!(t.store.audit_batch(ANA, &of(CLOSED)).await.unwrap().is_err());
});

both!(who_reads_a_log_finds_those_who_stand_in_it_by_name, |t| async move {
    t.settle().await;
    t.does(ROOT, Command::Add { group: CLOSED, member: ANA, reason: None }).await.unwrap();
    t.feed_of(1).await;
    let named = async |viewer, group, name: &str| t.store.audit_person(viewer, group, name).await.unwrap();
    for (name, id) in [("root", ROOT), ("ANA", ANA), ("ana vex", ANA)] {
        assert_eq!(named(LEA, Some(CLOSED), name).await, Ok(id), "{name}");
    }
    for name in ["bo", "nobody", "", "ana@example.org"] {
        assert_eq!(named(LEA, Some(CLOSED), name).await, Err(Refusal::Unseen), "{name} does not stand in it");
    }
    assert_eq!(named(LEA, Some(SECRET), "root").await, Err(Refusal::Unseen), "nothing happened there");
    assert_eq!(named(LEA, None, "root").await, Err(Denial::StaffPermissionRequired.into()));
    assert_eq!(named(ANA, Some(CLOSED), "root").await, Err(Denial::NotAManager.into()));
    assert_eq!(named(ROOT, None, "bo").await, Ok(BO));
});
