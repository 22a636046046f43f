//! What programs are told by the API, in sentences for the people who write and read them.

use super::Language;
use domain::{Flaw, RecordedEvent, RequestKind, RequestStatus, notice::Subject};

/// Why a call of the API is not even asked: it is none, or cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallFlaw {
    /// There is no such call.
    NoSuchCall,
    /// There is one, by another method.
    OtherMethod,
    /// The token is missing, unknown, ended or revoked.
    NoToken,
    /// The body is longer than any body needs to be.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The body is of another type than JSON.
    NotJson,
    /// The body says that it is JSON, and cannot be read as one object.
    NoObject,
    /// The key that names a repeat is too long or unreadable.
    KeyMalformed,
    /// The key that names a repeat was used with another body.
    KeyReused,
    /// Fields or parameters are not as they have to be.
    Fields,
}

/// What is wrong with one field or parameter of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldFlaw {
    /// What could be wrong in a form as well.
    Flaw(Flaw),
    /// It is of another type, or none of the words that can stand there.
    NotA(&'static str),
    /// The call has no such field.
    NoSuchField,
    /// It is there more than once.
    Repeated,
}

impl FieldFlaw {
    /// The code used in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Flaw(flaw) => flaw.code(),
            Self::NotA(_) => "wrong_type",
            Self::NoSuchField => "unknown_field",
            Self::Repeated => "repeated",
        }
    }
}

impl From<Flaw> for FieldFlaw {
    fn from(flaw: Flaw) -> Self {
        Self::Flaw(flaw)
    }
}

/// A notification in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// How good or bad it is: `info`, `success`, `warning` or `danger`.
    pub level: &'static str,
    /// What it is about, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub message: String,
}

/// Why a call is not asked. The API speaks English: its readers write programs.
#[must_use]
pub const fn call_flaw(flaw: CallFlaw) -> &'static str {
    match flaw {
        CallFlaw::NoSuchCall => "There is no such call. The description at /api/docs lists them all.",
        CallFlaw::OtherMethod => "This address takes other methods. The header Allow lists them.",
        CallFlaw::NoToken => {
            "The call needs a token that is valid: send it in the header Authorization, after the word Bearer."
        }
        CallFlaw::TooLarge => "The body is too long. Send less at once.",
        CallFlaw::TooSlow => "The body took too long to arrive, so nothing was done. Send it again.",
        CallFlaw::NotJson => "The body has to be JSON. Say so by the header Content-Type: application/json.",
        CallFlaw::NoObject => "The body cannot be read as one JSON object in UTF-8.",
        CallFlaw::KeyMalformed => "The Idempotency-Key has to be 1 to 64 printable characters.",
        CallFlaw::KeyReused => "The Idempotency-Key was used for this call with another body. Take a new one.",
        CallFlaw::Fields => "Something in the call does not fit. Look at each of the fields that are named.",
    }
}

/// What is the matter with a field or parameter.
#[must_use]
pub fn field_flaw(field: &str, flaw: FieldFlaw) -> String {
    let number = |value: u64| Language::English.number(value);
    match flaw {
        FieldFlaw::NotA(expected) => format!("{field} has to be {expected}."),
        FieldFlaw::NoSuchField => format!("There is no field {field} here."),
        FieldFlaw::Repeated => format!("{field} is there more than once, and only one of them could count."),
        FieldFlaw::Flaw(flaw) => match flaw {
            Flaw::Missing => format!("{field} is missing."),
            Flaw::TooShort(least) => format!("{field} needs at least {} characters.", number(least as u64)),
            Flaw::TooLong(most) => format!("{field} can be {} long at most.", number(most as u64)),
            Flaw::Malformed => format!("{field} holds what cannot stand there."),
            Flaw::Character(c, stray) => format!("{field} holds {}.", Language::English.character(c, stray)),
            Flaw::Invisible => format!("{field} holds nothing that can be seen."),
            Flaw::Mismatch => format!("{field} was given in two ways."),
            Flaw::Wrong => format!("{field} is not right."),
            Flaw::Unknown => format!("{field} names something that does not exist."),
            Flaw::UnknownLine(line) => {
                format!("{field} names something that does not exist on line {}.", number(line as u64))
            }
            Flaw::AmbiguousLine(line) => format!("{field} names several people on line {}.", number(line as u64)),
            Flaw::Itself => format!("{field} names the group itself."),
            Flaw::OutOfRange(least, most) => {
                format!("{field} has to lie between {} and {}.", number(least.into()), number(most.into()))
            }
        },
    }
}

impl Language {
    /// A notification for whoever reads it.
    #[must_use]
    pub fn news(self, subject: Subject, logged: &RecordedEvent) -> News {
        let (level, title) = match subject {
            Subject::RequestSettled(_, RequestStatus::Approved) => {
                ("success", self.either("Request approved", "Anfrage angenommen"))
            }
            Subject::RequestSettled(_, RequestStatus::Rejected) => {
                ("danger", self.either("Request rejected", "Anfrage abgelehnt"))
            }
            Subject::RequestSettled(_, RequestStatus::Open | RequestStatus::Withdrawn | RequestStatus::Closed) => {
                ("warning", self.either("Request closed", "Anfrage geschlossen"))
            }
            Subject::MembershipLost => ("danger", self.either("Membership ended", "Mitgliedschaft beendet")),
            Subject::RequestWaits(RequestKind::Join) => {
                ("info", self.either("New request to join", "Neue Beitrittsanfrage"))
            }
            Subject::RequestWaits(RequestKind::Leave) => {
                ("info", self.either("New request to leave", "Neue Austrittsanfrage"))
            }
            Subject::SignInsFailed => ("warning", self.either("Sign-ins failed", "Anmeldungen gescheitert")),
            Subject::Admitted => ("success", self.either("Added to the group", "In die Gruppe aufgenommen")),
            Subject::RequestEnded(_, RequestStatus::Approved) => {
                ("info", self.either("Request approved", "Anfrage angenommen"))
            }
            Subject::RequestEnded(_, RequestStatus::Rejected) => {
                ("info", self.either("Request rejected", "Anfrage abgelehnt"))
            }
            Subject::RequestEnded(_, RequestStatus::Withdrawn) => {
                ("info", self.either("Request withdrawn", "Anfrage zurückgezogen"))
            }
            Subject::RequestEnded(_, RequestStatus::Open | RequestStatus::Closed) => {
                ("info", self.either("Request closed", "Anfrage geschlossen"))
            }
        };
        News { level, title: title.to_owned(), message: self.notification_of(subject, logged) }
    }
}
