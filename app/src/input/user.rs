//! Looking after users: the addresses of the pages about them, and the forms that make them and give them a way in.

use super::{Reading, attempt, given, yes_or_no};
use crate::error::AppError;
use domain::{
    Command, CommandId, Email, Flaw, PageSize, Permissions, Problem, UserDraft, UserId, UserQuery, Username,
    WantedGroup,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The address of the list of users. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsersAddress {
    /// The beginning of any of their names.
    pub search: String,
    /// The id of a state.
    pub state: String,
    /// `yes` or `no`: whether they may sign in.
    pub active: String,
    /// `yes` or `no`: whether they are staff.
    pub staff: String,
    /// `yes` or `no`: whether they are superusers.
    pub superuser: String,
    /// The id of a group, as links name it, or its name, as people do.
    pub group: String,
    /// Where to go on.
    pub cursor: String,
    /// Under which name the browser keeps the rest, where no address may tell it. Nothing to the server.
    #[serde(skip)]
    pub(crate) kept: String,
}

/// How many users a page has: a list that is looked through by eye is better long.
const USERS: u8 = 100;

impl UsersAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> UserQuery {
        let group = match self.group.trim() {
            "" => None,
            name => Some(name.parse().map_or_else(|_| WantedGroup::Named(name.to_owned()), WantedGroup::Id)),
        };
        UserQuery {
            search: self.search.trim().to_owned(),
            state: self.state.parse().ok(),
            active: yes_or_no(&self.active),
            staff: yes_or_no(&self.staff),
            superuser: yes_or_no(&self.superuser),
            group,
            cursor: given(&self.cursor),
            limit: PageSize::new(USERS).unwrap_or_default(),
        }
    }

    /// Whether anything is left out.
    pub(crate) fn is_narrowed(&self) -> bool {
        *self != Self { cursor: self.cursor.clone(), kept: self.kept.clone(), ..Self::default() }
    }
}

/// Names one user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserAddress {
    /// The id of the user.
    pub user: String,
}

impl UserAddress {
    /// The user; what is no id names nothing that exists.
    pub fn parse(&self) -> Result<UserId, AppError> {
        self.user.parse().map_err(|_| AppError::NotFound)
    }
}

/// How the owner of a new account comes in.
#[derive(Clone, PartialEq, Eq)]
pub enum InitialCredential {
    /// By a link, with which they set a password.
    Link,
    /// By this password.
    Password(String),
    /// Not yet.
    None,
}

impl fmt::Debug for InitialCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Link => "Link",
            Self::Password(_) => "Password(***)",
            Self::None => "None",
        })
    }
}

/// To make an account. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewUserForm {
    /// What they sign in with.
    pub username: String,
    /// Where mail reaches them; may be empty.
    pub email: String,
    /// How they come in: `link`, `password` or `none`.
    pub way_in: String,
    /// The password, where that is the way.
    pub password: String,
    /// `yes` where they are to be staff.
    pub staff: String,
    /// `yes` where they are to be a superuser.
    pub superuser: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl fmt::Debug for NewUserForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewUserForm(***)")
    }
}

impl NewUserForm {
    /// The account, its way in, and the name of the attempt. Whether a password is good enough is for the server to say.
    pub fn parse(&self) -> Result<(UserDraft, InitialCredential, Option<CommandId>), AppError> {
        let mut reading = Reading::default();
        let username = reading.take("username", Username::parse(self.username.trim()));
        let email = reading.take("email", optional_email(&self.email));
        let way_in = reading.take(
            if self.way_in == "password" { "password" } else { "way_in" },
            match self.way_in.as_str() {
                "link" | "" => Ok(InitialCredential::Link),
                "password" if self.password.is_empty() => Err(Flaw::Missing),
                "password" => Ok(InitialCredential::Password(self.password.clone())),
                "none" => Ok(InitialCredential::None),
                _ => Err(Flaw::Malformed),
            },
        );
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = username.zip(email).zip(way_in).zip(attempt);
        let (staff, superuser) = (is_ticked(&self.staff), is_ticked(&self.superuser));
        reading.finish(read.map(|(((username, email), way_in), attempt)| {
            (UserDraft { username, email, staff, superuser, permissions: Permissions::NONE }, way_in, attempt)
        }))
    }
}

