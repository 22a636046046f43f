//! Signing in and out.

use crate::harness::{PASSWORD, Person, both};
use axum::http::Method;

both!(name_and_password_open_a_session, async |t| {
    let mut visitor = t.visitor();
    let answer = visitor.post("/login", &[("username", "Mia"), ("password", PASSWORD), ("next", "/groups/1")]).await;
    assert_eq!((answer.status(), answer.location()), (303, "/groups/1"));
    assert_eq!(visitor.get("/groups").await.status(), 200);
    let mut by_mail = t.visitor();
    assert_eq!(by_mail.sign_in("MIA@example.org", PASSWORD).await.location(), "/groups");
});

both!(every_failure_looks_the_same, async |t| {
    let failures = [("mia", "wrong password"), ("nobody", PASSWORD), ("nora", PASSWORD), ("noel", PASSWORD)];
    for (username, password) in failures {
        let mut visitor = t.visitor();
        let answer = visitor.sign_in(username, password).await;
        assert_eq!(answer.status(), 303, "{username}");
        assert_eq!(answer.location(), format!("/login?problem=wrong&username={username}"));
        assert_eq!(answer.header("set-cookie"), None);
        assert_eq!(visitor.get("/groups").await.status(), 303);
    }
    let answer = t.visitor().sign_in("mia", "").await;
    assert_eq!(answer.location(), "/login?problem=missing&username=mia");
});

both!(the_cookie_is_for_this_site_alone, async |t| {
    let answer = t.visitor().sign_in("mia", PASSWORD).await;
    let cookie = answer.header("set-cookie").expect("is set");
    assert!(cookie.starts_with("muster_session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"), "{cookie}");
});

