//! Rolls: a pasted list of people to add to a group, or to remove from it.

use super::Reading;
use crate::error::AppError;
use domain::{Flaw, GroupId, Roll, RollVerb, optional_note};
use serde::{Deserialize, Serialize};

/// The field with the pasted list.
pub(crate) const NAMES_FIELD: &str = "names";

/// To add or remove many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RollForm {
    /// The id of the group.
    pub group: String,
    /// `add` or `remove`.
    pub verb: String,
    /// The pasted list: one name a line, or a table whose first column has the names.
    pub names: String,
    /// Why; may be empty.
    pub reason: String,
}

impl RollForm {
    /// The verb; to add where nothing is said.
    #[must_use]
    pub fn verb(&self) -> RollVerb {
        RollVerb::from_code(&self.verb).unwrap_or(RollVerb::Add)
    }

    /// The roll.
    pub fn parse(&self) -> Result<Roll, AppError> {
        let group: GroupId = self.group.parse().map_err(|_| AppError::NotFound)?;
        let mut reading = Reading::default();
        let names = Roll::names_in(&self.names);
        let flaw = match names.len() {
            0 => Some(Flaw::Missing),
            count if count > Roll::MOST => Some(Flaw::OutOfRange(1, u32::try_from(Roll::MOST).unwrap_or(u32::MAX))),
            _ => None,
        };
        let names = reading.take(NAMES_FIELD, flaw.map_or(Ok(names), Err));
        let reason = reading.take("reason", optional_note(&self.reason));
        let read = names.zip(reason).map(|(names, reason)| Roll { group, verb: self.verb(), names, reason });
        reading.finish(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Problem;

    fn form(names: &str) -> RollForm {
        RollForm { group: "7".to_owned(), names: names.to_owned(), ..RollForm::default() }
    }

    #[test]
    fn a_table_is_read_by_its_first_column() {
        let roll = form("ana;Acme\nBo Vex;Acme\n\n").parse().expect("is read");
        assert_eq!(
            (roll.group, roll.verb, roll.names),
            (GroupId(7), RollVerb::Add, vec!["ana".into(), "Bo Vex".into()])
        );
        let removing = RollForm { verb: "remove".to_owned(), ..form("ana") };
        assert_eq!(removing.parse().expect("is read").verb, RollVerb::Remove);
    }

    #[test]
    fn a_roll_has_some_names_and_not_too_many() {
        let refused = |flaw| Err(AppError::Invalid(vec![Problem::new("names", flaw)]));
        assert_eq!(form(" \n").parse(), refused(Flaw::Missing));
        assert_eq!(form(&"a\n".repeat(501)).parse(), refused(Flaw::OutOfRange(1, 500)));
        assert!(form(&"a\n".repeat(500)).parse().is_ok());
        assert_eq!(RollForm::default().parse(), Err(AppError::NotFound));
    }
}
