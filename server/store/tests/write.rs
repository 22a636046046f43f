//! The write path: once, whole, in order, whoever is at it at the same time (R9, R10, R13).

use crate::harness::*;
use domain::{
    Command, Conflict, Denial, Description, EventPayload, GroupDraft, GroupKey, GroupName, GroupQuery, MyStatus,
    Outcome, Permissions, Refusal, RequestKind, UserDraft, UserId, Username,
};
use futures::future::join_all;
use store::{CallerId, ExecuteError, Order};
use store_testing::both;

both!(a_request_is_decided_once_and_everywhere, |t| async move {
    t.settle().await;
    let request = t.asks(ANA, CLOSED).await;
    let waiting = t.store.group_row(ANA, CLOSED, NOW).await.unwrap().unwrap();
    assert_eq!((waiting.my_status, waiting.my_request), (MyStatus::JoinRequested, Some(request)));
    assert_eq!(t.does(LEA, approve(request)).await, Ok(Outcome::Approved(request)));

    let row = t.store.group_row(ANA, CLOSED, NOW).await.unwrap().unwrap();
    assert_eq!((row.my_status, row.my_request), (MyStatus::Member, None));
    let feed = t.feed_of(2).await;
    assert_eq!(feed[0].event.what, EventPayload::Requested(RequestKind::Join));
    assert_eq!(feed[1].event.what, EventPayload::Approved(RequestKind::Join));
    assert_eq!(feed[1].actor.as_ref().unwrap().id, LEA);
    assert_eq!(feed[1].event.comment.as_deref(), Some("welcome"));
    assert_eq!(feed[1].event.subject.as_ref().unwrap().display_name(), "ana Vex");
    assert_eq!(t.store.unread(ANA).await.unwrap(), 1, "the applicant is told");
    assert_eq!(t.store.unread(LEA).await.unwrap(), 0, "the decider knows");
    let row = t.store.group_row(ANA, CLOSED, NOW).await.unwrap().unwrap();
    assert_eq!(row.member_count, Some(2));
    t.is_sound().await;
});

both!(of_two_who_approve_at_once_one_is_told_who_did, |t| async move {
    t.settle().await;
    let request = t.asks(ANA, CLOSED).await;
    let deciders = [LEA, MAX, LEA, MAX, LEA, MAX, LEA, MAX];
    let answers = join_all(deciders.map(|decider| t.does(decider, approve(request)))).await;
    assert_eq!(answers.iter().filter(|answer| **answer == Ok(Outcome::Approved(request))).count(), 1);
    for answer in answers.iter().filter(|answer| answer.is_err()) {
        let Err(Refusal::Conflict(Conflict::RequestSettled(settled))) = answer else { panic!("{answer:?}") };
        assert!(settled.settlement.as_ref().unwrap().by.is_some());
    }
    assert_eq!(t.feed_of(2).await.len(), 2);
    t.is_sound().await;
});

both!(asking_at_once_makes_one_request, |t| async move {
    t.settle().await;
    let answers = join_all((0..8).map(|_| t.does(ANA, join(CLOSED)))).await;
    let refused = Err(Refusal::Conflict(Conflict::AlreadyRequested));
    assert_eq!(answers.iter().filter(|answer| **answer == refused).count(), 7, "{answers:?}");
    t.is_sound().await;
});

both!(approving_and_withdrawing_at_once_settles_once, |t| async move {
    t.settle().await;
    for hour in 1..=10 {
        let at = NOW.plus_seconds(hour * 3600);
        let asked = t.orders(Order { now: at, ..order(ANA, join(CLOSED)) }).await.map(|receipt| receipt.outcome);
        let Ok(Outcome::Requested(request)) = asked else { panic!("{asked:?}") };
        let (approved, withdrawn) =
            tokio::join!(t.does(LEA, approve(request)), t.does(ANA, Command::Withdraw { request }));
        assert!(approved.is_ok() != withdrawn.is_ok(), "{approved:?} {withdrawn:?}");
        if approved.is_ok() {
            let removed = Command::Remove { group: CLOSED, member: ANA, reason: None };
            assert_eq!(t.does(LEA, removed).await, Ok(Outcome::Removed));
        }
    }
    t.is_sound().await;
});

