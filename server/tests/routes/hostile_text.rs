//! One hostile text in every field over every page: none of it becomes an element, an attribute or a script.

use crate::{
    api::program::acting_as,
    harness::{Person, both},
};
use axum::http::Method;
use html5gum::{Token, Tokenizer, emitters::default::DefaultEmitter};
use serde_json::{Value, json};

/// Ends whatever a text may stand in on a page, and begins an element of its own. Of one line, without blanks but one.
const HOSTILE: &str = "</title></textarea></script>--><hostile-x>\"'><hostile-x onhostile=1>&lt;<!--<script>";

/// The same without a blank, for usernames.
const WORD: &str = "</title></script>\"'><hostile-x/onhostile=1>";

/// The same for what is short.
const SHORT: &str = "</title><hostile-x>\"'";

/// As it stands in an address.
const IN_ADDRESS: &str = "%3C%2Ftitle%3E%3C%2Ftextarea%3E%3C%2Fscript%3E%22%27%3E%3Chostile-x%20onhostile%3D1%3E";

/// Elements and attributes that are not ours, as a browser reads the page (WHATWG, 13.2.5): scripts, titles and areas for
/// text end where it lets them end.
fn foreign(page: &str) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let tags = Tokenizer::new_with_emitter(page, emitter).filter_map(|token| match token {
        Ok(Token::StartTag(tag)) => Some(tag),
        _ => None,
    });
    tags.flat_map(|tag| {
        let names = tag.attributes.keys().map(|name| text(name)).collect::<Vec<_>>();
        std::iter::once(text(&tag.name)).chain(names)
    })
    .filter(|name| name.starts_with("hostile") || name.starts_with("onhostile"))
    .collect()
}

async fn look(person: &mut Person<'_>, who: &str, paths: &[&str]) {
    for path in paths {
        let answer = person.get(path).await;
        // A search for what is nowhere may be refused; it says so on a page, too.
        assert!(answer.status() == 200 || path.contains(IN_ADDRESS), "{path} for {who}: {}", answer.body);
        assert_eq!(foreign(&answer.body), Vec::<String>::new(), "{path} for {who}");
        let title = answer.body.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        assert!(title.is_some_and(|title| title.ends_with("Muster")), "{path} for {who}: {title:?}");
        // What the browser is given to go on with stands in scripts: one that a text could end would be cut short.
        assert_eq!(
            answer.body.matches("<script").count(),
            answer.body.matches("</script>").count(),
            "{path} for {who}"
        );
    }
}

#[test]
fn the_hostile_text_is_hostile() {
    let page = |text: &str| format!("<!DOCTYPE html><title>{text}</title><p title=\"{text}\">{text}</p>");
    for text in [HOSTILE, WORD, SHORT] {
        assert!(!foreign(&page(text)).is_empty(), "{text}");
    }
    assert!(foreign(&page(&HOSTILE.replace('<', "&lt;").replace('"', "&quot;"))).is_empty());
}

