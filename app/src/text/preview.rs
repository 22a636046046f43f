//! What a change would do to people, said before it is done.

use super::{Language, fill};
use domain::{Cause, Consequence, GroupRef, PreviewEffect, RequestKind, Tally, Touched};

/// The fixed words of a preview.
pub(crate) struct PreviewLabels {
    pub(crate) title: &'static str,
    pub(crate) changes: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) they_are_told: &'static str,
    pub(crate) who: &'static str,
    pub(crate) in_steps: &'static str,
    pub(crate) incomplete: &'static str,
    pub(crate) anew: &'static str,
    pub(crate) look: &'static str,
    pub(crate) save: &'static str,
    pub(crate) back: &'static str,
    pub(crate) changed_meanwhile: &'static str,
    pub(crate) show_anew: &'static str,
}

static ENGLISH: PreviewLabels = PreviewLabels {
    title: "What this would do",
    changes: "What changes",
    nothing: "Everything is as you ask already, so there is nothing to save.",
    nobody: "It touches nobody: every membership, request and state stays as it is.",
    they_are_told: "They are told: “{0}”",
    who: "Who",
    in_steps: "These are many people, so they are worked through in steps after saving. Rights that are lost are lost at once.",
    incomplete: "There are more than could be counted here: the numbers are at least these.",
    anew: "Things have changed since you looked. This is what it would do now.",
    look: "See what it would do",
    save: "Save",
    back: "Back to editing",
    changed_meanwhile: "Somebody has changed this since you opened the page.",
    show_anew: "Show it as it is now",
};

static GERMAN: PreviewLabels = PreviewLabels {
    title: "Was das bewirken würde",
    changes: "Was sich ändert",
    nothing: "Alles ist schon so, wie du es willst, also gibt es nichts zu speichern.",
    nobody: "Es trifft niemanden: Jede Mitgliedschaft, jede Anfrage und jeder Status bleibt.",
    they_are_told: "Sie lesen: „{0}“",
    who: "Wer",
    in_steps: "Das sind viele Leute, also werden sie nach dem Speichern schrittweise abgearbeitet. Rechte, die enden, enden sofort.",
    incomplete: "Es sind mehr, als hier gezählt werden konnten: Die Zahlen sind Mindestwerte.",
    anew: "Seit du hingesehen hast, hat sich etwas geändert. Das würde es jetzt bewirken.",
    look: "Sehen, was es bewirken würde",
    save: "Speichern",
    back: "Zurück zum Bearbeiten",
    changed_meanwhile: "Jemand hat das hier geändert, seit du die Seite geöffnet hast.",
    show_anew: "Zeigen, wie es jetzt ist",
};

impl Language {
    /// The fixed words.
    pub(crate) const fn preview(self) -> &'static PreviewLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// To how many people anything would happen.
    pub(crate) fn touches(self, people: u32) -> String {
        let sentence = if people == 1 {
            self.either("It touches one person.", "Es trifft eine Person.")
        } else {
            self.either("It touches {0} people.", "Es trifft {0} Personen.")
        };
        fill(sentence, &[&self.number(people.into())])
    }

    /// How many more there are than stand there.
    pub(crate) fn and_others(self, others: u64) -> String {
        fill(self.either("and {0} more", "und {0} weitere"), &[&self.number(others)])
    }

    /// How often what would happen.
    pub(crate) fn tally(self, tally: &Tally) -> String {
        let one = tally.count == 1;
        let kind = match tally.fate {
            PreviewEffect::RequestEnds(kind) => self.request_kind(kind),
            PreviewEffect::Joins | PreviewEffect::Leaves | PreviewEffect::Moves { .. } => {
                self.request_kind(RequestKind::Join)
            }
        };
        let (from, to) = way(&tally.fate);
        let sentence = match &tally.fate {
            PreviewEffect::Joins if one => {
                self.either("One person becomes a member of {1}.", "Eine Person wird Mitglied von {1}.")
            }
            PreviewEffect::Joins => {
                self.either("{0} people become members of {1}.", "{0} Personen werden Mitglied von {1}.")
            }
            PreviewEffect::Leaves if one => self.either("One person leaves {1}.", "Eine Person verlässt {1}."),
            PreviewEffect::Leaves => self.either("{0} people leave {1}.", "{0} Personen verlassen {1}."),
            PreviewEffect::RequestEnds(_) if one => {
                self.either("One request to {2} {1} ends.", "Eine {2}sanfrage für {1} endet.")
            }
            PreviewEffect::RequestEnds(_) => {
                self.either("{0} requests to {2} {1} end.", "{0} {2}sanfragen für {1} enden.")
            }
            PreviewEffect::Moves { .. } if one => {
                self.either("One person moves from {3} to {4}.", "Eine Person wechselt von {3} zu {4}.")
            }
            PreviewEffect::Moves { .. } => {
                self.either("{0} people move from {3} to {4}.", "{0} Personen wechseln von {3} zu {4}.")
            }
        };
        let group = self.of_group(tally.group.as_ref());
        let said = fill(sentence, &[&self.number(tally.count.into()), group, kind, from, to]);
        self.because(said, tally.cause)
    }

