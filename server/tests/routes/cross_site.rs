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

both!(a_public_url_is_an_origin_of_ours, &["--public-url", "https://groups.example"], async |t| {
    let lounge = group::LOUNGE.to_string();
    let mut mia = t.person("mia").await.with("origin", "https://groups.example");
    let answer = mia.fetch(Method::POST, "/api/groups/join", &[("group", &lounge)]).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
});

both!(a_form_never_leads_to_another_site, async |t| {
    let lounge = group::LOUNGE.to_string();
    let mut mia = t.person("mia").await.with("referer", "https://evil.example/page");
    let answer = mia.post("/api/groups/join", &[("group", &lounge)]).await;
    assert!(!answer.location().contains("evil.example"), "{}", answer.location());
});