both!(over_https_the_cookie_stays_there, &["--public-url", "https://muster.test"], async |t| {
    let answer = t.visitor().sign_in("mia", PASSWORD).await;
    let cookie = answer.header("set-cookie").expect("is set");
    assert!(cookie.starts_with("__Host-muster_session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    assert!(answer.header("strict-transport-security").is_some());
});

both!(signing_in_again_is_another_session, async |t| {
    let mut mia = t.person("mia").await;
    let before = mia.cookie().expect("has a cookie").to_owned();
    mia.sign_in("mia", PASSWORD).await;
    assert_ne!(mia.cookie(), Some(before.as_str()));
    assert_eq!(mia.get("/groups").await.status(), 200);
    assert_eq!(mia.with_cookie(&before).get("/groups").await.status(), 303, "the old one is no longer good");
});

both!(signing_out_ends_this_session_alone, async |t| {
    let mut here = t.person("mia").await;
    let mut elsewhere = here.again("mia").await;
    let cookie = here.cookie().expect("has a cookie").to_owned();
    let answer = here.post("/logout", &[]).await;
    assert_eq!((answer.status(), answer.location()), (303, "/login"));
    assert_eq!(here.cookie(), None, "the browser forgets");
    assert_eq!(here.with_cookie(&cookie).get("/groups").await.status(), 303, "and so does Muster");
    assert_eq!(elsewhere.get("/groups").await.status(), 200);
});

both!(signing_out_everywhere_ends_all, async |t| {
    let mut here = t.person("mia").await;
    let mut elsewhere = here.again("mia").await;
    let mut somebody_else = t.person("sam").await;
    here.post("/logout/everywhere", &[]).await;
    assert_eq!(elsewhere.get("/groups").await.status(), 303);
    assert_eq!(somebody_else.get("/groups").await.status(), 200);
});

both!(a_session_lasts_as_long_as_it_is_used, async |t| {
    const DAY: i64 = 24 * 60 * 60;
    let mut mia = t.person("mia").await;
    t.clock.advance_seconds(60);
    assert_eq!(mia.get("/groups").await.header("set-cookie"), None, "not at every request");
    for _ in 0..3 {
        t.clock.advance_seconds(29 * DAY);
        let answer = mia.get("/groups").await;
        assert_eq!(answer.status(), 200);
        assert!(answer.header("set-cookie").is_some(), "the cookie is prolonged too");
    }
    t.clock.advance_seconds(30 * DAY);
    assert_eq!(mia.get("/groups").await.location(), "/login?next=%2Fgroups");
});

both!(guessing_is_slowed_down_per_account, async |t| {
    let mut visitor = t.visitor();
    for _ in 0..5 {
        assert!(visitor.sign_in("mia", "a guess").await.location().contains("problem=wrong"));
    }
    for name in ["mia", "MIA"] {
        assert!(visitor.sign_in(name, PASSWORD).await.location().contains("problem=slow"), "even with the right one");
    }
    let answer = visitor.fetch(Method::POST, "/login", &[("username", "mia"), ("password", "a guess")]).await;
    assert_eq!((answer.status(), answer.header("retry-after")), (429, Some("30")));
    assert_eq!(visitor.sign_in("sam", PASSWORD).await.location(), "/groups", "others are not held up");
    let mut later = t.visitor();
    t.clock.advance_seconds(30);
    assert_eq!(later.sign_in("mia", PASSWORD).await.location(), "/groups");
});

both!(processes_count_guesses_together, async |t| {
    let other = t.another(&[]).await;
    let (mut here, mut there) = (t.visitor(), other.visitor());
    for _ in 0..2 {
        assert!(here.sign_in("mia", "a guess").await.location().contains("problem=wrong"));
        assert!(there.sign_in("mia", "a guess").await.location().contains("problem=wrong"));
    }
    assert!(here.sign_in("mia", "a guess").await.location().contains("problem=wrong"));
    assert!(there.sign_in("mia", PASSWORD).await.location().contains("problem=slow"), "the sixth, wherever it is made");
    t.clock.advance_seconds(30);
    assert_eq!(there.sign_in("mia", PASSWORD).await.location(), "/groups");
    for _ in 0..5 {
        let answer = t.visitor().sign_in("mia", "a guess").await;
        assert!(answer.location().contains("problem=wrong"), "who knew the password was not guessing");
    }
});

both!(guessing_is_slowed_down_per_address, &["--trusted-proxies", "1"], async |t| {
    let mut guesser = t.visitor().with("x-forwarded-for", "6.6.6.6, 192.0.2.1");
    for n in 0..30 {
        let answer = guesser.sign_in(&format!("user{n}"), "").await;
        assert!(answer.location().contains("problem=missing"), "an empty form is no attempt");
    }
    for n in 0..30 {
        assert!(guesser.sign_in(&format!("user{}", n / 5), "a guess").await.location().contains("problem=wrong"));
    }
    assert!(guesser.sign_in("sam", PASSWORD).await.location().contains("problem=slow"));
    let mut elsewhere = t.visitor().with("x-forwarded-for", "6.6.6.6, 192.0.2.2");
    assert_eq!(elsewhere.sign_in("sam", PASSWORD).await.location(), "/groups");
});

both!(every_spelling_of_a_name_is_one_account, async |t| {
    let mut visitor = t.visitor();
    let spellings = ["mia", "MIA", "\u{ff4d}\u{ff49}\u{ff41}", "mia@example.org", " Mia@EXAMPLE.org "];
    for name in spellings {
        assert_eq!(
            visitor.fetch(Method::POST, "/login", &[("username", name), ("password", "a guess")]).await.status(),
            401
        );
    }
    for name in spellings {
        let answer = visitor.fetch(Method::POST, "/login", &[("username", name), ("password", PASSWORD)]).await;
        assert_eq!(answer.status(), 429, "{name}");
    }
    // A name that no account has is limited in the same way.
    let strangers = ["stra\u{df}e", "STRASSE", "\u{ff53}trasse", "Strasse", "strasse "];
    for name in strangers {
        assert_eq!(
            visitor.fetch(Method::POST, "/login", &[("username", name), ("password", "a guess")]).await.status(),
            401
        );
    }
    for name in strangers {
        assert_eq!(
            visitor.fetch(Method::POST, "/login", &[("username", name), ("password", "a guess")]).await.status(),
            429
        );
    }
});

/// The same person at another place.
fn at<'a>(person: &Person<'a>, address: u8) -> Person<'a> {
    person.with("x-forwarded-for", &format!("192.0.2.{address}"))
}

