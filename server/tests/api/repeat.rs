//! Calls under an Idempotency-Key have one effect and one answer.

use super::program::acting_as;
use crate::harness::both;
use futures::future::join_all;
use serde_json::json;

both!(a_repeat_gets_the_first_answer, async |t| {
    let root = acting_as(t, "root").await.with("idempotency-key", "once");
    let first = root.post("/groups", &json!({ "name": "Made" })).await;
    assert_eq!(first.status, 201);
    let second = root.post("/groups", &json!({ "name": "Made" })).await;
    assert_eq!((second.status, &second.text), (201, &first.text));
    assert_eq!(second.headers["content-type"], first.headers["content-type"]);
    assert_eq!(root.post("/groups", &json!({ "name": "Other" })).await.code(), "command_reused");
    let other = root.post("/reserved-names", &json!({ "name": "Admins", "reason": "no" })).await;
    assert_eq!(other.status, 201, "the key is another one for another call");
    let refused = root.with("idempotency-key", "twice").post("/groups", &json!({ "name": "Made" })).await;
    assert_eq!(refused.code(), "name_taken");
    root.call("PATCH", &format!("/groups/{}", first.json()["id"]), Some(&json!({ "name": "Renamed" }))).await;
    let again = root.with("idempotency-key", "twice").post("/groups", &json!({ "name": "Made" })).await;
    assert_eq!(
        (again.code().as_str(), &again.text),
        ("name_taken", &refused.text),
        "the first answer, whatever became"
    );
    for key in ["", &"x".repeat(65)] {
        assert_eq!(root.with("idempotency-key", key).post("/groups/2/join", &json!({})).await.status, 422);
    }
});

both!(concurrent_repeats_have_one_effect, async |t| {
    let sam = acting_as(t, "sam").await.with("idempotency-key", "at once");
    let body = json!({ "reason": "I fly" });
    let told = join_all((0..8).map(|_| sam.post("/groups/1/join", &body))).await;
    for repeat in &told {
        assert_eq!((repeat.status, &repeat.text), (202, &told[0].text));
    }
    let mine = sam.get("/me/requests?status=open").await.json();
    let of_pilots = mine["items"].as_array().expect("a list").iter().filter(|row| row["group"]["id"] == 1).count();
    assert_eq!(of_pilots, 1);
});
