//! A database that takes no writes.

use crate::harness::{PASSWORD, both, group};
use axum::http::Method;

both!(a_database_that_takes_no_writes_is_read_and_says_so, async |t| {
    let mut mia = t.person("mia").await;
    let process = t.read_only().await;
    let mut there = process.visitor().with_cookie(mia.cookie().expect("is signed in"));
    assert_eq!(there.get("/groups").await.status(), 200, "reading goes on");
    let lounge = group::LOUNGE.to_string();
    let form = [("group", lounge.as_str())];
    let answer = there.fetch(Method::POST, "/api/groups/join", &form).await;
    assert!(answer.status() == 503 && answer.body.contains("read_only"), "{} {}", answer.status(), answer.body);
    let ready = there.get("/readyz").await;
    assert_eq!((ready.status(), ready.body.as_str()), (503, "the database is read-only\n"));
    assert_eq!(there.get("/healthz").await.status(), 200);
    let form_of_sign_in = [("username", "sam"), ("password", PASSWORD)];
    let refused = process.visitor().fetch(Method::POST, "/login", &form_of_sign_in).await;
    assert!(refused.status() == 503 && refused.body.contains("read_only"), "{} {}", refused.status(), refused.body);
    assert_eq!(there.get("/groups").await.status(), 200, "reading still goes on");
    process.finish().await;
    // Nothing of it was kept, and whoever may write does.
    assert_eq!(t.visitor().get("/readyz").await.status(), 200);
    let joined = mia.fetch(Method::POST, "/api/groups/join", &form).await;
    assert_eq!(joined.status(), 200, "{}", joined.body);
});
