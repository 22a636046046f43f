//! Making an account of one's own, and setting a password by a link.

use crate::harness::{PASSWORD, Person, TestServer, both};
use domain::{Command, EventPayload, InvitationDraft, Permission, Registration, SettingsChange, Timestamp, UserId};
use store::{CallerId, Order};

const FORM: [(&str, &str); 4] =
    [("username", "newcomer"), ("email", ""), ("password", "twelve or more"), ("password_again", "twelve or more")];

async fn system_does(t: &TestServer, command: Command, token_hash: Option<[u8; 32]>) {
    let order = Order::new(CallerId::System, command, now(t));
    t.store().execute(Order { token_hash, ..order }).await.expect("the system may");
}

fn now(_: &TestServer) -> Timestamp {
    crate::harness::START
}

async fn registration(t: &TestServer, registration: Registration) {
    let change = SettingsChange { registration: Some(registration), ..SettingsChange::default() };
    system_does(t, Command::ChangeSettings(change), None).await;
}

fn hash(token: &str) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(token).into()
}

async fn invite(t: &TestServer, token: &str, uses: u32) {
    let draft = InvitationDraft { uses, ends_at: now(t).plus_seconds(3600), note: None };
    system_does(t, Command::CreateInvitation(Box::new(draft)), Some(hash(token))).await;
}

fn with<'a>(form: &[(&'a str, &'a str)], field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.iter().copied().filter(|(name, _)| *name != field).chain([(field, value)]).collect()
}

both!(registration_is_closed_until_it_is_opened, async |t| {
    let mut visitor = t.visitor();
    let page = visitor.get("/register").await;
    assert_eq!(page.status(), 200);
    assert!(page.body.contains("Accounts are made by administrators here") && !page.body.contains("<form"));
    assert!(visitor.post("/register", &FORM).await.location().contains("problem=closed"));
    assert!(!visitor.get("/login").await.body.contains("href=\"/register\""));
    registration(t, Registration::Open).await;
    assert!(visitor.get("/login").await.body.contains("href=\"/register\""));
    assert!(visitor.get("/register").await.body.contains("name=\"password_again\""));
    let answer = visitor.post("/register", &FORM).await;
    assert_eq!((answer.status(), answer.location()), (303, "/groups"), "{}", answer.body);
    assert_eq!(visitor.get("/groups").await.status(), 200, "and is signed in");
    assert_eq!(visitor.get("/register").await.location(), "/groups");
    assert_eq!(visitor.post("/register", &with(&FORM, "username", "another")).await.location(), "/groups");
    let users = t.store().list_users(None).await.expect("the database answers");
    let made = users.iter().find(|user| user.username == "newcomer").expect("is there");
    assert!(made.active && !made.staff && !made.superuser);
    assert!(users.iter().all(|user| user.username != "another"), "who is signed in makes no other");
});

both!(what_does_not_fit_leads_back_with_what_was_typed, async |t| {
    registration(t, Registration::Open).await;
    let mut visitor = t.visitor();
    let long = "x".repeat(1001);
    for (field, value, problem) in [
        ("username", "two words", "username"),
        ("username", "", "username"),
        ("username", "MIA", "taken"),
        ("email", "mia@example.org", "email_taken"),
        ("email", "no address", "email"),
        ("password", "too short", "password_short"),
        ("password", &long, "password_long"),
        ("password_again", "another one", "password_mismatch"),
    ] {
        let answer = visitor.post("/register", &with(&FORM, field, value)).await;
        if field == "email" {
            assert_eq!((answer.status(), answer.header("location")), (200, None), "no address is in an address");
            assert!(answer.body.contains("aria-invalid=\"true\"") && answer.body.contains(value), "{value}");
            continue;
        }
        let place = answer.location().to_owned();
        assert!(place.starts_with(&format!("/register?problem={problem}&")), "{field} {place}");
        assert!(!place.contains("twelve"), "no password is in an address");
        let page = visitor.get(&place).await;
        assert!(page.body.contains("aria-invalid=\"true\""), "{field}");
    }
    let place = visitor.post("/register", &with(&FORM, "username", "me\u{e000}l")).await.location().to_owned();
    let said = "The username holds U+E000, a private-use character. Take it out.";
    assert!(visitor.get(&place).await.body.contains(said), "{place}");
    let hostile = with(&FORM, "username", "\"> <script>alert(1)</script>");
    let place = visitor.post("/register", &hostile).await.location().to_owned();
    assert!(!visitor.get(&place).await.body.contains("<script>alert"));
});

both!(an_invitation_opens_as_often_as_it_says, async |t| {
    registration(t, Registration::Invitation).await;
    invite(t, "a-token-of-an-invitation", 2).await;
    let mut visitor = t.visitor();
    for place in ["/register", "/register?invitation=", "/register?invitation=nonsense", "/register?invitation=%00"] {
        let page = visitor.get(place).await;
        assert!(page.status() == 200 && page.body.contains("An account is made by an invitation"), "{place}");
    }
    let page = visitor.get("/register?invitation=a-token-of-an-invitation").await;
    assert!(page.body.contains("name=\"invitation\" value=\"a-token-of-an-invitation\""), "{}", page.body);
    assert!(visitor.post("/register", &FORM).await.location().contains("problem=invitation"));
    let mut people: Vec<Person<'_>> = (0..5).map(|_| t.visitor()).collect();
    let names: Vec<String> = (0..5).map(|n| format!("new{n}")).collect();
    let registering = people.iter_mut().zip(&names).map(async |(person, name)| {
        let form = with(&with(&FORM, "username", name), "invitation", "a-token-of-an-invitation");
        let answer = person.post("/register", &form).await;
        (answer.location().to_owned(), answer.body.contains("An account is made by an invitation"))
    });
    let answers = futures::future::join_all(registering).await;
    assert_eq!(answers.iter().filter(|(place, _)| *place == "/groups").count(), 2, "{answers:?}");
    let refused = answers.iter().filter(|(place, said)| place.is_empty() && *said).count();
    assert_eq!(refused, 3, "and the token goes into no address: {answers:?}");
});

