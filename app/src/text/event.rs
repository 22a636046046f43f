//! What is said about what happened: rows of the audit log, one's own history, the last decision.

use super::{Language, fill};
use domain::{Cause, EventAction, EventPayload, EventScope, EventType, RecordedEvent, RequestStatus};

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
            Self::German => match kind {
                EventType::Join => "Beitritt",
                EventType::Leave => "Austritt",
                EventType::Removed => "Entfernt",
                EventType::Added => "Hinzugefügt",
                EventType::Group => "Gruppe",
                EventType::Leader => "Leitung",
                EventType::Account => "Konto",
                EventType::State => "Status",
                EventType::Permission => "Berechtigung",
                EventType::Setting => "Einstellung",
                EventType::ReservedName => "Reservierter Name",
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
            Self::German => match action {
                EventAction::Requested => "Angefragt",
                EventAction::Accepted => "Angenommen",
                EventAction::Rejected => "Abgelehnt",
                EventAction::Withdrawn => "Zurückgezogen",
                EventAction::Closed => "Geschlossen",
                EventAction::Done => "Erledigt",
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
            Self::German => match cause {
                Cause::RemovedByManager => "Entfernt von der Leitung oder der Gruppenverwaltung",
                Cause::StateNotAllowed => "Die Gruppe nimmt diesen Status nicht mehr auf",
                Cause::PermissionLost => "Das Recht, Gruppen anzufragen, ging verloren",
                Cause::AccountDeactivated => "Das Konto wurde deaktiviert",
                Cause::AccountDeleted => "Das Konto wurde gelöscht",
                Cause::GroupDeleted => "Die Gruppe wurde gelöscht",
                Cause::GroupInternal => "Die Gruppe wurde intern",
                Cause::AutoLeaveEnabled => "Austreten wirkt jetzt sofort",
                Cause::Joined => "Mitglied geworden, ohne Entscheidung",
                Cause::NoLongerMember => "Nicht mehr Mitglied",
                Cause::Rule => "Durch eine Regel der Gruppe",
            },
        }
    }

    /// A line of the reader's own history with a group.
    pub(crate) fn history(self, logged: &RecordedEvent) -> String {
        let by = logged.actor.as_ref().map_or(self.system(), |actor| actor.username.as_str());
        let (sentence, kind) = match &logged.event.what {
            EventPayload::Requested(kind) => (self.either("You asked to {1}", "Du hast um {1} gebeten"), Some(*kind)),
            EventPayload::Approved(kind) => {
                (self.either("{0} approved your request to {1}", "{0} hat deine {1}sanfrage angenommen"), Some(*kind))
            }
            EventPayload::Rejected(kind) => {
                (self.either("{0} rejected your request to {1}", "{0} hat deine {1}sanfrage abgelehnt"), Some(*kind))
            }
            EventPayload::Withdrawn(kind) => (
                self.either("You withdrew your request to {1}", "Du hast deine {1}sanfrage zurückgezogen"),
                Some(*kind),
            ),
            EventPayload::Closed(kind) => {
                (self.either("Your request to {1} was closed", "Deine {1}sanfrage wurde geschlossen"), Some(*kind))
            }
            EventPayload::Joined => (self.either("You joined", "Du bist beigetreten"), None),
            EventPayload::Left => (self.either("You left", "Du bist ausgetreten"), None),
            EventPayload::Added => (self.either("{0} added you", "{0} hat dich hinzugefügt"), None),
            EventPayload::Removed => (self.either("{0} removed you", "{0} hat dich entfernt"), None),
            EventPayload::LeaderAdded => {
                (self.either("{0} made you a leader", "{0} hat dir die Leitung gegeben"), None)
            }
            EventPayload::LeaderRemoved => {
                (self.either("{0} ended your leading", "{0} hat deine Leitung beendet"), None)
            }
            EventPayload::GroupCreated(_)
            | EventPayload::GroupEdited { .. }
            | EventPayload::GroupDeleted
            | EventPayload::JoinLinkReplaced
            | EventPayload::LeaderGroupAdded(_)
            | EventPayload::LeaderGroupRemoved(_)
            | EventPayload::PermissionGiven(..)
            | EventPayload::PermissionTaken(..)
            | EventPayload::AccountCreated(_)
            | EventPayload::AccountEdited { .. }
            | EventPayload::AccountEditedTo(_)
            | EventPayload::AccountDeleted
            | EventPayload::PasswordSet
            | EventPayload::TokenCreated { .. }
            | EventPayload::TokenRevoked(..)
            | EventPayload::SessionsEnded
            | EventPayload::SignInsFailed(_)
            | EventPayload::ResetLinkMade
            | EventPayload::PasswordReset
            | EventPayload::Registered { .. }
            | EventPayload::InvitationCreated(_)
            | EventPayload::InvitationRevoked(_)
            | EventPayload::CharacterAdded(_)
            | EventPayload::CharacterEdited { .. }
            | EventPayload::CharacterRemoved(_)
            | EventPayload::MainSet(_)
            | EventPayload::StateChanged { .. }
            | EventPayload::StateCreated(_)
            | EventPayload::StateEdited { .. }
            | EventPayload::StateDeleted(_)
            | EventPayload::NameReserved(_)
            | EventPayload::NameFreed(..)
            | EventPayload::SettingsChanged { .. } => return self.details(&logged.event).join(" "),
        };
        fill(sentence, &[by, kind.map_or("", |kind| self.request_kind(kind))])
    }

    /// Who decided last and what; nothing where the event is no decision.
    pub(crate) fn last_decision(self, logged: &RecordedEvent) -> Option<String> {
        let by = logged.actor.as_ref()?.username.as_str();
        let subject = logged.event.subject.as_ref()?.display_name();
        let group = &logged.event.group.as_ref()?.name;
        let EventScope::Request(kind, status) = logged.event.what.touches() else { return None };
        let sentence = match status {
            RequestStatus::Approved => self
                .either("{0} approved {1}’s request to {2} {3}", "{0} hat die {2}sanfrage von {1} für {3} angenommen"),
            RequestStatus::Rejected => self
                .either("{0} rejected {1}’s request to {2} {3}", "{0} hat die {2}sanfrage von {1} für {3} abgelehnt"),
            RequestStatus::Open | RequestStatus::Withdrawn | RequestStatus::Closed => return None,
        };
        Some(fill(sentence, &[by, subject, self.request_kind(kind), group]))
    }

    /// Who did it, where nobody in particular did.
    pub(crate) const fn system(self) -> &'static str {
        match self {
            Self::English | Self::German => "Muster",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ActorRef, Event, EventId, GroupId, GroupRef, Person, RequestKind, Seq, Timestamp, UserId};

    fn logged(what: EventPayload) -> RecordedEvent {
        RecordedEvent {
            id: EventId(1),
            seq: Seq(1),
            at: Timestamp(0),
            actor: Some(ActorRef { id: UserId(2), username: "Bo".to_owned() }),
            event: Event::of(what).in_group(GroupRef { id: GroupId(3), name: "Logi".to_owned() }).about(Person {
                id: UserId(1),
                username: "Ana".to_owned(),
                main_character: None,
            }),
        }
    }

    #[test]
    fn only_decisions_are_told_as_the_last_one() {
        let told = |what| Language::English.last_decision(&logged(what));
        assert_eq!(
            told(EventPayload::Approved(RequestKind::Join)).as_deref(),
            Some("Bo approved Ana’s request to join Logi")
        );
        assert_eq!(told(EventPayload::Requested(RequestKind::Join)), None);
        assert_eq!(told(EventPayload::Joined), None);
    }

    #[test]
    fn history_speaks_to_the_reader() {
        let line = |what| Language::English.history(&logged(what));
        assert_eq!(line(EventPayload::Rejected(RequestKind::Leave)), "Bo rejected your request to leave");
        assert_eq!(line(EventPayload::Joined), "You joined");
        assert_eq!(line(EventPayload::LeaderAdded), "Bo made you a leader");
        assert_eq!(line(EventPayload::GroupDeleted), "The group was deleted.");
    }
}
