//! What no browser sends, to every place that takes anything.

use crate::{
    endpoints::{fields, posts, reads},
    harness::{Person, TestServer, both},
};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

const FORM: &str = "application/x-www-form-urlencoded";

/// The status and the words that bytes are answered with, in the name of whoever holds the cookie.
async fn answer(t: &TestServer, cookie: Option<&str>, path: &str, kind: Option<&str>, body: &[u8]) -> (u16, String) {
    let mut request = Request::post(path).header(header::HOST, "muster.test").header(header::ACCEPT, "text/html");
    for (name, value) in [(header::COOKIE, cookie), (header::CONTENT_TYPE, kind)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let request = request.body(Body::from(body.to_vec())).expect("is a request");
    let response = t.router().oneshot(request).await.expect("a router does not fail");
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.expect("is whole").to_bytes();
    (status, String::from_utf8_lossy(&body).into_owned())
}

both!(bytes_that_are_no_text_and_bodies_that_are_no_forms_are_refused_everywhere, async |t| {
    let root = t.person("root").await;
    let posts = posts();
    assert!(posts.len() > 40, "{posts:?}");
    for cookie in [None, root.cookie()] {
        for path in &posts {
            for bytes in [&b"group=\xff"[..], b"group=%ff", b"\xc3\x28=1", b"group=%C3%28&x=1", b"%ED%A0%80=1"] {
                let (status, words) = answer(t, cookie, path, Some(FORM), bytes).await;
                assert!(status == 400 && words.contains("UTF-8"), "{path} {bytes:?}: {status} {words}");
            }
            for kind in [
                None,
                Some("text/plain"),
                Some("text/plain; charset=utf-8"),
                Some("multipart/form-data; boundary=x"),
                Some("application/json"),
                Some("application/octet-stream"),
            ] {
                let (status, words) = answer(t, cookie, path, kind, b"group=1&x=").await;
                assert!(status == 415 && words.contains(FORM), "{path} {kind:?}: {status} {words}");
            }
            let long = [b"x="[..].to_vec(), vec![b'x'; 70_000]].concat();
            let (status, words) = answer(t, cookie, path, Some(FORM), &long).await;
            assert!(status == 413 && words.contains("too long"), "{path}: {status} {words}");
        }
    }
    let mut root = root;
    for path in reads() {
        for query in ["x=%ff", "%c3=1", "group=1&search=a%80"] {
            let answer = root.get(&format!("{path}?{query}")).await;
            assert!(answer.status() == 400 && answer.body.contains("UTF-8"), "{path}?{query}: {}", answer.status());
        }
    }
    for path in ["/groups/%ff", "/pkg/%c3", "/nonsense/%80", "/manage/%ff/audit.csv"] {
        assert_eq!(root.get(path).await.status(), 400, "{path}");
    }
});

both!(what_no_field_can_hold_is_no_fault, async |t| {
    let mut root = t.person("root").await;
    for (method, path, form) in fields() {
        for (turn, (name, _)) in form.iter().enumerate() {
            for odd in ["\0", "a\0b", "-1", "99999999999999999999", "%", "\u{10ffff}\u{202e}", "'; --", " "] {
                let mut form = form.clone();
                form[turn] = (*name, odd);
                let answer = root.fetch(method.clone(), path, &form).await;
                assert!(answer.status() < 500, "{method} {path} {form:?}: {} {}", answer.status(), answer.body);
            }
        }
    }
    for page in
        ["/join/%00", "/groups?search=%00&cursor=%00", "/admin/users?search=%00", "/nonsense/%00", "/live?x=%00"]
    {
        assert!(root.open(page).await.status().as_u16() < 500, "{page}");
    }
    let long = "x".repeat(15_000);
    for page in [format!("/{long}"), format!("/groups?search={long}"), format!("/join/{long}"), format!("/pkg/{long}")]
    {
        assert!(root.get(&page).await.status() < 500, "{}", &page[..20]);
    }
});

both!(the_place_of_a_live_page_is_a_number, async |t| {
    let mut mia = t.person("mia").await;
    for query in ["since=x", "since=", "since=1&since=2", "since=99999999999999999999"] {
        let answer = mia.with("accept-language", "de").get(&format!("/live?{query}")).await;
        assert_eq!(answer.status(), 400, "{query}");
        assert!(answer.body.starts_with("Die Adresse sagt since"), "{query}: {}", answer.body);
    }
    assert_eq!(t.visitor().get("/live?since=x").await.status(), 401);
    assert_eq!(mia.open("/live?since=1").await.status(), 200);
    mia = mia.with("accept", "application/json");
    assert_eq!(mia.get("/live?since=x").await.status(), 400);
});

/// Filters that are none.
const MISREAD: &[(&str, &str)] =
    &[("from=zzz", "from"), ("to=2026-02-30", "to"), ("kind=nonsense", "kind"), ("action=nonsense", "action")];

both!(a_file_is_no_more_than_was_asked_for, async |t| {
    let mut root = t.person("root").await;
    let refused = async |root: &mut Person<'_>, path: &str, name: &str| {
        let answer = root.get(path).await;
        assert_eq!(answer.status(), 422, "{path}");
        assert!(answer.body.contains(&format!("says {name} ")), "{path}: {}", answer.body);
        let told = root.with("accept", "*/*").get(path).await;
        assert_eq!(told.status(), 422, "{path}");
        assert!(told.body.contains(&format!("\"field\":\"{name}\"")), "{path}: {}", told.body);
    };
    for (query, name) in MISREAD {
        for file in ["/audit.csv", "/manage/1/audit.csv"] {
            refused(&mut root, &format!("{file}?{query}"), name).await;
        }
    }
    refused(&mut root, "/manage/1/members.csv?order=odd", "order").await;
    assert_eq!(
        root.get("/audit.csv?from=&kind=join&order=odd").await.status(),
        200,
        "what it does not ask for may stand"
    );
});

