//! In which language a page comes.

use crate::harness::both;

fn language_of(page: &str) -> &str {
    let tag = page.split_once("<html lang=\"").expect("names its language").1;
    tag.split('"').next().unwrap_or_default()
}

both!(visitors_are_spoken_to_as_their_browser_asks, async |t| {
    for (wish, language, sign_in) in [
        ("de-AT,de;q=0.9,en;q=0.5", "de", "Benutzername oder E-Mail"),
        ("en-GB,en;q=0.9,de;q=0.8", "en", "Username or e-mail"),
        ("nl,fr;q=0.5", "en", "Username or e-mail"),
    ] {
        let page = t.visitor().with("accept-language", wish).get("/login").await;
        assert_eq!(language_of(&page.body), language, "{wish}");
        assert!(page.body.contains(sign_in), "{wish}");
    }
    assert_eq!(language_of(&t.visitor().get("/login").await.body), "en");
});

both!(empty set_up_is_german_too, async |t| {
    let page = t.visitor().with("accept-language", "de").get("/setup").await;
    assert_eq!(language_of(&page.body), "de");
    assert!(page.body.contains("Muster einrichten"));
});

both!(the_choice_of_an_account_counts_more_than_the_browser, async |t| {
    let mut mia = t.person("mia").await.with("accept-language", "en");
    assert_eq!(language_of(&mia.get("/groups").await.body), "en");
    let chosen = mia.post("/api/account/language", &[("language", "de")]).await;
    assert_eq!(chosen.status(), 302, "a plain form leads back to its page");
    for path in ["/groups", "/groups/1", "/nowhere"] {
        let page = mia.get(path).await;
        assert_eq!(language_of(&page.body), "de", "{path}");
        assert!(page.body.contains("Gruppen") && !page.body.contains("Sign out"), "{path}");
    }
    assert_eq!(language_of(&t.person("lea").await.get("/groups").await.body), "en", "nobody else is asked");
});
