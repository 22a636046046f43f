//! Drafts of changes. One stands in the address of its page, so that links lead to it and back leads away from it; it is
//! looked at first, and then confirmed.

use super::{Reading, attempt};
use crate::error::AppError;
use domain::{Command, CommandId, Fingerprint, Flaw};
use serde::{Deserialize, Serialize};

/// The field that says how far a draft is.
pub(crate) const DRAFT_FIELD: &str = "draft";

/// How far a draft is that is looked at.
pub(crate) const LOOK: &str = "look";

/// How far a draft is that is worked on: it fills the form.
pub(crate) const EDIT: &str = "edit";

/// How far a draft is that is to delete what the page is about, and is looked at.
pub(crate) const DELETE: &str = "delete";

/// The field with what was seen when a draft was confirmed.
pub(crate) const FINGERPRINT_FIELD: &str = "fingerprint";

/// The field of an address that says that a plain form was carried out.
pub(crate) const DONE_FIELD: &str = "done";

/// Its value.
pub(crate) const DONE: &str = "saved";

/// How far a draft is: part of every form that is a draft first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stage {
    /// `look`, `edit`, or another word of the page; empty where there is no draft.
    pub draft: String,
    /// The fingerprint of the preview by which it is confirmed.
    pub fingerprint: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl Stage {
    /// The stage an address is at.
    #[must_use]
    pub fn at(draft: String) -> Self {
        Self { draft, ..Self::default() }
    }

    /// Whether there is a draft at all.
    #[must_use]
    pub fn is_drafted(&self) -> bool {
        !self.draft.is_empty()
    }

    /// Whether it is there to see what it would do.
    #[must_use]
    pub fn is_looked_at(&self) -> bool {
        self.is_drafted() && self.draft != EDIT
    }

    /// Whether it is to delete what the page is about.
    #[must_use]
    pub fn deletes(&self) -> bool {
        self.draft == DELETE
    }

    /// By what it is confirmed.
    fn confirmation(&self, reading: &mut Reading) -> Option<(Option<CommandId>, Fingerprint)> {
        let flaw = if self.fingerprint.is_empty() { Flaw::Missing } else { Flaw::Malformed };
        let fingerprint = reading.take(FINGERPRINT_FIELD, Fingerprint::parse(&self.fingerprint).ok_or(flaw));
        let attempt = reading.take("command_id", attempt(&self.command_id));
        attempt.zip(fingerprint)
    }
}

/// A form that is a draft first, of a command or of one whose names have yet to be understood.
pub trait Draft<C = Command> {
    /// Whether its form shows nothing of what it is about, and so stays as it is while that changes.
    const STANDS_ALONE: bool = false;

    /// How far it is.
    fn stage(&self) -> &Stage;

    /// What it comes to.
    ///
    /// # Errors
    /// `Invalid` with every problem.
    fn command(&self) -> Result<C, AppError>;

    /// Its fields by name, as they stand in the query of the address, but for those of its stage. What is off or empty may
    /// be left out.
    fn fields(&self) -> Vec<(&'static str, String)>;

    /// The field that names what it is about, where the path of the page does that.
    fn about(&self) -> Option<(&'static str, String)> {
        None
    }

    /// The command, and what was seen when it was confirmed.
    ///
    /// # Errors
    /// `Invalid` with every problem.
    fn confirmed(&self) -> Result<((C, Option<CommandId>), Fingerprint), AppError> {
        let mut reading = Reading::default();
        let confirmation = self.stage().confirmation(&mut reading);
        match (self.command(), confirmation) {
            (Ok(command), Some((attempt, fingerprint))) => Ok(((command, attempt), fingerprint)),
            (Err(AppError::Invalid(mut problems)), _) => {
                problems.append(&mut reading.0);
                Err(AppError::Invalid(problems))
            }
            (Err(error), _) => Err(error),
            (Ok(_), None) => reading.finish(None),
        }
    }
}

/// A field that is on or off, as it is sent: nothing where it is off.
pub(crate) fn ticked(on: bool) -> String {
    if on { "yes".to_owned() } else { String::new() }
}
