//! What was typed when a session has ended meanwhile, without script: the account that typed it gets it back, nobody else
//! does, and nothing is done by itself.

use super::plain_forms::form_to;
use crate::harness::{Answer, PASSWORD, Person, TestServer, both, group};
use axum::http::Method;
use domain::Listing;

const PAGE: &str = "/groups/1?from=%2541";
const REASON: &str = "Ünïcode & 100% \"quotes\"<b>\r\nand a second line";

type Form = Vec<(String, String)>;

fn borrowed(form: &Form) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The form by which somebody asks to join, as a browser reads it off the page, with a reason.
async fn asking(person: &mut Person<'_>) -> Form {
    let mut form = form_to(&person.get(PAGE).await.body, "/api/groups/join");
    form.retain(|(name, _)| name != "reason");
    form.push(("reason".to_owned(), REASON.to_owned()));
    form
}

/// Sends a form of a page by a browser that has no session any more.
async fn sent_too_late(t: &TestServer, page: &str, action: &str, form: &Form) -> Answer {
    let mut browser = t.visitor().with("referer", &format!("http://muster.test{page}"));
    browser.post(action, &borrowed(form)).await
}

/// Fills the form of a drawn sign-in in.
fn signing_in(page: &Answer, action: &str, username: &str, password: &str) -> Form {
    let mut form = form_to(&page.body, action);
    form.retain(|(name, _)| name != "username" && name != "password");
    form.extend([("username".to_owned(), username.to_owned()), ("password".to_owned(), password.to_owned())]);
    form
}

async fn open_requests(person: &mut Person<'_>) -> usize {
    let listed = person.fetch(Method::GET, "/api/my_requests/list", &[("show", "open")]).await;
    let requests: Listing<serde_json::Value> = listed.json();
    requests.items.iter().filter(|request| request["group"]["id"] == group::PILOTS).count()
}

both!(a_reason_is_there_again_after_the_sign_in_and_not_sent, async |t| {
    let mut sam = t.person("sam").await;
    let before = open_requests(&mut sam).await;
    let form = asking(&mut sam).await;
    assert!(form.iter().any(|(name, value)| name == "account" && !value.is_empty()), "{form:?}");
    let asked = sent_too_late(t, PAGE, "/api/groups/join", &form).await;
    assert_eq!((asked.status(), asked.location()), (401, ""), "{}", asked.body);
    assert!(asked.body.contains("what you typed is there once more") && !asked.body.contains("hydrate()"));
    // A slip of the password loses nothing.
    let mut browser = t.visitor();
    let slip = browser.post(PAGE, &borrowed(&signing_in(&asked, PAGE, "sam", "a guess at it"))).await;
    assert!(slip.status() == 200 && slip.location().is_empty() && browser.cookie().is_none(), "{}", slip.body);
    let done = browser.post(PAGE, &borrowed(&signing_in(&slip, PAGE, "sam", PASSWORD))).await;
    assert_eq!((done.status(), done.location()), (200, ""), "{}", done.body);
    let filled = ">\nÜnïcode &amp; 100% &quot;quotes&quot;&lt;b&gt;\r\nand a second line</textarea>";
    assert!(done.body.contains(filled), "{}", done.body);
    assert_eq!(open_requests(&mut browser).await, before, "nothing is sent by itself");
    assert!(!browser.get(PAGE).await.body.contains("second line"), "and nothing is kept");
});

both!(nobody_else_gets_what_was_typed, async |t| {
    let form = asking(&mut t.person("sam").await).await;
    let asked = sent_too_late(t, PAGE, "/api/groups/join", &form).await;
    let mut other = t.visitor();
    let answer = other.post(PAGE, &borrowed(&signing_in(&asked, PAGE, "root", PASSWORD))).await;
    assert_eq!((answer.status(), answer.location()), (303, PAGE));
    assert!(!answer.body.contains("second line") && !other.get(PAGE).await.body.contains("second line"));
    // What says of no account that it typed it is asked for as it always was.
    let unsigned: Form = form.into_iter().filter(|(name, _)| name != "account").collect();
    let answer = sent_too_late(t, PAGE, "/api/groups/join", &unsigned).await;
    assert!(matches!(answer.status(), 302 | 303) && !answer.location().contains("second"), "{}", answer.location());
});

both!(a_draft_is_looked_at_again_and_not_done, async |t| {
    let mut root = t.person("root").await;
    let path = "/admin/users/3";
    let mut form = form_to(&root.get("/admin/users/3?draft=edit&deed=edit").await.body, path);
    form.retain(|(name, _)| name != "email" && name != "permissions[]" && name != "staff" && name != "superuser");
    form.push(("email".to_owned(), "other@example.org".to_owned()));
    let asked = sent_too_late(t, path, path, &form).await;
    assert_eq!((asked.status(), asked.location()), (401, ""), "{}", asked.body);
    let mut browser = t.visitor();
    let done = browser.post(path, &borrowed(&signing_in(&asked, path, "root", PASSWORD))).await;
    assert!(done.status() == 200 && done.body.contains("id=\"foreseen\""), "{}", done.body);
    assert!(done.body.contains("other@example.org"));
    assert!(root.get(path).await.body.contains("mia@example.org"), "it is not done");
});

both!(no_secret_goes_through_the_sign_in, async |t| {
    let account = ("account".to_owned(), "3".to_owned());
    for (page, action, fields) in [
        ("/me/profile", "/api/account/password", ["old", "new", "again"]),
        ("/admin/users/new", "/api/users/create", ["username", "password", "password_again"]),
    ] {
        let secret = |name: &str| (name.to_owned(), if name == "username" { "kim" } else { "sesame open" }.to_owned());
        let form = [account.clone()].into_iter().chain(fields.map(secret)).collect();
        let asked = sent_too_late(t, page, action, &form).await;
        assert!(asked.status() == 401 && !asked.body.contains("sesame"), "{action}: {}", asked.body);
        assert_eq!(asked.body.contains("value=\"kim\""), action == "/api/users/create", "{}", asked.body);
    }
});

both!(no_other_site_fills_anything_in, async |t| {
    let form = [("account", "3"), ("typed_for", "/api/groups/join"), ("typed:reason", "x"), ("username", "mia")];
    let form = [&form[..], &[("password", PASSWORD)]].concat();
    let mut foreign = t.visitor().with("origin", "https://evil.example");
    let answer = foreign.post("/groups/1", &form).await;
    assert!(answer.status() == 403 && foreign.cookie().is_none());
    let mut own = t.visitor().with("referer", "https://evil.example/groups/1");
    let answer = own.post("/api/groups/join", &[("account", "3"), ("group", "1"), ("reason", "x")]).await;
    assert!(answer.location().is_empty() || !answer.location().contains("evil"), "{}", answer.location());
    // Guesses are counted as everywhere.
    let mut guess = t.visitor();
    let wrong = [("account", "3"), ("typed_for", "/api/groups/join"), ("username", "mia"), ("password", "a guess")];
    for _ in 0..5 {
        guess.post("/groups/1", &wrong).await;
    }
    assert!(guess.post("/groups/1", &form).await.status() == 200 && guess.cookie().is_none(), "it has to wait");
});

both!(a_form_that_is_too_long_is_not_carried_along, async |t| {
    let long = "x".repeat(70 * 1024);
    let form = vec![("account".to_owned(), "3".to_owned()), ("reason".to_owned(), long)];
    let answer = sent_too_late(t, PAGE, "/api/groups/join", &form).await;
    assert!(matches!(answer.status(), 413 | 422), "{}", answer.status());
});
