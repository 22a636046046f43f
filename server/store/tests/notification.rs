//! The list behind the bell.

use crate::harness::*;
use domain::{
    Cause, Command, Facts, Flag, GroupChange, GroupId, GroupKey, Holder, NotificationId, NotificationQuery,
    NotificationRow, Notifications, Outcome, PageSize, Permission, Refusal, RequestId, RequestKind, RequestStatus,
    SettingsChange, UserChange, UserId, notice::Subject,
};
use store::{Order, Seed, SeedGroup};
use store_testing::both;

const JOIN: RequestKind = RequestKind::Join;
/// Leads `CLOSED` beside Lea.
const LEO: UserId = UserId(6);
/// Is in the group whose members lead `CLOSED`.
const LIV: UserId = UserId(7);
/// Its members lead `CLOSED`.
const COUNCIL: GroupId = GroupId(50);
/// The first of many closed groups that Lea leads.
const MANY: i64 = 100;

/// The town with more leaders, and with many groups to ask for.
fn busy_town() -> Seed {
    let mut town = town();
    town.users.extend([user(LEO, "leo", domain::State::MEMBER), user(LIV, "liv", domain::State::MEMBER)]);
    town.groups[0].leaders.push(LEO);
    town.groups[0].leader_groups.push(COUNCIL);
    town.groups.push(group(COUNCIL, "Council", PLAIN));
    let many =
        (MANY..MANY + 60).map(|id| SeedGroup { leaders: vec![LEA], ..group(GroupId(id), &format!("G{id}"), PLAIN) });
    town.groups.extend(many);
    town.memberships.push(membership(LIV, COUNCIL));
    town
}

impl Harness {
    /// A busy town where deciders are told of new requests.
    async fn is_busy(&self) {
        self.fill(&busy_town()).await;
        self.tells_deciders().await;
    }

    async fn tells_deciders(&self) {
        let change = SettingsChange { requests_notification: Some(true), ..SettingsChange::default() };
        self.does(ROOT, Command::ChangeSettings(change)).await.expect("the settings change");
    }

    /// The notifications of somebody, once everything has its place in the feed.
    async fn told(&self, user: UserId) -> Vec<NotificationRow> {
        let mut head = self.store.watch();
        while self.store.health(ROOT, NOW).await.expect("is read").expect("root may").feed.waiting > 0 {
            head.changed().await.expect("the store is open");
        }
        self.store.notifications(user, &NotificationQuery::default()).await.expect("the list is read").items
    }

    /// What they are about, who did it, and whether they are read.
    async fn told_of(&self, user: UserId) -> Vec<(Subject, Option<UserId>, bool)> {
        let unread = self.store.unread(user).await.expect("they are counted");
        let rows = self.told(user).await;
        let by = |row: &NotificationRow| row.logged.actor.as_ref().map(|actor| actor.id);
        let told: Vec<_> = rows.iter().map(|row| (row.subject, by(row), row.read_at.is_some())).collect();
        let counted = told.iter().filter(|(_, _, read)| !read).count();
        assert_eq!(usize::try_from(unread), Ok(counted), "what is counted is what is listed");
        let unread = NotificationQuery { unread: true, ..NotificationQuery::default() };
        assert_eq!(self.store.notifications(user, &unread).await.expect("the list is read").items.len(), counted);
        told
    }

    async fn edits(&self, group: GroupId, change: GroupChange) {
        self.does(ROOT, Command::EditGroup { group, change: Box::new(change) }).await.expect("the group changes");
    }
}

fn waits() -> Subject {
    Subject::RequestWaits(JOIN)
}

fn ended(status: RequestStatus) -> Subject {
    Subject::RequestEnded(JOIN, status)
}

