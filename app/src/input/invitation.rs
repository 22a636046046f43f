//! Inviting people to make accounts.

use super::{Attempt, Reading, account::end_of_day, attempt, given};
use crate::error::AppError;
use domain::{Command, Flaw, InvitationDraft, InvitationQuery, optional_note};
use serde::{Deserialize, Serialize};

/// The address of the list of invitations. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitationsAddress {
    /// `live` for those by which somebody can still come; else all of them.
    pub show: String,
    /// Where to go on.
    pub cursor: String,
}

/// Those by which somebody can still come, as the address names them.
pub(crate) const LIVE: &str = "live";

impl InvitationsAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> InvitationQuery {
        InvitationQuery { live: self.show == LIVE, cursor: given(&self.cursor), ..InvitationQuery::default() }
    }
}

/// To make an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitationForm {
    /// How many accounts may be made by it.
    pub uses: String,
    /// The last day on which it is good, as `2026-11-23`.
    pub ends: String,
    /// For whom, or for what; may be empty.
    pub note: String,
}

impl InvitationForm {
    /// The invitation. Whether it ends too late is for the rules to say.
    pub fn parse(&self) -> Result<InvitationDraft, AppError> {
        let mut reading = Reading::default();
        let uses = reading.id("uses", self.uses.trim());
        let ends_at = reading.take("ends_at", end_of_day(&self.ends).and_then(|end| end.ok_or(Flaw::Missing)));
        let note = reading.take("note", optional_note(&self.note));
        let read = uses.zip(ends_at).zip(note);
        reading.finish(read.map(|((uses, ends_at), note)| InvitationDraft { uses, ends_at, note }))
    }
}

/// To end an invitation before its time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeInvitationForm {
    /// The id of the invitation.
    pub invitation: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl RevokeInvitationForm {
    /// The command.
    pub fn parse(&self) -> Result<Attempt, AppError> {
        let mut reading = Reading::default();
        let invitation = reading.id("invitation", &self.invitation);
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = invitation.zip(attempt);
        reading.finish(read.map(|(invitation, attempt)| (Command::RevokeInvitation { invitation }, attempt)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Problem, Timestamp};

    #[test]
    fn an_invitation_is_good_to_the_end_of_its_last_day() {
        let form = InvitationForm { uses: " 3 ".to_owned(), ends: "1970-01-01".to_owned(), note: " new ".to_owned() };
        let draft = form.parse().expect("is read");
        assert_eq!((draft.uses, draft.ends_at), (3, Timestamp(86_400_000_000)));
        assert_eq!(draft.note.as_ref().map(domain::Note::as_str), Some("new"));
        let problems = |form: InvitationForm| match form.parse() {
            Err(AppError::Invalid(problems)) => problems,
            other => panic!("{other:?}"),
        };
        let empty = [Problem::new("uses", Flaw::Missing), Problem::new("ends_at", Flaw::Missing)];
        assert_eq!(problems(InvitationForm::default()), empty);
        let odd = InvitationForm { uses: "-1".to_owned(), ends: "soon".to_owned(), ..form };
        let expected = [Problem::new("uses", Flaw::Malformed), Problem::new("ends_at", Flaw::Malformed)];
        assert_eq!(problems(odd), expected);
    }
}
