//! What pages are made of. Everything here has passed the filters of sight and may be shown as it is.

use crate::{
    ActorRef, AutoLeave, Denial, Flags, GroupId, GroupRef, Logged, MyStatus, Offer, Permissions, Person, RequestId,
    RequestKind, Requirement, Seq, Timestamp,
};
use serde::{Deserialize, Serialize};

/// A page of a list, and the place in the feed it was read at: what came later reaches it by `fold`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The rows, in the order of the list.
    pub items: Vec<T>,
    /// Where the next page starts; `None` on the last.
    pub next_cursor: Option<String>,
    /// The feed's head, taken before the rows were read.
    pub seq: Seq,
}

impl<T> Listing<T> {
    /// An empty list read at the start of the feed.
    #[must_use]
    pub const fn empty() -> Self {
        Self { items: Vec::new(), next_cursor: None, seq: Seq(0) }
    }
}

/// How many open requests of each kind the viewer may decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// Requests to join.
    pub join: u32,
    /// Requests to leave.
    pub leave: u32,
}

impl QueueCounts {
    /// Of both kinds.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.join + self.leave
    }

    /// The count of one kind.
    #[must_use]
    pub const fn of(self, kind: RequestKind) -> u32 {
        match kind {
            RequestKind::Join => self.join,
            RequestKind::Leave => self.leave,
        }
    }

    /// The count of one kind, to change it.
    pub const fn of_mut(&mut self, kind: RequestKind) -> &mut u32 {
        match kind {
            RequestKind::Join => &mut self.join,
            RequestKind::Leave => &mut self.leave,
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Who is looking, and what the frame around every page shows them.
#[expect(clippy::struct_excessive_bools, reason = "each opens one entry of the navigation")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub person: Person,
    /// Effective permissions.
    pub permissions: Permissions,
    /// Whether there are groups they decide for: opens Requests and Manage.
    pub decides: bool,
    /// Whether any admin page opens.
    pub enters_admin_area: bool,
    /// Whether the whole audit log opens.
    pub views_audit: bool,
    /// Whether they are a superuser.
    pub superuser: bool,
    /// Open requests they may decide.
    pub queue: QueueCounts,
    /// Unread notifications.
    pub unread: u32,
    /// Light or dark.
    pub theme: Theme,
    /// The feed's head, taken before the rest was read.
    pub seq: Seq,
}

/// A group as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The five flags.
    pub flags: Flags,
    /// Users who lead it.
    pub leaders: Vec<Person>,
    /// Groups whose members lead it.
    pub leader_groups: Vec<GroupRef>,
    /// Only for its members, deciders and admins.
    pub member_count: Option<u32>,
    /// How the viewer stands to it.
    pub my_status: MyStatus,
    /// The viewer's open request for it.
    pub my_request: Option<RequestId>,
    /// What the viewer could do, and why not.
    pub offers: Vec<Offer>,
}

/// Which groups the groups page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupFilter {
    /// All one may see.
    #[default]
    All,
    /// Those one is in.
    Joined,
    /// Those where one's request waits.
    Waiting,
    /// Those one may join at once.
    Open,
}

/// What the groups page was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupQuery {
    /// Which groups.
    pub filter: GroupFilter,
    /// Part of a name, ignoring case; empty for all.
    pub search: String,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// One group in full, as far as the viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPage {
    /// What the list shows too.
    pub row: GroupRow,
    /// Whether leaving is at once.
    pub auto_leave: AutoLeave,
    /// What entering asks for.
    pub requirements: Vec<Requirement>,
    /// What members are given.
    pub permissions: Permissions,
    /// The viewer's own past with it, newest first.
    pub history: Vec<Logged>,
    /// Whether the viewer decides for it: opens members, queue and audit log.
    pub decides: bool,
    /// The feed's head, taken before the rest was read.
    pub seq: Seq,
}

/// How a request left the queue, for the seconds it is still shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Farewell {
    /// What became of it.
    pub status: crate::RequestStatus,
    /// Who did it; nobody where a rule closed it.
    pub by: Option<ActorRef>,
}

/// A request in the queue of those who may decide it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The request.
    pub id: RequestId,
    /// Who asks.
    pub applicant: Person,
    /// About which group.
    pub group: GroupRef,
    /// For what.
    pub kind: RequestKind,
    /// Why, in their words.
    pub reason: Option<String>,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// What approving would meet now (R10).
    pub warning: Option<Denial>,
    /// Set by `fold` once it is settled.
    pub farewell: Option<Farewell>,
}

/// What the queue was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueueQuery {
    /// Which tab.
    pub kind: RequestKind,
    /// Only of this group.
    pub group: Option<GroupId>,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// The queue of one tab with the counts of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// Which tab it is.
    pub kind: RequestKind,
    /// Only of this group.
    pub group: Option<GroupRef>,
    /// How many wait in each tab, over all groups.
    pub counts: QueueCounts,
    /// The requests, oldest first.
    pub listing: Listing<QueueRow>,
    /// The last decision in any of the viewer's groups, for the empty queue.
    pub last_decision: Option<Logged>,
}

/// What an audit log was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Only rows filed under this type.
    pub kind: Option<crate::EventType>,
    /// Only rows filed under this action.
    pub action: Option<crate::EventAction>,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// The audit log of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Of which group.
    pub group: GroupRef,
    /// What it was asked for.
    pub query: AuditQuery,
    /// The rows, newest first.
    pub listing: Listing<Logged>,
}

/// How much a change did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The caller is a member now.
    Joined,
    /// The caller's request waits.
    Requested(RequestId),
    /// The caller is no longer a member.
    Left,
    /// The caller's request is taken back.
    Withdrawn(RequestId),
    /// The request was approved.
    Approved(RequestId),
    /// The request was rejected.
    Rejected(RequestId),
    /// The member was removed.
    Removed,
    /// The group was made.
    GroupCreated(GroupId),
    /// The user was made.
    UserCreated(crate::UserId),
}

/// The answer to a command that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What came of it.
    pub outcome: Outcome,
}
