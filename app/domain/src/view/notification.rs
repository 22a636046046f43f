//! The list behind the bell.

use crate::{NotificationId, PageSize, RecordedEvent, Timestamp, notice::Subject};
use serde::{Deserialize, Serialize};

/// A notification: how a matter that concerns the viewer stands (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationRow {
    /// The notification.
    pub id: NotificationId,
    /// What it is about, as its reader sees it.
    pub subject: Subject,
    /// The last event in it. Where that settled a request, its reason is the request's.
    pub logged: RecordedEvent,
    /// When it was read; `None` while it is not.
    pub read_at: Option<Timestamp>,
}

/// What a list of notifications was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NotificationQuery {
    /// Only those that are not read yet.
    pub unread: bool,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// Which notifications are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notifications {
    /// All of one's own.
    All,
    /// Those of one's own among these.
    These(Vec<NotificationId>),
}
