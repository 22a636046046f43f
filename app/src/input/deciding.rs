//! Deciding many requests at once: the form, and what came of it as the address of a page carries it.

use super::{Attempt, Reading};
use crate::{error::AppError, wire};
#[cfg(feature = "ssr")]
use domain::Conflict;
use domain::{Command, CommandId, Flaw, Note, Receipt, RequestId, RequestStatus, optional_note};
use serde::{Deserialize, Serialize};

/// The most requests that are decided at once (api.md).
pub const MOST_AT_ONCE: u32 = 200;

/// The field of the address that carries a [`Tally`].
pub(crate) const TALLY_FIELD: &str = "decided";

/// To decide many requests, each on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestsForm {
    /// The ids of the requests.
    pub requests: Vec<String>,
    /// What every applicant is told; may be empty.
    pub comment: String,
    /// The name of this attempt. Each request is decided under a name of its own, made from this one and its id.
    pub command_id: String,
}

impl RequestsForm {
    /// Reads it as approving all of them.
    pub fn approve(&self) -> Result<Vec<(RequestId, Attempt)>, AppError> {
        self.read(|request, comment| Command::Approve { request, comment })
    }

    /// Reads it as rejecting all of them.
    pub fn reject(&self) -> Result<Vec<(RequestId, Attempt)>, AppError> {
        self.read(|request, comment| Command::Reject { request, comment })
    }

    fn read(&self, command: fn(RequestId, Option<Note>) -> Command) -> Result<Vec<(RequestId, Attempt)>, AppError> {
        let mut reading = Reading::default();
        let comment = reading.take("comment", optional_note(&self.comment));
        let requests = reading.take("requests", self.ids());
        let read = comment.zip(requests).and_then(|(comment, requests)| {
            let attempts = requests.into_iter().map(|request| {
                let attempt = reading.take("command_id", self.attempt(request))?;
                Some((request, (command(request, comment.clone()), attempt)))
            });
            attempts.collect()
        });
        reading.finish(read)
    }

    /// Every request once, in the order of the form.
    fn ids(&self) -> Result<Vec<RequestId>, Flaw> {
        if self.requests.is_empty() {
            return Err(Flaw::Missing);
        }
        let mut ids = Vec::new();
        for text in &self.requests {
            let id: RequestId = text.parse().map_err(|_| Flaw::Malformed)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if ids.len() > MOST_AT_ONCE as usize { Err(Flaw::OutOfRange(1, MOST_AT_ONCE)) } else { Ok(ids) }
    }

    fn attempt(&self, request: RequestId) -> Result<Option<CommandId>, Flaw> {
        if self.command_id.is_empty() {
            return Ok(None);
        }
        CommandId::parse(&format!("{}.{request}", self.command_id)).map(Some).ok_or(Flaw::Malformed)
    }
}

/// Why one of many was not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Miss {
    /// It has ended already: how is not for an address.
    Settled,
    /// Anything else, as it is told of one alone.
    Refused(AppError),
}

/// What came of one of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The request.
    pub request: RequestId,
    /// As if it had been decided alone.
    pub answer: Result<Receipt, AppError>,
}

/// What came of deciding many requests by a plain form. The page that is led back to tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// What was to become of them.
    pub(crate) status: RequestStatus,
    /// How many it became of.
    pub(crate) done: u32,
    /// The others, with the reason.
    pub(crate) missed: Vec<(RequestId, Miss)>,
}

impl Tally {
    /// Counts the answers. A plain form is answered on the server alone.
    #[cfg(feature = "ssr")]
    pub(crate) fn of(status: RequestStatus, decided: &[Decided]) -> Self {
        let mut tally = Self { status, done: 0, missed: Vec::new() };
        for decided in decided {
            match &decided.answer {
                Ok(_) => tally.done += 1,
                Err(error) => tally.missed.push((decided.request, Miss::of(error))),
            }
        }
        tally
    }

    /// The tally as the address carries it.
    #[cfg(feature = "ssr")]
    pub(crate) fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The tally of an address; `None` where it holds none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        wire::read(text).ok()
    }
}

impl Miss {
    #[cfg(feature = "ssr")]
    fn of(error: &AppError) -> Self {
        match error {
            AppError::Conflict(Conflict::RequestSettled(_)) => Self::Settled,
            other => Self::Refused(other.clone()),
        }
    }

    /// The refusal as far as it is known, for the words about it. An end by somebody else has words of its own.
    pub(crate) fn error(&self) -> Option<&AppError> {
        match self {
            Self::Settled => None,
            Self::Refused(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Ticket;
    use domain::{Denial, Outcome, Problem, Receipt};

    fn form(requests: &[&str]) -> RequestsForm {
        RequestsForm {
            requests: requests.iter().map(|id| (*id).to_owned()).collect(),
            comment: "thanks".to_owned(),
            command_id: "seed".to_owned(),
        }
    }

    #[test]
    fn each_request_is_decided_once_under_a_name_of_its_own() {
        let read = form(&["7", "9", "7"]).approve().expect("is read");
        let named: Vec<_> = read.iter().map(|(id, (_, attempt))| (id.0, attempt.clone())).collect();
        assert_eq!(named, [(7, CommandId::parse("seed.7")), (9, CommandId::parse("seed.9"))]);
        assert!(matches!(&read[0].1.0, Command::Approve { request: RequestId(7), comment: Some(_) }));
    }

    #[test]
    fn what_names_no_request_or_too_many_is_refused_whole() {
        let flaw = |form: RequestsForm| form.reject().expect_err("is refused");
        let problem = |flaw| AppError::Invalid(vec![Problem::new("requests", flaw)]);
        assert_eq!(flaw(form(&[])), problem(Flaw::Missing));
        assert_eq!(flaw(form(&["1", "x"])), problem(Flaw::Malformed));
        let many: Vec<String> = (1..=201).map(|id| id.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(flaw(form(&many)), problem(Flaw::OutOfRange(1, 200)));
        assert_eq!(form(&many[..200]).approve().map(|all| all.len()), Ok(200));
    }

    #[test]
    fn a_tally_survives_the_address() {
        let receipt = Receipt { outcome: Outcome::Approved(RequestId(1)) };
        let decided = [
            Decided { request: RequestId(1), answer: Ok(receipt) },
            Decided { request: RequestId(2), answer: Err(AppError::NotFound) },
            Decided { request: RequestId(3), answer: Err(AppError::Denied(Denial::OwnRequest)) },
            Decided { request: RequestId(4), answer: Err(AppError::Conflict(Conflict::AlreadyMember)) },
            Decided { request: RequestId(5), answer: Err(AppError::Busy) },
            Decided { request: RequestId(6), answer: Err(AppError::Internal(Ticket("4711".to_owned()))) },
        ];
        let tally = Tally::of(RequestStatus::Approved, &decided);
        assert_eq!(tally.done, 1);
        let refused = decided.iter().filter_map(|it| Some((it.request, Miss::Refused(it.answer.clone().err()?))));
        assert_eq!(tally.missed, refused.collect::<Vec<_>>(), "each keeps its reason, and its number in the log");
        assert_eq!(Tally::read(&tally.written()), Some(tally));
        assert_eq!(Tally::read("nonsense"), None);
    }
}
