//! Every call of the contract as everybody.

use super::{
    described::{is_described, misdescribed},
    program::{acting_as, nobody},
};
use crate::harness::both;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn the_calls_are_those_of_the_contract() {
    let listed: BTreeSet<(String, String)> = include_str!("calls.txt")
        .lines()
        .map(|line| line.split_once(' ').expect("a method and a path"))
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .collect();
    let registered: BTreeSet<_> =
        server::api_calls().into_iter().map(|(method, path)| (method, path.to_owned())).collect();
    assert_eq!(registered, listed);
}

/// A call, and the status for a stranger, a member, a leader, a group manager, and a superuser, one after the other.
type Row = (&'static str, &'static str, &'static str, [u16; 5]);

/// Reads change nothing, so their order is of no matter.
const READS: &[Row] = &[
    ("GET", "/me", "", [200, 200, 200, 200, 200]),
    ("GET", "/me/requests", "", [200, 200, 200, 200, 200]),
    ("GET", "/me/requests?status=open", "", [200, 200, 200, 200, 200]),
    ("GET", "/me/requests?status=waiting", "", [422, 422, 422, 422, 422]),
    ("GET", "/notifications?unread=true", "", [200, 200, 200, 200, 200]),
    ("GET", "/groups", "", [200, 200, 200, 200, 200]),
    ("GET", "/groups?view=mine&q=pi&limit=1", "", [200, 200, 200, 200, 200]),
    ("GET", "/groups?view=managed", "", [200, 200, 200, 200, 200]),
    ("GET", "/groups?view=all", "", [403, 403, 403, 403, 200]),
    ("GET", "/groups?view=none", "", [422, 422, 422, 422, 422]),
    ("GET", "/groups?limit=0", "", [422, 422, 422, 422, 422]),
    ("GET", "/groups?limit=201", "", [422, 422, 422, 422, 422]),
    ("GET", "/groups?cursor=made-up", "", [422, 422, 422, 422, 422]),
    ("GET", "/groups/1", "", [200, 200, 200, 200, 200]),
    ("GET", "/groups/3", "", [404, 200, 200, 200, 200]),
    ("GET", "/groups/4", "", [404, 404, 404, 404, 200]),
    ("GET", "/groups/4000", "", [404, 404, 404, 404, 404]),
    ("GET", "/groups/one", "", [404, 404, 404, 404, 404]),
    ("GET", "/groups/99999999999999999999", "", [404, 404, 404, 404, 404]),
    ("GET", "/join/token-of-group-3", "", [200, 200, 200, 200, 200]),
    ("GET", "/join/token-of-group-4", "", [404, 404, 404, 404, 200]),
    ("GET", "/join/nonsense", "", [404, 404, 404, 404, 404]),
    ("GET", "/groups/1/members", "", [403, 403, 200, 200, 200]),
    ("GET", "/groups/3/members?q=mi", "", [404, 403, 200, 200, 200]),
    ("GET", "/groups/4/members", "", [404, 404, 404, 404, 200]),
    ("GET", "/groups/1/audit", "", [403, 403, 200, 200, 200]),
    (
        "GET",
        "/groups/1/audit?type=join&action=requested&user=3&from=2020-01-01&to=2030-01-01",
        "",
        [403, 403, 200, 200, 200],
    ),
    ("GET", "/groups/1/audit?type=nonsense", "", [422, 422, 422, 422, 422]),
    ("GET", "/groups/3/join-link", "", [404, 403, 200, 200, 200]),
    ("GET", "/requests", "", [200, 200, 200, 200, 200]),
    ("GET", "/requests?kind=join&group=1", "", [200, 200, 200, 200, 200]),
    ("GET", "/requests/count", "", [200, 200, 200, 200, 200]),
    ("GET", "/users", "", [403, 403, 403, 403, 200]),
    ("GET", "/users/3", "", [403, 403, 403, 403, 200]),
    ("GET", "/users/4000", "", [403, 403, 403, 403, 404]),
    ("GET", "/states", "", [403, 403, 403, 403, 200]),
    ("GET", "/reserved-names", "", [403, 403, 403, 403, 200]),
    ("GET", "/settings", "", [403, 403, 403, 403, 200]),
    ("GET", "/audit", "", [403, 403, 403, 403, 200]),
];

/// Writes, from the first to the last. The superuser comes last and undoes what would stand in the way.
const WRITES: &[Row] = &[
    ("POST", "/groups/4/join", "{}", [404, 404, 404, 404, 403]),
    ("POST", "/groups/3/join", "{}", [404, 409, 202, 403, 202]),
    ("POST", "/groups/2/join", r#"{"reason":"for fun"}"#, [200, 200, 200, 200, 200]),
    ("POST", "/groups/2/join", "", [409, 409, 409, 409, 409]),
    ("POST", "/groups/2/leave", "", [200, 200, 200, 200, 200]),
    ("POST", "/groups/2/leave", "", [409, 409, 409, 409, 409]),
    ("POST", "/groups/1/join", r#"{"reason":"I fly"}"#, [202, 409, 202, 202, 202]),
    ("POST", "/groups/1/join", "{}", [409, 409, 409, 409, 409]),
    ("POST", "/join/token-of-group-2", "", [200, 200, 200, 200, 200]),
    ("POST", "/join/nonsense", "", [404, 404, 404, 404, 404]),
    ("POST", "/requests/1/approve", r#"{"comment":"welcome"}"#, [404, 404, 200, 409, 409]),
    ("POST", "/requests/2/reject", "", [404, 404, 200, 409, 409]),
    ("POST", "/requests/4000/reject", "", [404, 404, 404, 404, 404]),
    ("DELETE", "/requests/3", "", [204, 404, 403, 403, 403]),
    ("POST", "/notifications/read", r#"{"all":true}"#, [204, 204, 204, 204, 204]),
    ("POST", "/notifications/read", r#"{"ids":[1,2]}"#, [204, 204, 204, 204, 204]),
    ("POST", "/notifications/read", "{}", [422, 422, 422, 422, 422]),
    ("POST", "/requests/decide", r#"{"ids":[1,4000],"decision":"approve"}"#, [200, 200, 200, 200, 200]),
    ("POST", "/requests/decide", r#"{"ids":[1],"decision":"maybe"}"#, [422, 422, 422, 422, 422]),
    ("DELETE", "/groups/1/members/8", "", [403, 403, 204, 409, 409]),
    ("DELETE", "/groups/1/members/4000", "", [403, 403, 409, 409, 409]),
    ("POST", "/groups/3/join-link", "", [404, 403, 200, 200, 200]),
    ("POST", "/groups", r#"{"name":"Made"}"#, [403, 403, 403, 403, 201]),
    ("POST", "/groups", r#"{"name":"made"}"#, [403, 403, 403, 403, 409]),
    ("PATCH", "/groups/5", r#"{"description":"new"}"#, [403, 403, 403, 403, 200]),
    ("PATCH", "/groups/5", r#"{"nonsense":1}"#, [422, 422, 422, 422, 422]),
    ("PUT", "/groups/5/leaders/3", "", [403, 403, 403, 403, 204]),
    ("PUT", "/groups/5/leaders/3", "", [403, 403, 403, 403, 204]),
    ("PUT", "/groups/5/leaders/4000", "", [403, 403, 403, 403, 404]),
    ("DELETE", "/groups/5/leaders/3", "", [403, 403, 403, 403, 204]),
    ("PUT", "/groups/5/leader-groups/1", "", [403, 403, 403, 403, 204]),
    ("PUT", "/groups/5/leader-groups/5", "", [403, 403, 403, 403, 422]),
    ("DELETE", "/groups/5/leader-groups/1", "", [403, 403, 403, 403, 204]),
    ("PUT", "/groups/5/members/9", r#"{"reason":"fits"}"#, [403, 403, 403, 403, 204]),
    ("PUT", "/groups/5/members/9", "", [403, 403, 403, 403, 409]),
    ("PUT", "/groups/5/members/5", "", [403, 403, 403, 403, 409]),
    ("POST", "/users", r#"{"username":"two words"}"#, [422, 422, 422, 422, 422]),
    ("POST", "/users", r#"{"username":"uma","password":"short"}"#, [422, 422, 422, 422, 422]),
    ("POST", "/users", r#"{"username":"uma","password":"twelve or more"}"#, [403, 403, 403, 403, 201]),
    ("POST", "/users", r#"{"username":"UMA"}"#, [403, 403, 403, 403, 409]),
    ("PATCH", "/users/10", r#"{"email":null,"is_active":true}"#, [403, 403, 403, 403, 200]),
    ("PUT", "/users/10/permissions/view_audit", "", [403, 403, 403, 403, 204]),
    ("DELETE", "/users/10/permissions/view_audit", "", [403, 403, 403, 403, 204]),
    ("PUT", "/users/10/permissions/nonsense", "", [404, 404, 404, 404, 404]),
    ("PUT", "/groups/5/permissions/view_audit", "", [403, 403, 403, 403, 204]),
    ("DELETE", "/groups/5/permissions/view_audit", "", [403, 403, 403, 403, 204]),
    ("PUT", "/states/2/permissions/request_groups", "", [403, 403, 403, 403, 204]),
    ("DELETE", "/states/2/permissions/request_groups", "", [403, 403, 403, 403, 204]),
    (
        "POST",
        "/users/10/characters",
        r#"{"external_id":77,"name":"Nils Vex","corporation":{"id":1,"name":"Acme"}}"#,
        [403, 403, 403, 403, 201],
    ),
    ("POST", "/users/10/characters", r#"{"external_id":77,"name":"Another"}"#, [403, 403, 403, 403, 409]),
    ("PATCH", "/users/10/characters/1", r#"{"alliance":{"id":2,"name":"All"}}"#, [403, 403, 403, 403, 200]),
    ("PUT", "/users/10/main-character", r#"{"character_id":1}"#, [403, 403, 403, 403, 204]),
    ("PUT", "/users/10/main-character", r#"{"character_id":null}"#, [403, 403, 403, 403, 204]),
    ("PUT", "/users/10/main-character", "{}", [422, 422, 422, 422, 422]),
    ("DELETE", "/users/10/characters/1", "", [403, 403, 403, 403, 204]),
    ("DELETE", "/users/10", "", [403, 403, 403, 403, 204]),
    ("POST", "/states", r#"{"name":"Ally","priority":70,"member_corporations":[1]}"#, [403, 403, 403, 403, 201]),
    ("POST", "/states", r#"{"name":"Other","priority":70}"#, [403, 403, 403, 403, 409]),
    ("PATCH", "/states/4", r#"{"name":"Friends"}"#, [403, 403, 403, 403, 200]),
    ("DELETE", "/states/4", "", [403, 403, 403, 403, 204]),
    ("DELETE", "/states/1", "", [403, 403, 403, 403, 409]),
    ("POST", "/reserved-names", r#"{"name":"Admins","reason":"no"}"#, [403, 403, 403, 403, 201]),
    ("POST", "/reserved-names", r#"{"name":"Pilots","reason":"no"}"#, [403, 403, 403, 403, 409]),
    ("POST", "/groups", r#"{"name":" ADMINS "}"#, [403, 403, 403, 403, 409]),
    ("DELETE", "/reserved-names/1", "", [403, 403, 403, 403, 204]),
    ("DELETE", "/reserved-names/1", "", [403, 403, 403, 403, 404]),
    ("PATCH", "/settings", r#"{"auto_leave":true}"#, [403, 403, 403, 403, 200]),
    ("PATCH", "/settings", r#"{"show_unavailable_groups":true}"#, [403, 403, 403, 403, 200]),
    ("PATCH", "/settings", r#"{"notifications_max_per_user":0}"#, [403, 403, 403, 403, 422]),
    ("DELETE", "/groups/5", "", [403, 403, 403, 403, 204]),
];

const ROLES: [&str; 5] = ["sam", "mia", "lea", "max", "root"];

async fn play(t: &crate::harness::TestServer, rows: &[Row]) {
    let description = nobody(t).get("/openapi.json").await.json();
    let mut programs = Vec::new();
    for role in ROLES {
        programs.push(acting_as(t, role).await);
    }
    for (method, path, body, expected) in rows {
        let body: Option<Value> = (!body.is_empty()).then(|| serde_json::from_str(body).expect("is JSON"));
        let mut statuses = [0; 5];
        let mut texts = Vec::new();
        for (program, status) in programs.iter().zip(&mut statuses) {
            let told = program.call(method, path, body.as_ref()).await;
            *status = told.status;
            if told.status >= 400 {
                told.code();
            }
            assert!(is_described(&description, method, path, told.status), "{method} {path}: {}", told.text);
            assert_eq!(misdescribed(&description, method, path, &told), None, "{method} {path}: {}", told.text);
            texts.push(told.text);
        }
        assert_eq!(&statuses, expected, "{method} {path} {body:?}: {texts:#?}");
    }
}

both!(every_read_answers_as_its_row_says, async |t| {
    play(t, READS).await;
});

both!(every_write_answers_as_its_row_says, async |t| {
    play(t, WRITES).await;
});

both!(nobody_gets_anywhere, async |t| {
    let nobody = nobody(t);
    for (method, path) in server::api_calls() {
        let path = path.replace("{name}", "view_audit").replace("{token}", "token-of-group-3");
        let path: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect();
        let told = nobody.call(&method, &path.join("/"), None).await;
        assert_eq!((told.status, told.code().as_str()), (401, "signed_out"), "{method} {path:?}");
        assert!(told.headers.contains_key("www-authenticate"));
    }
});

both!(shapes_are_those_of_the_contract, async |t| {
    let (sam, lea) = (acting_as(t, "sam").await, acting_as(t, "lea").await);
    let asked = sam.post("/groups/1/join", &json!({ "reason": "I fly" })).await;
    assert_eq!(asked.status, 202);
    let request = asked.json()["request"].clone();
    assert_eq!(
        (&request["status"], &request["kind"], &request["reason"]),
        (&json!("open"), &json!("join"), &json!("I fly"))
    );
    assert_eq!(request["user"], json!({ "id": 4, "username": "sam", "main_character": null }));
    assert_eq!(request["group"], json!({ "id": 1, "name": "Pilots" }));
    assert_eq!(request["created_at"], "2023-11-14T22:13:20Z");

    let waiting = lea.get("/requests?group=1").await.json();
    assert_eq!(waiting["next_cursor"], Value::Null);
    assert!(waiting["items"].as_array().expect("a list").contains(&request), "{waiting}");
    let settled =
        lea.post(&format!("/requests/{}/approve", request["id"]), &json!({ "comment": "welcome" })).await.json();
    assert_eq!((&settled["status"], &settled["comment"]), (&json!("approved"), &json!("welcome")));
    assert_eq!(settled["settled_by"]["username"], "lea");
    let again = lea.post(&format!("/requests/{}/reject", request["id"]), &json!({})).await;
    assert_eq!(again.code(), "request_settled");
    assert_eq!(again.json()["request"], settled);

    let group = sam.get("/groups/1").await.json();
    assert_eq!((&group["my_status"], &group["member_count"]), (&json!("member"), &json!(2)));
    assert_eq!(group["my_actions"], json!([{ "action": "request_leave", "allowed": true, "denial": null }]));
    assert!(group.get("permissions").is_none(), "{group}");
    let row = &lea.get("/groups/1/audit?action=accepted&user=4").await.json()["items"][0];
    assert_eq!(
        (&row["type"], &row["actor"]["username"], &row["requestor"]["username"]),
        (&json!("join"), &json!("lea"), &json!("sam"))
    );
    assert_eq!(row["detail"], json!({ "event": "approved", "value": "join" }));
    let member = &lea.get("/groups/1/members?q=sam").await.json()["items"][0];
    assert_eq!((&member["is_leader"], &member["grants"][0]["kind"]), (&json!(false), &json!("approval")));
});

both!(a_state_is_made_and_changed_with_its_permissions, async |t| {
    let root = acting_as(t, "root").await;
    let body = json!({ "name": "Ally", "priority": 70, "public": true, "permissions": ["request_groups"] });
    let made = root.post("/states", &body).await.json();
    assert_eq!(made["permissions"], json!(["request_groups"]), "{made}");
    let path = format!("/states/{}", made["id"]);
    let renamed = root.call("PATCH", &path, Some(&json!({ "name": "Friend" }))).await.json();
    assert_eq!(renamed["permissions"], json!(["request_groups"]), "what is not named stays: {renamed}");
    let taken = root.call("PATCH", &path, Some(&json!({ "permissions": [] }))).await.json();
    assert_eq!(taken["permissions"], json!([]), "{taken}");
    let group = json!({ "states": [made["id"]] });
    assert_eq!(root.call("PATCH", "/groups/2", Some(&group)).await.status, 200);
    let rows = root.get("/audit?type=permission").await.json();
    let detail = &rows["items"][0]["detail"];
    assert_eq!(detail["event"], "permission_taken", "{rows}");
    let names = json!([{ "id": made["id"], "name": "Friend" }]);
    assert_eq!(detail["states"], names, "by the name it had: {rows}");
    let rows = root.get("/audit?type=group").await.json();
    assert_eq!(rows["items"][0]["detail"]["states"], names, "{rows}");
});

both!(lists_are_paged_by_cursors_of_their_own, async |t| {
    let root = acting_as(t, "root").await;
    for list in ["/groups?view=all", "/users?q=", "/states?", "/audit?"] {
        let separator = if list.ends_with('?') { "" } else { "&" };
        let whole = root.get(list).await.json()["items"].as_array().expect("a list").clone();
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = root.get(&format!("{list}{separator}limit=2{cursor}")).await.json();
            rows.extend(page["items"].as_array().expect("a list").iter().cloned());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(rows, whole, "{list}");
        if !cursor.is_empty() {
            let told = root.get(&format!("/reserved-names?limit=2{cursor}")).await;
            assert_eq!(told.code(), "invalid", "{list}: a cursor of another list");
        }
    }
});

both!(the_audit_log_comes_as_csv_too, async |t| {
    let (sam, lea) = (acting_as(t, "sam").await, acting_as(t, "lea").await);
    sam.post("/groups/1/join", &json!({ "reason": "=cmd()" })).await;
    let told = lea.with("accept", "text/csv").get("/groups/1/audit").await;
    assert_eq!(told.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<&str> = told.text.split("\r\n").collect();
    assert!(lines[0].starts_with("id,time,group_id,group,"), "{lines:?}");
    assert!(lines[1].contains(",sam,") && lines[1].contains(",\"'=cmd()\","), "{lines:?}");
});
