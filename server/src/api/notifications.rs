//! The caller's notifications.

use super::{
    call::{Call, list},
    input::{Body, Claim, Page, Query, body, query},
    problem::{Answer, Problem, done, flaw},
    shape::Notification,
};
use app::backend::{Backend, Reads};
use domain::{Flaw, NotificationId, NotificationQuery, Notifications};
use serde_json::{Value, json};

query! {
    /// Which notifications.
    Which {
        /// Only those that are not read yet.
        unread: Claim = false,
    }
}

body! {
    /// Which notifications are read: some, or all.
    Read with some_or_all {
        /// These.
        optional ids: Vec<NotificationId>,
        /// All there are.
        optional all: bool,
    }
}

/// Either some are named, or all are meant.
fn some_or_all(schema: &mut Value) {
    let some =
        json!({ "required": ["ids"], "properties": { "ids": { "type": "array" }, "all": { "enum": [false, null] } } });
    let all = json!({ "required": ["all"], "properties": { "ids": { "type": "null" }, "all": { "const": true } } });
    schema["oneOf"] = json!([some, all]);
}

pub(super) async fn index(call: Call, Query(asked): Query<Which>, page: Page) -> Answer {
    let unread = asked.unread.is_some_and(|Claim(unread)| unread);
    let query = NotificationQuery { unread, cursor: page.cursor.clone(), limit: page.limit };
    list(&page, &call.backend().notifications(&query).await?, Notification::of)
}

pub(super) async fn read(call: Call, Body(read): Body<Read>) -> Answer {
    let which = match (read.ids, read.all.unwrap_or(false)) {
        (None, true) => Notifications::All,
        (Some(ids), false) => Notifications::These(ids),
        (Some(_), true) => return Err(Problem::field("all", flaw(Flaw::Mismatch))),
        (None, false) => return Err(Problem::field("ids", flaw(Flaw::Missing))),
    };
    call.backend().mark_read(which).await?;
    done()
}
