//! Setting groups up: what that asks to know, and commands that name people and groups by words.

use super::{Caller, Service};
use app::error::AppError;
use domain::{
    ByName, Command, CommandId, Fingerprint, Flaw, GroupChoices, GroupId, GroupSetup, Names, Preview, Problem, Receipt,
    Roll,
};

impl Service {
    /// A group with everything it is set to.
    ///
    /// # Errors
    /// `SignedOut`, `NotFound` where there is none, `Denied` where the caller has no admin right to groups.
    pub async fn group_setup(&self, caller: &Caller, id: GroupId) -> Result<GroupSetup, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().group_setup(user, id, self.now()).await)
    }

    /// What a new group can be set to.
    ///
    /// # Errors
    /// `SignedOut`, `Denied` where the caller may not make one.
    pub async fn group_choices(&self, caller: &Caller) -> Result<GroupChoices, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().group_choices(user, self.now()).await)
    }

    /// What a command would do to people, its names understood.
    ///
    /// # Errors
    /// `Invalid` with every name that means nobody or several, else what carrying it out would answer.
    pub async fn preview_by_name(&self, caller: &Caller, command: ByName) -> Result<Preview, AppError> {
        let command = self.understand(caller, command).await?;
        self.preview(caller, command).await
    }

    /// Carries out a command, its names understood: with the consequences that a preview showed, if there was one.
    ///
    /// # Errors
    /// As `preview_by_name`; `Conflict(PreviewOutdated)` where the consequences would be others by now.
    pub async fn execute_by_name(
        &self,
        caller: &Caller,
        command: ByName,
        command_id: Option<CommandId>,
        expected: Option<Fingerprint>,
    ) -> Result<Receipt, AppError> {
        let command = self.understand(caller, command).await?;
        match expected {
            Some(expected) => self.execute_as_previewed(caller, command, command_id, expected).await,
            None => self.execute(caller, command, command_id).await,
        }
    }

    async fn understand(&self, caller: &Caller, command: ByName) -> Result<Command, AppError> {
        let user = caller.user()?;
        let names = command.names();
        if let Some(field) = over_long(&names) {
            let most = u32::try_from(Roll::MOST).unwrap_or(u32::MAX);
            return Err(AppError::Invalid(vec![Problem::new(field, Flaw::OutOfRange(0, most))]));
        }
        let meant = self.allowed(self.store().understand(user, &names).await)?;
        command.meaning(&meant).map_err(AppError::Invalid)
    }
}

/// The field with more names than are looked up at once.
fn over_long(names: &Names) -> Option<&'static str> {
    if names.people.len() > Roll::MOST {
        Some("leaders")
    } else {
        (names.groups.len() > Roll::MOST).then_some("leader_groups")
    }
}
