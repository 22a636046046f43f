//! A live feed as a page reads it.

use axum::body::Body;
use domain::Frame;
use http_body_util::BodyExt;
use std::time::Duration;

/// Nothing a test waits for takes this long.
const PATIENCE: Duration = Duration::from_secs(5);

/// One message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    pub event: String,
    pub id: Option<String>,
    pub data: String,
}

impl Message {
    /// What it says; `None` for a beat.
    pub fn frame(&self) -> Option<Frame> {
        (self.event.is_empty()).then(|| serde_json::from_str(&self.data).expect("is a frame"))
    }
}

/// An open feed.
pub struct Stream {
    body: Body,
    text: String,
}

impl Stream {
    pub(super) const fn new(body: Body) -> Self {
        Self { body, text: String::new() }
    }

    /// The next message, a beat too; `None` where the stream has ended.
    pub async fn message(&mut self) -> Option<Message> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let message: String = self.text.drain(..end + 2).collect();
                return Some(parsed(message.trim_end()));
            }
            let part = tokio::time::timeout(PATIENCE, self.body.frame()).await.expect("something comes")?;
            let part = part.expect("the stream is whole").into_data().expect("there are no trailers");
            self.text.push_str(std::str::from_utf8(&part).expect("is text"));
        }
    }

    /// The next message that is no beat.
    pub async fn news(&mut self) -> Message {
        loop {
            let message = self.message().await.expect("the stream goes on");
            if message.event.is_empty() {
                return message;
            }
        }
    }

    /// What the next message that is no beat says.
    pub async fn frame(&mut self) -> Frame {
        self.news().await.frame().expect("is no beat")
    }
}

fn parsed(text: &str) -> Message {
    let mut message = Message::default();
    for line in text.lines() {
        match line.split_once(": ") {
            Some(("event", event)) => event.clone_into(&mut message.event),
            Some(("id", id)) => message.id = Some(id.to_owned()),
            Some(("data", data)) => message.data.push_str(data),
            Some(_) | None => panic!("{line} is no field"),
        }
    }
    message
}
