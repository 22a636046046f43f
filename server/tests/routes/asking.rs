//! Asking and taking it back, again and again: by pages, by plain forms and by programs.

use crate::{
    api::program::acting_as,
    harness::{START, both, group},
};
use app::error::AppError;
use axum::http::Method;
use domain::{Command, Facts, Outcome, Receipt, SettingsChange, UserId};
use serde_json::json;
use store::{CallerId, Order};

both!(who_takes_it_back_too_often_is_told_when_to_ask_again, async |t| {
    let pilots = group::PILOTS.to_string();
    let mut sam = t.person("sam").await;
    for _ in 0..Facts::WITHDRAWALS {
        let asked: Receipt = sam.fetch(Method::POST, "/api/groups/join", &[("group", &pilots)]).await.json();
        let Outcome::Requested(request) = asked.outcome else { panic!("{asked:?}") };
        let taken = sam.fetch(Method::POST, "/api/requests/withdraw", &[("request", &request.to_string())]).await;
        assert_eq!(taken.status(), 200, "{}", taken.body);
    }
    let refused = sam.fetch(Method::POST, "/api/groups/join", &[("group", &pilots)]).await;
    assert_eq!(refused.status(), 429, "{}", refused.body);
    let AppError::Slow { retry_after } = refused.json() else { panic!("{}", refused.body) };
    assert_eq!(retry_after, 3600);
    assert_eq!(refused.header("retry-after"), Some(retry_after.to_string().as_str()));
    let mut plain = sam.with("referer", "http://muster.test/groups/1");
    let back = plain.post("/api/groups/join", &[("group", &pilots)]).await;
    assert!(back.status() == 302 && back.location().contains("__err"), "{} {}", back.status(), back.location());
    let page = plain.get(back.location().trim_start_matches("http://muster.test")).await;
    assert!(page.body.contains("That was too often in a short time."), "the page says so");
    let program = acting_as(t, "sam").await;
    let told = program.post(&format!("/groups/{pilots}/join"), &json!({})).await;
    assert_eq!((told.status, told.code().as_str()), (429, "slow_down"));
    assert!(told.headers.contains_key("retry-after"));
    // Another group is another matter, and an hour is enough.
    let shut = sam.fetch(Method::POST, "/api/groups/join", &[("group", &group::LOUNGE.to_string())]).await;
    assert_eq!(shut.status(), 200);
    t.clock.advance_seconds(3600);
    let again = sam.fetch(Method::POST, "/api/groups/join", &[("group", &pilots)]).await;
    assert_eq!(again.status(), 200, "{}", again.body);
});

both!(a_program_is_told_reason_and_comment, async |t| {
    let change = SettingsChange { requests_notification: Some(true), ..SettingsChange::default() };
    let order = Order::new(CallerId::User(UserId(1)), Command::ChangeSettings(change), START);
    t.store().execute(order).await.expect("is allowed");
    let mut sam = t.person("sam").await;
    let form = [("group", group::PILOTS.to_string()), ("reason", "I fly".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let asked: Receipt = sam.fetch(Method::POST, "/api/groups/join", &form).await.json();
    let Outcome::Requested(request) = asked.outcome else { panic!("{asked:?}") };
    let mut lea = t.person("lea").await;
    let form = [("request", request.to_string()), ("comment", "welcome aboard".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(lea.fetch(Method::POST, "/api/requests/approve", &form).await.status(), 200);
    for (reader, read) in [("sam", false), ("lea", true)] {
        let program = acting_as(t, reader).await;
        let mut head = t.store().watch();
        head.wait_for(|seq| seq.0 >= 3).await.expect("the store is open");
        let list = program.get("/notifications").await.json();
        let told = &list["items"][0];
        assert_eq!(
            (told["reason"].as_str(), told["comment"].as_str()),
            (Some("I fly"), Some("welcome aboard")),
            "{list}"
        );
        assert_eq!(told["read_at"].is_null(), !read, "{reader}: {list}");
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
        let page = t.person(reader).await.get("/notifications").await.body;
        assert!(page.contains("I fly") && page.contains("welcome aboard"), "{reader}");
    }
});
