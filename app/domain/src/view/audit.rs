//! Audit logs.

use crate::{EventAction, EventType, GroupId, GroupRef, Listing, PageSize, RecordedEvent, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What the audit log was asked for. Of one group where one is named; else of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Only rows about this group.
    pub group: Option<GroupId>,
    /// Only rows filed under this type.
    pub kind: Option<EventType>,
    /// Only rows filed under this action.
    pub action: Option<EventAction>,
    /// Only rows about what was asked by, or done to, this user.
    pub requestor: Option<UserId>,
    /// Only rows about what this user did.
    pub actor: Option<UserId>,
    /// Only rows from this moment on.
    pub from: Option<Timestamp>,
    /// Only rows before this moment.
    pub to: Option<Timestamp>,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

impl AuditQuery {
    /// Whether a row passes the filters.
    #[must_use]
    pub fn admits(&self, row: &RecordedEvent) -> bool {
        let (kind, action) = row.event.what.filed_as();
        let group = row.event.group.as_ref().map(|group| group.id);
        let requestor = row.event.subject.as_ref().map(|subject| subject.id);
        let actor = row.actor.as_ref().map(|actor| actor.id);
        self.group.is_none_or(|only| group == Some(only))
            && self.kind.is_none_or(|only| kind == only)
            && self.action.is_none_or(|only| action == only)
            && self.requestor.is_none_or(|only| requestor == Some(only))
            && self.actor.is_none_or(|only| actor == Some(only))
            && self.from.is_none_or(|from| row.at >= from)
            && self.to.is_none_or(|to| row.at < to)
    }
}

/// A page of the audit log: of one group, or of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Of which group, if of one.
    pub group: Option<GroupRef>,
    /// What it was asked for.
    pub query: AuditQuery,
    /// The rows, newest first.
    pub listing: Listing<RecordedEvent>,
}
