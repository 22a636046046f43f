//! What those read who decide: about choosing and deciding many requests, groups they look after, members and logs.

use super::{Language, fill};
use crate::error::AppError;
use domain::{Conflict, Person, QueueRow, RequestStatus};

/// The fixed words of the pages for those who decide.
pub(crate) struct LeadLabels {
    pub(crate) group: &'static str,
    pub(crate) organisation: &'static str,
    pub(crate) any_group: &'static str,
    pub(crate) any_organisation: &'static str,
    pub(crate) queue_filters: &'static str,
    pub(crate) all_requests: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) clear_choice: &'static str,
    pub(crate) none_chosen: &'static str,
    pub(crate) chosen_actions: &'static str,
    pub(crate) of_chosen: &'static str,
    pub(crate) bulk_comment_hint: &'static str,
    pub(crate) close: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) not_fresh: &'static str,
    pub(crate) try_again: &'static str,

    pub(crate) key_next: &'static str,
    pub(crate) key_previous: &'static str,
    pub(crate) key_choose: &'static str,
    pub(crate) key_approve: &'static str,
    pub(crate) key_reject: &'static str,
    pub(crate) key_comment: &'static str,
}

static ENGLISH: LeadLabels = LeadLabels {
    group: "Group",
    organisation: "Organisation",
    any_group: "Every group",
    any_organisation: "Every organisation",
    queue_filters: "Narrow the queue",
    all_requests: "Show all requests",
    choose: "Select",
    clear_choice: "Clear the selection",
    none_chosen: "Nothing is selected any more.",
    chosen_actions: "Selected requests",
    of_chosen: " the selected requests",
    bulk_comment_hint: "Each of the applicants sees it.",
    close: "Close",
    reading: "Loading…",
    not_fresh: "What you see may be out of date.",
    try_again: "Try again",

    key_next: "Next row",
    key_previous: "Previous row",
    key_choose: "Select the request, or take it out again",
    key_approve: "Approve the request; with a selection: go to its button",
    key_reject: "Reject the request; with a selection: go to its button",
    key_comment: "Write a comment",
};

static GERMAN: LeadLabels = LeadLabels {
    group: "Gruppe",
    organisation: "Organisation",
    any_group: "Jede Gruppe",
    any_organisation: "Jede Organisation",
    queue_filters: "Anfragen eingrenzen",
    all_requests: "Alle Anfragen zeigen",
    choose: "Auswählen",
    clear_choice: "Auswahl aufheben",
    none_chosen: "Nichts ist mehr ausgewählt.",
    chosen_actions: "Ausgewählte Anfragen",
    of_chosen: ": die ausgewählten Anfragen",
    bulk_comment_hint: "Alle, die angefragt haben, sehen ihn.",
    close: "Schließen",
    reading: "Wird geladen …",
    not_fresh: "Was du siehst, ist vielleicht nicht mehr aktuell.",
    try_again: "Noch einmal versuchen",

    key_next: "Nächste Zeile",
    key_previous: "Vorige Zeile",
    key_choose: "Anfrage auswählen oder wieder abwählen",
    key_approve: "Anfrage annehmen; bei einer Auswahl: zu ihrer Schaltfläche",
    key_reject: "Anfrage ablehnen; bei einer Auswahl: zu ihrer Schaltfläche",
    key_comment: "Kommentar schreiben",
};

impl Language {
    /// The fixed words of the pages for those who decide.
    pub(crate) const fn lead(self) -> &'static LeadLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// The name of the box that chooses a request.
    pub(crate) fn choosing(self, row: &QueueRow) -> String {
        format!("{}{}", self.lead().choose, self.deciding(row))
    }

    /// The box that chooses everything on the page.
    pub(crate) fn choose_all(self, count: usize) -> String {
        fill(self.either("Select all {0} shown", "Alle {0} gezeigten auswählen"), &[&self.number(count as u64)])
    }

    /// How many are chosen, and how many of them one does not see.
    pub(crate) fn chosen(self, count: usize, elsewhere: usize) -> String {
        let sentence = match elsewhere {
            0 => self.either("{0} selected", "{0} ausgewählt"),
            _ => {
                self.either("{0} selected, {1} of them on other pages", "{0} ausgewählt, davon {1} auf anderen Seiten")
            }
        };
        fill(sentence, &[&self.number(count as u64), &self.number(elsewhere as u64)])
    }

    /// That no more can be chosen.
    pub(crate) fn chosen_most(self, most: usize) -> String {
        let sentence = self
            .either("{0} at a time at most. Decide these first.", "Höchstens {0} auf einmal. Entscheide erst diese.");
        fill(sentence, &[&self.number(most as u64)])
    }

    /// A button that decides all that is chosen.
    pub(crate) fn decide_chosen(self, status: RequestStatus, count: usize) -> String {
        let verb = if status == RequestStatus::Rejected { self.labels().reject } else { self.labels().approve };
        if count == 0 { verb.to_owned() } else { format!("{verb} ({})", self.number(count as u64)) }
    }

