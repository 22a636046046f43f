//! What an account prefers: light or dark, and a language.

use crate::{error::AppError, language::Language};
use domain::{Flaw, Problem, Theme};
use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_one_name() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(theme_named(theme_name(theme)), Some(theme));
        }
    }
}