both!(registering_is_limited_by_address, &["--trusted-proxies", "1"], async |t| {
    registration(t, Registration::Invitation).await;
    let mut flood = t.visitor().with("x-forwarded-for", "192.0.2.1");
    for _ in 0..30 {
        assert!(flood.post("/register", &FORM).await.location().contains("problem=invitation"));
    }
    assert!(flood.post("/register", &FORM).await.location().contains("problem=slow"));
    let mut elsewhere = t.visitor().with("x-forwarded-for", "192.0.2.2");
    assert!(elsewhere.post("/register", &FORM).await.location().contains("problem=invitation"));
    t.clock.advance_seconds(120);
    assert!(flood.post("/register", &FORM).await.location().contains("problem=invitation"));
});

both!(a_link_sets_a_password_and_signs_out_everywhere, async |t| {
    let mut mia = t.person("mia").await;
    system_does(t, Command::MakeResetLink { user: UserId(3) }, Some(hash("a-token-of-a-link"))).await;
    let mut visitor = t.visitor();
    for token in ["none", "%00", "a-token-of-a-link2", "..%2f"] {
        let page = visitor.get(&format!("/reset/{token}")).await;
        assert!(page.status() == 404 && page.body.contains("This link is no longer good"), "{token} {}", page.status());
    }
    let page = visitor.get("/reset/a-token-of-a-link").await;
    assert!(page.status() == 200 && page.body.contains("For the account mia."), "{}", page.body);
    assert!(!page.body.contains("hydrate()"), "no script has anything to do with it");
    let form = |once: &'static str, again: &'static str| [("password", once), ("password_again", again)];
    let place = visitor.post("/reset/a-token-of-a-link", &form("too short", "too short")).await;
    assert!(place.status() == 200 && place.body.contains("This password is too short"), "{}", place.body);
    let place = visitor.post("/reset/a-token-of-a-link", &form("twelve or more", "twelve or less")).await;
    assert_eq!((place.status(), place.header("location")), (200, None), "the link is told to nobody");
    assert_eq!(place.header("referrer-policy"), Some("strict-origin"));
    assert!(place.body.contains("The two passwords differ"));
    let place = visitor.post("/reset/a-token-of-a-link", &form("twelve or more", "twelve or more")).await;
    assert_eq!(place.location(), "/login?done=password&username=mia");
    assert!(visitor.get(place.location()).await.body.contains("Your new password is set"));
    assert_eq!(mia.get("/groups").await.status(), 303, "the old session has ended");
    assert!(visitor.sign_in("mia", PASSWORD).await.location().contains("problem=wrong"));
    assert_eq!(visitor.sign_in("mia", "twelve or more").await.location(), "/groups");
    let again = visitor.post("/reset/a-token-of-a-link", &form("another of them", "another of them")).await;
    assert!(again.body.contains("This link is no longer good"), "{}", again.body);
    let feed = t.store().feed_after(domain::Seq(0)).await.expect("is read");
    let whats: Vec<&EventPayload> = feed.iter().map(|logged| &logged.event.what).collect();
    assert_eq!(whats, [&EventPayload::ResetLinkMade, &EventPayload::PasswordReset]);
});

both!(a_link_of_whoever_is_out_of_office_is_no_longer_good, async |t| {
    let give = |permission| Command::GivePermission { to: domain::Holder::User(UserId(4)), permission };
    system_does(t, Command::MakeResetLink { user: UserId(4) }, Some(hash("of-the-system"))).await;
    system_does(t, give(Permission::ViewAudit), None).await;
    let form = [("password", "twelve or more"), ("password_again", "twelve or more")];
    let place = t.visitor().post("/reset/of-the-system", &form).await;
    assert_eq!(place.location(), "/login?done=password&username=sam", "the system may everything");
    let answer = t.visitor().post("/reset/of-the-system", &form).await;
    assert!(answer.status() == 404 && answer.body.contains("This link is no longer good"), "once");
});

both!(a_username_and_an_address_are_of_one_name_space, async |t| {
    registration(t, Registration::Open).await;
    let mut visitor = t.visitor();
    for name in ["mia@example.org", "MIA@EXAMPLE.ORG", "\u{ff4d}ia@example.org"] {
        let answer = visitor.post("/register", &with(&FORM, "username", name)).await;
        assert!(answer.status() == 200 && answer.body.contains("Another account signs in with this name"), "{name}");
    }
    let form = with(&FORM, "username", "newcomer@example.org");
    assert_eq!(visitor.post("/register", &form).await.location(), "/groups");
    let form = with(&FORM, "email", "Newcomer@example.org");
    let answer = t.visitor().post("/register", &form).await;
    assert!(answer.body.contains("Another account signs in with this address"), "{}", answer.body);
});