both!(nobody_keeps_the_owner_out_of_a_browser_they_know, &["--trusted-proxies", "1"], async |t| {
    let mut owner = at(&t.visitor(), 200);
    assert_eq!(owner.sign_in("root", PASSWORD).await.location(), "/groups");
    owner.post("/logout", &[]).await;
    let known = owner.device().expect("is known from now on").to_owned();
    let mut other = at(&t.visitor(), 201);
    assert_eq!(other.sign_in("mia", PASSWORD).await.location(), "/groups");
    let foreign = other.device().expect("is known to another account").to_owned();
    // From one address, the owner's own neighbours, and then from everywhere.
    for name in ["root", "root@example.org", "ROOT"] {
        for _ in 0..3 {
            at(&t.visitor(), 200).sign_in(name, "a guess").await;
        }
    }
    let mut elsewhere = at(&t.visitor(), 210);
    assert_eq!(elsewhere.sign_in("root", PASSWORD).await.location(), "/groups", "five failures are of one address");
    for guess in 0..60_u8 {
        at(&t.visitor(), guess).sign_in("root", "a guess").await;
    }
    let forged = "muster_device=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for device in [foreign.as_str(), forged, "muster_device=nonsense"] {
        let mut stranger = at(&t.visitor(), 220).with_device(device);
        assert!(stranger.sign_in("root", PASSWORD).await.location().contains("problem=slow"), "{device}");
    }
    // The owner comes in by name and by address, and their browser is known by another cookie each time.
    let mut back = at(&t.visitor(), 200).with_device(&known);
    assert_eq!(back.sign_in("root@example.org", PASSWORD).await.location(), "/groups");
    let mut stolen = at(&t.visitor(), 221).with_device(&known);
    assert!(
        stolen.sign_in("root", PASSWORD).await.location().contains("problem=slow"),
        "the old cookie is worth nothing"
    );
    // A browser that is known guesses no faster than another.
    let mut guesser = back.with_device(back.device().expect("has a new one"));
    for _ in 0..5 {
        assert!(guesser.sign_in("root", "a guess").await.location().contains("problem=wrong"));
    }
    assert!(guesser.sign_in("root", PASSWORD).await.location().contains("problem=slow"));
});

both!(an_attempt_that_is_refused_counts_nowhere, &["--trusted-proxies", "1"], async |t| {
    let guess = [("username", "root"), ("password", "a guess")];
    let mut one = at(&t.visitor(), 1);
    for _ in 0..5 {
        assert!(one.sign_in("root", "a guess").await.location().contains("problem=wrong"));
    }
    for _ in 0..40 {
        assert_eq!(one.fetch(Method::POST, "/login", &guess).await.status(), 429);
    }
    assert_eq!(one.sign_in("mia", PASSWORD).await.location(), "/groups", "five were made from this address");
    // The account itself is tried as often as it may be, from everywhere.
    for address in 100..150 {
        at(&t.visitor(), address).sign_in("root", "a guess").await;
    }
    let mut two = at(&t.visitor(), 2);
    for _ in 0..40 {
        assert_eq!(two.fetch(Method::POST, "/login", &guess).await.status(), 429);
    }
    assert_eq!(at(&two, 2).sign_in("mia", PASSWORD).await.location(), "/groups", "none was made from this address");
    // Whoever waits as long as they are told may try again, and is told no longer than that.
    let refused = two.fetch(Method::POST, "/login", &guess).await;
    let wait: i64 = refused.header("retry-after").and_then(|value| value.parse().ok()).expect("says when");
    assert!((1..=30).contains(&wait), "{wait}");
    t.clock.advance_seconds(wait);
    assert_eq!(two.sign_in("root", PASSWORD).await.location(), "/groups");
});

both!(
    more_at_once_than_passwords_can_be_compared_are_told_when_to_come_again,
    &["--trusted-proxies", "1"],
    async |t| {
        let many = 40 * std::thread::available_parallelism().map_or(1, usize::from);
        let attempts = (0..many).map(|number| async move {
            let address = format!("192.0.{}.{}", number / 200, number % 200);
            let mut visitor = t.visitor().with("x-forwarded-for", &address);
            let name = format!("stranger{number}");
            let form = [("username", name.as_str()), ("password", "a guess")];
            let answer = visitor.fetch(Method::POST, "/login", &form).await;
            (answer.status(), answer.header("retry-after").map(str::to_owned))
        });
        let answers = futures::future::join_all(attempts).await;
        let crowded: Vec<_> = answers.iter().filter(|(status, _)| *status == 429).collect();
        assert!(!crowded.is_empty() && crowded.len() < many, "{answers:?}");
        assert!(crowded.iter().all(|(_, wait)| wait.as_deref() == Some("1")), "{answers:?}");
        assert!(answers.iter().all(|(status, _)| [401, 429].contains(status)), "{answers:?}");
        assert_eq!(t.visitor().sign_in("mia", PASSWORD).await.location(), "/groups", "a moment later there is room");
    }
);

