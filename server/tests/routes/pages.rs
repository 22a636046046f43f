//! What every page carries, and who is sent where.

use crate::harness::both;
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use tower::ServiceExt;

both!(a_page_runs_nothing_but_ours, async |t| {
    let mut mia = t.person("mia").await;
    let first = mia.get("/groups").await;
    let policy = first.header("content-security-policy").expect("has a policy").to_owned();
    let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).expect("has a nonce").0;
    assert_eq!(
        policy,
        format!(
            "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'"
        )
    );
    for script in first.body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap_or_default();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
    }
    assert!(!first.body.contains(" style=\""), "the policy allows no inline style");
    let second = mia.get("/groups").await;
    assert_ne!(second.header("content-security-policy"), Some(policy.as_str()), "each answer has its own nonce");
});

both!(a_page_reads_each_subject_once, async |t| {
    let mut mia = t.person("mia").await;
    for (path, subjects) in [("/groups", 2), ("/me", 4), ("/me/profile", 4), ("/notifications", 2)] {
        let page = mia.get(path).await;
        assert_eq!(page.body.matches("__RESOLVED_RESOURCES[").count(), subjects, "{path}");
    }
});

both!(every_answer_carries_the_headers, async |t| {
    let mut mia = t.person("mia").await;
    for path in ["/groups", "/login", "/nowhere", "/healthz", "/robots.txt", "/api/account/viewer", "/pkg/nothing.js"] {
        let answer = mia.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "private, no-store"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} of {path}");
        }
        assert!(answer.header("content-security-policy").is_some_and(|policy| !policy.contains("unsafe-inline")));
        assert!(answer.header("permissions-policy").is_some());
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 16));
        assert_eq!(answer.header("strict-transport-security"), None, "not over http");
    }
});

both!(visitors_are_led_to_the_sign_in_and_back, async |t| {
    for (path, place) in [
        ("/", "/login"),
        ("/groups/3?tab=members", "/login?next=%2Fgroups%2F3%3Ftab%3Dmembers"),
        ("/nowhere", "/login?next=%2Fnowhere"),
        ("//evil.example/groups", "/login"),
    ] {
        let answer = t.visitor().get(path).await;
        assert_eq!((answer.status(), answer.location()), (303, place), "{path}");
    }
    assert_eq!(t.visitor().get("/login").await.status(), 200);
});

both!(what_is_not_there_is_a_page_that_says_so, async |t| {
    let mut mia = t.person("mia").await;
    let nowhere = mia.get("/nowhere").await;
    assert_eq!(nowhere.status(), 404);
    assert!(nowhere.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
    // A group that one may not see answers as one that does not exist.
    let (unseen, absent) = (mia.get("/groups/4").await, mia.get("/groups/4000").await);
    assert_eq!((unseen.status(), absent.status()), (404, 404));
    assert!(!unseen.body.contains("Core"));
});

both!(a_body_has_bounds, async |t| {
    let mut mia = t.person("mia").await;
    let long = "x".repeat(70 * 1024);
    assert_eq!(mia.post("/api/groups/join", &[("group", "1"), ("reason", &long)]).await.status(), 413);
});

both!(a_trusted_proxy_names_the_request, &["--trusted-proxies", "1"], async |t| {
    let answer = t.visitor().with("x-request-id", "from-the-proxy").get("/healthz").await;
    assert_eq!(answer.header("x-request-id"), Some("from-the-proxy"));
});

both!(pages_travel_compressed, async |t| {
    let mia = t.person("mia").await.with("accept-encoding", "br");
    let response = mia.open("/groups").await;
    assert_eq!(response.headers()["content-encoding"], "br");
});

both!(pages_are_whole_however_many_are_asked_for_at_once, async |t| {
    let lea = t.person("lea").await;
    let cookie = lea.cookie().expect("is signed in").to_owned();
    let ask = |path: &'static str| {
        let (router, cookie) = (t.router(), cookie.clone());
        tokio::spawn(async move {
            let request = Request::get(path).header("host", "muster.test").header("cookie", cookie);
            let request = request.header("accept", "text/html").body(Body::empty()).expect("is a request");
            let response = router.oneshot(request).await.expect("a router does not fail");
            let status = response.status().as_u16();
            let body = response.into_body().collect().await.expect("the body is whole").to_bytes();
            (path, status, String::from_utf8_lossy(&body).contains("Pilots"))
        })
    };
    // Their titles name what was read: the head of a page is written when the rest of it may be gone already.
    let paths = ["/groups/1", "/manage/1/members", "/manage/1/audit"];
    let asked: Vec<_> = (0..60).map(|number| ask(paths[number % paths.len()])).collect();
    // Another process of this program starts meanwhile, and lists its pages.
    let starting = tokio::task::spawn_blocking(|| (0..200).map(|_| server::page_listing().len()).sum::<usize>());
    assert!(starting.await.expect("starts") > 0);
    for answer in futures::future::join_all(asked).await {
        let (path, status, is_whole) = answer.expect("is answered");
        assert!(status == 200 && is_whole, "{path} is answered by {status}");
    }
});