both!(a_repeat_is_answered_with_the_first_receipt, |t| async move {
    t.settle().await;
    let first = t.orders(named(order(ANA, join(CLOSED)), "one")).await;
    assert!(first.is_ok());
    assert_eq!(t.orders(named(order(ANA, join(CLOSED)), "one")).await, first);
    assert_eq!(
        t.orders(named(order(ANA, join(OPEN)), "one")).await,
        Err(Refusal::Conflict(Conflict::CommandReused)),
        "the id stands for another command"
    );
    let other = t.orders(named(order(LEA, join(CLOSED)), "one")).await;
    assert!(other.is_ok_and(|other| Ok(other) != first), "another caller's id is another id");
    t.is_sound().await;
});

both!(repeats_at_once_get_one_receipt, |t| async move {
    t.settle().await;
    let answers = join_all((0..8).map(|_| t.orders(named(order(ANA, join(CLOSED)), "twin")))).await;
    assert!(answers.iter().all(|answer| answer.is_ok() && *answer == answers[0]), "{answers:?}");
    assert_eq!(t.feed_of(1).await.len(), 1);
});

both!(a_refused_command_can_be_repeated, |t| async move {
    t.settle().await;
    let by_link = Command::Join { group: GroupKey::Link(format!("token-{CLOSED}")), reason: None };
    let refused = t.orders(named(order(BO, by_link), "again")).await;
    assert_eq!(refused, Err(Refusal::Denied(Denial::PermissionRequired)));
    assert_eq!(t.orders(named(order(BO, join(OPEN)), "again")).await.map(|it| it.outcome), Ok(Outcome::Joined));
});

both!(one_refused_among_many_leaves_the_others, |t| async move {
    t.fill(&crowd(40)).await;
    assert_eq!(t.does(UserId(120), join(OPEN)).await, Ok(Outcome::Joined));
    let answers = join_all((100..140).map(|id| t.does(UserId(id), join(OPEN)))).await;
    for (id, answer) in (100..).zip(answers) {
        let expected = if id == 120 { Err(Refusal::Conflict(Conflict::AlreadyMember)) } else { Ok(Outcome::Joined) };
        assert_eq!(answer, expected, "user {id}");
    }
    t.feed_of(40).await;
    t.is_sound().await;
    let open = t.store.group_row(UserId(100), OPEN, NOW).await.unwrap().unwrap();
    assert_eq!(open.member_count, Some(40));
});

both!(joining_settles_the_open_request, |t| async move {
    t.settle().await;
    assert_eq!(t.does(ANA, join(OPEN)).await, Ok(Outcome::Joined));
    assert_eq!(t.does(ANA, leave(OPEN)).await, Ok(Outcome::Left));
    assert_eq!(t.does(ANA, join(OPEN)).await, Ok(Outcome::Joined));
    let whats: Vec<EventPayload> = t.feed_of(3).await.into_iter().map(|logged| logged.event.what).collect();
    assert_eq!(whats, [EventPayload::Joined, EventPayload::Left, EventPayload::Joined]);
    t.is_sound().await;
});

both!(leaving_a_closed_group_is_decided_too, |t| async move {
    t.settle().await;
    let Ok(Outcome::Requested(request)) = t.does(MAX, leave(CLOSED)).await else { panic!("not asked") };
    let queue = t.store.queue(LEA, &queue_of(RequestKind::Leave)).await.unwrap();
    assert_eq!((queue.counts.leave, queue.listing.items[0].id), (1, request));
    assert_eq!(t.does(LEA, approve(request)).await, Ok(Outcome::Approved(request)));
    let page = t.store.group_page(MAX, &GroupKey::Id(CLOSED), NOW).await.unwrap().unwrap();
    assert_eq!(page.row.my_status, MyStatus::None);
    assert!(page.row.member_count.is_some(), "a manager still sees how many there are");
    t.feed_of(2).await;
    t.is_sound().await;
});

both!(the_removed_are_told_and_their_request_closes, |t| async move {
    t.settle().await;
    let Ok(Outcome::Requested(_)) = t.does(MAX, leave(CLOSED)).await else { panic!("not asked") };
    let remove = Command::Remove { group: CLOSED, member: MAX, reason: note("inactive") };
    assert_eq!(t.does(LEA, remove.clone()).await, Ok(Outcome::Removed));
    assert_eq!(t.does(LEA, remove).await, Err(Refusal::Conflict(Conflict::NotAMember)));
    assert_eq!(t.store.unread(MAX).await.unwrap(), 1);
    let feed = t.feed_of(3).await;
    assert_eq!(feed[2].event.what, EventPayload::Closed(RequestKind::Leave));
    t.is_sound().await;
});

