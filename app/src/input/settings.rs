//! The form of the settings.

use super::{Draft, Reading, Stage, draft::ticked};
use crate::error::AppError;
use domain::{Command, Flaw, Registration, Settings, SettingsChange};
use serde::{Deserialize, Serialize};

/// To change the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    /// `closed`, `invitation` or `open`.
    pub registration: String,
    /// `yes` where deciders are told of new requests.
    pub requests_notification: String,
    /// `yes` where leaving closed groups is at once.
    pub auto_leave: String,
    /// How many notifications are kept for each user.
    pub notifications_max_per_user: String,
    /// `yes` where groups are told to those, too, to whom they are of no use.
    pub show_unavailable_groups: String,
    /// How far the draft is.
    #[serde(flatten)]
    pub stage: Stage,
}

impl SettingsForm {
    /// The form as it stands for these settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            registration: settings.registration.code().to_owned(),
            requests_notification: ticked(settings.requests_notification),
            auto_leave: ticked(settings.auto_leave),
            notifications_max_per_user: settings.notifications_max_per_user.to_string(),
            show_unavailable_groups: ticked(settings.show_unavailable_groups),
            stage: Stage::default(),
        }
    }

    /// What is to change.
    pub fn parse(&self) -> Result<SettingsChange, AppError> {
        let mut reading = Reading::default();
        let wanted = Registration::from_code(&self.registration);
        let registration = reading.take("registration", wanted.ok_or(Flaw::Malformed));
        let most = self.notifications_max_per_user.trim();
        let most = reading.take("notifications_max_per_user", most.parse().map_err(|_| Flaw::OutOfRange(1, 1000)));
        reading.finish(registration.zip(most).map(|(registration, most)| SettingsChange {
            registration: Some(registration),
            requests_notification: Some(!self.requests_notification.is_empty()),
            auto_leave: Some(!self.auto_leave.is_empty()),
            notifications_max_per_user: Some(most),
            show_unavailable_groups: Some(!self.show_unavailable_groups.is_empty()),
        }))
    }
}

impl Draft for SettingsForm {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn command(&self) -> Result<Command, AppError> {
        self.parse().map(Command::ChangeSettings)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("registration", self.registration.clone()),
            ("requests_notification", self.requests_notification.clone()),
            ("auto_leave", self.auto_leave.clone()),
            ("notifications_max_per_user", self.notifications_max_per_user.clone()),
            ("show_unavailable_groups", self.show_unavailable_groups.clone()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Fingerprint, Problem};

    #[test]
    fn the_form_of_some_settings_comes_to_the_same_settings() {
        let settings = Settings { auto_leave: true, registration: Registration::Open, ..Settings::default() };
        for settings in [settings, Settings { show_unavailable_groups: true, ..Settings::default() }] {
            let change = SettingsForm::of(&settings).parse().expect("is read");
            assert_eq!(change.applied_to(&Settings::default()), settings);
        }
    }

    #[test]
    fn a_draft_is_confirmed_by_what_was_seen() {
        let form = SettingsForm::of(&Settings::default());
        let with = |fingerprint: &str| {
            let stage = Stage { fingerprint: fingerprint.to_owned(), ..Stage::default() };
            SettingsForm { stage, ..form.clone() }.confirmed()
        };
        let seen = Fingerprint::of(7);
        let command = form.command().expect("is read");
        assert_eq!(with(&seen.to_string()), Ok(((command, None), seen)));
        assert_eq!(with(""), Err(AppError::Invalid(vec![Problem::new("fingerprint", Flaw::Missing)])));
        assert_eq!(with("x"), Err(AppError::Invalid(vec![Problem::new("fingerprint", Flaw::Malformed)])));
    }

    #[test]
    fn every_problem_comes_at_once() {
        let form = SettingsForm { notifications_max_per_user: "many".to_owned(), ..SettingsForm::default() };
        let problems = vec![
            Problem::new("registration", Flaw::Malformed),
            Problem::new("notifications_max_per_user", Flaw::OutOfRange(1, 1000)),
        ];
        assert_eq!(form.parse(), Err(AppError::Invalid(problems.clone())));
        let unseen = Problem::new("fingerprint", Flaw::Missing);
        let all = problems.into_iter().chain([unseen]).collect();
        assert_eq!(form.confirmed(), Err(AppError::Invalid(all)));
    }
}
