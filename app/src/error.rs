//! What a server function may answer where it is not the answer. Codes and ids only: the words are in `text`.

use crate::wire::JsonText;
use domain::{Conflict, Denial, Problem, Refusal, Unwritable};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// The number under which a fault stands in the server's log, to be quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticket(pub String);

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in (401).
    SignedOut,
    /// Seen, but not allowed (403).
    Denied(Denial),
    /// Absent, or not to be seen (404).
    NotFound,
    /// Allowed, but things have moved on (409).
    Conflict(Conflict),
    /// The input does not parse; all problems at once (422).
    Invalid(Vec<Problem>),
    /// Too often (429); seconds until it may work again.
    Slow {
        /// Seconds.
        retry_after: u32,
    },
    /// The server is overloaded or stopping (503). Nothing was changed.
    Busy,
    /// Nothing can be kept until an administrator has put something right (503). Nothing was changed.
    Unwritable(Unwritable),
    /// A fault of ours (500).
    Internal(Ticket),
    /// Made by the client: the server was not reached.
    Offline,
}

impl AppError {
    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Denied(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::Slow { .. } => 429,
            Self::Internal(_) => 500,
            Self::Busy | Self::Unwritable(_) | Self::Offline => 503,
        }
    }
}

#[cfg(feature = "ssr")]
impl AppError {
    /// The same as an address may carry it: addresses are logged and shared, so what people wrote is left out.
    #[must_use]
    pub fn for_address(self) -> Self {
        let Self::Conflict(Conflict::RequestSettled(mut request)) = self else { return self };
        request.reason = None;
        request.applicant.main_character = None;
        if let Some(settlement) = &mut request.settlement {
            settlement.comment = None;
        }
        Self::Conflict(Conflict::RequestSettled(request))
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unseen => Self::NotFound,
            Refusal::Denied(denial) => Self::Denied(denial),
            Refusal::Conflict(conflict) => Self::Conflict(conflict),
            Refusal::Invalid(problem) => Self::Invalid(vec![problem]),
            Refusal::Slow { retry_after } => Self::Slow { retry_after },
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::Invalid(Vec::new()),
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Serialization(_) => Self::Internal(Ticket(String::new())),
        }
    }
}
