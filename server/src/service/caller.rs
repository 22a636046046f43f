//! Who is calling. Says nothing of what they may do: that is loaded with every decision.

use app::error::AppError;
use domain::{Theme, UserId};
use store::{CallerId, Session};

/// A session as a request brought it.
#[derive(Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// SHA-256 of its token, to ask again whether it still lives.
    pub token_hash: [u8; 32],
}

/// The caller of one HTTP request.
#[derive(Clone)]
pub struct Caller {
    signed_in: Option<SignedIn>,
}

impl Caller {
    /// Nobody signed in.
    pub const NOBODY: Self = Self { signed_in: None };

    /// The owner of a live session.
    #[must_use]
    pub const fn signed_in(session: SignedIn) -> Self {
        Self { signed_in: Some(session) }
    }

    /// Their session.
    #[must_use]
    pub const fn session(&self) -> Option<&SignedIn> {
        self.signed_in.as_ref()
    }

    /// Their account.
    ///
    /// # Errors
    /// `SignedOut` where nobody is signed in.
    pub fn user(&self) -> Result<UserId, AppError> {
        self.signed_in.as_ref().map(|signed_in| signed_in.session.user).ok_or(AppError::SignedOut)
    }

    /// How the write path knows them.
    #[must_use]
    pub fn id(&self) -> CallerId {
        self.signed_in.as_ref().map_or(CallerId::Nobody, |signed_in| CallerId::User(signed_in.session.user))
    }

    /// Light or dark, as they chose.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.signed_in.as_ref().map_or_else(Theme::default, |signed_in| signed_in.session.theme)
    }
}