    /// What would happen to one person, each in a few words.
    pub(crate) fn fates(self, touched: &Touched) -> Vec<String> {
        touched.consequences.iter().map(|consequence| self.fate(consequence)).collect()
    }

    fn fate(self, consequence: &Consequence) -> String {
        let (from, to) = way(&consequence.fate);
        let (sentence, kind) = match consequence.fate {
            PreviewEffect::Joins => {
                (self.either("becomes a member of {0}", "wird Mitglied von {0}"), RequestKind::Join)
            }
            PreviewEffect::Leaves => (self.either("leaves {0}", "verlässt {0}"), RequestKind::Leave),
            PreviewEffect::RequestEnds(kind) => {
                (self.either("request to {1} {0} ends", "{1}sanfrage für {0} endet"), kind)
            }
            PreviewEffect::Moves { .. } => {
                (self.either("moves from {2} to {3}", "wechselt von {2} zu {3}"), RequestKind::Join)
            }
        };
        fill(sentence, &[self.of_group(consequence.group.as_ref()), self.request_kind(kind), from, to])
    }

    /// What those are told to whom this would happen in a group.
    pub(crate) fn foretold(self, consequence: &Consequence, group: Option<&GroupRef>) -> Option<String> {
        let group = self.of_group(group);
        let told = consequence.told.map(|subject| self.told(subject, self.system(), group, "", consequence.cause));
        told.map(|sentence| fill(self.preview().they_are_told, &[&sentence]))
    }

    fn because(self, sentence: String, cause: Option<Cause>) -> String {
        match cause {
            Some(cause) => fill("{0} {1}.", &[&sentence, self.cause(cause)]),
            None => sentence,
        }
    }

    fn of_group(self, group: Option<&GroupRef>) -> &str {
        let unseen = self.either("groups that you cannot look into", "Gruppen, in die du nicht hineinsiehst");
        group.map_or(unseen, |group| &group.name)
    }
}

/// From which state to which, where somebody moves.
fn way(fate: &PreviewEffect) -> (&str, &str) {
    match fate {
        PreviewEffect::Moves { from, to } => (&from.name, &to.name),
        PreviewEffect::Joins | PreviewEffect::Leaves | PreviewEffect::RequestEnds(_) => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{GroupId, StateId, StateRef, notice::Subject};

    fn logi() -> GroupRef {
        GroupRef { id: GroupId(3), name: "Logi".to_owned() }
    }

    fn state(id: i64, name: &str) -> StateRef {
        StateRef { id: StateId(id), name: name.to_owned() }
    }

    #[test]
    fn what_happens_is_counted_and_explained() {
        let tally = |fate, count, cause| Tally { fate, group: Some(logi()), cause, count };
        let said = |language: Language| {
            [
                language.tally(&tally(PreviewEffect::Leaves, 1200, Some(Cause::StateNotAllowed))),
                language.tally(&tally(
                    PreviewEffect::RequestEnds(RequestKind::Leave),
                    1,
                    Some(Cause::AutoLeaveEnabled),
                )),
                language.tally(&tally(
                    PreviewEffect::Moves { from: state(3, "Member"), to: state(1, "Guest") },
                    2,
                    None,
                )),
            ]
        };
        assert_eq!(
            said(Language::English),
            [
                "1,200 people leave Logi. The group no longer takes this state.",
                "One request to leave Logi ends. Leaving became immediate.",
                "2 people move from Member to Guest.",
            ]
        );
        assert_eq!(
            said(Language::German),
            [
                "1.200 Personen verlassen Logi. Die Gruppe nimmt diesen Status nicht mehr auf.",
                "Eine Austrittsanfrage für Logi endet. Austreten wirkt jetzt sofort.",
                "2 Personen wechseln von Member zu Guest.",
            ]
        );
    }

    #[test]
    fn what_people_will_be_told_is_quoted() {
        let lost = Consequence {
            fate: PreviewEffect::Leaves,
            group: Some(logi()),
            cause: Some(Cause::PermissionLost),
            told: Some(Subject::MembershipLost),
        };
        assert_eq!(
            Language::English.foretold(&lost, Some(&logi())).as_deref(),
            Some("They are told: “You are no longer a member of Logi. The right to request groups was lost.”")
        );
        assert_eq!(Language::English.foretold(&Consequence { told: None, ..lost }, None), None);
    }

    #[test]
    fn a_group_one_cannot_look_into_is_not_named() {
        let tally = Tally { fate: PreviewEffect::Leaves, group: None, cause: None, count: 3 };
        assert_eq!(Language::English.tally(&tally), "3 people leave groups that you cannot look into.");
    }
}
