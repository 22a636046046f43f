//! What is the matter with a draft: each problem under its field, and the rest above the form.

use crate::{error::AppError, text::language};
use domain::{Conflict, Problem};

/// What is the matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problems {
    error: Option<AppError>,
    fields: &'static [&'static str],
}

impl Problems {
    /// What was answered to a draft of a form with these fields.
    pub(crate) fn of(error: Option<&AppError>, fields: &'static [&'static str]) -> Self {
        Self { error: error.cloned(), fields }
    }

    /// What is the matter with one field.
    pub(crate) fn with(&self, field: &str) -> Option<String> {
        match self.error.as_ref()? {
            AppError::Invalid(problems) => {
                let own = problems.iter().filter(|problem| problem.field == field);
                let sentences: Vec<String> = own.map(|problem| language().problem(problem)).collect();
                (!sentences.is_empty()).then(|| sentences.join(" "))
            }
            AppError::Conflict(conflict) if self.concerned(conflict) == Some(field) => {
                Some(language().conflict(conflict))
            }
            AppError::SignedOut
            | AppError::Denied(_)
            | AppError::NotFound
            | AppError::Conflict(_)
            | AppError::Slow { .. }
            | AppError::Busy
            | AppError::Unwritable(_)
            | AppError::Internal(_)
            | AppError::Offline => None,
        }
    }

    /// What is the matter with no field in particular.
    pub(crate) fn rest(&self) -> Option<String> {
        let has = |field: &str| self.fields.contains(&field);
        match self.error.as_ref()? {
            AppError::Invalid(problems) => {
                let others: Vec<Problem> = problems.iter().filter(|problem| !has(&problem.field)).cloned().collect();
                let is_shown = others.is_empty() && !problems.is_empty();
                (!is_shown).then(|| language().trouble(&AppError::Invalid(others)))
            }
            AppError::Conflict(conflict) if self.concerned(conflict).is_some() => None,
            error => Some(language().trouble(error)),
        }
    }

    /// The field of the form that a conflict is about, where it is about one.
    fn concerned(&self, conflict: &Conflict) -> Option<&'static str> {
        self.fields.iter().copied().find(|field| concerns(conflict).contains(field))
    }

    /// The first field that something is the matter with.
    pub(crate) fn first(&self) -> Option<&'static str> {
        self.fields.iter().copied().find(|field| self.with(field).is_some())
    }
}

/// The fields that a conflict is about, in whatever form they are.
pub(super) fn concerns(conflict: &Conflict) -> &'static [&'static str] {
    match conflict {
        Conflict::NameTaken => &["name", "username"],
        Conflict::EmailTaken => &["email"],
        Conflict::NameReserved | Conflict::NameInUse => &["name"],
        Conflict::PriorityTaken => &["priority"],
        Conflict::CharacterTaken => &["external_id"],
        Conflict::AlreadyMember
        | Conflict::NotAMember
        | Conflict::AlreadyRequested
        | Conflict::RequestSettled(_)
        | Conflict::AccountInactive
        | Conflict::LastSuperuser
        | Conflict::TooManyTokens
        | Conflict::GuestState
        | Conflict::CommandReused
        | Conflict::PreviewOutdated => &[],
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::{Denial, Flaw};

    const FIELDS: &[&str] = &["name", "priority"];

    #[test]
    fn each_problem_stands_once() {
        let error = AppError::Invalid(vec![
            Problem::new("priority", Flaw::Malformed),
            Problem::new("fingerprint", Flaw::Missing),
        ]);
        let problems = Problems::of(Some(&error), FIELDS);
        assert_eq!(problems.with("name"), None);
        assert!(problems.with("priority").is_some());
        assert_eq!(problems.rest().as_deref(), Some("What the page sent is missing."));
        assert_eq!(problems.first(), Some("priority"));
    }

    #[test]
    fn a_conflict_stands_where_it_can_be_put_right() {
        let taken = Problems::of(Some(&AppError::Conflict(Conflict::PriorityTaken)), FIELDS);
        assert!(taken.with("priority").is_some() && taken.rest().is_none());
        let account = |conflict| Problems::of(Some(&AppError::Conflict(conflict)), &["username", "email"]);
        assert_eq!(account(Conflict::NameTaken).first(), Some("username"));
        assert_eq!(account(Conflict::EmailTaken).first(), Some("email"));
        assert_eq!(account(Conflict::PriorityTaken).first(), None);
        let denied = Problems::of(Some(&AppError::Denied(Denial::SuperuserRequired)), FIELDS);
        assert!(denied.first().is_none() && denied.rest().is_some());
        assert_eq!(Problems::of(None, FIELDS).rest(), None);
    }
}
