//! Who is calling. Says nothing of what they may do: that is loaded with every decision.

use crate::answer;
use app::{error::AppError, text::Language};
use axum::http::HeaderMap;
use domain::{SessionId, Theme, TokenId, UserId};
use store::{CallerId, Session};

/// A session as a request brought it.
#[derive(Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// SHA-256 of its token, to ask again whether it still lives.
    pub token_hash: [u8; 32],
}

/// A token of the API as a request brought it.
#[derive(Clone)]
pub struct Bearer {
    /// The token.
    pub token: TokenId,
    /// In whose name it acts.
    pub user: UserId,
    /// SHA-256 of its secret, to ask again whether it still opens anything.
    pub token_hash: [u8; 32],
}

/// The caller of one HTTP request.
#[derive(Clone)]
pub struct Caller {
    door: Door,
}

#[derive(Clone)]
enum Door {
    Nobodys,
    Session(SignedIn),
    Token(Bearer),
}

impl Caller {
    /// Nobody signed in.
    pub const NOBODY: Self = Self { door: Door::Nobodys };

    /// The owner of a live session.
    #[must_use]
    pub const fn signed_in(session: SignedIn) -> Self {
        Self { door: Door::Session(session) }
    }

    /// A program with a token.
    #[must_use]
    pub const fn bearer(bearer: Bearer) -> Self {
        Self { door: Door::Token(bearer) }
    }

    /// Their session, if they have one.
    #[must_use]
    pub const fn session(&self) -> Option<&SignedIn> {
        match &self.door {
            Door::Session(signed_in) => Some(signed_in),
            Door::Nobodys | Door::Token(_) => None,
        }
    }

    /// Their token, if they came by one.
    #[must_use]
    pub const fn token(&self) -> Option<&Bearer> {
        match &self.door {
            Door::Token(bearer) => Some(bearer),
            Door::Nobodys | Door::Session(_) => None,
        }
    }

    /// Their account.
    ///
    /// # Errors
    /// `SignedOut` where nobody is signed in.
    pub fn user(&self) -> Result<UserId, AppError> {
        match &self.door {
            Door::Nobodys => Err(AppError::SignedOut),
            Door::Session(signed_in) => Ok(signed_in.session.user),
            Door::Token(bearer) => Ok(bearer.user),
        }
    }

    /// Their account and the session they come by.
    ///
    /// # Errors
    /// `SignedOut` where they come by none.
    pub(super) fn own_session(&self) -> Result<(UserId, SessionId), AppError> {
        let session = self.session().map(|signed_in| &signed_in.session).ok_or(AppError::SignedOut)?;
        Ok((session.user, session.id))
    }

    /// How the write path knows them.
    #[must_use]
    pub fn id(&self) -> CallerId {
        self.user().map_or(CallerId::Nobody, CallerId::User)
    }

    /// Light or dark, as they chose.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.session().map_or_else(Theme::default, |signed_in| signed_in.session.theme)
    }

    /// The language they chose, else the one their browser would rather have.
    #[must_use]
    pub fn language(&self, headers: &HeaderMap) -> Language {
        let chosen = self.session().and_then(|signed_in| signed_in.session.language.as_deref());
        chosen.and_then(Language::tagged).unwrap_or_else(|| answer::language(headers))
    }
}
