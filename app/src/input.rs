//! Form structs and their `parse()`: raw text to a command or a query, all problems at once.
//!
//! Every field is text, as a browser sends it, and may be missing. One parser serves the form in the browser, the plain
//! form post and the server function alike.

mod account;
mod deciding;
mod deed;
mod draft;
mod group_setup;
mod invitation;
mod log;
mod managing;
mod mine;
mod notification;
mod reserved_names;
mod roll;
mod settings;
mod states;
mod user;

pub use account::{MainForm, PasswordForm, RevokeForm, SessionForm, TokenForm};
pub use deciding::{MOST_AT_ONCE, RequestsForm};
pub(crate) use deciding::{TALLY_FIELD, Tally};
pub use deed::{Deed, DeedForm};
pub(crate) use draft::{DELETE, DONE, DONE_FIELD, DRAFT_FIELD, EDIT, FINGERPRINT_FIELD, LOOK};
pub use draft::{Draft, Stage};
pub(crate) use group_setup::{AUTO_LEAVES, GROUP_STATES, PERMISSIONS, auto_leave_name};
pub use group_setup::{AddMemberForm, AttemptByName, GroupFields, GroupSetupForm, LeaderForm, NewGroupForm};
pub(crate) use invitation::LIVE;
pub use invitation::{InvitationForm, InvitationsAddress, RevokeInvitationForm};
pub use log::AuditAddress;
pub(crate) use managing::NEWEST;
pub use managing::{ManagedAddress, MembersAddress, RemovalForm};
pub use mine::{MyGroupsAddress, MyRequestsAddress};
pub use notification::{MarkReadForm, NotificationsAddress};
pub(crate) use reserved_names::RESERVED_NAMES;
pub use reserved_names::ReservedNameForm;
pub use roll::RollForm;
pub(crate) use roll::{NAMES_FIELD, ROLL_VERBS, roll_verb_name};
pub use settings::SettingsForm;
pub(crate) use settings::{REGISTRATIONS, registration_name};
pub(crate) use states::STATES;
pub use states::StateForm;
pub use user::{EndSessionsForm, NewUserForm, SetPasswordForm, UserAddress, UsersAddress, WayIn};

use crate::{error::AppError, text::Language};
use domain::{
    Command, CommandId, EventAction, EventType, Flaw, GroupFilter, GroupId, GroupKey, GroupProperties, GroupQuery,
    GroupScope, Problem, QueueQuery, RequestKind, Theme, optional_note,
};
use serde::{Deserialize, Serialize};
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

/// To choose light or dark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    /// `system`, `light` or `dark`.
    pub theme: String,
}

impl ThemeForm {
    /// The choice.
    pub fn parse(&self) -> Result<Theme, AppError> {
        theme_named(&self.theme).ok_or_else(|| AppError::Invalid(vec![Problem::new("theme", Flaw::Malformed)]))
    }
}

/// To choose a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LanguageForm {
    /// Its tag, such as `de`.
    pub language: String,
}

impl LanguageForm {
    /// The choice.
    pub fn parse(&self) -> Result<Language, AppError> {
        Language::tagged(&self.language)
            .ok_or_else(|| AppError::Invalid(vec![Problem::new("language", Flaw::Malformed)]))
    }
}

/// The theme of this name, as in forms and in `data-theme`.
#[must_use]
pub fn theme_named(name: &str) -> Option<Theme> {
    [Theme::System, Theme::Light, Theme::Dark].into_iter().find(|theme| theme_name(*theme) == name)
}

/// The name of a theme, as in forms and in `data-theme`.
#[must_use]
pub const fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// Names one group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupAddress {
    /// The id of the group.
    pub group: String,
    /// The token of its join link, in place of the id.
    pub link: String,
}

impl GroupAddress {
    /// By which door one comes to the group.
    pub fn key(&self) -> Result<GroupKey, AppError> {
        if self.link.is_empty() { self.parse().map(GroupKey::Id) } else { Ok(GroupKey::Link(self.link.clone())) }
    }

    /// The group; what is no id names nothing that exists.
    pub fn parse(&self) -> Result<GroupId, AppError> {
        self.group.parse().map_err(|_| AppError::NotFound)
    }
}

/// The address of the groups page. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupsAddress {
    /// Which groups.
    pub filter: String,
    /// Part of a name.
    pub search: String,
    /// Where to go on.
    pub cursor: String,
}

/// The name of a filter in the address.
pub(crate) const fn group_filter_name(filter: GroupFilter) -> &'static str {
    match filter {
        GroupFilter::All => "all",
        GroupFilter::Joined => "joined",
        GroupFilter::Waiting => "waiting",
        GroupFilter::Open => "open",
    }
}

