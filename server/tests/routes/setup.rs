//! The first account.

use crate::harness::both;

const NOBODY: [(&str, &str); 4] =
    [("username", "ana"), ("email", ""), ("password", "twelve or more"), ("password_again", "twelve or more")];

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
    let answer = ana.post("/setup", &NOBODY).await;
    assert_eq!((answer.status(), answer.location()), (303, "/groups"), "{}", answer.body);
    assert_eq!(ana.get("/groups").await.status(), 200);
    let mut late = t.visitor();
    assert_eq!(late.get("/setup").await.location(), "/");
    assert_eq!(late.post("/setup", &NOBODY).await.location(), "/");
    assert_eq!(late.sign_in("ana", "twelve or more").await.location(), "/groups");
    let users = t.store().list_users(None).await.expect("the database answers");
    assert_eq!(users.len(), 1);
    assert!(users[0].superuser && users[0].active);
});

both!(empty two_who_set_up_at_once_make_one_account, async |t| {
    let mut people: Vec<_> = (0..4).map(|_| t.visitor()).collect();
    let forms: Vec<_> = people
        .iter_mut()
        .enumerate()
        .map(async |(n, person)| {
            let name = format!("user{n}");
            let form = [("username", name.as_str()), NOBODY[1], NOBODY[2], NOBODY[3]];
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
        ("username", "two words", "/setup?problem=username&username=two%20words&email="),
        ("username", "", "/setup?problem=username&username=&email="),
        ("password", "too short", "/setup?problem=password_short&username=ana&email="),
        ("password_again", "another one", "/setup?problem=password_mismatch&username=ana&email="),
    ] {
        let form = NOBODY.map(|(name, known)| (name, if name == field { value } else { known }));
        let answer = visitor.post("/setup", &form).await;
        assert_eq!((answer.status(), answer.location()), (303, place));
        assert_eq!(visitor.get(place).await.status(), 200);
    }
    let form = NOBODY.map(|(name, known)| (name, if name == "email" { "no address" } else { known }));
    let drawn = visitor.post("/setup", &form).await;
    assert_eq!((drawn.status(), drawn.header("location")), (200, None), "what may be an address stands in none");
    assert!(drawn.body.contains("value=\"no address\"") && drawn.body.contains("aria-invalid"), "{}", drawn.body);
    assert!(!t.store().has_users().await.expect("the database answers"));
});
