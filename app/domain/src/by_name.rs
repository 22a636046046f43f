//! Commands in which people and groups are named as staff write them, and what those names come to mean.

use crate::{Command, Flaw, GroupDraft, GroupId, GroupRef, Note, Person, Problem};
use serde::{Deserialize, Serialize};

/// A command that names by words whom it is about. A person is named by a username, an e-mail address or a character, a
/// group by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ByName {
    /// Make a group.
    CreateGroup {
        /// The group; who leads it is named beside it.
        draft: Box<GroupDraft>,
        /// Who leads it.
        leaders: Vec<String>,
        /// The groups whose members lead it.
        leader_groups: Vec<String>,
    },
    /// Name a leader.
    AddLeader {
        /// The group.
        group: GroupId,
        /// Who leads it from now on.
        leader: String,
    },
    /// Let the members of another group lead.
    AddLeaderGroup {
        /// The group.
        group: GroupId,
        /// Whose members lead it from now on.
        leading: String,
    },
    /// Make somebody a member directly.
    Add {
        /// The group.
        group: GroupId,
        /// Whom.
        member: String,
        /// Why.
        reason: Option<Note>,
    },
}

/// Names that are to be understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of people.
    pub people: Vec<String>,
    /// Of groups.
    pub groups: Vec<String>,
}

/// What names mean, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedNames {
    /// Everybody who is called so.
    pub people: Vec<Vec<Person>>,
    /// The group of this name.
    pub groups: Vec<Option<GroupRef>>,
}

impl ByName {
    /// The names in it.
    #[must_use]
    pub fn names(&self) -> Names {
        match self {
            Self::CreateGroup { leaders, leader_groups, .. } => {
                Names { people: leaders.clone(), groups: leader_groups.clone() }
            }
            Self::AddLeader { leader: person, .. } | Self::Add { member: person, .. } => {
                Names { people: vec![person.clone()], groups: Vec::new() }
            }
            Self::AddLeaderGroup { leading, .. } => Names { people: Vec::new(), groups: vec![leading.clone()] },
        }
    }

    /// The command, now that its names are understood.
    ///
    /// # Errors
    /// Every name that means nobody, or several, by the line it stands on.
    pub fn meaning(self, meant: &ResolvedNames) -> Result<Command, Vec<Problem>> {
        match self {
            Self::CreateGroup { draft, .. } => {
                let (leaders, leader_groups) = (people("leaders", meant), groups("leader_groups", meant));
                match (leaders, leader_groups) {
                    (Ok(leaders), Ok(leader_groups)) => {
                        let leaders = leaders.into_iter().map(|person| person.id).collect();
                        let leader_groups = leader_groups.into_iter().map(|group| group.id).collect();
                        Ok(Command::CreateGroup(Box::new(GroupDraft { leaders, leader_groups, ..*draft })))
                    }
                    (leaders, leader_groups) => {
                        Err(leaders.err().into_iter().chain(leader_groups.err()).flatten().collect())
                    }
                }
            }
            Self::AddLeader { group, .. } => {
                only(people("leader", meant), "leader").map(|person| Command::AddLeader { group, leader: person.id })
            }
            Self::AddLeaderGroup { group, .. } => only(groups("leading", meant), "leading")
                .map(|leading| Command::AddLeaderGroup { group, leading: leading.id }),
            Self::Add { group, reason, .. } => {
                only(people("member", meant), "member").map(|person| Command::Add { group, member: person.id, reason })
            }
        }
    }
}

fn only<T>(found: Result<Vec<T>, Vec<Problem>>, field: &str) -> Result<T, Vec<Problem>> {
    found?.pop().ok_or_else(|| vec![Problem::new(field, Flaw::Missing)])
}

fn people(field: &str, meant: &ResolvedNames) -> Result<Vec<Person>, Vec<Problem>> {
    each(
        field,
        meant.people.iter().map(|found| match found.as_slice() {
            [] => Err(Flaw::UnknownLine as fn(usize) -> Flaw),
            [person] => Ok(person.clone()),
            [_, ..] => Err(Flaw::AmbiguousLine as fn(usize) -> Flaw),
        }),
    )
}

fn groups(field: &str, meant: &ResolvedNames) -> Result<Vec<GroupRef>, Vec<Problem>> {
    let found = meant.groups.iter().map(|found| found.clone().ok_or(Flaw::UnknownLine as fn(usize) -> Flaw));
    each(field, found)
}

/// Everything that was found, or what is the matter with each line.
fn each<T>(field: &str, found: impl Iterator<Item = Result<T, fn(usize) -> Flaw>>) -> Result<Vec<T>, Vec<Problem>> {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for (line, found) in (1..).zip(found) {
        match found {
            Ok(found) => all.push(found),
            Err(flaw) => problems.push(Problem::new(field, flaw(line))),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UserId;

    fn person(id: i64) -> Person {
        Person { id: UserId(id), username: format!("user{id}"), main_character: None }
    }

    fn adding(member: &str) -> ByName {
        ByName::Add { group: GroupId(1), member: member.to_owned(), reason: None }
    }

    #[test]
    fn a_name_that_means_one_person_becomes_that_person() {
        let meant = ResolvedNames { people: vec![vec![person(7)]], ..ResolvedNames::default() };
        let expected = Command::Add { group: GroupId(1), member: UserId(7), reason: None };
        assert_eq!(adding("ana").meaning(&meant), Ok(expected));
    }

    #[test]
    fn every_name_that_means_nobody_or_several_is_told_by_its_line() {
        let leaders = ["ana", "nobody", "vex"].map(str::to_owned).to_vec();
        let draft = crate::group_admin::plain_draft().expect("is a draft");
        let command = ByName::CreateGroup { draft: Box::new(draft), leaders, leader_groups: vec!["None".to_owned()] };
        assert_eq!(command.names().people.len(), 3);
        let meant =
            ResolvedNames { people: vec![vec![person(7)], vec![], vec![person(8), person(9)]], groups: vec![None] };
        let expected = vec![
            Problem::new("leaders", Flaw::UnknownLine(2)),
            Problem::new("leaders", Flaw::AmbiguousLine(3)),
            Problem::new("leader_groups", Flaw::UnknownLine(1)),
        ];
        assert_eq!(command.meaning(&meant), Err(expected));
    }
}
