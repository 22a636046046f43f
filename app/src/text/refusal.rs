//! Why something did not happen, and what to do about it.

use super::{Language, number};
use crate::error::AppError;
use domain::{Conflict, Denial, Flaw, Problem, Request, RequestKind, RequestStatus};

impl Language {
    /// Why the reader may not do something.
    #[must_use]
    pub const fn denial(self, denial: Denial) -> &'static str {
        match self {
            Self::English => match denial {
                Denial::GroupInternal => "This group is run by administrators alone. Ask one of them about it.",
                Denial::StateNotAllowed => {
                    "Only for people in certain states, and yours is not among them. Ask an administrator if that looks wrong."
                }
                Denial::PermissionRequired => "You need the right to request groups. Ask an administrator for it.",
                Denial::NotAManager => "Only leaders of this group and group managers can do this. Ask one of them.",
                Denial::OwnRequest => "Nobody decides their own request. Another leader has to.",
                Denial::NotTheApplicant => "Only the person who asked can take this request back.",
                Denial::SuperuserRequired => {
                    "This is restricted, or reaches further than your own rights, so only a superuser can do it. Ask one."
                }
                Denial::StaffPermissionRequired => {
                    "Your account lacks the staff permission for this. Ask a superuser for it."
                }
            },
        }
    }

    /// What approving somebody's request would meet, for whoever decides.
    #[must_use]
    pub const fn warning(self, denial: Denial) -> &'static str {
        match self {
            Self::English => match denial {
                Denial::GroupInternal => "The group has become internal, so nobody can be let in.",
                Denial::StateNotAllowed => "No longer in a state this group takes, so approving will be refused.",
                Denial::PermissionRequired => {
                    "No longer has the right to request groups, so approving will be refused."
                }
                Denial::OwnRequest => "This is your own request. Another leader has to decide it.",
                Denial::NotAManager
                | Denial::NotTheApplicant
                | Denial::SuperuserRequired
                | Denial::StaffPermissionRequired => "You no longer decide for this group.",
            },
        }
    }

    /// What has moved on meanwhile.
    #[must_use]
    pub fn conflict(self, conflict: &Conflict) -> String {
        match self {
            Self::English => match conflict {
                Conflict::AlreadyMember => "Already a member, so there is nothing left to do.".to_owned(),
                Conflict::NotAMember => "No longer a member, so there is nothing left to do.".to_owned(),
                Conflict::AlreadyRequested => {
                    "Your request for this group already waits. You can withdraw it first.".to_owned()
                }
                Conflict::RequestSettled(request) => self.settled(request),
                Conflict::NameTaken => "This name is in use. Choose another one.".to_owned(),
                Conflict::NameReserved => "This name is reserved. Choose another one.".to_owned(),
                Conflict::NameInUse => "A group has this name. Rename the group first.".to_owned(),
                Conflict::AccountInactive => {
                    "This account is inactive, so it can be in no group. Activate it first.".to_owned()
                }
                Conflict::LastSuperuser => {
                    "This is the last active superuser. Make somebody else a superuser first.".to_owned()
                }
                Conflict::PriorityTaken => "Another state has this priority. Choose another one.".to_owned(),
                Conflict::GuestState => {
                    "This state takes whoever fits no other, so it stays as it is. Only its name can change.".to_owned()
                }
                Conflict::CharacterTaken => {
                    "Another character has this external id. Look whose it is, or correct the id.".to_owned()
                }
                Conflict::CommandReused => {
                    "This form was already used for something else. Reload the page and try again.".to_owned()
                }
            },
        }
    }

    fn settled(self, request: &Request) -> String {
        let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
        match self {
            Self::English => {
                let done = match request.status {
                    RequestStatus::Approved => "approved",
                    RequestStatus::Rejected => "rejected",
                    RequestStatus::Withdrawn => "withdrawn",
                    RequestStatus::Closed | RequestStatus::Open => "closed",
                };
                match by {
                    Some(person) => {
                        format!("{} has {done} this request already, so yours changed nothing.", person.display_name())
                    }
                    None => format!("This request was {done} already, so yours changed nothing."),
                }
            }
        }
    }

    /// What is the matter with a field of a form.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        match self {
            Self::English => {
                let field = match problem.field.as_str() {
                    "reason" => "The reason",
                    "comment" => "The comment",
                    "theme" => "The choice of light or dark",
                    "leaders" => "The list of leaders",
                    "leader_groups" => "The list of leader groups",
                    "states" => "The list of states",
                    "notifications_max_per_user" => "The number of notifications kept for each user",
                    _ => "What the page sent",
                };
                match problem.flaw {
                    Flaw::Missing => format!("{field} is missing."),
                    Flaw::TooShort(least) => {
                        format!("{field} needs at least {} characters.", number(least as u64))
                    }
                    Flaw::TooLong(most) => {
                        format!("{field} can have {} characters at most. Shorten it.", number(most as u64))
                    }
                    Flaw::Malformed => {
                        format!("{field} holds characters that cannot stand there. Take them out, or reload the page.")
                    }
                    Flaw::Mismatch => format!("{field} was entered in two ways. Enter it again."),
                    Flaw::Unknown => {
                        format!("{field} names something that is not there any more. Reload the page and choose again.")
                    }
                    Flaw::Itself => format!("{field} names the group itself. Choose another group."),
                    Flaw::OutOfRange(least, most) => {
                        let (least, most) = (number(least.into()), number(most.into()));
                        format!("{field} has to lie between {least} and {most}. Choose another value.")
                    }
                }
            }
        }
    }

    /// Why there is no answer.
    #[must_use]
    pub fn trouble(self, error: &AppError) -> String {
        match self {
            Self::English => match error {
                AppError::SignedOut => "You are signed out, so nothing was changed. Sign in and try again.".to_owned(),
                AppError::Denied(denial) => self.denial(*denial).to_owned(),
                AppError::NotFound => "This is gone, or not for you to see. Go back to the list.".to_owned(),
                AppError::Conflict(conflict) => self.conflict(conflict),
                AppError::Invalid(problems) if problems.is_empty() => {
                    "The page sent something the server could not read. Reload the page and try again.".to_owned()
                }
                AppError::Invalid(problems) => {
                    problems.iter().map(|problem| self.problem(problem)).collect::<Vec<_>>().join(" ")
                }
                AppError::Slow { retry_after } => {
                    format!("That was too often in a short time. Try again in {}.", self.seconds(*retry_after))
                }
                AppError::Busy => {
                    "The server has too much to do and changed nothing. Try again in a moment.".to_owned()
                }
                AppError::Internal(ticket) if ticket.0.is_empty() => {
                    "Something broke on our side, and it is not your fault. Try again in a moment.".to_owned()
                }
                AppError::Internal(ticket) => format!(
                    "Something broke on our side, and it is not your fault. Try again; if it stays, quote number {}.",
                    ticket.0
                ),
                AppError::Offline => {
                    "The server cannot be reached. Nothing is lost: try again once you are connected.".to_owned()
                }
            },
        }
    }

    fn seconds(self, seconds: u32) -> String {
        match self {
            Self::English => match seconds {
                0 | 1 => "a second".to_owned(),
                2..=99 => format!("{seconds} seconds"),
                _ => format!("{} minutes", seconds.div_ceil(60)),
            },
        }
    }

    /// A request as a noun.
    pub(crate) const fn request_kind(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "join",
                RequestKind::Leave => "leave",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Ticket;
    use domain::{GroupId, GroupRef, Person, RequestId, Settlement, Timestamp, UserId};

    const DENIALS: [Denial; 8] = [
        Denial::GroupInternal,
        Denial::StateNotAllowed,
        Denial::PermissionRequired,
        Denial::NotAManager,
        Denial::OwnRequest,
        Denial::NotTheApplicant,
        Denial::SuperuserRequired,
        Denial::StaffPermissionRequired,
    ];

    fn settled() -> Request {
        let bo = Person { id: UserId(2), username: "Bo".to_owned(), main_character: None };
        Request {
            id: RequestId(1),
            group: GroupRef { id: GroupId(1), name: "Pilots".to_owned() },
            applicant: Person { id: UserId(1), username: "ana".to_owned(), main_character: None },
            kind: RequestKind::Join,
            status: RequestStatus::Approved,
            reason: None,
            created_at: Timestamp(0),
            settlement: Some(Settlement { at: Timestamp(1), by: Some(bo), comment: None, cause: None }),
        }
    }

    #[test]
    fn every_sentence_is_a_sentence_without_jargon() {
        let english = Language::English;
        let conflicts = [
            Conflict::AlreadyMember,
            Conflict::NotAMember,
            Conflict::AlreadyRequested,
            Conflict::RequestSettled(Box::new(settled())),
            Conflict::NameTaken,
            Conflict::NameReserved,
            Conflict::NameInUse,
            Conflict::AccountInactive,
            Conflict::LastSuperuser,
            Conflict::PriorityTaken,
            Conflict::GuestState,
            Conflict::CharacterTaken,
            Conflict::CommandReused,
        ];
        let flaws = [
            Flaw::Missing,
            Flaw::TooShort(8),
            Flaw::TooLong(1000),
            Flaw::Malformed,
            Flaw::Mismatch,
            Flaw::Unknown,
            Flaw::Itself,
            Flaw::OutOfRange(1, 1000),
        ];
        let errors = DENIALS
            .map(AppError::Denied)
            .into_iter()
            .chain(conflicts.map(AppError::Conflict))
            .chain(flaws.map(|flaw| AppError::Invalid(vec![Problem::new("comment", flaw)])))
            .chain([
                AppError::SignedOut,
                AppError::NotFound,
                AppError::Invalid(Vec::new()),
                AppError::Slow { retry_after: 30 },
                AppError::Busy,
                AppError::Internal(Ticket("4711".to_owned())),
                AppError::Internal(Ticket(String::new())),
                AppError::Offline,
            ]);
        let sentences =
            errors.map(|error| english.trouble(&error)).chain(DENIALS.map(|denial| english.warning(denial).to_owned()));
        for sentence in sentences {
            let lower = sentence.to_lowercase();
            assert!(!lower.contains("error") && !lower.contains("invalid") && !lower.contains('_'), "{sentence}");
            assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'), "{sentence}");
        }
    }

    #[test]
    fn whoever_comes_second_is_told_who_decided_and_what() {
        let sentence = Language::English.conflict(&Conflict::RequestSettled(Box::new(settled())));
        assert_eq!(sentence, "Bo has approved this request already, so yours changed nothing.");
    }
}
