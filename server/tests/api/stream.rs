//! The live feed for programs.

use super::program::{Program, acting_as, revoke};
use crate::harness::both;
use axum::{body::Body, http::Method};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::time::Duration;

/// An open feed.
struct Feed {
    body: Body,
    text: String,
}

impl Feed {
    async fn of(program: &Program) -> Self {
        let response = program.open(Method::GET, "/events", Vec::new(), None).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body(), text: String::new() }
    }

    /// The next message that is no comment; `None` at the end.
    async fn message(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let message: String = self.text.drain(..end + 2).collect();
                if !message.starts_with(':') {
                    return Some(message);
                }
                continue;
            }
            let part =
                tokio::time::timeout(Duration::from_secs(5), self.body.frame()).await.expect("something comes")?;
            let part = part.expect("the stream is whole").into_data().expect("there are no trailers");
            self.text.push_str(std::str::from_utf8(&part).expect("is text"));
        }
    }

    /// The next event: its place and what it says.
    async fn event(&mut self) -> (i64, Value) {
        let message = self.message().await.expect("the stream goes on");
        let field = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).expect("has the field");
        (field("id: ").parse().expect("is a number"), serde_json::from_str(field("data: ")).expect("is JSON"))
    }

    /// Whether it ends within a second.
    async fn ends(mut self) -> bool {
        let ended = async { while self.message().await.is_some() {} };
        tokio::time::timeout(Duration::from_secs(1), ended).await.is_ok()
    }
}

both!(programs_follow_what_they_may_see, async |t| {
    let (sam, lea, nils) = (acting_as(t, "sam").await, acting_as(t, "lea").await, acting_as(t, "nils").await);
    let (mut of_sam, mut of_lea, mut of_nils) = (Feed::of(&sam).await, Feed::of(&lea).await, Feed::of(&nils).await);
    sam.post("/groups/1/join", &json!({ "reason": "I fly" })).await;
    nils.post("/groups/2/join", &json!({})).await;
    let (seq, row) = of_lea.event().await;
    assert_eq!((&row["type"], &row["action"], &row["reason"]), (&json!("join"), &json!("requested"), &json!("I fly")));
    assert_eq!(of_sam.event().await, (seq, row.clone()));
    let (_, own) = of_nils.event().await;
    assert_eq!(own["group"]["id"], 2, "of the request of another nothing is told");

    let mut resumed = Feed::of(&lea.with("last-event-id", &(seq - 1).to_string())).await;
    assert_eq!(resumed.event().await, (seq, row));
    let mut lost = Feed::of(&lea.with("last-event-id", "99999999")).await;
    let message = lost.message().await.expect("goes on");
    assert!(message.starts_with("event: reset\n"), "{message}");
});

both!(a_place_that_is_none_is_told_so, async |t| {
    let lea = acting_as(t, "lea").await;
    for id in ["nonsense", "", "1.5", "-1", "+1", "99999999999999999999"] {
        let message = Feed::of(&lea.with("last-event-id", id)).await.message().await.expect("goes on");
        assert!(message.starts_with("event: reset\n"), "{id:?}: {message}");
    }
    for since in ["nonsense", "", "1.5", "-1", "%2B1", "99999999999999999999", "1&since=2"] {
        let response = lea.open(Method::GET, &format!("/events?since={since}"), Vec::new(), None).await;
        assert_eq!(response.status(), 422, "{since:?}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
});

both!(a_stream_ends_with_its_token, async |t| {
    let (mia, again, root) = (acting_as(t, "mia").await, acting_as(t, "mia").await, acting_as(t, "root").await);
    let (stream, other) = (Feed::of(&mia).await, Feed::of(&again).await);
    revoke(t, &mia).await;
    assert!(stream.ends().await, "it is revoked");
    assert_eq!(root.call("PATCH", "/users/3", Some(&json!({ "is_active": false }))).await.status, 200);
    assert!(other.ends().await, "the account is inactive");
});
