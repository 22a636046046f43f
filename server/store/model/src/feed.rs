//! What the feed asks about those who watch, and about the groups of its events.

use domain::{Account, Flags, FoundBy, GroupId, Outline, Standing, StateId};
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
    /// By what they come upon groups.
    pub way: FoundBy,
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

/// A group as far as sight depends on it, as it is now, or as it was when it was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedGroup {
    /// The five flags.
    pub flags: Flags,
    /// The states it is bound to.
    pub states: Vec<StateId>,
    /// Whether it is there still.
    pub lives: bool,
}

impl FeedGroup {
    /// What decides who knows of it.
    #[must_use]
    pub fn outline(&self) -> Outline<'_> {
        Outline { flags: self.flags, states: &self.states }
    }
}
