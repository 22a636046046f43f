//! Who leads a group, and who is added to it, by name.

use super::{Attempt, Reading, attempt};
use crate::error::AppError;
use domain::{ByName, Command, CommandId, Flaw, GroupId, UserId, optional_note};
use serde::{Deserialize, Serialize};

/// To name somebody a leader of a group, or a group whose members lead it; or to name one no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaderForm {
    /// The id of the group.
    pub group: String,
    /// The name of the leader, where one is added; the id, where one is taken away.
    pub leader: String,
    /// The name of the leader group, where one is added; the id, where one is taken away.
    pub leading: String,
    /// The name of this attempt.
    pub command_id: String,
}

/// A command whose names are to be understood, with the name of the attempt.
pub type AttemptByName = (ByName, Option<CommandId>);

impl LeaderForm {
    /// Reads it as naming a leader.
    pub fn add(&self) -> Result<AttemptByName, AppError> {
        self.read("leader", given_name(&self.leader), |group, leader| ByName::AddLeader { group, leader })
    }

    /// Reads it as naming one no more.
    pub fn remove(&self) -> Result<Attempt, AppError> {
        let leader = self.leader.parse().map(UserId).map_err(|_| Flaw::Malformed);
        self.read("leader", leader, |group, leader| Command::RemoveLeader { group, leader })
    }

    /// Reads it as letting the members of a group lead.
    pub fn add_group(&self) -> Result<AttemptByName, AppError> {
        self.read("leading", given_name(&self.leading), |group, leading| ByName::AddLeaderGroup { group, leading })
    }

    /// Reads it as letting them lead no more.
    pub fn remove_group(&self) -> Result<Attempt, AppError> {
        let leading = self.leading.parse().map(GroupId).map_err(|_| Flaw::Malformed);
        self.read("leading", leading, |group, leading| Command::RemoveLeaderGroup { group, leading })
    }

    fn read<T, C>(
        &self,
        field: &str,
        wanted: Result<T, Flaw>,
        command: impl Fn(GroupId, T) -> C,
    ) -> Result<(C, Option<CommandId>), AppError> {
        let mut reading = Reading::default();
        let group = reading.id("group", &self.group);
        let wanted = reading.take(field, wanted);
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = group.zip(wanted).zip(attempt);
        reading.finish(read.map(|((group, wanted), attempt)| (command(group, wanted), attempt)))
    }
}

fn given_name(text: &str) -> Result<String, Flaw> {
    let name = text.trim();
    if name.is_empty() { Err(Flaw::Missing) } else { Ok(name.to_owned()) }
}

/// To make somebody a member of a group directly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddMemberForm {
    /// The id of the group.
    pub group: String,
    /// The name of the member.
    pub member: String,
    /// Why; may be empty.
    pub reason: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl AddMemberForm {
    /// The command.
    pub fn parse(&self) -> Result<AttemptByName, AppError> {
        let mut reading = Reading::default();
        let group = reading.id("group", &self.group);
        let member = reading.take("member", given_name(&self.member));
        let reason = reading.take("reason", optional_note(&self.reason));
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = group.zip(member).zip(reason).zip(attempt);
        reading
            .finish(read.map(|(((group, member), reason), attempt)| (ByName::Add { group, member, reason }, attempt)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Problem;

    #[test]
    fn who_is_to_lead_is_named_and_who_is_to_lead_no_more_is_chosen() {
        let form = |leader: &str| LeaderForm { group: "7".to_owned(), leader: leader.to_owned(), ..Default::default() };
        let named = ByName::AddLeader { group: GroupId(7), leader: "Ana Vex".to_owned() };
        assert_eq!(form(" Ana Vex ").add(), Ok((named, None)));
        let missing = Err(AppError::Invalid(vec![Problem::new("leader", Flaw::Missing)]));
        assert_eq!(form(" ").add(), missing);
        let chosen = Command::RemoveLeader { group: GroupId(7), leader: UserId(3) };
        assert_eq!(form("3").remove(), Ok((chosen, None)));
        assert!(form("ana").remove().is_err());
    }
}
