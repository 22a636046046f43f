//! What is said about one's own groups and requests.

use super::{Language, fill};
use domain::{Grant, GrantKind, Request, RequestKind, RequestStatus};

/// The fixed words of one's own groups and requests.
pub(crate) struct MineLabels {
    pub(crate) intro: &'static str,
    pub(crate) parts: &'static str,
    pub(crate) groups_tab: &'static str,
    pub(crate) profile_tab: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) joined: &'static str,
    pub(crate) until: &'static str,
    pub(crate) you_lead: &'static str,
    pub(crate) no_groups: &'static str,
    pub(crate) no_groups_hint: &'static str,
    pub(crate) find_groups: &'static str,
    pub(crate) past: &'static str,
    pub(crate) no_past: &'static str,
    pub(crate) your_reason: &'static str,
    pub(crate) their_comment: &'static str,
}

static ENGLISH: MineLabels = MineLabels {
    intro: "What you are in, what you have asked for, and what came of it.",
    parts: "Parts of your account",
    groups_tab: "Groups and requests",
    profile_tab: "Profile",
    waiting: "Waiting for a decision",
    groups: "Your groups",
    joined: "Joined",
    until: "until",
    you_lead: "You lead it",
    no_groups: "You are not in any group yet.",
    no_groups_hint: "Look at what there is. Open groups take you at once, others when a leader says yes.",
    find_groups: "Find groups",
    past: "Earlier requests",
    no_past: "Nothing has been decided about you yet.",
    your_reason: "You wrote",
    their_comment: "The answer",
};

static GERMAN: MineLabels = MineLabels {
    intro: "Wo du dabei bist, worum du gebeten hast und was daraus wurde.",
    parts: "Teile deines Kontos",
    groups_tab: "Gruppen und Anfragen",
    profile_tab: "Profil",
    waiting: "Wartet auf eine Entscheidung",
    groups: "Deine Gruppen",
    joined: "Beigetreten",
    until: "bis",
    you_lead: "Du leitest sie",
    no_groups: "Du bist noch in keiner Gruppe.",
    no_groups_hint: "Sieh dir an, was es gibt. Offene Gruppen nehmen dich sofort auf, andere, wenn die Leitung zustimmt.",
    find_groups: "Gruppen finden",
    past: "Frühere Anfragen",
    no_past: "Über dich wurde noch nichts entschieden.",
    your_reason: "Du hast geschrieben",
    their_comment: "Die Antwort",
};

impl Language {
    /// The fixed words of one's own groups and requests.
    pub(crate) const fn mine(self) -> &'static MineLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// How a membership came to be, after the day it began.
    pub(crate) fn membership_by(self, grant: &Grant) -> String {
        let by = grant.by.as_ref().map_or(self.system(), |person| person.display_name());
        let sentence = match grant.kind {
            GrantKind::Join => self.either("without a decision", "ohne Entscheidung"),
            GrantKind::Approval => self.either("approved by {0}", "angenommen von {0}"),
            GrantKind::Admin => self.either("added by {0}", "hinzugefügt von {0}"),
            GrantKind::Rule => self.either("by a rule of the group", "durch eine Regel der Gruppe"),
            GrantKind::Invite => self.either("invited by {0}", "eingeladen von {0}"),
            GrantKind::Import => self.either("by an import", "durch einen Import"),
        };
        fill(sentence, &[by])
    }

    /// What one asked for.
    pub(crate) const fn asked_for(self, kind: RequestKind) -> &'static str {
        match kind {
            RequestKind::Join => self.either("Request to join", "Beitrittsanfrage"),
            RequestKind::Leave => self.either("Request to leave", "Austrittsanfrage"),
        }
    }

    /// What became of one's own request, and by whom.
    pub(crate) fn outcome(self, request: &Request) -> String {
        let done = self.decided(request.status);
        let end = request.settlement.as_ref();
        let by = end.and_then(|end| end.by.as_ref()).map(domain::Person::display_name);
        match (request.status, by) {
            (RequestStatus::Approved | RequestStatus::Rejected, Some(by)) => {
                fill(self.either("{0} by {1}", "{0} von {1}"), &[done, by])
            }
            (RequestStatus::Closed, _) => {
                end.and_then(|end| end.cause).map_or_else(|| done.to_owned(), |cause| self.cause(cause).to_owned())
            }
            (RequestStatus::Open | RequestStatus::Withdrawn, _) | (_, None) => done.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Cause, GroupId, GroupRef, Person, RequestId, Settlement, Timestamp, UserId};

    fn person(name: &str) -> Person {
        Person { id: UserId(2), username: name.to_owned(), main_character: None }
    }

    #[test]
    fn an_end_names_who_decided_or_which_rule_did() {
        let ended = |status, cause| Request {
            id: RequestId(1),
            group: GroupRef { id: GroupId(1), name: "Logi".to_owned() },
            applicant: person("ana"),
            kind: RequestKind::Join,
            status,
            reason: None,
            created_at: Timestamp(0),
            settlement: Some(Settlement { at: Timestamp(1), by: Some(person("bo")), comment: None, cause }),
        };
        let said = |status, cause| Language::English.outcome(&ended(status, cause));
        assert_eq!(said(RequestStatus::Rejected, None), "Rejected by bo");
        assert_eq!(said(RequestStatus::Withdrawn, None), "Withdrawn");
        assert_eq!(said(RequestStatus::Closed, Some(Cause::GroupInternal)), "The group became internal");
        assert_eq!(Language::German.outcome(&ended(RequestStatus::Approved, None)), "Angenommen von bo");
    }

    #[test]
    fn a_grant_names_who_gave_it() {
        let grant = |kind, by| Grant { kind, by, reason: None, from: Timestamp(0), until: None };
        assert_eq!(Language::English.membership_by(&grant(GrantKind::Approval, Some(person("bo")))), "approved by bo");
        assert_eq!(Language::German.membership_by(&grant(GrantKind::Admin, None)), "hinzugefügt von Muster");
        assert_eq!(Language::English.membership_by(&grant(GrantKind::Join, Some(person("ana")))), "without a decision");
    }
}