both!(a_page_says_which_filters_it_leaves_out, async |t| {
    let mut root = t.person("root").await;
    for (page, query) in [
        ("/audit", "from=zzz"),
        ("/manage/1/audit", "kind=nonsense"),
        ("/manage/1/members", "order=odd"),
        ("/groups", "filter=nonsense"),
        ("/requests", "group=Pilots"),
        ("/notifications", "show=nonsense"),
        ("/admin/groups", "hidden=maybe"),
        ("/admin/users", "state=Member"),
        ("/admin/invitations", "show=dead"),
    ] {
        let answer = root.get(&format!("{page}?{query}")).await;
        assert_eq!(answer.status(), 200, "{page}");
        assert!(answer.body.contains(&format!("asks for {query}, which is not understood")), "{page}: {}", answer.body);
        assert!(!root.get(page).await.body.contains("not understood"), "{page}");
    }
    let answer = root.get("/audit?from=zzz").await;
    assert!(answer.body.contains("name=\"from\" value=\"zzz\""), "it stands in its field: {}", answer.body);
    let answer = root.with("accept-language", "de").get("/groups?order=%3Cb%3E").await;
    assert!(answer.body.contains("verlangt order=&lt;b&gt;,"), "{}", answer.body);
});

both!(other_methods_are_told_so, async |t| {
    let root = t.person("root").await;
    let ask = async |method: Method, path: &str| {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "muster.test");
        let request = request.header(header::COOKIE, root.cookie().unwrap_or_default()).body(Body::empty());
        t.router().oneshot(request.expect("is a request")).await.expect("a router does not fail")
    };
    for path in
        ["/login", "/logout", "/groups", "/api/groups/join", "/api/groups/list", "/audit.csv", "/live", "/healthz"]
    {
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
            let status = ask(method.clone(), path).await.status();
            assert_eq!(status, 405, "{method} {path}");
        }
    }
    for path in ["/groups", "/audit.csv", "/healthz", "/robots.txt"] {
        let answer = ask(Method::HEAD, path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let body = answer.into_body().collect().await.expect("is whole").to_bytes();
        assert!(body.is_empty(), "{path}");
    }
});

both!(a_read_is_asked_for_its_head_as_for_itself, async |t| {
    let mut heads = 0;
    for name in ["lea", "sam"] {
        let (mut there, visitor) = (t.person(name).await, t.visitor());
        for path in reads() {
            if path == "/live" || path == "/" {
                continue;
            }
            for person in [&mut there, &mut visitor.clone()] {
                for accept in ["application/json", "text/html"] {
                    let person = &mut person.with("accept", accept);
                    let whole = person.fetch(Method::GET, &path, &[]).await;
                    let head = person.fetch(Method::HEAD, &path, &[]).await;
                    assert_eq!(head.status(), whole.status(), "{path}");
                    assert_eq!(head.header("content-type"), whole.header("content-type"), "{path}");
                    assert_eq!(head.body, "", "{path}");
                    heads += 1;
                }
            }
        }
    }
    assert!(heads > 100, "{heads}");
    let mut lea = t.person("lea").await;
    for path in posts() {
        for method in [Method::HEAD, Method::GET, Method::PUT] {
            if path == "/login" || path.starts_with("/reset") || path == "/register" || path == "/setup" {
                continue;
            }
            let answer = lea.fetch(method.clone(), &path, &[]).await;
            assert_eq!((answer.status(), answer.header("allow")), (405, Some("POST")), "{method} {path}");
            assert_eq!(answer.body, "", "{method} {path}");
        }
    }
});
