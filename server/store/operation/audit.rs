//! The audit log. That of a group is refused with `Unseen` or `Denied(NotAManager)`, the whole one with
//! `Denied(StaffPermissionRequired)`.

use domain::{AuditPage, AuditQuery, GroupId, RecordedEvent, UserId};
use store_model::Answer;

operations! {
    /// A page of the audit log, newest first.
    snapshot "reading the audit log"
    fn audit(user: UserId, query: &AuditQuery) -> Answer<AuditPage>
        = audit::find(user, query);

    /// The same by the thousand rows, with the cursor of the next ones, to read the log to its end.
    snapshot "reading the audit log to its end"
    fn audit_batch(user: UserId, query: &AuditQuery) -> Answer<(Vec<RecordedEvent>, Option<String>)>
        = audit::find_batch(user, query);

    /// Whom a name means in the log of a group, or in that of everything; `Unseen` where nobody in it is called so.
    snapshot "finding who is named in the audit log"
    fn audit_person(user: UserId, group: Option<GroupId>, name: &str) -> Answer<UserId>
        = audit::find_person(user, group, name);
}
