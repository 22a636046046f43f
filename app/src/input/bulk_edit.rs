//! Rolls: a pasted list of people to add to a group, or to remove from it.

use super::Reading;
use crate::error::AppError;
use domain::{BulkAction, BulkEdit, Flaw, GroupId, optional_note};
use serde::{Deserialize, Serialize};

/// The field with the pasted list.
pub(crate) const NAMES_FIELD: &str = "names";

/// To add or remove many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkEditForm {
    /// The id of the group.
    pub group: String,
    /// `add` or `remove`.
    pub verb: String,
    /// The pasted list: one name a line, or a table whose first column has the names.
    pub names: String,
    /// Why; may be empty.
    pub reason: String,
}

impl BulkEditForm {
    /// The verb; to add where nothing is said.
    #[must_use]
    pub fn verb(&self) -> BulkAction {
        BulkAction::from_code(&self.verb).unwrap_or(BulkAction::Add)
    }

    /// The roll.
    pub fn parse(&self) -> Result<BulkEdit, AppError> {
        let group: GroupId = self.group.parse().map_err(|_| AppError::NotFound)?;
        let mut reading = Reading::default();
        let names = BulkEdit::names_in(&self.names);
        let flaw = match names.len() {
            0 => Some(Flaw::Missing),
            count if count > BulkEdit::MOST => {
                Some(Flaw::OutOfRange(1, u32::try_from(BulkEdit::MOST).unwrap_or(u32::MAX)))
            }
            _ => None,
        };
        let names = reading.take(NAMES_FIELD, flaw.map_or(Ok(names), Err));
        let reason = reading.take("reason", optional_note(&self.reason));
        let read = names.zip(reason).map(|(names, reason)| BulkEdit { group, verb: self.verb(), names, reason });
        reading.finish(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Problem;

    fn form(names: &str) -> BulkEditForm {
        BulkEditForm { group: "7".to_owned(), names: names.to_owned(), ..BulkEditForm::default() }
    }

    #[test]
    fn a_table_is_read_by_its_first_column() {
        let bulk_edit = form("ana;Acme\nBo Vex;Acme\n\n").parse().expect("is read");
        assert_eq!(
            (bulk_edit.group, bulk_edit.verb, bulk_edit.names),
            (GroupId(7), BulkAction::Add, vec!["ana".into(), "Bo Vex".into()])
        );
        let removing = BulkEditForm { verb: "remove".to_owned(), ..form("ana") };
        assert_eq!(removing.parse().expect("is read").verb, BulkAction::Remove);
    }

    #[test]
    fn a_roll_has_some_names_and_not_too_many() {
        let refused = |flaw| Err(AppError::Invalid(vec![Problem::new("names", flaw)]));
        assert_eq!(form(" \n").parse(), refused(Flaw::Missing));
        assert_eq!(form(&"a\n".repeat(501)).parse(), refused(Flaw::OutOfRange(1, 500)));
        assert!(form(&"a\n".repeat(500)).parse().is_ok());
        assert_eq!(BulkEditForm::default().parse(), Err(AppError::NotFound));
    }
}