both!(one_reads_ones_own_notifications_and_nobody_elses, |t| async move {
    t.fill(&busy_town()).await;
    let list = async |user, unread| {
        let query = NotificationQuery { unread, ..NotificationQuery::default() };
        t.store.notifications(user, &query).await.unwrap().items
    };
    let first = t.asks(ANA, GroupId(MANY)).await;
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
    t.fill(&busy_town()).await;
    for id in MANY..MANY + 7 {
        let request = t.asks(ANA, GroupId(id)).await;
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
            let request = t.asks(ANA, GroupId(MANY + 7)).await;
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

both!(asking_again_and_again_is_one_notice_to_each_who_decides, |t| async move {
    t.is_busy().await;
    let old = t.asks(BO_ASKS.0, BO_ASKS.1).await;
    for hour in 1..=20 {
        let at = NOW.plus_seconds(hour * 3600);
        let asked = t.orders(Order { now: at, ..order(ANA, join(CLOSED)) }).await.map(|receipt| receipt.outcome);
        let Ok(Outcome::Requested(request)) = asked else { panic!("{asked:?}") };
        for reader in [LEA, LEO, LIV] {
            let told = t.told_of(reader).await;
            assert_eq!(told[0], (waits(), Some(ANA), false));
            assert_eq!(told.len(), if reader == LEA { 2 } else { 1 });
        }
        t.orders(Order { now: at, ..order(ANA, Command::Withdraw { request }) }).await.unwrap();
        for reader in [LEA, LEO, LIV] {
            assert_eq!(t.told_of(reader).await[0], (ended(RequestStatus::Withdrawn), Some(ANA), true));
        }
    }
    let leas = t.told(LEA).await;
    assert_eq!(leas[1].logged.event.request, Some(old), "what else waits is not lost");
    assert_eq!(t.told_of(ANA).await, [], "who asks is told nothing");
    assert_eq!(t.told_of(MAX).await, [], "nor are managers where there are leaders");
});

/// Another request that Lea decides.
const BO_ASKS: (UserId, GroupId) = (LEO, GroupId(MANY));

both!(who_asks_and_takes_it_back_too_often_waits, |t| async move {
    t.is_busy().await;
    let at = |minute: i64| NOW.plus_seconds(minute * 60);
    let asks = async |minute, group| {
        t.orders(Order { now: at(minute), ..order(ANA, join(group)) }).await.map(|receipt| receipt.outcome)
    };
    for minute in 0..i64::try_from(Facts::WITHDRAWALS).unwrap() {
        let Ok(Outcome::Requested(request)) = asks(minute, CLOSED).await else { panic!("not asked") };
        t.orders(Order { now: at(minute), ..order(ANA, Command::Withdraw { request }) }).await.unwrap();
    }
    let refused = Err(Refusal::Slow { retry_after: 50 * 60 });
    assert_eq!(asks(10, CLOSED).await, refused, "the first was at 0");
    assert!(asks(10, GroupId(MANY)).await.is_ok(), "another group is another matter");
    assert!(matches!(asks(59, CLOSED).await, Err(Refusal::Slow { .. })));
    let Ok(Outcome::Requested(request)) = asks(60, CLOSED).await else { panic!("an hour is enough") };
    t.orders(Order { now: at(60), ..order(ANA, Command::Withdraw { request }) }).await.unwrap();
    assert_eq!(asks(60, CLOSED).await, Err(Refusal::Slow { retry_after: 60 }), "the second was at 1");
    assert!(t.does(BO, Command::Join { group: GroupKey::Id(OPEN), reason: None }).await.is_ok());
});

both!(what_one_leader_decides_is_news_to_no_other, |t| async move {
    t.is_busy().await;
    let cases = [(approve as fn(RequestId) -> Command, RequestStatus::Approved), (reject, RequestStatus::Rejected)];
    for (decide, status) in cases {
        let request = t.asks(ANA, CLOSED).await;
        assert_eq!(t.told_of(LEO).await, [(waits(), Some(ANA), false)]);
        t.does(LEA, decide(request)).await.unwrap();
        for reader in [LEA, LEO, LIV] {
            assert_eq!(t.told_of(reader).await, [(ended(status), Some(LEA), true)], "{reader} {status:?}");
        }
        let row = &t.told(LEO).await[0];
        assert_eq!(row.logged.event.reason.as_deref(), Some("because"), "the reason goes along");
        assert_eq!(t.told_of(ANA).await, [(Subject::RequestSettled(JOIN, status), Some(LEA), false)]);
        let own = &t.told(ANA).await[0].logged.event;
        assert_eq!(own.reason.as_deref(), Some("because"));
        let welcome = (status == RequestStatus::Approved).then_some("welcome");
        assert_eq!(own.comment.as_deref(), welcome);
        if status == RequestStatus::Approved {
            t.does(LEA, Command::Remove { group: CLOSED, member: ANA, reason: note("gone") }).await.unwrap();
            let told = t.told(ANA).await;
            assert_eq!(told[0].subject, Subject::MembershipLost);
            assert_eq!(told[0].logged.event.reason.as_deref(), Some("gone"));
            t.does(ROOT, Command::Add { group: CLOSED, member: ANA, reason: None }).await.unwrap();
            t.does(LEA, Command::Remove { group: CLOSED, member: ANA, reason: None }).await.unwrap();
            assert_eq!(t.told(ANA).await.len(), 2, "one notice of the membership, one of the request");
            t.store.mark_read(ANA, Notifications::All, NOW).await.unwrap();
            t.does(
                ROOT,
                Command::ChangeSettings(SettingsChange {
                    notifications_max_per_user: Some(1),
                    ..SettingsChange::default()
                }),
            )
            .await
            .unwrap();
        }
    }
    t.is_sound().await;
});

both!(whoever_is_added_while_they_ask_is_told, |t| async move {
    t.is_busy().await;
    t.asks(ANA, CLOSED).await;
    t.does(ROOT, Command::Add { group: CLOSED, member: ANA, reason: None }).await.unwrap();
    assert_eq!(t.told_of(ANA).await, [(Subject::Admitted, Some(ROOT), false)]);
    assert_eq!(t.told_of(LEA).await, [(ended(RequestStatus::Closed), Some(ROOT), true)]);
    t.asks(LEO, GroupId(MANY)).await;
    t.edits(GroupId(MANY), GroupChange::of_flag(Flag::Open, true)).await;
    t.does(LEO, join(GroupId(MANY))).await.unwrap();
    assert_eq!(t.told_of(LEO).await[0].0, ended(RequestStatus::Closed), "of Ana's: whoever joins knows it");
});

both!(a_request_that_a_rule_ends_waits_for_nobody, |t| async move {
    t.is_busy().await;
    let inactive = UserChange { active: Some(false), ..UserChange::default() };
    let cases: Vec<(Command, Option<Cause>)> = vec![
        (Command::EditUser { user: ANA, change: Box::new(inactive) }, Some(Cause::AccountDeactivated)),
        (Command::SetMain { user: ANA, character: None }, Some(Cause::PermissionLost)),
        (Command::DeleteUser { user: ANA }, Some(Cause::AccountDeleted)),
    ];
    for (command, cause) in cases {
        let active = UserChange { active: Some(true), ..UserChange::default() };
        t.does(ROOT, Command::EditUser { user: ANA, change: Box::new(active) }).await.unwrap();
        t.asks(ANA, CLOSED).await;
        assert_eq!(t.told_of(LEO).await, [(waits(), Some(ANA), false)], "{cause:?}");
        t.does(ROOT, command.clone()).await.unwrap();
        for reader in [LEA, LEO, LIV] {
            assert_eq!(t.told_of(reader).await, [(ended(RequestStatus::Closed), None, true)], "{cause:?}");
            assert_eq!(t.told(reader).await[0].logged.event.cause, cause);
        }
        if matches!(command, Command::SetMain { .. }) {
            let give = Command::GivePermission { to: Holder::User(ANA), permission: Permission::RequestGroups };
            t.does(ROOT, give).await.unwrap();
        }
    }
});

both!(what_one_may_not_see_any_more_is_not_told, |t| async move {
    t.is_busy().await;
    t.asks(ANA, CLOSED).await;
    assert_eq!(t.told_of(LEA).await, [(waits(), Some(ANA), false)]);
    // Demoted, in both ways of leading; and led again.
    t.does(ROOT, Command::RemoveLeader { group: CLOSED, leader: LEA }).await.unwrap();
    assert_eq!(t.told_of(LEA).await, []);
    t.does(ROOT, Command::Remove { group: COUNCIL, member: LIV, reason: None }).await.unwrap();
    assert_eq!(t.told_of(LIV).await, [(Subject::MembershipLost, Some(ROOT), false)]);
    t.does(ROOT, Command::AddLeader { group: CLOSED, leader: LEA }).await.unwrap();
    assert_eq!(t.told_of(LEA).await, [(waits(), Some(ANA), false)], "it still waits");
    // Internal: the request is closed, and its group is nobody's to see but of those who administer it.
    t.edits(CLOSED, GroupChange::of_flag(Flag::Internal, true)).await;
    for reader in [LEA, LEO] {
        assert_eq!(t.told_of(reader).await, []);
        let event = t.told(ANA).await[0].logged.id;
        assert_eq!(t.store.notification(reader, event).await.unwrap(), None);
    }
    let closed = Subject::RequestSettled(JOIN, RequestStatus::Closed);
    assert_eq!(t.told_of(ANA).await, [(closed, None, false)], "it was hers");
    t.edits(CLOSED, GroupChange::of_flag(Flag::Internal, false)).await;
    assert_eq!(t.told_of(LEA).await, [(ended(RequestStatus::Closed), None, true)]);
    t.does(ROOT, Command::DeleteGroup { group: CLOSED }).await.unwrap();
    assert_eq!(t.told_of(LEA).await, []);
});

both!(what_is_read_makes_room_before_what_is_not, |t| async move {
    t.fill(&busy_town()).await;
    let change = SettingsChange { notifications_max_per_user: Some(5), ..SettingsChange::default() };
    t.does(ROOT, Command::ChangeSettings(change)).await.unwrap();
    let rejected = async |id: i64| {
        let request = t.asks(ANA, GroupId(id)).await;
        t.does(LEA, reject(request)).await.unwrap();
    };
    let groups = async || {
        let rows = t.told(ANA).await;
        rows.iter().map(|row| row.logged.event.group.as_ref().expect("in a group").id.0 - MANY).collect::<Vec<_>>()
    };
    for id in MANY..MANY + 5 {
        rejected(id).await;
    }
    assert_eq!(groups().await, [4, 3, 2, 1, 0]);
    let these: Vec<NotificationId> = t.told(ANA).await[1..3].iter().map(|row| row.id).collect();
    t.store.mark_read(ANA, Notifications::These(these), NOW).await.unwrap();
    rejected(MANY + 5).await;
    assert_eq!(groups().await, [5, 4, 3, 1, 0], "2 is the oldest that is read");
    rejected(MANY + 6).await;
    assert_eq!(groups().await, [6, 5, 4, 1, 0]);
    rejected(MANY + 7).await;
    assert_eq!(groups().await, [7, 6, 5, 4, 1], "none is read: the oldest");
    rejected(MANY + 4).await;
    assert_eq!(groups().await, [4, 7, 6, 5, 1], "what is told in its own place needs no room");
    let change = SettingsChange { notifications_max_per_user: Some(2), ..SettingsChange::default() };
    t.does(ROOT, Command::ChangeSettings(change)).await.unwrap();
    rejected(MANY + 8).await;
    assert_eq!(groups().await, [8, 4]);
});

both!(several_are_shortened_as_one_is, |t| async move {
    t.is_busy().await;
    let change = SettingsChange { notifications_max_per_user: Some(2), ..SettingsChange::default() };
    t.does(ROOT, Command::ChangeSettings(change)).await.unwrap();
    for user in [ANA, MAX] {
        let give = Command::GivePermission { to: Holder::User(user), permission: Permission::RequestGroups };
        t.does(ROOT, give).await.unwrap();
    }
    t.does(ROOT, Command::Remove { group: CLOSED, member: MAX, reason: None }).await.unwrap();
    let first = t.asks(ANA, CLOSED).await;
    t.does(LEA, reject(first)).await.unwrap();
    t.asks(MAX, CLOSED).await;
    t.asks(ANA, CLOSED).await;
    for reader in [LEA, LEO, LIV] {
        assert_eq!(t.told_of(reader).await, [(waits(), Some(ANA), false), (waits(), Some(MAX), false)]);
    }
    // Closed together by a rule: each stands in its place, and their askers are told.
    t.edits(CLOSED, GroupChange::of_flag(Flag::Internal, true)).await;
    t.edits(CLOSED, GroupChange::of_flag(Flag::Internal, false)).await;
    for reader in [LEA, LEO, LIV] {
        assert_eq!(t.told_of(reader).await, [(ended(RequestStatus::Closed), None, true); 2]);
    }
    let closed = Subject::RequestSettled(JOIN, RequestStatus::Closed);
    assert_eq!(t.told_of(ANA).await, [(closed, None, false)], "in the place of what was rejected");
    assert_eq!(t.told_of(MAX).await.len(), 2);
});

both!(who_took_back_requests_to_join_may_still_ask_to_leave, |t| async move {
    t.settle().await;
    for _ in 0..5 {
        let request = t.asks(ANA, CLOSED).await;
        t.does(ANA, Command::Withdraw { request }).await.unwrap();
    }
    assert!(matches!(t.does(ANA, join(CLOSED)).await, Err(Refusal::Slow { .. })));
    t.does(ROOT, Command::Add { group: CLOSED, member: ANA, reason: None }).await.unwrap();
    let asked = t.does(ANA, leave(CLOSED)).await;
    assert!(matches!(asked, Ok(Outcome::Requested(_))), "{asked:?}");
});
