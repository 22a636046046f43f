//! The address of the reserved names (R12), and the form of one.

use super::{Draft, Reading, Stage, given};
use crate::error::AppError;
use domain::{Command, GroupName, Note, ReservedNameId, ReservedNameQuery, optional_note};
use serde::{Deserialize, Serialize};

/// The path of the page.
pub(crate) const RESERVED_NAMES: &str = "/admin/reserved-names";

/// Which reserved names, and a draft to reserve or free one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReservedNameForm {
    /// Part of a name, to find some.
    pub search: String,
    /// Where to go on.
    pub cursor: String,
    /// The name that is to be reserved.
    pub name: String,
    /// Why it is reserved, or freed.
    pub reason: String,
    /// The id of the reservation that is to end.
    pub reserved: String,
    /// How far the draft is.
    #[serde(flatten)]
    pub stage: Stage,
}

impl ReservedNameForm {
    /// What is asked for.
    #[must_use]
    pub fn query(&self) -> ReservedNameQuery {
        ReservedNameQuery {
            search: self.search.trim().to_owned(),
            cursor: given(&self.cursor),
            ..ReservedNameQuery::default()
        }
    }

    /// Whether it is to free a name.
    #[must_use]
    pub fn frees(&self) -> bool {
        !self.reserved.is_empty()
    }

    fn reserve(&self) -> Result<Command, AppError> {
        let mut reading = Reading::default();
        let name = reading.take("name", GroupName::parse(&self.name));
        let reason = reading.take("reason", Note::parse(&self.reason));
        reading.finish(name.zip(reason).map(|(name, reason)| Command::ReserveName { name, reason }))
    }

    fn free(&self) -> Result<Command, AppError> {
        let mut reading = Reading::default();
        let name = reading.id::<ReservedNameId>("reserved", &self.reserved);
        let reason = reading.take("reason", optional_note(&self.reason));
        reading.finish(name.zip(reason).map(|(name, reason)| Command::FreeName { name, reason }))
    }
}

impl Draft for ReservedNameForm {
    const STANDS_ALONE: bool = true;

    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn command(&self) -> Result<Command, AppError> {
        if self.frees() { self.free() } else { self.reserve() }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("search", self.search.clone()),
            ("name", self.name.clone()),
            ("reason", self.reason.clone()),
            ("reserved", self.reserved.clone()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Flaw, Problem};

    #[test]
    fn a_name_is_reserved_with_its_reason() {
        let form = ReservedNameForm { name: " Command ".to_owned(), reason: "ours".to_owned(), ..Default::default() };
        let Ok(Command::ReserveName { name, reason }) = form.command() else { panic!("is read") };
        assert_eq!((name.as_str(), reason.as_str()), ("Command", "ours"));
        let problems = vec![Problem::new("name", Flaw::Missing), Problem::new("reason", Flaw::Missing)];
        assert_eq!(ReservedNameForm::default().command(), Err(AppError::Invalid(problems)));
    }

    #[test]
    fn a_name_is_freed_by_its_reservation() {
        let stage = Stage::at("delete".to_owned());
        let form = ReservedNameForm { reserved: "7".to_owned(), stage, ..ReservedNameForm::default() };
        assert_eq!(form.command(), Ok(Command::FreeName { name: ReservedNameId(7), reason: None }));
        let form = ReservedNameForm { reason: " gone ".to_owned(), ..form };
        let reason = Some(Note::parse("gone").expect("a note"));
        assert_eq!(form.command(), Ok(Command::FreeName { name: ReservedNameId(7), reason }));
    }
}
