//! What the feed asks about those who watch.

use domain::{Account, GroupId, Standing};
use std::collections::HashSet;

/// A viewer of the feed with everything sight depends on, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedViewer {
    /// Who, with their rights.
    pub account: Account,
    /// Groups they are named as a leader of.
    pub leads: HashSet<GroupId>,
    /// Groups they lead as a member of a leader group.
    pub leads_through: HashSet<GroupId>,
    /// Groups they are in.
    pub member_of: HashSet<GroupId>,
}

impl FeedViewer {
    /// How they stand to a group.
    #[must_use]
    pub fn standing(&self, group: GroupId) -> Standing {
        Standing {
            member: self.member_of.contains(&group),
            leader: self.leads.contains(&group),
            leader_through_group: self.leads_through.contains(&group),
        }
    }
}
