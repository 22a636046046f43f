//! Groups as lists and pages show them.

use crate::{
    Action, AutoLeave, Flags, Grant, GroupId, GroupRef, MyStatus, Offer, PageSize, PartialFlags, Permissions, Person,
    QueueCounts, RecordedEvent, RequestId, Requirement, Seq, StateRef, Timestamp, closed::closed, name,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A group as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Where its name stands among others, where that cannot be told by looking at it ([`name::told_order`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// What it is for.
    pub description: String,
    /// Its flags.
    pub flags: Flags,
    /// Whether leaving is at once.
    pub auto_leave: AutoLeave,
    /// The states whose users may be in it, the highest first; empty means any (R6).
    pub states: Vec<StateRef>,
    /// What its members are given; only for those with an admin right to groups.
    pub permissions: Option<Permissions>,
    /// Users who lead it.
    pub leaders: Vec<Person>,
    /// Groups whose members lead it.
    pub leader_groups: Vec<GroupRef>,
    /// Whether somebody leads it who can ([`crate::is_led`]): a leader group may be one the viewer does not see, or empty.
    pub is_led: bool,
    /// Only for its members, deciders and admins.
    pub member_count: Option<u32>,
    /// How the viewer stands to it.
    pub my_status: MyStatus,
    /// The viewer's open request for it.
    pub my_request: Option<RequestId>,
    /// What the viewer could do, and why not.
    pub offers: Vec<Offer>,
}

impl GroupRow {
    /// Where its name stands among others.
    #[must_use]
    pub fn order_key(&self) -> Cow<'_, str> {
        name::order_told(&self.name, self.order.as_deref())
    }
}

closed! {
    /// From which groups a list takes its rows.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum GroupScope {
        /// What the groups page shows.
        #[default]
        Available = "available",
        /// Every group one is in that is not internal, hidden ones too.
        Mine = "mine",
        /// Those one decides for.
        Managed = "managed",
        /// All there are, internal ones too; only for those with an admin right to groups.
        All = "all",
    }
}

closed! {
    /// Which groups the groups page shows. [`GroupFilter::holds`] is what each of them means.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum GroupFilter {
        /// All one may see.
        #[default]
        All = "all",
        /// Those one is in.
        Joined = "joined",
        /// Those where one's request waits.
        Waiting = "waiting",
        /// Those one may join at once.
        Open = "open",
    }
}

impl GroupFilter {
    /// Whether a row stands under the filter: asked where rows follow the feed, and of every row that a database has found.
    #[must_use]
    pub fn holds(self, row: &GroupRow) -> bool {
        match self {
            Self::All => true,
            Self::Joined => matches!(row.my_status, MyStatus::Member | MyStatus::LeaveRequested),
            Self::Waiting => row.my_request.is_some(),
            // Being open is not enough: states, permission and membership are for the rules to look at.
            Self::Open => row.offers.contains(&Offer { action: Action::Join, denial: None }),
        }
    }
}

closed! {
    /// In which order the groups page shows them.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum GroupOrder {
        /// By name.
        #[default]
        Name = "name",
        /// Those made last come first.
        Newest = "newest",
    }
}

/// How a group is to be set, for each property that is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupProperties {
    /// Its flags.
    pub flags: PartialFlags,
    /// Whether a user or a group is named to lead it.
    pub has_leader: Option<bool>,
}

/// What a list of groups was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupQuery {
    /// From which groups.
    pub scope: GroupScope,
    /// Which of them, by how one stands to them.
    pub filter: GroupFilter,
    /// Which of them, by how they are set.
    pub properties: GroupProperties,
    /// Only those that need care, or only the others; only in a list of those one decides for.
    pub care: Option<bool>,
    /// Words that all stand in the name, folded as in `name::order`; empty for all.
    pub search: String,
    /// In which order.
    pub order: GroupOrder,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// One group in full, as far as the viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPage {
    /// What the list shows too.
    pub row: GroupRow,
    /// What entering asks for.
    pub requirements: Vec<Requirement>,
    /// What members are given.
    pub permissions: Permissions,
    /// The viewer's own past with it, newest first.
    pub history: Vec<RecordedEvent>,
    /// Whether the viewer decides for it: opens members, queue and audit log.
    pub decides: bool,
    /// The feed's head, taken before the rest was read.
    pub seq: Seq,
}

/// A group one is in, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyGroup {
    /// The group.
    pub row: GroupRow,
    /// Since when one is in it.
    pub since: Timestamp,
    /// What holds the membership, oldest first.
    pub grants: Vec<Grant>,
}

/// What a group needs somebody to look after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// Nobody active leads it: only group managers can decide.
    NoLeader,
    /// A request has waited for more than a week, since then.
    RequestWaits(Timestamp),
}

/// A group one decides for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedGroup {
    /// The group.
    pub row: GroupRow,
    /// How many of its requests one may decide.
    pub waiting: QueueCounts,
    /// When anything last happened in it.
    pub last_activity: Option<Timestamp>,
    /// What needs care.
    pub cares: Vec<Care>,
}

/// The way into a hidden group (R2), for those who see the group in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinLink {
    /// The group.
    pub group: GroupRef,
    /// The token that makes its address.
    pub token: String,
}
