//! What a notification says.

use super::{Language, fill};
use domain::{
    Cause, EventPayload, FailedSignIns, NotificationRow, RecordedEvent, RequestKind, RequestStatus, notice::Subject,
};

/// The fixed words of the list of notifications.
pub(crate) struct NotificationLabels {
    pub(crate) intro: &'static str,
    pub(crate) which: &'static str,
    pub(crate) all: &'static str,
    pub(crate) unread: &'static str,
    pub(crate) is_unread: &'static str,
    pub(crate) mark_read: &'static str,
    pub(crate) mark_all_read: &'static str,
    pub(crate) all_read: &'static str,
    pub(crate) none: &'static str,
    pub(crate) none_hint: &'static str,
    pub(crate) none_unread: &'static str,
    pub(crate) none_unread_hint: &'static str,
}

static ENGLISH: NotificationLabels = NotificationLabels {
    intro: "What was decided about you, what ended, and who waits for you.",
    which: "Which notifications",
    all: "All",
    unread: "Unread",
    is_unread: "Unread",
    mark_read: "Mark as read",
    mark_all_read: "Mark all as read",
    all_read: "All notifications are read.",
    none: "You have no notifications yet.",
    none_hint: "When a request of yours is decided or a membership ends, it is told here, without reloading.",
    none_unread: "You have read everything.",
    none_unread_hint: "What is new appears here by itself.",
};

static GERMAN: NotificationLabels = NotificationLabels {
    intro: "Was über dich entschieden wurde, was geendet hat und wer auf dich wartet.",
    which: "Welche Benachrichtigungen",
    all: "Alle",
    unread: "Ungelesen",
    is_unread: "Ungelesen",
    mark_read: "Als gelesen markieren",
    mark_all_read: "Alle als gelesen markieren",
    all_read: "Alle Benachrichtigungen sind gelesen.",
    none: "Du hast noch keine Benachrichtigungen.",
    none_hint: "Wird über eine Anfrage von dir entschieden oder endet eine Mitgliedschaft, steht es hier, ohne neu zu laden.",
    none_unread: "Du hast alles gelesen.",
    none_unread_hint: "Neues erscheint hier von selbst.",
};

impl Language {
    /// The fixed words of the list of notifications.
    pub(crate) const fn notifications(self) -> &'static NotificationLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// What happened, in a sentence that names who and where.
    pub(crate) fn notification(self, row: &NotificationRow) -> String {
        self.notification_of(row.subject, &row.logged)
    }

    /// How many sign-ins failed, since when, and from where.
    pub(crate) fn sign_ins_failed(self, failed: &FailedSignIns) -> String {
        let sentence = if failed.elsewhere {
            self.either(
                "{0} sign-ins to the account failed since {1} EVE (UTC), from {2} and elsewhere.",
                "{0} Anmeldungen am Konto sind seit {1} EVE (UTC) gescheitert, von {2} und anderswo.",
            )
        } else {
            self.either(
                "{0} sign-ins to the account failed since {1} EVE (UTC), from {2}.",
                "{0} Anmeldungen am Konto sind seit {1} EVE (UTC) gescheitert, von {2}.",
            )
        };
        fill(sentence, &[&self.number(failed.count.into()), &self.exact(failed.since), &failed.address])
    }

    /// The sentence about an event, by what its reader is told of it.
    pub(crate) fn notification_of(self, subject: Subject, logged: &RecordedEvent) -> String {
        let event = &logged.event;
        if let EventPayload::SignInsFailed(failed) = &event.what {
            return self.sign_ins_failed(failed);
        }
        let group = event.group.as_ref().map_or("", |group| group.name.as_str());
        let by = logged.actor.as_ref().map_or(self.system(), |actor| actor.username.as_str());
        let who = event.subject.as_ref().map_or("", |person| person.display_name());
        self.told(subject, by, group, who, event.cause)
    }

