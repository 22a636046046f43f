//! Forms and addresses of the notifications.

use super::{Reading, given};
use crate::error::AppError;
use domain::{NotificationQuery, Notifications};
use serde::{Deserialize, Serialize};

/// To mark notifications as read: one, or all where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkReadForm {
    /// The id of the notification; empty for all.
    pub notification: String,
}

impl MarkReadForm {
    /// Which are meant.
    pub fn parse(&self) -> Result<Notifications, AppError> {
        if self.notification.is_empty() {
            return Ok(Notifications::All);
        }
        let mut reading = Reading::default();
        let id = reading.id("notification", &self.notification);
        reading.finish(id.map(|id| Notifications::These(vec![id])))
    }
}

/// The address of the notifications. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationsAddress {
    /// `unread` for only those.
    pub show: String,
    /// Where to go on.
    pub cursor: String,
}

impl NotificationsAddress {
    /// Whether only those that are not read yet are asked for.
    #[must_use]
    pub fn only_unread(&self) -> bool {
        self.show == "unread"
    }

    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> NotificationQuery {
        NotificationQuery { unread: self.only_unread(), cursor: given(&self.cursor), ..NotificationQuery::default() }
    }
}