both!(a_join_link_opens_a_hidden_group, |t| async move {
    t.settle().await;
    assert_eq!(t.does(ANA, join(SECRET)).await, Err(Refusal::Unseen));
    let by_link = |token: &str| Command::Join { group: GroupKey::Link(token.to_owned()), reason: None };
    assert_eq!(t.does(ANA, by_link("token-0")).await, Err(Refusal::Unseen));
    assert!(matches!(t.does(ANA, by_link("token-3")).await, Ok(Outcome::Requested(_))));
});

fn first_user(name: &str) -> Order {
    let username = Username::parse(name).unwrap();
    let draft =
        UserDraft { username, email: None, staff: false, superuser: true, permissions: domain::Permissions::NONE };
    Order {
        caller: CallerId::Nobody,
        password_hash: Some("$hash".to_owned()),
        ..order(ROOT, Command::CreateUser(Box::new(draft)))
    }
}

both!(the_first_user_is_made_once, |t| async move {
    assert!(!t.store.has_users().await.unwrap());
    let names = ["one", "two", "three", "four"];
    let answers = join_all(names.map(|name| t.orders(first_user(name)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(t.store.has_users().await.unwrap());
    let users = t.store.list_users(None).await.unwrap();
    assert_eq!((users.len(), users[0].superuser), (1, true));
    let credentials = t.store.credentials(&users[0].username.to_uppercase()).await.unwrap().unwrap();
    assert_eq!(credentials.password_hash.as_deref(), Some("$hash"));
    t.feed_of(1).await;
    t.is_sound().await;
});

pub fn new_group(name: &str) -> Order {
    let draft = GroupDraft {
        name: GroupName::parse(name).unwrap(),
        description: Description::parse("").unwrap(),
        flags: PLAIN,
        auto_leave: domain::AutoLeave::Inherit,
        states: vec![domain::State::MEMBER],
        permissions: Permissions::NONE.with(domain::Permission::RequestGroups),
        leaders: vec![LEA],
        leader_groups: vec![CLOSED],
    };
    Order { join_token: Some(format!("made-for-{name}")), ..order(ROOT, Command::CreateGroup(Box::new(draft))) }
}

both!(a_group_is_made_whole, |t| async move {
    t.settle().await;
    let Ok(Outcome::GroupCreated(id)) = t.orders(new_group("Scouts")).await.map(|it| it.outcome) else {
        panic!("not made")
    };
    let page = t.store.group_page(ROOT, &GroupKey::Id(id), NOW).await.unwrap().unwrap();
    assert_eq!(page.row.name, "Scouts");
    assert!(page.permissions.contains(domain::Permission::RequestGroups));
    assert_eq!(page.requirements.len(), 3);
    let feed = t.feed_of(3).await;
    assert_eq!((feed[1].event.what.clone(), feed[2].event.group.as_ref().unwrap().id), (EventPayload::LeaderAdded, id));
    assert_eq!((page.row.leaders[0].id, page.row.leader_groups[0].id), (LEA, CLOSED));
    let EventPayload::GroupCreated(made) = &feed[0].event.what else { panic!("{feed:?}") };
    assert_eq!((made.id, feed[0].event.group.as_ref().unwrap().id), (id, id));
    let found = GroupQuery { search: "sCOU".to_owned(), ..GroupQuery::default() };
    assert_eq!(t.store.groups(ANA, &found, NOW).await.unwrap().unwrap().items.len(), 1);
    t.is_sound().await;
});

both!(a_group_without_a_token_is_not_made, |t| async move {
    t.settle().await;
    let answer = t.store.execute(Order { join_token: None, ..new_group("Scouts") }).await;
    assert!(matches!(answer, Err(ExecuteError::Failed(_))), "{answer:?}");
    t.is_sound().await;
});

both!(one_of_two_groups_gets_a_name, |t| async move {
    t.settle().await;
    let orders = ["Scouts", "sCOUTS", " scouts", "SCOUTS "].map(new_group).into_iter().enumerate();
    let answers = join_all(
        orders.map(|(place, order)| t.orders(Order { join_token: Some(format!("token of {place}")), ..order })),
    )
    .await;
    let taken = Err(Refusal::Conflict(Conflict::NameTaken));
    assert_eq!(answers.iter().filter(|answer| **answer == taken).count(), 3, "{answers:?}");
});