    /// What somebody is told.
    pub(crate) fn told(self, subject: Subject, by: &str, group: &str, who: &str, cause: Option<Cause>) -> String {
        let cause = cause.map_or("", |cause| self.cause(cause));
        let (sentence, kind) = match subject {
            Subject::RequestSettled(kind, RequestStatus::Approved) => (
                self.either("{0} approved your request to {1} {2}.", "{0} hat deine {1}sanfrage für {2} angenommen."),
                kind,
            ),
            Subject::RequestSettled(kind, RequestStatus::Rejected) => (
                self.either("{0} rejected your request to {1} {2}.", "{0} hat deine {1}sanfrage für {2} abgelehnt."),
                kind,
            ),
            Subject::RequestSettled(kind, RequestStatus::Open | RequestStatus::Withdrawn | RequestStatus::Closed) => (
                self.either(
                    "Your request to {1} {2} was closed. {3}.",
                    "Deine {1}sanfrage für {2} wurde geschlossen. {3}.",
                ),
                kind,
            ),
            Subject::MembershipLost => (
                self.either("You are no longer a member of {2}. {3}.", "Du bist kein Mitglied von {2} mehr. {3}."),
                RequestKind::Leave,
            ),
            Subject::RequestWaits(RequestKind::Join) => {
                (self.either("{4} wants to join {2}.", "{4} bittet um Aufnahme in {2}."), RequestKind::Join)
            }
            Subject::RequestWaits(RequestKind::Leave) => {
                (self.either("{4} wants to leave {2}.", "{4} bittet um Austritt aus {2}."), RequestKind::Leave)
            }
            Subject::Admitted => (
                self.either(
                    "{0} added you to {2}. That settles your request.",
                    "{0} hat dich in {2} aufgenommen. Damit ist deine Anfrage erledigt.",
                ),
                RequestKind::Join,
            ),
            Subject::RequestEnded(kind, RequestStatus::Approved) => (
                self.either(
                    "{0} approved the request of {4} to {1} {2}.",
                    "{0} hat die {1}sanfrage von {4} für {2} angenommen.",
                ),
                kind,
            ),
            Subject::RequestEnded(kind, RequestStatus::Rejected) => (
                self.either(
                    "{0} rejected the request of {4} to {1} {2}.",
                    "{0} hat die {1}sanfrage von {4} für {2} abgelehnt.",
                ),
                kind,
            ),
            Subject::RequestEnded(kind, RequestStatus::Withdrawn) => (
                self.either(
                    "{4} has withdrawn the request to {1} {2}.",
                    "{4} hat die {1}sanfrage für {2} zurückgezogen.",
                ),
                kind,
            ),
            Subject::RequestEnded(kind, RequestStatus::Open | RequestStatus::Closed) => (
                self.either(
                    "The request of {4} to {1} {2} was closed by {0}. {3}.",
                    "Die {1}sanfrage von {4} für {2} wurde von {0} geschlossen. {3}.",
                ),
                kind,
            ),
            // What is known of them stands in the event.
            Subject::SignInsFailed => (
                self.either("Sign-ins to your account failed.", "Anmeldungen an deinem Konto sind gescheitert."),
                RequestKind::Join,
            ),
        };
        fill(sentence, &[by, self.request_kind(kind), group, cause, who])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        ActorRef, Event, EventId, GroupId, GroupRef, NotificationId, Person, RecordedEvent, Seq, Timestamp, UserId,
    };

    fn row(subject: Subject, what: EventPayload, cause: Option<Cause>) -> NotificationRow {
        let event = Event::of(what)
            .in_group(GroupRef { id: GroupId(3), name: "Logi".to_owned() })
            .about(Person { id: UserId(1), username: "ana".to_owned(), main_character: None })
            .because(cause);
        let actor = Some(ActorRef { id: UserId(2), username: "bo".to_owned() });
        let logged = RecordedEvent { id: EventId(1), seq: Seq(1), at: Timestamp(0), actor, event };
        NotificationRow { id: NotificationId(1), subject, logged, read_at: None }
    }

    #[test]
    fn failed_sign_ins_are_told_with_where_and_when() {
        let failed = FailedSignIns {
            count: 20,
            since: Timestamp(1_795_435_200_000_000),
            address: "203.0.113.7".to_owned(),
            elsewhere: false,
        };
        let one = row(Subject::SignInsFailed, EventPayload::SignInsFailed(Box::new(failed.clone())), None);
        let many = row(
            Subject::SignInsFailed,
            EventPayload::SignInsFailed(Box::new(FailedSignIns { elsewhere: true, ..failed })),
            None,
        );
        assert_eq!(
            [Language::English.notification(&one), Language::German.notification(&many)],
            [
                "20 sign-ins to the account failed since 2026-11-23 12:00 EVE (UTC), from 203.0.113.7.",
                "20 Anmeldungen am Konto sind seit 23.11.2026 12:00 EVE (UTC) gescheitert, von 203.0.113.7 und anderswo."
            ]
        );
    }

    #[test]
    fn each_says_what_happened_where_and_why() {
        let join = RequestKind::Join;
        let approved = row(Subject::RequestSettled(join, RequestStatus::Approved), EventPayload::Approved(join), None);
        let lost = row(Subject::MembershipLost, EventPayload::Removed, Some(Cause::PermissionLost));
        let waits = row(Subject::RequestWaits(join), EventPayload::Requested(join), None);
        let said = |language: Language| [&approved, &lost, &waits].map(|row| language.notification(row));
        assert_eq!(
            said(Language::English),
            [
                "bo approved your request to join Logi.",
                "You are no longer a member of Logi. The right to request groups was lost.",
                "ana wants to join Logi."
            ]
        );
        assert_eq!(
            said(Language::German),
            [
                "bo hat deine Beitrittsanfrage für Logi angenommen.",
                "Du bist kein Mitglied von Logi mehr. Das Recht, Gruppen anzufragen, ging verloren.",
                "ana bittet um Aufnahme in Logi."
            ]
        );
    }
}
