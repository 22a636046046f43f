//! What cannot be read is refused by its field, and never a fault.

use super::program::{acting_as, nobody};
use crate::harness::both;
use axum::http::Method;
use serde_json::json;

both!(what_is_no_call_is_told_so, async |t| {
    let lea = acting_as(t, "lea").await;
    for path in ["/nonsense", "/groups/1/nonsense", "/", ""] {
        assert_eq!(lea.get(path).await.code(), "not_found", "{path}");
    }
    let told = lea.call("PUT", "/groups", None).await;
    assert_eq!((told.status, told.code().as_str()), (405, "method_not_allowed"));
    let allowed = told.headers["allow"].to_str().expect("is ASCII");
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    assert_eq!(nobody(t).call("OPTIONS", "/groups", None).await.status, 405, "no other site is answered");
});

both!(what_cannot_be_read_names_every_field, async |t| {
    let root = acting_as(t, "root").await;
    let body = json!({ "name": "a\u{0}b", "states": [1, "two"], "open": "yes", "nonsense": 1, "auto_leave": "maybe" });
    let told = root.post("/groups", &body).await;
    assert_eq!((told.status, told.code().as_str()), (422, "invalid"));
    let errors = told.json()["errors"].clone();
    let codes: Vec<(&str, &str)> = errors
        .as_array()
        .expect("a list")
        .iter()
        .map(|error| (error["field"].as_str().expect("a field"), error["code"].as_str().expect("a code")))
        .collect();
    assert_eq!(
        codes,
        [
            ("name", "malformed"),
            ("open", "wrong_type"),
            ("auto_leave", "wrong_type"),
            ("states", "wrong_type"),
            ("nonsense", "unknown_field"),
        ]
    );
    let told = root.post("/groups", &json!({ "name": "x".repeat(151) })).await.json();
    assert_eq!(told["errors"][0]["code"], "too_long");
    assert_eq!(root.get("/users?q=%00").await.code(), "invalid");
});

both!(no_input_is_a_fault, async |t| {
    let root = acting_as(t, "root").await;
    let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let bodies: [&[u8]; 12] = [
        b"{",
        b"[]",
        b"null",
        b"\"text\"",
        b"{\"name\":\"\\ud800\"}",
        b"{\"name\":1e999}",
        b"\xff\xfe",
        b"{\"name\":18446744073709551616}",
        b"{\"reason\":{\"a\":[]}}",
        deep.as_bytes(),
        b"{\"a\":1,\"a\":2}",
        b" ",
    ];
    for path in ["/groups", "/users", "/states", "/reserved-names", "/groups/1/join", "/requests/decide"] {
        for body in bodies {
            let told = root.send(Method::POST, path, body.to_vec(), Some("application/json")).await;
            assert_eq!(told.status, 422, "{path} {:?}: {}", String::from_utf8_lossy(body), told.text);
            told.code();
        }
        let told = root.send(Method::POST, path, b"name=a".to_vec(), Some("application/x-www-form-urlencoded")).await;
        assert_eq!((told.status, told.code().as_str()), (415, "unsupported_media_type"));
        let told = root.send(Method::POST, path, vec![b' '; 10 * 1024 * 1024], Some("application/json")).await;
        assert_eq!((told.status, told.code().as_str()), (413, "too_large"));
    }
    for path in ["/groups/%00", "/groups/-1", "/join/%00", "/join/%ff", "/users/1/permissions/%00"] {
        let method = if path.starts_with("/users") { "PUT" } else { "GET" };
        assert_eq!(root.call(method, path, None).await.status, 404, "{path}");
    }
});

both!(too_many_at_once_are_refused, async |t| {
    let lea = acting_as(t, "lea").await;
    let ids: Vec<i64> = (1..=201).collect();
    let told = lea.post("/requests/decide", &json!({ "ids": ids, "decision": "reject" })).await;
    assert_eq!(told.code(), "invalid");
    let told = lea.post("/requests/decide", &json!({ "ids": [2, 3, 1, 4000], "decision": "reject" })).await.json();
    let results: Vec<(i64, i64)> = told["results"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|result| (result["id"].as_i64().expect("an id"), result["status"].as_i64().expect("a status")))
        .collect();
    assert_eq!(results, [(2, 200), (3, 200), (1, 200), (4000, 404)]);
    assert_eq!(told["results"][3]["code"], "not_found");
    let told = lea.post("/requests/decide", &json!({ "ids": [1], "decision": "approve" })).await.json();
    assert_eq!(
        (&told["results"][0]["code"], &told["results"][0]["request"]["status"]),
        (&json!("request_settled"), &json!("rejected"))
    );
});
