//! Groups as lists and pages show them.

use crate::{
    AutoLeave, Flags, GroupId, GroupRef, Logged, MyStatus, Offer, Permissions, Person, RequestId, Requirement, Seq,
};
use serde::{Deserialize, Serialize};

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
