//! What the browser loads.

use crate::harness::both;

both!(the_icons_are_found_where_the_page_says, async |t| {
    let mut visitor = t.visitor();
    let page = visitor.get("/login").await.body;
    let start = page.find("/pkg/icons.").expect("the page names the sprite");
    let path = page[start..].split(['"', '#']).next().expect("the name ends").to_owned();
    let answer = visitor.get(&path).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, Some("image/svg+xml")));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(answer.body.starts_with("<svg"), "{}", answer.body);
    let etag = answer.header("etag").expect("has a tag").to_owned();
    assert_eq!(visitor.with("if-none-match", &etag).get(&path).await.status(), 304);
});

both!(only_files_of_the_build_are_served, async |t| {
    for path in ["/pkg/nothing.js", "/pkg/..%2fassets.json", "/pkg/%2e%2e/%2e%2e/Cargo.toml", "/pkg/../../Cargo.toml"] {
        let answer = t.visitor().get(path).await;
        assert!(matches!(answer.status(), 404 | 303), "{path}: {}", answer.status());
        assert!(!answer.body.contains("[workspace]"));
    }
});
