//! Tokens open the API and nothing else, for as long as they may.

use super::program::{Told, acting_as, id_of, nobody, revoke, until};
use crate::harness::{START, both};
use serde_json::json;

both!(a_token_opens_the_api_until_it_ends, async |t| {
    let mia = id_of(t, "mia").await;
    let program = until(t, mia, Some(START.plus_seconds(60))).await;
    assert_eq!(program.get("/groups").await.status, 200);
    t.clock.advance_seconds(60);
    assert_eq!(program.get("/groups").await.status, 401);
    let program = acting_as(t, "mia").await;
    assert_eq!(program.get("/groups").await.status, 200);
    revoke(t, &program).await;
    assert_eq!(program.get("/groups").await.status, 401);
});

both!(a_token_of_an_inactive_account_opens_nothing, async |t| {
    let (root, mia) = (acting_as(t, "root").await, acting_as(t, "mia").await);
    assert_eq!(root.call("PATCH", "/users/3", Some(&json!({ "is_active": false }))).await.status, 200);
    assert_eq!(mia.get("/groups").await.code(), "signed_out");
});

both!(cookies_open_no_call_and_tokens_no_page, async |t| {
    let mia = t.person("mia").await;
    let cookie = mia.cookie().expect("is signed in");
    assert_eq!(nobody(t).with("cookie", cookie).get("/groups").await.status, 401);
    let program = acting_as(t, "mia").await;
    let mut visitor = t.visitor().with("authorization", &program.authorization());
    assert_eq!(visitor.get("/groups").await.status(), 303, "to the sign-in");
});

both!(another_site_is_no_matter_where_there_is_no_cookie, async |t| {
    let mia =
        acting_as(t, "mia").await.with("origin", "https://elsewhere.example").with("sec-fetch-site", "cross-site");
    let told = mia.post("/groups/2/join", &json!({})).await;
    assert_eq!(told.status, 200);
    assert!(!told.headers.contains_key("access-control-allow-origin"), "no page elsewhere reads the answer");
});

both!(
    pages_of_the_origins_that_were_named_may_call,
    &["--api-origins", "https://one.example, https://Two.example/"],
    async |t| {
        let allowed = |told: &Told| told.headers.get("access-control-allow-origin").cloned();
        let asked = nobody(t)
            .with("access-control-request-method", "POST")
            .with("access-control-request-headers", "authorization,content-type,idempotency-key");
        let preflight = asked.with("origin", "https://two.example").call("OPTIONS", "/groups/2/join", None).await;
        assert_eq!(
            (preflight.status, allowed(&preflight).expect("has leave")),
            (200, "https://two.example".parse().expect("is one"))
        );
        assert!(!preflight.headers.contains_key("access-control-allow-credentials"));
        let mia = acting_as(t, "mia").await;
        let told = mia.with("origin", "https://one.example").get("/groups").await;
        assert_eq!((told.status, allowed(&told).is_some()), (200, true));
        let refused = nobody(t).with("origin", "https://one.example").get("/groups").await;
        assert_eq!((refused.status, allowed(&refused).is_some()), (401, true), "the page may read why");

        let elsewhere = asked.with("origin", "https://three.example").call("OPTIONS", "/groups/2/join", None).await;
        assert_eq!(allowed(&elsewhere), None);
        assert_eq!(allowed(&mia.with("origin", "https://three.example").get("/groups").await), None);
    }
);

both!(any_page_may_call_where_that_was_wished, &["--api-origins", "*"], async |t| {
    let told = acting_as(t, "mia").await.with("origin", "https://elsewhere.example").get("/groups").await;
    assert_eq!((told.status, &told.headers["access-control-allow-origin"]), (200, &"*".parse().expect("is one")));
});

both!(whoever_calls_too_often_is_told_when_to_go_on, &["--api-rate", "1"], async |t| {
    let (mia, lea) = (acting_as(t, "mia").await, acting_as(t, "lea").await);
    for _ in 0..10 {
        assert_eq!(mia.get("/groups").await.status, 200);
    }
    let told = mia.get("/groups").await;
    assert_eq!((told.status, told.code().as_str()), (429, "slow_down"));
    assert_eq!(told.headers["retry-after"], "1");
    assert_eq!(lea.get("/groups").await.status, 200, "another token has its own");
    t.clock.advance_seconds(1);
    assert_eq!(mia.get("/groups").await.status, 200);
});

both!(processes_count_calls_together, &["--api-rate", "20"], async |t| {
    let other = t.another(&["--api-rate", "20"]).await;
    let here = acting_as(t, "mia").await;
    let there = here.at(&other);
    for _ in 0..100 {
        assert_eq!((here.get("/groups").await.status, there.get("/groups").await.status), (200, 200));
    }
    assert_eq!((here.get("/groups").await.status, there.get("/groups").await.status), (429, 429));
    t.clock.advance_seconds(1);
    for _ in 0..20 {
        assert_eq!(there.get("/groups").await.status, 200);
    }
    assert_eq!((here.get("/groups").await.status, there.get("/groups").await.status), (429, 429));
});

both!(the_description_is_there_for_everybody, async |t| {
    let told = nobody(t).get("/openapi.json").await;
    assert_eq!((told.status, &told.json()["openapi"]), (200, &json!("3.1.0")));
    let mut visitor = t.visitor();
    let page = visitor.get("/api/docs").await;
    assert_eq!(page.status(), 200);
    assert!(page.body.contains("POST</span>/groups/{id}/join") && !page.body.contains("<script"), "{}", page.body);
    assert!(!page.body.contains("http://") && !page.body.contains("https://"), "it loads nothing from elsewhere");
    assert_eq!(visitor.get("/api/docs/style.css").await.status(), 200);
});
