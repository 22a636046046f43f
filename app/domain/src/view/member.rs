//! Who is in a group.

use crate::{Denial, Grant, GroupRef, Listing, PageSize, Person, Timestamp, UserId, closed::closed, name};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

closed! {
    /// Whether a member leads the group too.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Lead {
        /// They do not.
        #[default]
        None = "none",
        /// Named as a leader.
        Named = "named",
        /// Through one of the leader groups.
        ThroughGroup = "through_group",
    }
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// Who.
    pub person: Person,
    /// Where the name stands that they are shown under, where that cannot be told by looking at it
    /// ([`name::told_order`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// Whether they lead it.
    pub lead: Lead,
    /// What holds the membership, oldest first.
    pub grants: Vec<Grant>,
}

impl MemberRow {
    /// Where the name stands that they are shown under.
    #[must_use]
    pub fn order_key(&self) -> Cow<'_, str> {
        name::order_told(self.person.display_name(), self.order.as_deref())
    }
}

closed! {
    /// In which order members are listed.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum MemberOrder {
        /// By the name of the main character, else the username.
        #[default]
        Name = "name",
        /// Who came last comes first.
        Newest = "newest",
    }
}

/// What a list of members was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberQuery {
    /// Part of the name of a main character or of a username, folded as in `name::order`; empty for all.
    pub search: String,
    /// In which order.
    pub order: MemberOrder,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// The members of one group, for those who see it in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersPage {
    /// Of which group.
    pub group: GroupRef,
    /// What was asked for.
    pub query: MemberQuery,
    /// How many members the group has in all.
    pub total: u32,
    /// Why the viewer may remove none of them (R5, R11); `None` where they may.
    pub removal_denied: Option<Denial>,
    /// Who is named to lead the group, member or not: whoever comes may be one of them.
    pub leaders: Vec<UserId>,
    /// Whether members of other groups lead it.
    pub has_leader_groups: bool,
    /// The members.
    pub listing: Listing<MemberRow>,
}
