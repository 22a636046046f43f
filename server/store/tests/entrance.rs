//! Ways in that are made of a link: registering, invitations, other passwords.

use crate::harness::*;
use domain::{
    Command, Conflict, Denial, EventPayload, Holder, InvitationDraft, InvitationId, Outcome, Permission, Permissions,
    Refusal, Registration, RegistrationDraft, SettingsChange, State, Timestamp, UserChange, UserId, Username,
};
use futures::future::join_all;
use store::{CallerId, NewSession, Order, Seed, SeedUser, Store};
use store_testing::both;

/// Staff with `manage_users`.
const UMA: UserId = UserId(6);

fn town_with_staff() -> Seed {
    let mut town = town();
    let permissions = Permissions::NONE.with(Permission::ManageUsers);
    town.users.push(SeedUser { staff: true, permissions, ..user(UMA, "uma", State::GUEST) });
    town
}

fn register(name: &str, token: Option<u8>, now: Timestamp) -> Order {
    let draft = RegistrationDraft { username: Username::parse(name).unwrap(), email: None };
    Order {
        password_hash: Some("$hash".to_owned()),
        token_hash: token.map(|token| [token; 32]),
        ..Order::new(CallerId::Nobody, Command::Register(Box::new(draft)), now)
    }
}

fn invite(by: UserId, token: u8, uses: u32) -> Order {
    let draft = InvitationDraft { uses, ends_at: NOW.plus_seconds(60), note: note("for friends") };
    Order { token_hash: Some([token; 32]), ..order(by, Command::CreateInvitation(Box::new(draft))) }
}

fn link(by: UserId, user: UserId, token: u8) -> Order {
    Order { token_hash: Some([token; 32]), ..order(by, Command::MakeResetLink { user }) }
}

fn reset(token: u8, now: Timestamp) -> Order {
    Order {
        password_hash: Some("$other".to_owned()),
        token_hash: Some([token; 32]),
        ..Order::new(CallerId::Nobody, Command::ResetPassword, now)
    }
}

fn registration(registration: Registration) -> Command {
    Command::ChangeSettings(SettingsChange { registration: Some(registration), ..SettingsChange::default() })
}

async fn sign_in(store: &Store, user: UserId, token: u8) {
    let user_agent = "a browser".to_owned();
    let expires_at = NOW.plus_seconds(3600);
    store.start_session(NewSession { user, token_hash: [token; 32], user_agent, now: NOW, expires_at }).await.unwrap();
}

both!(registering_follows_the_setting, |t| async move {
    t.fill(&town_with_staff()).await;
    let denied = |denial| Err(Refusal::Denied(denial));
    assert_eq!(t.orders(register("new", None, NOW)).await, denied(Denial::RegistrationClosed));
    assert_eq!(t.does(ROOT, registration(Registration::Open)).await, Ok(Outcome::Done));
    let made = t.orders(register("new", None, NOW)).await.unwrap().outcome;
    assert_eq!(made, Outcome::UserCreated(UserId(7)));
    assert_eq!(t.orders(register("NEW", None, NOW)).await, Err(Refusal::Conflict(Conflict::NameTaken)));
    let credentials = t.store.credentials("new").await.unwrap().unwrap();
    assert_eq!(credentials.password_hash.as_deref(), Some("$hash"));
    let viewer = t.store.viewer(UserId(7)).await.unwrap().unwrap();
    assert_eq!((viewer.permissions, viewer.superuser), (Permissions::NONE, false));
    let feed = t.feed_of(2).await;
    assert!(matches!(feed[1].event.what, EventPayload::Registered { invitation: None, .. }));
    assert_eq!((feed[1].actor.clone(), feed[1].event.subject.as_ref().unwrap().id), (None, UserId(7)));
    t.is_sound().await;
});

both!(what_guests_hold_a_new_account_holds, |t| async move {
    t.fill(&town_with_staff()).await;
    let give = Command::GivePermission { to: Holder::State(State::GUEST), permission: Permission::RequestGroups };
    assert_eq!(t.does(ROOT, give).await, Ok(Outcome::Done));
    assert_eq!(t.does(ROOT, registration(Registration::Open)).await, Ok(Outcome::Done));
    t.orders(register("new", None, NOW)).await.unwrap();
    t.is_sound().await;
    // So they lose by losing it what they got by it (R7).
    t.asks(UserId(7), CLOSED).await;
    let take = Command::TakePermission { from: Holder::State(State::GUEST), permission: Permission::RequestGroups };
    assert_eq!(t.does(ROOT, take).await, Ok(Outcome::Done));
    t.is_sound().await;
});

