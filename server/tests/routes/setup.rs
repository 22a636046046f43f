//! The first account.

use crate::harness::{TestServer, both};
use axum::http::Method;

const NOBODY: [(&str, &str); 4] =
    [("username", "ana"), ("email", ""), ("password", "twelve or more"), ("password_again", "twelve or more")];

/// The form as whoever has the code sends it.
fn with_code<'a>(t: &'a TestServer, form: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    form.iter().copied().chain([("code", t.setup_code())]).collect()
}

both!(empty every_page_leads_to_the_set_up_first, async |t| {
    let mut visitor = t.visitor();
    for path in ["/", "/groups", "/login", "/nowhere"] {
        assert_eq!(visitor.get(path).await.location(), "/setup", "{path}");
    }
    assert_eq!(visitor.get("/setup").await.status(), 200);
    assert_eq!(visitor.get("/healthz").await.status(), 200);
});

both!(empty the_first_account_is_made_once_and_signed_in, async |t| {
    let mut ana = t.visitor();
    let answer = ana.post("/setup", &with_code(t, &NOBODY)).await;
    assert_eq!((answer.status(), answer.location()), (303, "/groups"), "{}", answer.body);
    assert_eq!(ana.get("/groups").await.status(), 200);
    let mut late = t.visitor();
    assert_eq!(late.get(&t.setup()).await.location(), "/");
    assert_eq!(late.post("/setup", &with_code(t, &NOBODY)).await.location(), "/");
    assert_eq!(late.sign_in("ana", "twelve or more").await.location(), "/groups");
    let users = t.store().list_users(None).await.expect("the database answers");
    assert_eq!(users.len(), 1);
    assert!(users[0].superuser && users[0].active);
});

both!(empty a_stranger_finds_no_form_and_makes_no_account, async |t| {
    let mut stranger = t.visitor();
    let page = stranger.get("/setup").await;
    assert!(page.body.contains("opens by a code") && !page.body.contains("password_again"), "{}", page.body);
    for wrong in ["", "x", &t.setup_code()[1..], &format!("{}x", t.setup_code())] {
        let form: Vec<_> = NOBODY.into_iter().chain([("code", wrong)]).collect();
        assert_eq!(stranger.post("/setup", &form).await.location(), "/setup?problem=code", "{wrong}");
    }
    assert_eq!(stranger.post("/setup", &NOBODY).await.location(), "/setup?problem=code");
    let turned_away = stranger.get("/setup?code=guessed").await;
    assert_eq!((turned_away.status(), turned_away.location()), (303, "/setup?problem=code"));
    let page = stranger.get("/setup?problem=code").await;
    assert!(page.body.contains("not the code") && !page.body.contains("password_again"), "{}", page.body);
    assert!(!t.store().has_users().await.expect("the database answers"));

    let page = stranger.get(&t.setup()).await;
    assert!(page.status() == 200 && page.body.contains("password_again"), "{}", page.body);
});

both!(empty whoever_guesses_is_slowed_down_and_holds_up_nobody, async |t| {
    let mut stranger = t.visitor();
    let mut tries = 0;
    while stranger.get("/setup?code=guessed").await.location() == "/setup?problem=code" {
        tries += 1;
        assert!(tries < 100, "nobody stops them");
    }
    assert_eq!(stranger.get("/setup?code=guessed").await.location(), "/setup?problem=code_slow");
    let told = stranger.fetch(Method::POST, "/setup", &[("code", "guessed")]).await;
    assert_eq!(told.status(), 429);
    let answer = t.visitor().post("/setup", &with_code(t, &NOBODY)).await;
    assert_eq!((answer.status(), answer.location()), (303, "/groups"), "{}", answer.body);
});

both!(empty two_who_set_up_at_once_make_one_account, async |t| {
    let mut people: Vec<_> = (0..4).map(|_| t.visitor()).collect();
    let forms: Vec<_> = people
        .iter_mut()
        .enumerate()
        .map(async |(n, person)| {
            let name = format!("user{n}");
            let form = [("username", name.as_str()), NOBODY[1], NOBODY[2], NOBODY[3], ("code", t.setup_code())];
            person.post("/setup", &form).await.location().to_owned()
        })
        .collect();
    let places = futures::future::join_all(forms).await;
    assert_eq!(places.iter().filter(|place| *place == "/groups").count(), 1, "{places:?}");
    assert_eq!(t.store().list_users(None).await.expect("the database answers").len(), 1);
});

both!(empty what_does_not_fit_leads_back, async |t| {
    let mut visitor = t.visitor();
    for (field, value, place) in [
        ("username", "two words", "problem=username&username=two%20words&email=&character=32-5"),
        ("username", "", "problem=username&username=&email="),
        ("password", "too short", "problem=password_short&username=ana&email="),
        ("password_again", "another one", "problem=password_mismatch&username=ana&email="),
    ] {
        let form = NOBODY.map(|(name, known)| (name, if name == field { value } else { known }));
        let answer = visitor.post("/setup", &with_code(t, &form)).await;
        let place = format!("{}&{place}", t.setup());
        assert_eq!((answer.status(), answer.location()), (303, place.as_str()));
        let page = visitor.get(&place).await;
        assert!(page.status() == 200 && page.body.contains("password_again"), "{}", page.body);
    }
    let form = NOBODY.map(|(name, known)| (name, if name == "email" { "no address" } else { known }));
    let drawn = visitor.post("/setup", &with_code(t, &form)).await;
    assert_eq!((drawn.status(), drawn.header("location")), (200, None), "what may be an address stands in none");
    assert!(drawn.body.contains("value=\"no address\"") && drawn.body.contains("aria-invalid"), "{}", drawn.body);
    assert!(!t.store().has_users().await.expect("the database answers"));
});