both!(no_text_becomes_an_element, async |t| {
    let root = acting_as(t, "root").await;
    let write = async |method: &str, path: &str, body: Value| {
        let told = root.call(method, path, Some(&body)).await;
        assert!((200..300).contains(&told.status), "{method} {path}: {} {}", told.status, told.text);
        told.json()
    };
    for group in 1..=5 {
        write(
            "PATCH",
            &format!("/groups/{group}"),
            json!({
                "name": format!("{group} {HOSTILE}"), "description": format!("{HOSTILE}\n{HOSTILE}"),
            }),
        )
        .await;
    }
    write("PUT", "/groups/1/leader-groups/5", json!({})).await;
    for (user, letter) in [(1, 'r'), (2, 'l'), (3, 'm'), (4, 's'), (8, 't')] {
        write(
            "PATCH",
            &format!("/users/{user}"),
            json!({
                "username": format!("{letter}{WORD}"), "email": format!("{letter}{WORD}@example.org"),
            }),
        )
        .await;
        let organisation = |id: i64| json!({ "id": id, "name": format!("{HOSTILE} {id}") });
        let character = write(
            "POST",
            &format!("/users/{user}/characters"),
            json!({
                "external_id": 900 + user, "name": format!("{HOSTILE} {user}"), "corporation": organisation(70),
                "alliance": organisation(80), "faction": organisation(90),
            }),
        )
        .await;
        write("PUT", &format!("/users/{user}/main-character"), json!({ "character_id": character["id"] })).await;
    }
    let state = write(
        "POST",
        "/states",
        json!({
            "name": SHORT, "priority": 70, "member_alliances": [80], "permissions": [],
        }),
    )
    .await;
    write("PATCH", "/groups/1", json!({ "states": [state["id"]] })).await;
    write("POST", "/reserved-names", json!({ "name": HOSTILE, "reason": HOSTILE })).await;
    write("PATCH", "/settings", json!({ "requests_notification": true })).await;

    // What people write, in every state a request can be in.
    let (sam, lea) = (acting_as_id(t, 4).await, acting_as_id(t, 2).await);
    let asked = sam.post("/groups/1/join", &json!({ "reason": HOSTILE })).await.json();
    let decide = format!("/requests/{}/reject", asked["request"]["id"]);
    assert_eq!(lea.post(&decide, &json!({ "comment": HOSTILE })).await.status, 200);
    assert_eq!(sam.post("/groups/1/join", &json!({ "reason": HOSTILE })).await.status, 202);
    let mia = acting_as_id(t, 3).await;
    assert_eq!(mia.post("/groups/1/leave", &json!({ "reason": HOSTILE })).await.status, 202);
    let reason = json!({ "reason": HOSTILE });
    assert_eq!(root.call("PUT", "/groups/2/members/8", Some(&reason)).await.status, 204);
    assert_eq!(root.call("DELETE", "/groups/2/members/8", Some(&reason)).await.status, 204);

    // What a browser says of itself, and the names of tokens, are shown too.
    let named = |letter: char| format!("{letter}{WORD}");
    let browser = t.visitor().with("user-agent", HOSTILE).with("accept-language", HOSTILE);
    let (mut admin, mut leader, mut member) = (browser.clone(), browser.clone(), browser.clone());
    for (person, name) in [(&mut admin, 'r'), (&mut leader, 'l'), (&mut member, 's')] {
        assert_eq!(person.sign_in(&named(name), crate::harness::PASSWORD).await.status(), 303);
    }
    let password = crate::harness::PASSWORD;
    let made = admin.fetch(Method::POST, "/api/tokens/create", &[("name", HOSTILE), ("password", password)]).await;
    assert_eq!(made.status(), 200, "{}", made.body);

    let look_for =
        |path: &str| format!("{path}?search={IN_ADDRESS}&group={IN_ADDRESS}&requestor={IN_ADDRESS}&error={IN_ADDRESS}");
    let searches: Vec<String> = ["/groups", "/audit", "/admin/groups", "/admin/users"].map(look_for).to_vec();
    let found: Vec<&str> = searches.iter().map(String::as_str).collect();
    let edited = format!("/admin/states/{}", state["id"]);
    let everybody =
        ["/groups", "/groups/1", "/groups/2", "/me", "/me/profile", "/notifications", "/join/token-of-group-3"];
    let deciders = ["/requests", "/requests?kind=leave", "/manage", "/manage/1/members", "/manage/1/audit"];
    let staff = [
        "/audit",
        "/admin",
        "/admin/groups",
        "/admin/groups/new",
        "/admin/groups/1",
        "/admin/groups/4",
        "/admin/users",
        "/admin/users/new",
        "/admin/users/3",
        "/admin/users/4",
        "/admin/states",
        &edited,
        "/admin/reserved-names",
        "/admin/settings",
        "/admin/invitations",
        "/admin/health",
    ];
    look(&mut member, "a member", &everybody).await;
    look(&mut leader, "a leader", &everybody).await;
    look(&mut leader, "a leader", &deciders).await;
    look(&mut admin, "an administrator", &everybody).await;
    look(&mut admin, "an administrator", &deciders).await;
    look(&mut admin, "an administrator", &staff).await;
    look(&mut admin, "an administrator", &found).await;
});

async fn acting_as_id(t: &crate::harness::TestServer, user: i64) -> crate::api::program::Program {
    crate::api::program::until(t, domain::UserId(user), None).await
}
