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
        Theme::from_code(&self.theme).ok_or_else(|| AppError::Invalid(vec![Problem::new("theme", Flaw::Malformed)]))
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