/// Every filter of the groups page, in the order of its chips.
pub(crate) const GROUP_FILTERS: [GroupFilter; 4] =
    [GroupFilter::All, GroupFilter::Joined, GroupFilter::Waiting, GroupFilter::Open];

impl GroupsAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> GroupQuery {
        let filter = named(&GROUP_FILTERS, group_filter_name, &self.filter).unwrap_or_default();
        GroupQuery {
            filter,
            search: self.search.trim().to_owned(),
            cursor: given(&self.cursor),
            ..GroupQuery::default()
        }
    }
}

/// The address of the admin area's list of groups. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllGroupsAddress {
    /// `yes` or `no`: R1.
    pub internal: String,
    /// `yes` or `no`: R2.
    pub hidden: String,
    /// `yes` or `no`: R3.
    pub open: String,
    /// `yes` or `no`: R4.
    pub public: String,
    /// `yes` or `no`: R5.
    pub restricted: String,
    /// `yes` or `no`: whether anybody is named to lead it.
    pub has_leader: String,
    /// Part of a name.
    pub search: String,
    /// Where to go on.
    pub cursor: String,
}

impl AllGroupsAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> GroupQuery {
        let properties = GroupProperties {
            internal: yes_or_no(&self.internal),
            hidden: yes_or_no(&self.hidden),
            open: yes_or_no(&self.open),
            public: yes_or_no(&self.public),
            restricted: yes_or_no(&self.restricted),
            has_leader: yes_or_no(&self.has_leader),
        };
        GroupQuery {
            scope: GroupScope::All,
            properties,
            search: self.search.trim().to_owned(),
            cursor: given(&self.cursor),
            ..GroupQuery::default()
        }
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The address of the queue. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueAddress {
    /// `join` or `leave`.
    pub kind: String,
    /// Only of the group with this id.
    pub group: String,
    /// Only of applicants from the corporation of this name.
    pub organisation: String,
    /// Where to go on.
    pub cursor: String,
}

impl QueueAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> QueueQuery {
        let kind = if self.kind == "leave" { RequestKind::Leave } else { RequestKind::Join };
        QueueQuery {
            kind: Some(kind),
            group: self.group.parse().ok(),
            organisation: given(&self.organisation),
            own: true,
            cursor: given(&self.cursor),
            ..QueueQuery::default()
        }
    }
}

/// Every type a group's audit log has rows of.
pub(crate) const GROUP_EVENT_TYPES: [EventType; 7] = [
    EventType::Join,
    EventType::Leave,
    EventType::Added,
    EventType::Removed,
    EventType::Group,
    EventType::Leader,
    EventType::Permission,
];

/// Every type the whole audit log has rows of.
pub(crate) const EVENT_TYPES: [EventType; 11] = [
    EventType::Join,
    EventType::Leave,
    EventType::Added,
    EventType::Removed,
    EventType::Group,
    EventType::Leader,
    EventType::Permission,
    EventType::Account,
    EventType::State,
    EventType::ReservedName,
    EventType::Setting,
];

/// The name of a type in the address.
pub(crate) const fn event_type_name(kind: EventType) -> &'static str {
    match kind {
        EventType::Join => "join",
        EventType::Leave => "leave",
        EventType::Removed => "removed",
        EventType::Added => "added",
        EventType::Group => "group",
        EventType::Leader => "leader",
        EventType::Account => "account",
        EventType::State => "state",
        EventType::Permission => "permission",
        EventType::Setting => "setting",
        EventType::ReservedName => "reserved_name",
    }
}

/// Every action an audit log has rows of.
pub(crate) const EVENT_ACTIONS: [EventAction; 6] = [
    EventAction::Requested,
    EventAction::Accepted,
    EventAction::Rejected,
    EventAction::Withdrawn,
    EventAction::Closed,
    EventAction::Done,
];

/// The name of an action in the address.
pub(crate) const fn event_action_name(action: EventAction) -> &'static str {
    match action {
        EventAction::Requested => "requested",
        EventAction::Accepted => "accepted",
        EventAction::Rejected => "rejected",
        EventAction::Withdrawn => "withdrawn",
        EventAction::Closed => "closed",
        EventAction::Done => "done",
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|value| name(*value) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn an_address_is_read_leniently() {
        let address = GroupsAddress { filter: "nonsense".to_owned(), search: " ab ".to_owned(), cursor: String::new() };
        let expected = GroupQuery { search: "ab".to_owned(), ..GroupQuery::default() };
        assert_eq!(address.parse(), expected);
        assert_eq!(
            GroupAddress { group: "none".to_owned(), ..GroupAddress::default() }.parse(),
            Err(AppError::NotFound)
        );
    }

    #[test]
    fn every_theme_has_one_name() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(theme_named(theme_name(theme)), Some(theme));
        }
    }
}
