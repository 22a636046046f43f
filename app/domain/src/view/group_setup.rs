//! A group as those see it who set it up: everything it is set to, what it could be set to, and what of that they may.

use crate::{Denial, GroupRow, Person, Seq, StateRef, closed::closed};
use serde::{Deserialize, Serialize};

closed! {
    /// Something that staff do with a group.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum GroupAction {
        /// Give it a name and a description.
        Describe = "describe",
        /// Say who sees it, who enters and how one leaves: its flags but `restricted`, `auto_leave` and the states.
        Set = "set",
        /// Restrict it, or lift that (R5).
        Restrict = "restrict",
        /// Say what its members are given.
        GivePermissions = "give_permissions",
        /// Name leaders and leader groups.
        NameLeaders = "name_leaders",
        /// Name some of them no more.
        DropLeaders = "drop_leaders",
        /// Make somebody a member directly.
        Add = "add",
        /// End somebody's membership.
        Remove = "remove",
        /// Delete it.
        Delete = "delete",
    }
}

/// Such an action with its refusal, if it would be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupOffer {
    /// What could be done.
    pub action: GroupAction,
    /// Why it cannot, if it cannot.
    pub denial: Option<Denial>,
}

/// What a group can be set to, and what of that the viewer may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupChoices {
    /// The states there are, the highest first.
    pub states: Vec<StateRef>,
    /// Whether leaving is at once in groups that say nothing about it (R8).
    pub auto_leave: bool,
    /// Whether groups are told to those, too, to whom they are of no use (R2a).
    pub show_unavailable_groups: bool,
    /// What the viewer could do.
    pub offers: Vec<GroupOffer>,
}

impl GroupChoices {
    /// Why the viewer may not do something; `None` where they may.
    #[must_use]
    pub fn denial(&self, action: GroupAction) -> Option<Denial> {
        self.offers.iter().find(|offer| offer.action == action).and_then(|offer| offer.denial)
    }
}

/// Somebody who is named to lead a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLeader {
    /// Who.
    pub person: Person,
    /// Whether the account is active. One that is not leads nothing, but will again once it is.
    pub active: bool,
}

/// One group with everything it is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSetup {
    /// What the list shows too. Its leaders are those who lead at present.
    pub row: GroupRow,
    /// Everybody who is named to lead it, by name.
    pub leaders: Vec<NamedLeader>,
    /// What it can be set to.
    pub choices: GroupChoices,
    /// The feed's head, taken before the rest was read.
    pub seq: Seq,
}
