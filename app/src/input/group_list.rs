//! The addresses of the lists of groups, and of one group.

use super::{FlagFields, given, yes_or_no};
use crate::error::AppError;
use domain::{GroupFilter, GroupId, GroupKey, GroupOrder, GroupProperties, GroupQuery, GroupScope};
use serde::{Deserialize, Serialize};

/// Names one group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupAddress {
    /// The id of the group.
    pub group: String,
    /// The token of its join link, in place of the id.
    pub link: String,
}

impl GroupAddress {
    /// By which door one comes to the group.
    pub fn key(&self) -> Result<GroupKey, AppError> {
        if self.link.is_empty() { self.parse().map(GroupKey::Id) } else { Ok(GroupKey::Link(self.link.clone())) }
    }

    /// The group; what is no id names nothing that exists.
    pub fn parse(&self) -> Result<GroupId, AppError> {
        self.group.parse().map_err(|_| AppError::NotFound)
    }
}

/// The address of the groups page. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupsAddress {
    /// Which groups.
    pub filter: String,
    /// Words that stand in the name.
    pub search: String,
    /// `newest` for those made last first; else by name.
    pub order: String,
    /// Where to go on.
    pub cursor: String,
}

impl GroupsAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> GroupQuery {
        let filter = GroupFilter::from_code(&self.filter).unwrap_or_default();
        GroupQuery {
            filter,
            search: self.search.trim().to_owned(),
            order: GroupOrder::from_code(&self.order).unwrap_or_default(),
            cursor: given(&self.cursor),
            ..GroupQuery::default()
        }
    }
}

/// The address of the admin area's list of groups. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllGroupsAddress {
    /// `yes` or `no` for each that is asked for: R1 to R5.
    #[serde(flatten)]
    pub flags: FlagFields,
    /// `yes` or `no`: whether anybody is named to lead it.
    pub has_leader: String,
    /// Part of a name.
    pub search: String,
    /// Where to go on.
    pub cursor: String,
}

impl AllGroupsAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> GroupQuery {
        let properties = GroupProperties { flags: self.flags.wanted(), has_leader: yes_or_no(&self.has_leader) };
        GroupQuery {
            scope: GroupScope::All,
            properties,
            search: self.search.trim().to_owned(),
            cursor: given(&self.cursor),
            ..GroupQuery::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_leniently() {
        let address =
            GroupsAddress { filter: "nonsense".to_owned(), search: " ab ".to_owned(), ..GroupsAddress::default() };
        let expected = GroupQuery { search: "ab".to_owned(), ..GroupQuery::default() };
        assert_eq!(address.parse(), expected);
        assert_eq!(
            GroupAddress { group: "none".to_owned(), ..GroupAddress::default() }.parse(),
            Err(AppError::NotFound)
        );
    }
}
