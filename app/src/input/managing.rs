//! Looking after groups: the addresses of the pages about it, and the form that removes a member.

use super::{Attempt, Reading, attempt, given};
use crate::{address::Query, error::AppError};
use domain::{Command, GroupId, GroupQuery, GroupScope, MemberOrder, MemberQuery, PageSize, UserId, optional_note};
use serde::{Deserialize, Serialize};

/// The address of the list of groups one decides for. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ManagedAddress {
    /// Part of a name.
    pub search: String,
    /// Where to go on.
    pub cursor: String,
}

impl ManagedAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> GroupQuery {
        GroupQuery {
            scope: GroupScope::Managed,
            search: self.search.trim().to_owned(),
            cursor: given(&self.cursor),
            ..GroupQuery::default()
        }
    }
}

/// The address of the list of a group's members. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MembersAddress {
    /// The id of the group.
    pub group: String,
    /// Part of a name.
    pub search: String,
    /// `newest`, or by name.
    pub order: String,
    /// Where to go on.
    pub cursor: String,
}

/// The order in which who came last comes first, as the address names it.
pub(crate) const NEWEST: &str = MemberOrder::Newest.code();

/// How many members a page has: a list that is looked through by eye is better long.
const MEMBERS: u8 = 100;

impl MembersAddress {
    /// The list of this group, as the query of its page or of its file narrows it.
    #[must_use]
    pub fn read(group: String, query: &Query) -> Self {
        Self { group, search: query.given("search"), order: query.given("order"), cursor: query.given("cursor") }
    }

    /// Of which group, and what is asked for.
    pub fn parse(&self) -> Result<(GroupId, MemberQuery), AppError> {
        let group = self.group.parse().map_err(|_| AppError::NotFound)?;
        let query = MemberQuery {
            search: self.search.trim().to_owned(),
            order: MemberOrder::from_code(&self.order).unwrap_or_default(),
            cursor: given(&self.cursor),
            limit: PageSize::new(MEMBERS).unwrap_or_default(),
        };
        Ok((group, query))
    }
}

/// To remove a member from a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    /// The id of the group.
    pub group: String,
    /// The id of the member.
    pub member: String,
    /// Why; the member is told. May be empty.
    pub reason: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl RemovalForm {
    /// The command.
    pub fn parse(&self) -> Result<Attempt, AppError> {
        let mut reading = Reading::default();
        let group = reading.id::<GroupId>("group", &self.group);
        let member = reading.id::<UserId>("member", &self.member);
        let reason = reading.take("reason", optional_note(&self.reason));
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = group.zip(member).zip(reason).zip(attempt);
        reading.finish(
            read.map(|(((group, member), reason), attempt)| (Command::Remove { group, member, reason }, attempt)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Flaw, Problem};

    #[test]
    fn a_removal_names_group_and_member() {
        let form = RemovalForm {
            group: "3".to_owned(),
            member: "7".to_owned(),
            reason: " gone quiet ".to_owned(),
            ..RemovalForm::default()
        };
        let (command, attempt) = form.parse().expect("is read");
        let Command::Remove { group, member, reason } = command else { panic!("{command:?}") };
        assert_eq!((group, member, attempt), (GroupId(3), UserId(7), None));
        assert_eq!(reason.as_ref().map(domain::Note::as_str), Some("gone quiet"));
        let missing = RemovalForm { group: "3".to_owned(), ..RemovalForm::default() }.parse();
        assert_eq!(missing, Err(AppError::Invalid(vec![Problem::new("member", Flaw::Missing)])));
    }

    #[test]
    fn an_address_of_members_is_read_leniently() {
        let address = MembersAddress { group: "3".to_owned(), order: "odd".to_owned(), ..MembersAddress::default() };
        let (group, query) = address.parse().expect("names a group");
        assert_eq!((group, query.order, query.cursor), (GroupId(3), MemberOrder::Name, None));
        let newest = MembersAddress { order: NEWEST.to_owned(), ..address };
        assert_eq!(newest.parse().map(|(_, query)| query.order), Ok(MemberOrder::Newest));
        assert_eq!(MembersAddress::default().parse().map(|_| ()), Err(AppError::NotFound));
    }
}
