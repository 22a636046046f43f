//! Joining and leaving a group, and deciding or withdrawing one request.

use super::{Attempt, Reading, attempt};
use crate::error::AppError;
use domain::{Command, GroupId, GroupKey, optional_note};
use serde::{Deserialize, Serialize};

/// To join or leave a group, or to ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupForm {
    /// The id of the group.
    pub group: String,
    /// The token of its join link, where one came by that.
    pub link: String,
    /// Why; may be empty.
    pub reason: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl GroupForm {
    /// Reads it as asking to join.
    pub fn join(&self) -> Result<Attempt, AppError> {
        let door = |group| if self.link.is_empty() { GroupKey::Id(group) } else { GroupKey::Link(self.link.clone()) };
        self.read(|group, reason| Command::Join { group: door(group), reason })
    }

    /// Reads it as asking to leave.
    pub fn leave(&self) -> Result<Attempt, AppError> {
        self.read(|group, reason| Command::Leave { group, reason })
    }

    /// Reads it as making the join link worthless and a new one; a reason has no meaning there.
    pub fn replace_link(&self) -> Result<Attempt, AppError> {
        self.read(|group, _| Command::ReplaceJoinLink { group })
    }

    fn read(&self, command: impl Fn(GroupId, Option<domain::Note>) -> Command) -> Result<Attempt, AppError> {
        let mut reading = Reading::default();
        let group = reading.id("group", &self.group);
        let reason = reading.take("reason", optional_note(&self.reason));
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = group.zip(reason).zip(attempt);
        reading.finish(read.map(|((group, reason), attempt)| (command(group, reason), attempt)))
    }
}

/// To decide or withdraw a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestForm {
    /// The id of the request.
    pub request: String,
    /// What the applicant is told; may be empty.
    pub comment: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl RequestForm {
    /// Reads it as approving.
    pub fn approve(&self) -> Result<Attempt, AppError> {
        self.read(|request, comment| Command::Approve { request, comment })
    }

    /// Reads it as rejecting.
    pub fn reject(&self) -> Result<Attempt, AppError> {
        self.read(|request, comment| Command::Reject { request, comment })
    }

    /// Reads it as withdrawing; a comment has no meaning there.
    pub fn withdraw(&self) -> Result<Attempt, AppError> {
        self.read(|request, _| Command::Withdraw { request })
    }

    fn read(&self, command: fn(domain::RequestId, Option<domain::Note>) -> Command) -> Result<Attempt, AppError> {
        let mut reading = Reading::default();
        let request = reading.id("request", &self.request);
        let comment = reading.take("comment", optional_note(&self.comment));
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = request.zip(comment).zip(attempt);
        reading.finish(read.map(|((request, comment), attempt)| (command(request, comment), attempt)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Flaw, Problem};

    #[test]
    fn all_problems_of_a_form_come_at_once() {
        let form = GroupForm {
            group: "x".to_owned(),
            reason: "y".repeat(1001),
            command_id: "a b".to_owned(),
            ..GroupForm::default()
        };
        let expected = vec![
            Problem::new("group", Flaw::Malformed),
            Problem::new("reason", Flaw::TooLong(1000)),
            Problem::new("command_id", Flaw::Malformed),
        ];
        assert_eq!(form.join(), Err(AppError::Invalid(expected)));
        let missing = RequestForm::default().approve();
        assert_eq!(missing, Err(AppError::Invalid(vec![Problem::new("request", Flaw::Missing)])));
    }

    #[test]
    fn a_form_without_a_name_of_its_attempt_still_counts() {
        let form = GroupForm { group: "7".to_owned(), ..GroupForm::default() };
        assert_eq!(form.leave(), Ok((Command::Leave { group: GroupId(7), reason: None }, None)));
    }

    #[test]
    fn who_comes_by_a_link_joins_by_it() {
        let form = GroupForm { group: "7".to_owned(), link: "abc".to_owned(), ..GroupForm::default() };
        let door = GroupKey::Link("abc".to_owned());
        assert_eq!(form.join(), Ok((Command::Join { group: door, reason: None }, None)));
    }
}