both!(an_invitation_is_good_for_as_many_as_it_says, |t| async move {
    t.fill(&town_with_staff()).await;
    assert_eq!(t.does(ROOT, registration(Registration::Invitation)).await, Ok(Outcome::Done));
    assert_eq!(t.orders(invite(LEA, 1, 3)).await, Err(Refusal::Denied(Denial::StaffPermissionRequired)));
    let made = t.orders(invite(UMA, 1, 3)).await.unwrap().outcome;
    assert_eq!(made, Outcome::InvitationCreated(InvitationId(1)));
    let needed = Err(Refusal::Denied(Denial::InvitationRequired));
    assert_eq!(t.orders(register("none", None, NOW)).await, needed);
    assert_eq!(t.orders(register("wrong", Some(9), NOW)).await, needed);
    assert_eq!(t.orders(register("late", Some(1), NOW.plus_seconds(60))).await, needed);
    let names: Vec<String> = (0..8).map(|n| format!("new{n}")).collect();
    let answers = join_all(names.iter().map(|name| t.orders(register(name, Some(1), NOW)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3, "{answers:?}");
    assert!(answers.into_iter().filter(Result::is_err).all(|answer| answer == needed));
    // What failed for another reason uses nothing up.
    t.orders(invite(UMA, 2, 1)).await.unwrap();
    assert_eq!(t.orders(register("ana", Some(2), NOW)).await, Err(Refusal::Conflict(Conflict::NameTaken)));
    assert!(t.orders(register("newest", Some(2), NOW)).await.is_ok());
    t.is_sound().await;
});

both!(a_revoked_invitation_is_no_longer_good, |t| async move {
    t.fill(&town_with_staff()).await;
    assert_eq!(t.does(ROOT, registration(Registration::Invitation)).await, Ok(Outcome::Done));
    t.orders(invite(ROOT, 1, 3)).await.unwrap();
    let revoke = |id| Command::RevokeInvitation { invitation: InvitationId(id) };
    assert_eq!(t.does(MAX, revoke(1)).await, Err(Refusal::Denied(Denial::StaffPermissionRequired)));
    assert_eq!(t.does(UMA, revoke(2)).await, Err(Refusal::Unseen));
    assert_eq!(t.does(UMA, revoke(1)).await, Ok(Outcome::Done));
    assert_eq!(t.does(UMA, revoke(1)).await, Ok(Outcome::Unchanged));
    let answer = t.orders(register("new", Some(1), NOW)).await;
    assert_eq!(answer, Err(Refusal::Denied(Denial::InvitationRequired)));
    t.is_sound().await;
});

both!(a_link_sets_a_password_once_and_ends_every_session, |t| async move {
    t.fill(&town_with_staff()).await;
    sign_in(&t.store, BO, 50).await;
    sign_in(&t.store, ANA, 51).await;
    assert_eq!(t.orders(link(LEA, BO, 1)).await, Err(Refusal::Denied(Denial::StaffPermissionRequired)));
    assert_eq!(t.orders(link(UMA, MAX, 1)).await, Err(Refusal::Denied(Denial::SuperuserRequired)));
    t.orders(link(UMA, BO, 1)).await.unwrap();
    t.orders(link(UMA, BO, 2)).await.unwrap();
    assert_eq!(t.orders(reset(1, NOW)).await, Err(Refusal::Unseen), "the newer takes the place of the older");
    assert_eq!(t.orders(reset(2, NOW.plus_seconds(24 * 60 * 60))).await, Err(Refusal::Unseen), "a day is over");
    let answers = join_all((0..4).map(|_| t.orders(reset(2, NOW)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert_eq!(t.store.credentials("bo").await.unwrap().unwrap().password_hash.as_deref(), Some("$other"));
    assert!(t.store.session(&[50; 32], NOW).await.unwrap().is_none());
    assert!(t.store.session(&[51; 32], NOW).await.unwrap().is_some(), "others stay signed in");
    let whats: Vec<EventPayload> = t.feed_of(3).await.into_iter().map(|logged| logged.event.what).collect();
    assert_eq!(whats, [EventPayload::ResetLinkMade, EventPayload::ResetLinkMade, EventPayload::PasswordReset]);
    t.is_sound().await;
});

both!(a_link_ends_with_what_its_author_may, |t| async move {
    t.fill(&town_with_staff()).await;
    let cases: [(u8, UserId, Command); 3] = [
        // The account comes to more than its author.
        (1, BO, Command::GivePermission { to: Holder::User(BO), permission: Permission::ViewAudit }),
        // The account is deactivated.
        (
            2,
            ANA,
            Command::EditUser {
                user: ANA,
                change: Box::new(UserChange { active: Some(false), ..UserChange::default() }),
            },
        ),
        // The author is out of office.
        (3, LEA, Command::TakePermission { from: Holder::User(UMA), permission: Permission::ManageUsers }),
    ];
    for (token, user, meanwhile) in cases {
        t.orders(link(UMA, user, token)).await.unwrap();
        assert_eq!(t.does(ROOT, meanwhile).await, Ok(Outcome::Done));
        assert_eq!(t.orders(reset(token, NOW)).await, Err(Refusal::Unseen), "{user}");
    }
    t.is_sound().await;
});

both!(another_password_keeps_only_the_session_that_set_it, |t| async move {
    t.fill(&town_with_staff()).await;
    for token in 50..53 {
        sign_in(&t.store, ANA, token).await;
    }
    let present = t.store.session(&[51; 32], NOW).await.unwrap().unwrap().id;
    let own = Command::SetPassword { user: ANA };
    let set = |order: Order| Order { password_hash: Some("$other".to_owned()), ..order };
    t.orders(set(Order { session: Some(present), ..order(ANA, own.clone()) })).await.unwrap();
    let live = async |token: u8| t.store.session(&[token; 32], NOW).await.unwrap().is_some();
    assert!(!live(50).await && live(51).await && !live(52).await);
    t.orders(set(order(UMA, own))).await.unwrap();
    assert!(!live(51).await, "where others set it, nobody stays");
    sign_in(&t.store, ANA, 60).await;
    assert_eq!(t.does(UMA, Command::EndSessions { user: ANA, tokens: false }).await, Ok(Outcome::Done));
    assert!(!live(60).await);
    t.is_sound().await;
});

fn with_email(name: &str, email: &str) -> Order {
    let draft = RegistrationDraft { username: Username::parse(name).unwrap(), email: Some(email_of(email)) };
    Order {
        password_hash: Some("$hash".to_owned()),
        ..Order::new(CallerId::Nobody, Command::Register(Box::new(draft)), NOW)
    }
}

fn email_of(text: &str) -> domain::Email {
    domain::Email::parse(text).unwrap()
}

both!(a_username_and_an_address_are_of_one_name_space, |t| async move {
    t.fill(&town_with_staff()).await;
    assert_eq!(t.does(ROOT, registration(Registration::Open)).await, Ok(Outcome::Done));
    let taken = |conflict| Err(Refusal::Conflict(conflict));
    let make = |name: &str, email: Option<&str>| {
        let draft = domain::UserDraft {
            username: Username::parse(name).unwrap(),
            email: email.map(email_of),
            staff: false,
            superuser: false,
            permissions: Permissions::NONE,
        };
        Command::CreateUser(Box::new(draft))
    };
    let edit = |user, change| Command::EditUser { user, change: Box::new(change) };
    let named = |name: &str| UserChange { username: Some(Username::parse(name).unwrap()), ..UserChange::default() };
    let reached = |email: &str| UserChange { email: Some(Some(email_of(email))), ..UserChange::default() };
    // Somebody else's address as a name, on every path.
    assert_eq!(t.orders(register("Ana@Example.org", None, NOW)).await, taken(Conflict::NameTaken));
    assert_eq!(t.orders(order(ROOT, make("ana@example.org", None))).await, taken(Conflict::NameTaken));
    assert_eq!(t.orders(order(ROOT, edit(BO, named("ana@example.org")))).await, taken(Conflict::NameTaken));
    // Somebody else's name as an address, on every path.
    t.orders(register("new@example.org", None, NOW)).await.unwrap();
    assert_eq!(t.orders(with_email("other", "NEW@example.org")).await, taken(Conflict::EmailTaken));
    assert_eq!(t.orders(order(ROOT, make("other", Some("new@example.org")))).await, taken(Conflict::EmailTaken));
    assert_eq!(t.orders(order(ROOT, edit(BO, reached("new@example.org")))).await, taken(Conflict::EmailTaken));
    // One's own are one's own, and what a deleted account had is free.
    assert_eq!(t.does(ROOT, edit(ANA, named("ana@example.org"))).await, Ok(Outcome::Done));
    assert_eq!(t.does(ROOT, edit(ANA, reached("ana@example.org"))).await, Ok(Outcome::Unchanged));
    assert_eq!(t.does(ROOT, Command::DeleteUser { user: ANA }).await, Ok(Outcome::Done));
    assert!(t.orders(with_email("third", "ana@example.org")).await.is_ok());
    t.is_sound().await;
});

both!(of_two_at_once_one_has_the_name, |t| async move {
    t.fill(&town_with_staff()).await;
    assert_eq!(t.does(ROOT, registration(Registration::Open)).await, Ok(Outcome::Done));
    for round in 0..6 {
        let key = format!("one{round}@example.org");
        let draft = domain::UserDraft {
            username: Username::parse(&format!("made{round}")).unwrap(),
            email: Some(email_of(&key)),
            staff: false,
            superuser: false,
            permissions: Permissions::NONE,
        };
        let change = UserChange { email: Some(Some(email_of(&key))), ..UserChange::default() };
        let orders = [
            register(&key, None, NOW),
            with_email(&format!("mailed{round}"), &key),
            order(ROOT, Command::CreateUser(Box::new(draft))),
            order(UMA, Command::EditUser { user: BO, change: Box::new(change) }),
        ];
        let answers = join_all(orders.map(|order| t.orders(order))).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    }
    assert!(t.store.shared_account_keys().await.unwrap().is_empty());
    t.is_sound().await;
});

both!(what_came_to_be_shared_before_is_listed_and_can_be_put_right, |t| async move {
    t.fill(&town_with_staff()).await;
    crate::name::say(
        &t.url,
        "UPDATE users SET username = 'bo@example.org', username_key = 'bo@example.org' WHERE id = 3",
    )
    .await;
    let shared = t.store.shared_account_keys().await.unwrap();
    assert_eq!((shared.len(), shared[0].named.id, shared[0].addressed.id), (1, ANA, BO));
    let health = t.store.health(UMA, NOW).await.unwrap().unwrap();
    assert_eq!(health.shared_keys.unwrap().total, 1);
    // Each can still be changed otherwise, and sent as it is.
    for (user, name, email) in [(ANA, "bo@example.org", "ana@example.org"), (BO, "bo", "bo@example.org")] {
        let change = UserChange {
            username: Some(Username::parse(name).unwrap()),
            email: Some(Some(email_of(email))),
            staff: Some(true),
            ..UserChange::default()
        };
        let edited = t.does(ROOT, Command::EditUser { user, change: Box::new(change) }).await;
        assert_eq!(edited, Ok(Outcome::Done), "{name}");
    }
    let change = UserChange { username: Some(Username::parse("ana").unwrap()), ..UserChange::default() };
    assert_eq!(t.does(ROOT, Command::EditUser { user: ANA, change: Box::new(change) }).await, Ok(Outcome::Done));
    assert!(t.store.shared_account_keys().await.unwrap().is_empty());
});

both!(a_reset_link_ends_with_the_account_and_with_its_sessions, |t| async move {
    t.fill(&town_with_staff()).await;
    let edit = |active| {
        let change = UserChange { active: Some(active), ..UserChange::default() };
        Command::EditUser { user: ANA, change: Box::new(change) }
    };
    t.orders(link(UMA, ANA, 1)).await.unwrap();
    t.does(UMA, edit(false)).await.unwrap();
    t.does(UMA, edit(true)).await.unwrap();
    assert_eq!(t.orders(reset(1, NOW)).await, Err(Refusal::Unseen), "it was made before");
    t.orders(link(UMA, ANA, 2)).await.unwrap();
    t.does(ANA, Command::EndSessions { user: ANA, tokens: false }).await.unwrap();
    assert_eq!(t.orders(reset(2, NOW)).await, Err(Refusal::Unseen), "signed out everywhere");
    t.orders(link(UMA, ANA, 3)).await.unwrap();
    assert!(t.orders(reset(3, NOW)).await.is_ok());
});
