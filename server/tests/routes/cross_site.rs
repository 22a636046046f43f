//! What another site makes a browser send.

use crate::harness::{both, group};
use axum::http::Method;

both!(another_site_changes_nothing_even_with_the_cookie, async |t| {
    let mia = t.person("mia").await;
    let lounge = group::LOUNGE.to_string();
    let foreign = [
        mia.with("sec-fetch-site", "cross-site"),
        mia.with("sec-fetch-site", "same-site"),
        mia.with("origin", "https://evil.example"),
        mia.with("origin", "null"),
        mia.with("origin", "http://muster.test:81"),
    ];
    for mut foreign in foreign {
        let answer = foreign.post("/api/groups/join", &[("group", &lounge)]).await;
        assert_eq!(answer.status(), 403);
        assert_eq!(foreign.fetch(Method::POST, "/api/groups/join", &[("group", &lounge)]).await.status(), 403);
        assert_eq!(foreign.post("/logout", &[]).await.status(), 403);
        assert_eq!(foreign.sign_in("sam", crate::harness::PASSWORD).await.status(), 403, "nor who one is");
    }
    let mut mia = mia;
    assert_eq!(mia.get("/groups").await.status(), 200, "she is still signed in");
    let page = mia.fetch(Method::GET, "/api/groups/row", &[("group", &lounge)]).await;
    assert!(page.body.contains("\"my_status\":\"none\""), "{}", page.body);
});

both!(our_own_pages_do, async |t| {
    let lounge = group::LOUNGE.to_string();
    for (name, header, value) in [
        ("mia", "sec-fetch-site", "same-origin"),
        ("sam", "origin", "http://muster.test"),
        ("nils", "sec-fetch-site", "none"),
    ] {
        let mut person = t.person(name).await.with(header, value);
        let answer = person.fetch(Method::POST, "/api/groups/join", &[("group", &lounge)]).await;
        assert_eq!(answer.status(), 200, "{}", answer.body);
    }
});

both!(where_people_were_told_an_origin_no_other_is_ours, &["--public-url", "https://groups.example"], async |t| {
    let mut mia = t.visitor().with("host", "groups.example").with("origin", "https://groups.example");
    assert_eq!(mia.sign_in("mia", crate::harness::PASSWORD).await.location(), "/groups");
    let lounge = group::LOUNGE.to_string();
    let answer = mia.fetch(Method::POST, "/api/groups/join", &[("group", &lounge)]).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
    let mut elsewhere = mia.with("host", "groups.example:443");
    assert_eq!(elsewhere.get("/groups").await.status(), 200, "the port goes without saying");

    for host in ["muster.test", "groups.example:80", "groups.example.evil", "10.0.0.1:3000"] {
        let mut elsewhere = mia.with("host", host);
        let pages = ["/groups", "/login", "/api/groups/list", "/audit.csv", "/live", "/robots.txt"];
        let for_programs = ["/api/v1/me", "/api/v1/groups", "/api/v1/events", "/api/v1/openapi.json", "/api/docs"];
        for path in pages.into_iter().chain(for_programs).chain(["/api/docs/style.css", "/api/v1/", "/api/v1/none"]) {
            let answer = elsewhere.get(path).await;
            assert_eq!(answer.status(), 421, "{host} {path}");
            assert!(answer.body.contains(host) && answer.body.contains("https://groups.example"), "{}", answer.body);
        }
        assert_eq!(elsewhere.post("/logout", &[]).await.status(), 421, "{host}");
        for path in ["/healthz", "/readyz"] {
            assert_eq!(elsewhere.get(path).await.status(), 200, "{host} {path}: asked from nearby");
        }
    }
    for origin in ["http://groups.example", "https://groups.example:444", "https://muster.test", "null"] {
        let mut foreign = mia.with("origin", origin);
        let answer = foreign.post("/logout", &[]).await;
        assert_eq!(answer.status(), 403, "{origin}");
        for named in [origin, "groups.example", "--public-url"] {
            assert!(answer.body.contains(named), "{}", answer.body);
        }
        let mut believed = foreign.with("sec-fetch-site", "same-origin");
        assert_eq!(believed.post("/logout", &[]).await.status(), 403, "{origin}");
    }
    assert_eq!(mia.get("/groups").await.status(), 200, "she is still signed in");
});

both!(behind_a_proxy_that_names_another_host_one_is_told_what_to_set, async |t| {
    let mut mia = t.visitor().with("origin", "https://groups.example").with("host", "10.0.0.1:3000");
    for language in ["en", "de"] {
        let answer = mia.with("accept-language", language).sign_in("mia", crate::harness::PASSWORD).await;
        assert_eq!(answer.status(), 403);
        for named in ["https://groups.example", "10.0.0.1:3000", "--public-url", "MUSTER_PUBLIC_URL"] {
            assert!(answer.body.contains(named), "{named}: {}", answer.body);
        }
    }
    mia = mia.with("sec-fetch-site", "same-origin");
    assert_eq!(mia.sign_in("mia", crate::harness::PASSWORD).await.status(), 303, "the browser knows better");
});

both!(a_form_never_leads_to_another_site, async |t| {
    let lounge = group::LOUNGE.to_string();
    let mut mia = t.person("mia").await.with("referer", "https://evil.example/page");
    let answer = mia.post("/api/groups/join", &[("group", &lounge)]).await;
    assert!(!answer.location().contains("evil.example"), "{}", answer.location());
});