both!(the_owner_is_told_of_failures_now_and_then, &["--trusted-proxies", "1"], async |t| {
    let mut owner = t.person("mia").await;
    let guess = async |address: &str| {
        t.visitor().with("x-forwarded-for", address).sign_in("mia", "a guess").await;
    };
    let mut head = t.store().watch();
    for _ in 0..5 {
        guess("203.0.113.7").await;
    }
    head.wait_for(|seq| *seq >= domain::Seq(1)).await.expect("is told");
    for address in 1..=5 {
        guess(&format!("203.0.113.{address}")).await;
    }
    head.wait_for(|seq| *seq >= domain::Seq(2)).await.expect("is told again");
    let page = owner.get("/notifications").await;
    assert!(page.body.contains("10 sign-ins to the account failed since"), "{}", page.body);
    assert!(page.body.contains("from 203.0.113.5 and elsewhere."), "{}", page.body);
    assert!(!page.body.contains(">5 sign-ins to the account failed"), "the newest tells all of it");
});

both!(a_clock_that_was_ahead_keeps_nobody_out, async |t| {
    const DAY: i64 = 24 * 60 * 60;
    let mut visitor = t.visitor();
    t.clock.advance_seconds(DAY);
    for _ in 0..6 {
        visitor.sign_in("mia", "a guess").await;
    }
    t.clock.advance_seconds(-DAY);
    assert_eq!(visitor.sign_in("mia", PASSWORD).await.location(), "/groups");
});

both!(a_session_ends_however_much_it_is_used, &["--session-days", "2"], async |t| {
    const HOUR: i64 = 60 * 60;
    let mut mia = t.person("mia").await;
    for _ in 0..47 {
        t.clock.advance_seconds(HOUR);
        assert_eq!(mia.get("/groups").await.status(), 200);
    }
    t.clock.advance_seconds(HOUR);
    assert_eq!(mia.get("/groups").await.location(), "/login?next=%2Fgroups");
});

both!(an_address_that_was_typed_stands_in_no_address, async |t| {
    for name in ["mia@example.org", "\u{ff4d}ia\u{ff20}example.org"] {
        let answer = t.visitor().sign_in(name, "a guess").await;
        assert_eq!((answer.status(), answer.header("location")), (200, None));
        assert!(answer.body.contains("No account has this name and password together"), "{}", answer.body);
        assert!(answer.body.contains(&format!("value=\"{name}\"")), "what was typed is there again");
    }
});

both!(a_password_is_one_in_every_spelling, async |t| {
    const COMPOSED: &str = "Schl\u{fc}ssel-Bl\u{fc}te";
    const DECOMPOSED: &str = "Schlu\u{308}ssel-Blu\u{308}te";
    for (old, new) in [(PASSWORD, COMPOSED), (DECOMPOSED, DECOMPOSED)] {
        let mut mia = t.visitor();
        assert_eq!(mia.sign_in("mia", old).await.location(), "/groups");
        let form = [("old", old), ("new", new), ("again", new)];
        assert_eq!(mia.fetch(Method::POST, "/api/account/password", &form).await.status(), 200);
        for typed in [COMPOSED, DECOMPOSED] {
            assert_eq!(t.visitor().sign_in("mia", typed).await.location(), "/groups", "{new} {typed}");
        }
    }
});

