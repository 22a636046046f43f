//! Changes that touch more people than one transaction should: durable, and of effect from their commit on.

use crate::harness::*;
use domain::{
    Command, Denial, EventPayload, Flag, GroupChange, GroupName, Holder, NotificationQuery, Outcome, Permission,
    Permissions, Refusal, RequestKind, State, StateChange, StateId, UserId,
};
use store::{Seed, SeedGroup, SeedUser, Store};
use store_testing::both;

const CROWD: i64 = 700;

/// A crowd of Members, all of them in `CLOSED`, which lets its members manage groups and lead `SECRET`.
fn crowded() -> Seed {
    let mut seed = crowd(CROWD);
    seed.memberships.extend((100..100 + CROWD).map(|id| membership(UserId(id), CLOSED)));
    seed.groups[0].permissions = Permissions::NONE.with(Permission::GroupManagement);
    let led = SeedGroup { leader_groups: vec![CLOSED], ..seed.groups[2].clone() };
    seed.groups[2] = led;
    seed.users.push(SeedUser { id: UserId(100 + CROWD), ..user(UserId(100 + CROWD), "late", State::MEMBER) });
    seed
}

/// The definition of Member lets nobody in any more.
fn empties_member() -> Command {
    let change = StateChange { corporations: Some(Vec::new()), ..StateChange::default() };
    Command::EditState { state: State::MEMBER, change: Box::new(change) }
}

both!(a_large_loss_is_of_effect_at_once_and_survives_a_crash, |t| async move {
    t.fill(&crowded()).await;
    let (member, late) = (UserId(100 + CROWD - 1), UserId(100 + CROWD));
    let request = t.asks(late, CLOSED).await;
    assert!(t.store.feed_viewer(member).await.unwrap().unwrap().member_of.contains(&CLOSED));
    assert_eq!(t.does(ROOT, empties_member()).await, Ok(Outcome::Done));
    let jobs = t.store.jobs().await.unwrap();
    assert_eq!((jobs.len(), jobs[0].done), (1, 0));
    t.is_sound().await;

    // Nobody is settled yet, and nobody acts with what is lost.
    assert_eq!(t.does(member, approve(request)).await, Err(Refusal::Unseen));
    let viewer = t.store.viewer(member).await.unwrap().unwrap();
    assert_eq!((viewer.permissions, viewer.decides), (Permissions::NONE, false));
    let watching = t.store.feed_viewer(member).await.unwrap().unwrap();
    assert!(watching.member_of.is_empty() && watching.leads_through.is_empty());
    assert_eq!(watching.account.state, State::GUEST);
    assert_eq!(t.does(LEA, approve(request)).await, Err(Refusal::Denied(Denial::PermissionRequired)));

    // Crash after each step, and go on.
    assert!(t.store.work_job(NOW).await.unwrap());
    let mut steps = 1;
    loop {
        let store = Store::open(&t.url).await.unwrap();
        let jobs = store.jobs().await.unwrap();
        if jobs.is_empty() {
            break;
        }
        assert!(jobs[0].done <= steps * 100);
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        assert!(store.work_job(NOW).await.unwrap());
        steps += 1;
        store.close().await;
    }
    assert_eq!(steps, 8, "two of the town and 701 of the crowd, a hundred at a time");
    assert!(!t.store.work_job(NOW).await.unwrap());

    // A request, a definition, 703 states, 700 memberships lost, and the request closed: two pages of the feed.
    let mut feed = t.feed_of(2 + 3 + CROWD + CROWD + 1).await;
    feed.extend(t.store.feed_after(domain::Seq(1000)).await.unwrap());
    assert_eq!(feed.iter().filter(|logged| logged.event.what == EventPayload::Removed).count(), 700);
    assert_eq!(feed.last().unwrap().event.what, EventPayload::Closed(RequestKind::Join));
    assert_eq!(t.store.unread(member).await.unwrap(), 1);
    assert_eq!(t.store.members_at(CLOSED, NOW).await.unwrap().len(), 1, "who never held the right keeps the group");
    t.is_sound().await;
});

both!(a_large_group_is_deleted_in_steps, |t| async move {
    t.fill(&crowded()).await;
    assert_eq!(t.does(ROOT, Command::DeleteGroup { group: CLOSED }).await, Ok(Outcome::Done));
    let member = UserId(150);
    assert_eq!(t.store.jobs().await.unwrap()[0].total, CROWD + 1);
    assert!(!t.store.viewer(member).await.unwrap().unwrap().permissions.contains(Permission::GroupManagement));
    t.store.work_jobs(NOW).await.unwrap();
    t.feed_of(1 + CROWD + 1).await;
    assert_eq!(t.store.grants(CLOSED, member).await.unwrap().len(), 1);
    t.is_sound().await;
});

both!(a_permission_of_a_crowd_is_taken_in_steps, |t| async move {
    t.fill(&crowded()).await;
    let taken = Command::TakePermission { from: Holder::State(StateId(3)), permission: Permission::RequestGroups };
    assert_eq!(t.does(ROOT, taken).await, Ok(Outcome::Done));
    // No member any more, and nobody who could ask for it: the group is out of reach.
    assert_eq!(t.does(UserId(150), leave(CLOSED)).await, Err(Refusal::Unseen));
    t.store.work_jobs(NOW).await.unwrap();
    t.feed_of(1 + CROWD).await;
    t.is_sound().await;
});

/// `ANA` asks for `CLOSED`; then that is renamed, taken out of sight, and lets nobody in but a state that is empty. What
/// those who were in it and who asked are told names it as it was.
async fn hides_from(t: &Harness, members: i64, flag: Flag) {
    let mut seed = crowd(members);
    seed.memberships.extend((100..100 + members).map(|id| membership(UserId(id), CLOSED)));
    t.fill(&seed).await;
    t.asks(ANA, CLOSED).await;
    let name = GroupName::parse("Secret name").ok();
    let change = GroupChange { name, states: Some(vec![State::BLUE]), ..GroupChange::of_flag(flag, true) };
    t.does(ROOT, Command::EditGroup { group: CLOSED, change: Box::new(change) }).await.unwrap();
    while t.store.work_job(NOW).await.unwrap() {}
    let follows = i64::from(flag == Flag::Internal) + members + 1;
    let feed = t.feed_of(2 + follows).await;
    let (edit, rest) = feed[1..].split_first().unwrap();
    assert_eq!(edit.event.group.as_ref().unwrap().name, "Secret name", "the log of those who look after it");
    assert_eq!(i64::try_from(rest.len()).unwrap(), follows);
    for logged in rest {
        assert_eq!(logged.event.group.as_ref().unwrap().name, "Closed", "{logged:?}");
    }
    for user in [UserId(100), MAX].into_iter().chain((flag == Flag::Internal).then_some(ANA)) {
        let told = t.store.notifications(user, &NotificationQuery::default()).await.unwrap().items;
        let names: Vec<_> =
            told.iter().filter_map(|row| Some(row.logged.event.group.as_ref()?.name.as_str())).collect();
        assert!(names.iter().all(|name| *name == "Closed"), "{user} {names:?}");
    }
    t.is_sound().await;
}

both!(what_follows_from_hiding_a_group_is_told_by_the_name_it_had, |t| async move {
    hides_from(&t, 2, Flag::Hidden).await;
});

both!(what_follows_from_making_a_group_internal_is_told_by_the_name_it_had, |t| async move {
    hides_from(&t, 2, Flag::Internal).await;
});

both!(what_follows_from_an_edit_in_steps_is_told_by_the_name_from_before, |t| async move {
    hides_from(&t, 400, Flag::Internal).await;
});
