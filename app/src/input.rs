//! Form structs and their `parse()`: raw text to a command or a query, all problems at once.
//!
//! Every field is text, as a browser sends it, and may be missing. One parser serves the form in the browser, the plain
//! form post and the server function alike.

mod account;
mod account_change;
mod bulk_edit;
mod deciding;
mod draft;
mod flag;
mod group_list;
mod group_members;
mod group_setup;
mod invitation;
mod log;
mod managing;
mod membership;
mod mine;
mod misread;
mod notification;
mod preference;
mod queue;
mod reserved_names;
mod settings;
mod states;
mod user;

pub use crate::address::LONGEST_ADDRESS;
pub use account::{MainForm, PasswordForm, RevokeForm, SessionForm, TokenForm, WantedToken};
pub use account_change::{AccountChange, AccountChangeForm};
pub use bulk_edit::BulkEditForm;
pub(crate) use bulk_edit::NAMES_FIELD;
pub use deciding::{Decided, MOST_AT_ONCE, RequestsForm};
pub(crate) use deciding::{TALLY_FIELD, Tally};
pub(crate) use draft::{DELETE, DONE, DONE_FIELD, DRAFT_FIELD, EDIT, FINGERPRINT_FIELD, LOOK};
pub use draft::{Draft, Stage};
pub use flag::FlagFields;
pub use group_list::{AllGroupsAddress, GroupAddress, GroupsAddress};
pub use group_members::{AddMemberForm, AttemptByName, LeaderForm};
pub(crate) use group_setup::{GROUP_STATES, PERMISSIONS};
pub use group_setup::{GroupFields, GroupSetupForm, NewGroupForm};
pub(crate) use invitation::LIVE;
pub use invitation::{InvitationForm, InvitationsAddress, RevokeInvitationForm};
pub use log::AuditAddress;
pub(crate) use managing::NEWEST;
pub use managing::{ManagedAddress, MembersAddress, RemovalForm};
pub use membership::{GroupForm, RequestForm};
pub use mine::{MyGroupsAddress, MyRequestsAddress};
pub use misread::misread;
pub use notification::{MarkReadForm, NotificationsAddress};
pub use preference::{LanguageForm, ThemeForm};
pub use queue::QueueAddress;
pub(crate) use reserved_names::RESERVED_NAMES;
pub use reserved_names::ReservedNameForm;
pub use settings::SettingsForm;
pub(crate) use states::STATES;
pub use states::StateForm;
pub use user::{EndSessionsForm, InitialCredential, NewUserForm, SetPasswordForm, UserAddress, UsersAddress};

use crate::error::AppError;
use domain::{Command, CommandId, Flaw, Problem};
use std::str::FromStr;

/// A command with the name of the attempt.
pub type Attempt = (Command, Option<CommandId>);

/// Collects the problems of one form.
#[derive(Default)]
struct Reading(Vec<Problem>);

impl Reading {
    fn take<T>(&mut self, field: &str, read: Result<T, Flaw>) -> Option<T> {
        read.map_err(|flaw| self.0.push(Problem::new(field, flaw))).ok()
    }

    fn id<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        let flaw = if text.is_empty() { Flaw::Missing } else { Flaw::Malformed };
        self.take(field, text.parse().map_err(|_| flaw))
    }

    fn finish<T>(self, read: Option<T>) -> Result<T, AppError> {
        read.ok_or(AppError::Invalid(self.0))
    }
}

/// The name of the attempt may be missing, as from a hand-made form; then a repeat is not recognised.
fn attempt(text: &str) -> Result<Option<CommandId>, Flaw> {
    if text.is_empty() { Ok(None) } else { CommandId::parse(text).map(Some).ok_or(Flaw::Malformed) }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