    /// How far deciding all that is chosen has come.
    pub(crate) fn deciding_chosen(self, status: RequestStatus, done: usize, total: usize) -> String {
        let sentence = if status == RequestStatus::Rejected {
            self.either("Rejecting: {0} of {1}", "Wird abgelehnt: {0} von {1}")
        } else {
            self.either("Approving: {0} of {1}", "Wird angenommen: {0} von {1}")
        };
        fill(sentence, &[&self.number(done as u64), &self.number(total as u64)])
    }

    /// How many were decided.
    pub(crate) fn decided_count(self, status: RequestStatus, count: usize) -> String {
        let sentence = match (status == RequestStatus::Rejected, count) {
            (false, 1) => self.either("1 request approved.", "1 Anfrage angenommen."),
            (false, _) => self.either("{0} requests approved.", "{0} Anfragen angenommen."),
            (true, 1) => self.either("1 request rejected.", "1 Anfrage abgelehnt."),
            (true, _) => self.either("{0} requests rejected.", "{0} Anfragen abgelehnt."),
        };
        fill(sentence, &[&self.number(count as u64)])
    }

    /// How many were not decided, before it says which and why.
    pub(crate) fn missed_count(self, count: usize) -> String {
        let sentence = match count {
            1 => self.either("1 was not:", "Bei einer ging es nicht:"),
            _ => self.either("{0} were not:", "Bei {0} ging es nicht:"),
        };
        fill(sentence, &[&self.number(count as u64)])
    }

    /// How many were never sent, because there was no answer before.
    pub(crate) fn unsent_count(self, count: usize) -> String {
        let sentence = match count {
            1 => self
                .either("1 was not sent. It is still selected.", "Eine wurde nicht gesendet. Sie ist noch ausgewählt."),
            _ => self.either(
                "{0} were not sent. They are still selected.",
                "{0} wurden nicht gesendet. Sie sind noch ausgewählt.",
            ),
        };
        fill(sentence, &[&self.number(count as u64)])
    }

    /// A request in a list of those that were not decided.
    pub(crate) fn request_of(applicant: &str, group: &str) -> String {
        fill("{0} – {1}", &[applicant, group])
    }

    /// A request that is not on the page any more.
    pub(crate) const fn some_request(self) -> &'static str {
        self.either("A request that has left the queue", "Eine Anfrage, die nicht mehr wartet")
    }

    /// Why one of many was not decided. Shorter than where it is the only one.
    pub(crate) fn missed(self, error: &AppError) -> String {
        match error {
            AppError::Conflict(Conflict::RequestSettled(request)) => {
                let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
                let done = self.decided(request.status);
                let sentence = match by {
                    Some(_) => self.either("{0} by {1} before you.", "{0} von {1}, vor dir."),
                    None => self.either("{0} before you.", "{0}, vor dir."),
                };
                fill(sentence, &[done, by.map_or("", Person::display_name)])
            }
            AppError::SignedOut
            | AppError::Denied(_)
            | AppError::NotFound
            | AppError::Conflict(_)
            | AppError::Invalid(_)
            | AppError::Slow { .. }
            | AppError::Busy
            | AppError::Unwritable(_)
            | AppError::Internal(_)
            | AppError::Offline => self.trouble(error),
        }
    }

    /// That somebody else was faster, where it is not known who.
    pub(crate) const fn settled_before(self) -> &'static str {
        self.either("Somebody else has decided it before you.", "Jemand anderes hat vor dir entschieden.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{GroupId, GroupRef, Request, RequestId, RequestKind, Settlement, Timestamp, UserId};

    #[test]
    fn counts_are_told_in_the_number_they_need() {
        let english = Language::English;
        assert_eq!(english.decided_count(RequestStatus::Approved, 1), "1 request approved.");
        assert_eq!(english.decided_count(RequestStatus::Rejected, 1200), "1,200 requests rejected.");
        assert_eq!(english.missed_count(1), "1 was not:");
        assert_eq!(english.chosen(3, 0), "3 selected");
        assert_eq!(english.chosen(60, 10), "60 selected, 10 of them on other pages");
        assert_eq!(Language::German.chosen(60, 10), "60 ausgewählt, davon 10 auf anderen Seiten");
    }

    #[test]
    fn who_came_first_is_told_in_short() {
        let person = |username: &str| Person { id: UserId(2), username: username.to_owned(), main_character: None };
        let request = Request {
            id: RequestId(1),
            group: GroupRef { id: GroupId(1), name: "Pilots".to_owned() },
            applicant: person("ana"),
            kind: RequestKind::Join,
            status: RequestStatus::Approved,
            reason: None,
            created_at: Timestamp(0),
            settlement: Some(Settlement { at: Timestamp(1), by: Some(person("Bo")), comment: None, cause: None }),
        };
        let error = AppError::Conflict(Conflict::RequestSettled(Box::new(request)));
        assert_eq!(Language::English.missed(&error), "Approved by Bo before you.");
        assert_eq!(Language::German.missed(&error), "Angenommen von Bo, vor dir.");
    }
}
