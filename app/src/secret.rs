//! What is shown once: the secret of a token, a link to set a password, an invitation. Only its hash is stored.

use crate::language::Language;
use domain::FreshLink;
use std::fmt;

/// A secret. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// Of a token of the API.
    Token(String),
    /// Of a link by which somebody sets a password.
    PasswordLink(FreshLink),
    /// Of an invitation.
    Invitation(FreshLink),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl Secret {
    /// What it is called, and what to do with it.
    pub(crate) fn said(&self, words: Language) -> (&'static str, String) {
        let own = words.one_time_secret();
        let until = |hint: &str, link: &FreshLink| format!("{hint} {}", words.good_until(link.ends_at));
        match self {
            Self::Token(_) => (own.token, own.token_hint.to_owned()),
            Self::PasswordLink(link) => (own.password_link, until(own.password_link_hint, link)),
            Self::Invitation(link) => (own.invitation, until(own.invitation_hint, link)),
        }
    }

    /// What is copied. Links are whole where it is known under which address this is reached.
    pub(crate) fn text(&self, origin: &str) -> String {
        match self {
            Self::Token(token) => token.clone(),
            Self::PasswordLink(link) => format!("{origin}/reset/{}", link.token),
            Self::Invitation(link) => format!("{origin}/register?invitation={}", link.token),
        }
    }
}