both!(next_leads_to_pages_of_ours_alone, async |t| {
    let hostile = [
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example/groups",
        "javascript:alert(1)",
        "/\r\nset-cookie: a=b",
        "/\tevil",
        "/%0d%0a/../login\r\n",
        "",
        "/logout",
    ];
    for next in hostile {
        let mut visitor = t.visitor();
        let answer = visitor.post("/login", &[("username", "mia"), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((answer.status(), answer.location()), (303, "/groups"), "{next:?}");
        let answer = visitor.post("/login", &[("username", "mia"), ("password", "wrong"), ("next", next)]).await;
        assert_eq!(answer.location(), "/login?problem=wrong&username=mia", "{next:?}");
    }
});

both!(whoever_is_signed_in_needs_no_sign_in, async |t| {
    let mut mia = t.person("mia").await;
    for path in ["/", "/login", "/login?next=//evil.example", "/register"] {
        assert_eq!(mia.get(path).await.location(), "/groups");
    }
    let answer = mia.get("/login?next=%2Frequests%3Fkind%3Dleave").await;
    assert_eq!(answer.location(), "/requests?kind=leave", "they signed in by another tab");
});

/// The place that the form of a sign-in page leads to.
fn next_of(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"next\" value=\"").expect("has the field");
    let (value, _) = rest.split_once('"').expect("ends");
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

both!(the_place_one_wanted_is_still_the_same_after_the_sign_in, async |t| {
    let places = [
        "/groups?search=%2541",
        "/groups?search=100%25&filter=open",
        "/groups?search=a%26b%3Dc%23d",
        "/groups?search=a%20b+c%2Bd",
        "/groups?search=%C3%A4%F0%9D%84%9E%E2%80%AE%22%3C%3E%27",
        "/groups?search=a\\b'c|d",
        "/groups?search=%&order=%zz",
        "/audit.csv?requestor=a%26b%20%2525",
    ];
    for place in places {
        let mut visitor = t.visitor();
        let asked = visitor.get(place).await;
        let mut page = visitor.get(asked.location()).await;
        for (password, leads_to_page) in [("wrong", true), (PASSWORD, false)] {
            let next = next_of(&page.body);
            assert_eq!(next, place);
            let form = [("username", "mia"), ("password", password), ("next", next.as_str())];
            let answer = visitor.post("/login", &form).await;
            if leads_to_page {
                page = visitor.get(answer.location()).await;
            } else {
                assert_eq!(answer.location(), place);
            }
        }
    }
    let umlaut = t.visitor().get("/groups?search=\u{e4}").await;
    assert_eq!(umlaut.location(), "/login?next=%2Fgroups%3Fsearch%3D%25C3%25A4", "as browsers would have written it");
});

both!(a_refusal_is_not_told_to_whom_it_is_no_longer_true_of, async |t| {
    let mut mia = t.person("mia").await;
    mia.post("/logout", &[]).await;
    let place = "/groups/1?search=%2541";
    let page = format!("http://muster.test{place}");
    let refused = mia.with("referer", &page).post("/api/groups/join", &[("group", "1")]).await;
    let told = refused.location().trim_start_matches("http://muster.test").to_owned();
    assert!(told.starts_with(place) && told.contains("__err="), "{told}");
    let sign_in = mia.get(&told).await;
    assert_eq!(sign_in.location(), "/login?next=%2Fgroups%2F1%3Fsearch%3D%252541");
    mia.sign_in("mia", PASSWORD).await;
    let stale = mia.get(&told).await;
    assert_eq!((stale.status(), stale.location()), (303, place));
    // An address that leads elsewhere is not gone on to.
    let elsewhere = mia.get(&format!("//evil.example{told}")).await;
    assert!(!elsewhere.location().contains("evil"), "{}", elsewhere.location());
    // What is still true is told.
    let refused = mia.with("referer", &page).post("/api/groups/join", &[("group", "1")]).await;
    let told = refused.location().trim_start_matches("http://muster.test").to_owned();
    assert!(told.contains("__err="), "{told}");
    let page = mia.get(&told).await;
    assert_eq!(page.status(), 200);
    assert!(page.body.contains("data-kind=\"problem\""), "{}", page.body);
});

both!(what_is_no_session_is_nobody, async |t| {
    for cookie in
        ["muster_session=", "muster_session=nonsense", "muster_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        let answer = t.visitor().with_cookie(cookie).get("/groups").await;
        assert_eq!((answer.status(), answer.location()), (303, "/login?next=%2Fgroups"), "{cookie}");
    }
});

both!(whoever_knows_the_password_uses_nothing_up, async |t| {
    for number in 0..45 {
        let answer = t.visitor().sign_in(if number % 2 == 0 { "mia" } else { "sam" }, PASSWORD).await;
        assert_eq!(answer.location(), "/groups", "{number}");
    }
    for number in 0..30 {
        let answer = t.visitor().sign_in(&format!("nobody{number}"), PASSWORD).await;
        assert!(answer.location().contains("problem=wrong"), "{number}: {}", answer.location());
    }
    let answer = t.visitor().sign_in("nobody99", PASSWORD).await;
    assert!(answer.location().contains("problem=slow"), "thirty have failed: {}", answer.location());
});

both!(no_refused_form_leads_to_an_address_that_is_too_long, async |t| {
    let long = "a".repeat(60_000);
    for (path, fields) in [
        ("/login", vec![("username", long.as_str()), ("password", "wrong password")]),
        ("/login", vec![("username", "mia"), ("password", "wrong password"), ("next", long.as_str())]),
        ("/register", vec![("username", long.as_str()), ("password", PASSWORD), ("password_again", PASSWORD)]),
    ] {
        let answer = t.visitor().post(path, &fields).await;
        let place = answer.header("location").unwrap_or_default();
        assert!(place.len() <= 2_000, "{path}: {} bytes", place.len());
        assert!(!place.is_empty() || answer.status() == 200, "{path}: the page is the answer itself");
        if place.is_empty() && path == "/login" {
            assert!(answer.body.contains(&long), "{path}: what was typed is not lost");
        }
    }
});
