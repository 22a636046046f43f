//! Forms of one's own account: main character, password, sessions, tokens.

use super::{Attempt, Reading, attempt};
use crate::error::AppError;
use domain::{Command, Flaw, Problem, SessionId, Timestamp, TokenName};
use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month};

/// To choose the main character.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MainForm {
    /// The id of the user.
    pub user: String,
    /// The id of the character; empty for none.
    pub character: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl MainForm {
    /// Reads it.
    pub fn parse(&self) -> Result<Attempt, AppError> {
        let mut reading = Reading::default();
        let user = reading.id("user", &self.user);
        let character =
            if self.character.is_empty() { Some(None) } else { reading.id("character", &self.character).map(Some) };
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = user.zip(character).zip(attempt);
        reading.finish(read.map(|((user, character), attempt)| (Command::SetMain { user, character }, attempt)))
    }
}

/// To change one's own password. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// The password as it is.
    pub old: String,
    /// The password as it is to be.
    pub new: String,
    /// The same again.
    pub again: String,
}

impl fmt::Debug for PasswordForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordForm(***)")
    }
}

impl PasswordForm {
    /// The old password and the new one. Whether the new one is good enough is for the server to say.
    pub fn parse(self) -> Result<(String, String), AppError> {
        let missing = [("old", &self.old), ("new", &self.new)].into_iter().filter(|(_, text)| text.is_empty());
        let mut problems: Vec<Problem> = missing.map(|(field, _)| Problem::new(field, Flaw::Missing)).collect();
        if !is_same(&self.new, &self.again) {
            problems.push(Problem::new("again", Flaw::Mismatch));
        }
        if problems.is_empty() { Ok((self.old, self.new)) } else { Err(AppError::Invalid(problems)) }
    }
}

/// Whether a password was typed twice: devices spell it as they like, and one form of it is hashed (R17). Forms are read on
/// the server; a browser, which lacks the tables for it, never comes here.
fn is_same(once: &str, again: &str) -> bool {
    #[cfg(feature = "ssr")]
    return domain::name::is_same_text(once, again);
    #[cfg(not(feature = "ssr"))]
    return once == again;
}

/// Names one session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionForm {
    /// The id of the session.
    pub session: String,
}

impl SessionForm {
    /// The session; what is no id names nothing that exists.
    pub fn parse(&self) -> Result<SessionId, AppError> {
        self.session.parse().map_err(|_| AppError::NotFound)
    }
}

/// To make a token of the API. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// What it is for.
    pub name: String,
    /// The last day on which it works, as `2026-11-23`; empty for as long as is usual.
    pub expires: String,
    /// The password of whoever makes it.
    pub password: String,
}

impl fmt::Debug for TokenForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenForm(***)")
    }
}

/// A token that is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct WantedToken {
    /// What it is for.
    pub name: TokenName,
    /// When it ends; `None` for as long as is usual.
    pub expires_at: Option<Timestamp>,
    /// The password of whoever asks. Whether it is theirs is for the server to say.
    pub password: String,
}

impl TokenForm {
    /// Reads it.
    pub fn parse(&self) -> Result<WantedToken, AppError> {
        let mut reading = Reading::default();
        let name = reading.take("name", TokenName::parse(&self.name));
        let expires = reading.take("expires", end_of_day(&self.expires));
        let missing = Err(Flaw::Missing);
        let password =
            reading.take("password", if self.password.is_empty() { missing } else { Ok(self.password.clone()) });
        let read = name.zip(expires).zip(password);
        reading.finish(read.map(|((name, expires_at), password)| WantedToken { name, expires_at, password }))
    }
}

/// The moment a day ends, in UTC.
pub(super) fn end_of_day(text: &str) -> Result<Option<Timestamp>, Flaw> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = || {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
        let day = Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()?;
        Some(day.next_day()?.midnight().assume_utc().unix_timestamp())
    };
    day().map(|seconds| Some(Timestamp(seconds * 1_000_000))).ok_or(Flaw::Malformed)
}

/// To make a token worthless.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeForm {
    /// The id of its owner.
    pub user: String,
    /// The id of the token.
    pub token: String,
    /// The name of this attempt.
    pub command_id: String,
}

impl RevokeForm {
    /// Reads it.
    pub fn parse(&self) -> Result<Attempt, AppError> {
        let mut reading = Reading::default();
        let user = reading.id("user", &self.user);
        let token = reading.id("token", &self.token);
        let attempt = reading.take("command_id", attempt(&self.command_id));
        let read = user.zip(token).zip(attempt);
        reading.finish(read.map(|((user, token), attempt)| (Command::RevokeToken { user, token }, attempt)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{CharacterId, UserId};

    #[test]
    fn no_character_is_a_choice_too() {
        let form =
            |character: &str| MainForm { user: "3".to_owned(), character: character.to_owned(), ..MainForm::default() };
        let chosen = |character| Ok((Command::SetMain { user: UserId(3), character }, None));
        assert_eq!(form("").parse(), chosen(None));
        assert_eq!(form("7").parse(), chosen(Some(CharacterId(7))));
        assert_eq!(form("x").parse(), Err(AppError::Invalid(vec![Problem::new("character", Flaw::Malformed)])));
    }

    #[test]
    fn a_token_works_to_the_end_of_its_last_day() {
        let form = |expires: &str| {
            let form = TokenForm { name: "bot".to_owned(), expires: expires.to_owned(), password: "secret".to_owned() };
            form.parse().map(|wanted| (wanted.name, wanted.expires_at))
        };
        assert_eq!(form("").map(|(_, end)| end), Ok(None));
        assert_eq!(form("1970-01-01").map(|(_, end)| end), Ok(Some(Timestamp(86_400_000_000))));
        assert_eq!(form("2026-02-28").map(|(_, end)| end), Ok(Some(Timestamp(1_772_323_200_000_000))));
        for nonsense in ["2026-02-30", "soon", "2026-11", "99999999-01-01"] {
            assert_eq!(form(nonsense), Err(AppError::Invalid(vec![Problem::new("expires", Flaw::Malformed)])));
        }
    }

    #[test]
    fn a_password_is_entered_twice() {
        let form = |old: &str, new: &str, again: &str| {
            PasswordForm { old: old.to_owned(), new: new.to_owned(), again: again.to_owned() }.parse()
        };
        assert_eq!(form("a", "b", "b"), Ok(("a".to_owned(), "b".to_owned())));
        #[cfg(feature = "ssr")]
        assert!(form("a", "b\u{f6}", "bo\u{308}").is_ok(), "however it is spelled");
        let problems = vec![Problem::new("old", Flaw::Missing), Problem::new("again", Flaw::Mismatch)];
        assert_eq!(form("", "b", "c"), Err(AppError::Invalid(problems)));
    }
}
