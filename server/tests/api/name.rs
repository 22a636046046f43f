//! Names and texts as programs write them (R16).

use super::program::{acting_as, id_of};
use crate::harness::both;
use serde_json::json;

both!(what_cannot_stand_in_a_name_is_named, async |t| {
    let root = acting_as(t, "root").await;
    for (username, said) in [
        ("\u{3164}", "username holds nothing that can be seen."),
        ("\u{2800}\u{200d}", "username holds nothing that can be seen."),
        ("a\u{7}", "username holds U+0007, a control character."),
        ("a\u{e000}", "username holds U+E000, a private-use character."),
        ("\u{301}a", "username holds U+0301, a mark without a letter."),
        ("two words", "username holds U+0020, a space."),
        ("a\u{2028}b", "username holds U+2028, a line break."),
        ("a\u{378}b", "username holds U+0378, which is no character of Unicode."),
    ] {
        let told = root.post("/users", &json!({ "username": username })).await;
        assert_eq!((told.status, told.code().as_str()), (422, "invalid"), "{}", username.escape_unicode());
        let error = &told.json()["errors"][0];
        assert_eq!((error["field"].as_str(), error["detail"].as_str()), (Some("username"), Some(said)));
    }
    let told = root.get("/users?q=%07").await.json();
    assert_eq!(told["errors"][0]["detail"], "q holds U+0007, a control character.");
});

both!(what_is_not_seen_makes_no_other_name, async |t| {
    let root = acting_as(t, "root").await;
    let told = root.post("/reserved-names", &json!({ "name": "Admins", "reason": "ours" })).await;
    assert_eq!(told.status, 201, "{}", told.text);
    assert_eq!(root.post("/groups", &json!({ "name": "Ad\u{ad}mins" })).await.code(), "name_reserved");
    let told = root.post("/users", &json!({ "username": "me\u{200b}\u{202e}l" })).await;
    assert_eq!((told.status, told.json()["username"].as_str()), (201, Some("mel")), "{}", told.text);
    assert_eq!(root.post("/users", &json!({ "username": "M\u{34f}EL" })).await.code(), "name_taken");
    assert_eq!(id_of(t, "m\u{2060}el").await, id_of(t, "mel").await);
});

both!(joiners_stay_in_what_people_write, async |t| {
    let root = acting_as(t, "root").await;
    let text = "🏴\u{200d}☠\u{fe0f} می\u{200c}خواهم";
    let typed = format!("{text}\u{200b}\r\nand\u{ad} more");
    let told = root.post("/groups", &json!({ "name": format!("Pirates {text}"), "description": typed })).await;
    assert_eq!(told.status, 201, "{}", told.text);
    let group = told.json();
    assert_eq!(group["name"], format!("Pirates {text}"));
    assert_eq!(group["description"], format!("{text}\nand more"));
    let told = root.post("/groups", &json!({ "name": "Bell", "description": "a\u{1b}b" })).await;
    assert_eq!(told.json()["errors"][0]["detail"], "description holds U+001B, a control character.");
});

both!(lists_are_searched_and_stand_as_people_read_them, async |t| {
    let root = acting_as(t, "root").await;
    for name in ["Zebra", "Äpfel", "Apfelx", "Zoë Łukasz"] {
        let told = root.post("/groups", &json!({ "name": name, "internal": false, "hidden": false })).await;
        assert_eq!(told.status, 201, "{}", told.text);
    }
    let names = async |path: &str| {
        let told = root.get(path).await.json();
        let items = told["items"].as_array().expect("a list").clone();
        items.iter().map(|item| item["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("/groups?view=all&q=apfel").await, ["Äpfel", "Apfelx"]);
    assert_eq!(names("/groups?view=all&q=lukasz%20zoe").await, ["Zoë Łukasz"]);
    assert_eq!(names("/groups?view=all&q=%C3%84PFEL").await, ["Äpfel", "Apfelx"]);
    for (name, reason) in [("Ölberg", "a"), ("Otter", "b"), ("Oase", "c")] {
        let told = root.post("/reserved-names", &json!({ "name": name, "reason": reason })).await;
        assert_eq!(told.status, 201, "{}", told.text);
    }
    assert_eq!(names("/reserved-names").await, ["Oase", "Ölberg", "Otter"]);
});
