//! What is said about requests that wait, and about how they leave.

use super::{Language, fill};
use domain::{Person, QueueRow, RequestKind, RequestStatus, SettledMark, UserId};

impl Language {
    /// What became of a request, while it is still shown to `me`; `writes` says that they are writing about it.
    pub(crate) fn settled_mark(self, settled_mark: &SettledMark, me: UserId, writes: bool) -> String {
        // That it ended somehow is all that a list says which has it no more.
        let done = match settled_mark.status {
            RequestStatus::Open => self.either("No longer open", "Nicht mehr offen"),
            status => self.decided(status),
        };
        match &settled_mark.by {
            Some(by) if settled_mark.status != RequestStatus::Closed && by.id != me => {
                let sentence = if writes {
                    self.either("{0} by {1} meanwhile", "{0} von {1}, inzwischen")
                } else {
                    self.either("{0} by {1}, just now", "{0} von {1}, gerade eben")
                };
                fill(sentence, &[done, &by.username])
            }
            Some(_) | None if writes => fill(self.either("{0} meanwhile", "{0}, inzwischen"), &[done]),
            Some(_) | None => fill(self.either("{0}, just now", "{0}, gerade eben"), &[done]),
        }
    }

    /// What became of a request, in a word or two.
    pub(crate) const fn decided(self, status: RequestStatus) -> &'static str {
        match self {
            Self::English => match status {
                RequestStatus::Open => "Waiting",
                RequestStatus::Approved => "Approved",
                RequestStatus::Rejected => "Rejected",
                RequestStatus::Withdrawn => "Withdrawn",
                RequestStatus::Closed => "No longer needed",
            },
            Self::German => match status {
                RequestStatus::Open => "Wartet",
                RequestStatus::Approved => "Angenommen",
                RequestStatus::Rejected => "Abgelehnt",
                RequestStatus::Withdrawn => "Zurückgezogen",
                RequestStatus::Closed => "Nicht mehr nötig",
            },
        }
    }

    /// What somebody wants: the words between their name and the group's.
    pub(crate) const fn wants(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "wants to join",
                RequestKind::Leave => "wants to leave",
            },
            Self::German => match kind {
                RequestKind::Join => "bittet um Aufnahme in",
                RequestKind::Leave => "bittet um Austritt aus",
            },
        }
    }

    /// The rest of the name of a button that decides.
    pub(crate) fn deciding(self, row: &QueueRow) -> String {
        let sentence = self.either(" {0}’s request to {1} {2}", ": {1}sanfrage von {0} für {2}");
        fill(sentence, &[row.applicant.display_name(), self.request_kind(row.kind), &row.group.name])
    }

    /// A request that has just come, for those who do not see the list.
    pub(crate) fn arrived(self, applicant: &Person, kind: RequestKind, group: &str) -> String {
        let sentence = self.either("New request: {0} {1} {2}.", "Neue Anfrage: {0} {1} {2}.");
        fill(sentence, &[applicant.display_name(), self.wants(kind), group])
    }

    /// The tab of one kind, without its count.
    pub(crate) const fn tab(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "Join",
                RequestKind::Leave => "Leave",
            },
            Self::German => match kind {
                RequestKind::Join => "Beitritt",
                RequestKind::Leave => "Austritt",
            },
        }
    }

    /// That nothing waits.
    pub(crate) const fn no_requests(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "No requests to join wait.",
                RequestKind::Leave => "No requests to leave wait.",
            },
            Self::German => match kind {
                RequestKind::Join => "Keine Beitrittsanfragen warten.",
                RequestKind::Leave => "Keine Austrittsanfragen warten.",
            },
        }
    }

    /// How many wait, for a badge that shows only the number.
    pub(crate) fn waiting(self, count: u32) -> String {
        fill(self.either("{0} waiting", "{0} wartend"), &[&count.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ActorRef;

    #[test]
    fn a_farewell_names_who_and_what() {
        let by = Some(ActorRef { id: UserId(2), username: "Bo".to_owned() });
        let settled_mark = |status, by| Language::English.settled_mark(&SettledMark { status, by }, UserId(1), false);
        assert_eq!(settled_mark(RequestStatus::Approved, by.clone()), "Approved by Bo, just now");
        let mine = Some(ActorRef { id: UserId(1), username: "Ana".to_owned() });
        assert_eq!(settled_mark(RequestStatus::Rejected, mine), "Rejected, just now");
        assert_eq!(settled_mark(RequestStatus::Closed, by), "No longer needed, just now");
        assert_eq!(settled_mark(RequestStatus::Withdrawn, None), "Withdrawn, just now");
        assert_eq!(settled_mark(RequestStatus::Open, None), "No longer open, just now");
    }

    #[test]
    fn whoever_writes_is_told_what_happened_meanwhile() {
        let by = Some(ActorRef { id: UserId(2), username: "Bo".to_owned() });
        let settled_mark =
            |language: Language, status, by| language.settled_mark(&SettledMark { status, by }, UserId(1), true);
        assert_eq!(settled_mark(Language::English, RequestStatus::Rejected, by.clone()), "Rejected by Bo meanwhile");
        assert_eq!(settled_mark(Language::German, RequestStatus::Rejected, by), "Abgelehnt von Bo, inzwischen");
        assert_eq!(settled_mark(Language::English, RequestStatus::Withdrawn, None), "Withdrawn meanwhile");
        assert_eq!(settled_mark(Language::English, RequestStatus::Open, None), "No longer open meanwhile");
    }

    #[test]
    fn a_request_is_announced_in_whole_sentences() {
        let ana = Person { id: UserId(1), username: "Ana".to_owned(), main_character: None };
        let said = |language: Language, kind| language.arrived(&ana, kind, "Logi");
        assert_eq!(said(Language::English, RequestKind::Join), "New request: Ana wants to join Logi.");
        assert_eq!(said(Language::German, RequestKind::Leave), "Neue Anfrage: Ana bittet um Austritt aus Logi.");
    }
}
