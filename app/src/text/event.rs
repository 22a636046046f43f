//! What is said about what happened: rows of the audit log, one's own history, the last decision.

use super::Language;
use domain::{Cause, EventAction, EventType, Logged, RequestStatus, Touches, What};

impl Language {
    /// The type column of the audit log.
    pub(crate) const fn event_type(self, kind: EventType) -> &'static str {
        match self {
            Self::English => match kind {
                EventType::Join => "Join",
                EventType::Leave => "Leave",
                EventType::Removed => "Removed",
                EventType::Added => "Added",
                EventType::Group => "Group",
                EventType::Leader => "Leader",
                EventType::Account => "Account",
                EventType::State => "State",
                EventType::Permission => "Permission",
                EventType::Setting => "Setting",
                EventType::ReservedName => "Reserved name",
            },
        }
    }

    /// The action column of the audit log.
    pub(crate) const fn event_action(self, action: EventAction) -> &'static str {
        match self {
            Self::English => match action {
                EventAction::Requested => "Requested",
                EventAction::Accepted => "Accepted",
                EventAction::Rejected => "Rejected",
                EventAction::Withdrawn => "Withdrawn",
                EventAction::Closed => "Closed",
                EventAction::Done => "Done",
            },
        }
    }

    /// Which rule did it.
    pub(crate) const fn cause(self, cause: Cause) -> &'static str {
        match self {
            Self::English => match cause {
                Cause::RemovedByManager => "Removed by a leader or manager",
                Cause::StateNotAllowed => "The group no longer takes this state",
                Cause::PermissionLost => "The right to request groups was lost",
                Cause::AccountDeactivated => "The account was deactivated",
                Cause::AccountDeleted => "The account was deleted",
                Cause::GroupDeleted => "The group was deleted",
                Cause::GroupInternal => "The group became internal",
                Cause::AutoLeaveEnabled => "Leaving became immediate",
                Cause::Joined => "Became a member without a decision",
                Cause::NoLongerMember => "No longer a member",
                Cause::Rule => "By a rule of the group",
            },
        }
    }

    /// A line of the reader's own history with a group.
    pub(crate) fn history(self, logged: &Logged) -> String {
        let by = logged.actor.as_ref().map(|actor| actor.username.as_str());
        match self {
            Self::English => {
                let by = by.unwrap_or("Muster");
                match &logged.event.what {
                    What::Requested(kind) => format!("You asked to {}", self.request_kind(*kind)),
                    What::Approved(kind) => format!("{by} approved your request to {}", self.request_kind(*kind)),
                    What::Rejected(kind) => format!("{by} rejected your request to {}", self.request_kind(*kind)),
                    What::Withdrawn(kind) => format!("You withdrew your request to {}", self.request_kind(*kind)),
                    What::Closed(kind) => format!("Your request to {} was closed", self.request_kind(*kind)),
                    What::Joined => "You joined".to_owned(),
                    What::Left => "You left".to_owned(),
                    What::Added => format!("{by} added you"),
                    What::Removed => format!("{by} removed you"),
                    What::LeaderAdded => format!("{by} made you a leader"),
                    What::LeaderRemoved => format!("{by} ended your leading"),
                    What::GroupCreated(_)
                    | What::GroupEdited { .. }
                    | What::GroupDeleted
                    | What::JoinLinkReplaced
                    | What::LeaderGroupAdded(_)
                    | What::LeaderGroupRemoved(_)
                    | What::PermissionGiven(..)
                    | What::PermissionTaken(..)
                    | What::AccountCreated(_)
                    | What::AccountEdited(_)
                    | What::AccountDeleted
                    | What::PasswordSet
                    | What::CharacterAdded(_)
                    | What::CharacterEdited { .. }
                    | What::CharacterRemoved(_)
                    | What::MainSet(_)
                    | What::StateChanged { .. }
                    | What::StateCreated(_)
                    | What::StateEdited { .. }
                    | What::StateDeleted(_)
                    | What::NameReserved(_)
                    | What::NameFreed(..)
                    | What::SettingsChanged { .. } => self.details(&logged.event).join(" "),
                }
            }
        }
    }

    /// Who decided last and what; nothing where the event is no decision.
    pub(crate) fn last_decision(self, logged: &Logged) -> Option<String> {
        let by = logged.actor.as_ref()?.username.as_str();
        let subject = logged.event.subject.as_ref()?.display_name();
        let group = &logged.event.group.as_ref()?.name;
        match self {
            Self::English => {
                let Touches::Request(kind, status) = logged.event.what.touches() else { return None };
                let done = match status {
                    RequestStatus::Approved => "approved",
                    RequestStatus::Rejected => "rejected",
                    RequestStatus::Open | RequestStatus::Withdrawn | RequestStatus::Closed => return None,
                };
                Some(format!("{by} {done} {subject}’s request to {} {group}", self.request_kind(kind)))
            }
        }
    }

    /// Who did it, where nobody in particular did.
    pub(crate) const fn system(self) -> &'static str {
        match self {
            Self::English => "Muster",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ActorRef, Event, EventId, GroupId, GroupRef, Person, RequestKind, Seq, Timestamp, UserId};

    fn logged(what: What) -> Logged {
        Logged {
            id: EventId(1),
            seq: Seq(1),
            at: Timestamp(0),
            actor: Some(ActorRef { id: UserId(2), username: "Bo".to_owned() }),
            event: Event {
                what,
                group: Some(GroupRef { id: GroupId(3), name: "Logi".to_owned() }),
                subject: Some(Person { id: UserId(1), username: "Ana".to_owned(), main_character: None }),
                request: None,
                cause: None,
                reason: None,
                comment: None,
            },
        }
    }

    #[test]
    fn only_decisions_are_told_as_the_last_one() {
        let told = |what| Language::English.last_decision(&logged(what));
        assert_eq!(told(What::Approved(RequestKind::Join)).as_deref(), Some("Bo approved Ana’s request to join Logi"));
        assert_eq!(told(What::Requested(RequestKind::Join)), None);
        assert_eq!(told(What::Joined), None);
    }

    #[test]
    fn history_speaks_to_the_reader() {
        let line = |what| Language::English.history(&logged(what));
        assert_eq!(line(What::Rejected(RequestKind::Leave)), "Bo rejected your request to leave");
        assert_eq!(line(What::Joined), "You joined");
        assert_eq!(line(What::LeaderAdded), "Bo made you a leader");
        assert_eq!(line(What::GroupDeleted), "The group was deleted.");
    }
}