/// Whether the box with this value was ticked.
pub(super) fn is_ticked(value: &str) -> bool {
    value == "yes"
}

/// An address, or none.
pub(super) fn optional_email(text: &str) -> Result<Option<Email>, Flaw> {
    match text.trim() {
        "" => Ok(None),
        text => Email::parse(text).map(Some),
    }
}

/// To set the password of somebody else. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetPasswordForm {
    /// The id of the user.
    pub user: String,
    /// The password.
    pub password: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl fmt::Debug for SetPasswordForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetPasswordForm(***)")
    }
}

impl SetPasswordForm {
    /// Whose, which, and the name of the attempt. Whether it is good enough is for the server to say.
    pub fn parse(&self) -> Result<(UserId, String, Option<CommandId>), AppError> {
        let mut reading = Reading::default();
        let user = reading.id("user", &self.user);
        let missing = Err(Flaw::Missing);
        let password =
            reading.take("password", if self.password.is_empty() { missing } else { Ok(self.password.clone()) });
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = user.zip(password).zip(attempt);
        reading.finish(read.map(|((user, password), attempt)| (user, password, attempt)))
    }
}

/// To sign somebody out everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndSessionsForm {
    /// The id of the user.
    pub user: String,
    /// `yes` where their tokens of the API are to be worthless, too.
    pub tokens: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl EndSessionsForm {
    /// The command.
    pub fn parse(&self) -> Result<super::Attempt, AppError> {
        let user = self.user.parse().map_err(|_| AppError::NotFound)?;
        let attempt =
            attempt(&self.command_id).map_err(|flaw| AppError::Invalid(vec![Problem::new("command_id", flaw)]))?;
        Ok((Command::EndSessions { user, tokens: is_ticked(&self.tokens) }, attempt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::GroupId;

    #[test]
    fn a_group_is_named_by_id_or_by_name() {
        let group = |text: &str| UsersAddress { group: text.to_owned(), ..UsersAddress::default() }.parse().group;
        assert_eq!(group(""), None);
        assert_eq!(group("7"), Some(WantedGroup::Id(GroupId(7))));
        assert_eq!(group(" Logi "), Some(WantedGroup::Named("Logi".to_owned())));
    }

    #[test]
    fn an_account_comes_with_one_way_in() {
        let form = |way_in: &str, password: &str| {
            let form = NewUserForm {
                username: "ana".to_owned(),
                way_in: way_in.to_owned(),
                password: password.to_owned(),
                staff: "yes".to_owned(),
                ..NewUserForm::default()
            };
            form.parse().map(|(draft, way_in, _)| (draft.staff, draft.superuser, way_in))
        };
        assert_eq!(form("", "typed and left"), Ok((true, false, InitialCredential::Link)));
        assert_eq!(form("none", ""), Ok((true, false, InitialCredential::None)));
        assert_eq!(form("password", "secret"), Ok((true, false, InitialCredential::Password("secret".to_owned()))));
        assert_eq!(form("password", ""), Err(AppError::Invalid(vec![Problem::new("password", Flaw::Missing)])));
        assert_eq!(form("letter", ""), Err(AppError::Invalid(vec![Problem::new("way_in", Flaw::Malformed)])));
    }

    #[test]
    fn no_password_is_printed() {
        let form = NewUserForm { password: "secret".to_owned(), ..NewUserForm::default() };
        let set = SetPasswordForm { password: "secret".to_owned(), ..SetPasswordForm::default() };
        let printed = format!("{form:?} {set:?} {:?}", InitialCredential::Password("secret".to_owned()));
        assert!(!printed.contains("secret"), "{printed}");
    }
}
