//! What the pages say on which groups are set up.
//!
//! Long, because every sentence stands here twice: the languages are one table each, to be compared line by line.

use super::{Language, fill};
use crate::error::{AppError, Ticket};
use domain::{
    AutoLeave, BulkAction, BulkOutcome, BulkVerdict, Conflict, Denial, Flag, Group, GroupAction, GroupRow, Obstacle,
    Permission, Person, StateRef,
};

/// The fixed words.
pub(crate) struct GroupSetupLabels {
    pub(crate) all_groups: &'static str,
    pub(crate) new_group: &'static str,
    pub(crate) new_intro: &'static str,
    pub(crate) create: &'static str,
    pub(crate) created: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saved: &'static str,

    pub(crate) what_it_is: &'static str,
    pub(crate) name: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) description: &'static str,
    pub(crate) description_hint: &'static str,
    pub(crate) who_gets_in: &'static str,
    pub(crate) flags: &'static str,
    pub(crate) internal_hint: &'static str,
    pub(crate) hidden_hint: &'static str,
    pub(crate) open_hint: &'static str,
    pub(crate) public_hint: &'static str,
    pub(crate) restricted_hint: &'static str,
    pub(crate) auto_leave: &'static str,
    pub(crate) states: &'static str,
    pub(crate) states_hint: &'static str,
    pub(crate) state_gone: &'static str,
    pub(crate) permissions: &'static str,
    pub(crate) permissions_hint: &'static str,
    pub(crate) in_plain_words: &'static str,

    pub(crate) who_leads: &'static str,
    pub(crate) who_leads_intro: &'static str,
    pub(crate) nobody_leads: &'static str,
    pub(crate) inactive: &'static str,
    pub(crate) leaders: &'static str,
    pub(crate) leaders_hint: &'static str,
    pub(crate) leader_groups: &'static str,
    pub(crate) leader_groups_hint: &'static str,
    pub(crate) leader: &'static str,
    pub(crate) leader_hint: &'static str,
    pub(crate) leading: &'static str,
    pub(crate) leading_hint: &'static str,
    pub(crate) add: &'static str,
    pub(crate) take_away: &'static str,

    pub(crate) members: &'static str,
    pub(crate) add_or_remove_many: &'static str,
    pub(crate) as_seen: &'static str,
    pub(crate) add_member: &'static str,
    pub(crate) member: &'static str,
    pub(crate) member_hint: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) reason_hint: &'static str,

    pub(crate) delete_title: &'static str,
    pub(crate) delete_intro: &'static str,
    pub(crate) delete_look: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) deleted: &'static str,

    pub(crate) bulk_intro: &'static str,
    pub(crate) bulk_action: &'static str,
    pub(crate) names: &'static str,
    pub(crate) names_hint: &'static str,
    pub(crate) bulk_look: &'static str,
    pub(crate) bulk_title: &'static str,
    pub(crate) roll_back: &'static str,
    pub(crate) line: &'static str,
    pub(crate) person: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) came_of_it: &'static str,
    pub(crate) another_bulk_edit: &'static str,
}

static ENGLISH: GroupSetupLabels = GroupSetupLabels {
    all_groups: "All groups",
    new_group: "New group",
    new_intro: "A new group is internal and hidden until you say otherwise.",
    create: "Make the group",
    created: "The group is made.",
    save: "Save",
    saved: "The group is saved.",

    what_it_is: "What it is",
    name: "Name",
    name_hint: "At most 150 characters. No other group has it, and it is not reserved.",
    description: "Description",
    description_hint: "What the group is for. Line breaks are kept, and links can be followed.",
    who_gets_in: "Who sees it and who gets in",
    flags: "Properties",
    internal_hint: "Run by administrators alone: nobody sees it, asks for it or leaves it. Overrides hidden, open and public.",
    hidden_hint: "Not in the list. Who is not in it comes to it by its join link.",
    open_hint: "Joining and leaving are at once, without a decision.",
    public_hint: "The right to request groups is not needed, and nobody is removed who loses it.",
    restricted_hint: "Superusers alone change it, add members and name leaders.",
    auto_leave: "Leaving a closed group",
    states: "States",
    states_hint: "Only people in one of these states may be in the group; who falls out is removed. With none chosen, any will do.",
    state_gone: "This state was deleted. Take it out before you save.",
    permissions: "What members are given",
    permissions_hint: "Everybody in the group holds these, as long as they are in it.",
    in_plain_words: "In plain words",

    who_leads: "Who leads it",
    who_leads_intro: "Leaders decide requests, see who is in the group and remove members. They need not be in it.",
    nobody_leads: "Nobody is named to lead it. Group managers decide its requests.",
    inactive: "Inactive account: leads nothing at present",
    leaders: "Leaders",
    leaders_hint: "One a line: a username or the name of a character; an e-mail address where you look after accounts.",
    leader_groups: "Leader groups",
    leader_groups_hint: "The name of one group a line. All its members lead.",
    leader: "Add a leader",
    leader_hint: "A username or the name of a character; an e-mail address where you look after accounts.",
    leading: "Add a leader group",
    leading_hint: "The name of a group. All its members lead.",
    add: "Add",
    take_away: "Remove",

    members: "Members",
    add_or_remove_many: "Add or remove many",
    as_seen: "As members see it",
    add_member: "Add a member",
    member: "Who?",
    member_hint: "A username or the name of a character; an e-mail address where you look after accounts.",
    reason: "Why? (optional)",
    reason_hint: "It stays in the log, and beside the membership.",

    delete_title: "Delete the group",
    delete_intro: "All memberships and open requests end. The log stays, and the name is free again. This cannot be undone.",
    delete_look: "See what this would do",
    delete: "Delete for good",
    deleted: "The group is deleted.",

    bulk_intro: "Paste a list, and look at each line before anything is done. Each person is an event of its own in the log.",
    bulk_action: "What is to happen",
    names: "The list",
    names_hint: "One person a line: a username or the name of a character; an e-mail address where you look after accounts. Of a table, such as from a spreadsheet, the first column counts. At most 500 lines.",
    bulk_look: "Look at each line",
    bulk_title: "What each line would do",
    roll_back: "Back to the list",
    line: "Line",
    person: "Person",
    verdict: "What would happen",
    came_of_it: "What came of it",
    another_bulk_edit: "Another list",
};

static GERMAN: GroupSetupLabels = GroupSetupLabels {
    all_groups: "Alle Gruppen",
    new_group: "Neue Gruppe",
    new_intro: "Eine neue Gruppe ist intern und versteckt, bis du etwas anderes sagst.",
    create: "Gruppe anlegen",
    created: "Die Gruppe ist angelegt.",
    save: "Speichern",
    saved: "Die Gruppe ist gespeichert.",

    what_it_is: "Was sie ist",
    name: "Name",
    name_hint: "Höchstens 150 Zeichen. Keine andere Gruppe heißt so, und der Name ist nicht reserviert.",
    description: "Beschreibung",
    description_hint: "Wofür die Gruppe da ist. Zeilenumbrüche bleiben, Links lassen sich öffnen.",
    who_gets_in: "Wer sie sieht und wer hineinkommt",
    flags: "Eigenschaften",
    internal_hint: "Führt allein die Administration: Niemand sieht sie, fragt an oder tritt aus. Geht vor versteckt, offen und öffentlich.",
    hidden_hint: "Nicht in der Liste. Wer nicht drin ist, kommt über den Beitrittslink zu ihr.",
    open_hint: "Beitritt und Austritt gelten sofort, ohne Entscheidung.",
    public_hint: "Das Recht, Gruppen anzufragen, braucht es nicht, und niemand wird entfernt, der es verliert.",
    restricted_hint: "Nur Superuser ändern sie, fügen Mitglieder hinzu und benennen die Leitung.",
    auto_leave: "Austritt aus einer geschlossenen Gruppe",
    states: "Status",
    states_hint: "Nur wer einen dieser Status hat, darf in der Gruppe sein; wer ihn verliert, wird entfernt. Ist keiner gewählt, passt jeder.",
    state_gone: "Diesen Status gibt es nicht mehr. Nimm ihn heraus, bevor du speicherst.",
    permissions: "Was Mitglieder bekommen",
    permissions_hint: "Alle in der Gruppe haben diese Rechte, solange sie in ihr sind.",
    in_plain_words: "In einfachen Worten",

    who_leads: "Wer sie leitet",
    who_leads_intro: "Die Leitung entscheidet über Anfragen, sieht, wer in der Gruppe ist, und entfernt Mitglieder. Sie muss nicht selbst darin sein.",
    nobody_leads: "Niemand ist als Leitung benannt. Über Anfragen entscheidet die Gruppenverwaltung.",
    inactive: "Inaktives Konto: leitet zurzeit nichts",
    leaders: "Leitung",
    leaders_hint: "Je Zeile eine Person: ein Benutzername oder der Name eines Charakters; eine E-Mail-Adresse, wo du Konten betreust.",
    leader_groups: "Leitende Gruppen",
    leader_groups_hint: "Je Zeile der Name einer Gruppe. Alle ihre Mitglieder leiten.",
    leader: "Leitung hinzufügen",
    leader_hint: "Ein Benutzername oder der Name eines Charakters; eine E-Mail-Adresse, wo du Konten betreust.",
    leading: "Leitende Gruppe hinzufügen",
    leading_hint: "Der Name einer Gruppe. Alle ihre Mitglieder leiten.",
    add: "Hinzufügen",
    take_away: "Entfernen",

    members: "Mitglieder",
    add_or_remove_many: "Viele hinzufügen oder entfernen",
    as_seen: "Wie Mitglieder sie sehen",
    add_member: "Mitglied hinzufügen",
    member: "Wer?",
    member_hint: "Ein Benutzername oder der Name eines Charakters; eine E-Mail-Adresse, wo du Konten betreust.",
    reason: "Warum? (freiwillig)",
    reason_hint: "Das bleibt im Protokoll und steht bei der Mitgliedschaft.",

    delete_title: "Gruppe löschen",
    delete_intro: "Alle Mitgliedschaften und offenen Anfragen enden. Das Protokoll bleibt, und der Name ist wieder frei. Das lässt sich nicht rückgängig machen.",
    delete_look: "Zeigen, was das täte",
    delete: "Endgültig löschen",
    deleted: "Die Gruppe ist gelöscht.",

    bulk_intro: "Füg eine Liste ein und sieh dir jede Zeile an, bevor etwas geschieht. Jede Person ist ein eigener Eintrag im Protokoll.",
    bulk_action: "Was geschehen soll",
    names: "Die Liste",
    names_hint: "Je Zeile eine Person: ein Benutzername oder der Name eines Charakters; eine E-Mail-Adresse, wo du Konten betreust. Bei einer Tabelle zählt die erste Spalte. Höchstens 500 Zeilen.",
    bulk_look: "Jede Zeile ansehen",
    bulk_title: "Was jede Zeile täte",
    roll_back: "Zurück zur Liste",
    line: "Zeile",
    person: "Wer",
    verdict: "Was geschähe",
    came_of_it: "Was daraus wurde",
    another_bulk_edit: "Eine andere Liste",
};

impl Language {
    /// The fixed words of the pages on which groups are set up.
    pub(crate) const fn group_setup(self) -> &'static GroupSetupLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// A way of leaving a closed group, and what it means. The first follows the settings, which say this.
    pub(crate) const fn way_to_leave(self, value: AutoLeave, instance: bool) -> (&'static str, &'static str) {
        match value {
            AutoLeave::Inherit => (
                self.either("As the settings say", "Wie die Einstellungen sagen"),
                if instance {
                    self.either("At present: at once.", "Zurzeit: sofort.")
                } else {
                    self.either(
                        "At present: by a request that is decided.",
                        "Zurzeit: durch eine Anfrage, über die entschieden wird.",
                    )
                },
            ),
            AutoLeave::On => (self.either("At once", "Sofort"), ""),
            AutoLeave::Off => (
                self.either("By a request", "Durch eine Anfrage"),
                self.either(
                    "The leaders decide it like one to join.",
                    "Die Leitung entscheidet wie über einen Beitritt.",
                ),
            ),
        }
    }

    /// Why something about a group cannot be done by whoever looks at it.
    pub(crate) const fn why_not(self, action: GroupAction, denial: Denial) -> &'static str {
        match (action, denial) {
            (GroupAction::Restrict, Denial::SuperuserRequired) => self.either(
                "Only a superuser restricts a group, or lifts that.",
                "Nur Superuser schränken eine Gruppe ein oder heben das auf.",
            ),
            (GroupAction::GivePermissions, Denial::SuperuserRequired) => {
                self.either("Only a superuser gives permissions.", "Nur Superuser vergeben Berechtigungen.")
            }
            _ => self.denial(denial),
        }
    }

    /// What a draft of a group changes, line by line. States and permissions are told by name.
    pub(crate) fn group_changed(self, before: &Group, after: &Group, names: &[StateRef]) -> Vec<String> {
        let mut lines = self.group_edited(before, after, names);
        let given = after.permissions.minus(before.permissions).iter().map(|permission| {
            fill(self.either("Members are given: {0}.", "Mitglieder bekommen: {0}."), &[self.permission(permission)])
        });
        let taken = before.permissions.minus(after.permissions).iter().map(|permission| {
            let sentence = self.either("Members are no longer given: {0}.", "Mitglieder bekommen nicht mehr: {0}.");
            fill(sentence, &[self.permission(permission)])
        });
        lines.extend(given.chain(taken));
        lines
    }

    /// What is asked for before a group is deleted.
    pub(crate) fn type_the_name(self, group: &str) -> String {
        fill(self.either("Type {0} to confirm", "Tipp zur Bestätigung {0} ein"), &[group])
    }

    /// What the preview of a deletion says first.
    pub(crate) fn would_be_deleted(self, group: &GroupRow) -> String {
        fill(self.either("The group {0} is deleted.", "Die Gruppe {0} wird gelöscht."), &[&group.name])
    }

    /// What the preview of a new group says first.
    pub(crate) fn would_be_made(self, name: &str) -> String {
        fill(self.either("The group {0} is made.", "Die Gruppe {0} wird angelegt."), &[name])
    }

    /// A permission by its name in the API too, which the log uses.
    pub(crate) fn permission_and_name(self, permission: Permission) -> String {
        format!("{} ({})", self.permission(permission), permission.code())
    }

    /// That somebody leads no more, on a button, after its word.
    pub(crate) fn leading_no_more(self, name: &str) -> String {
        fill(self.either(" {0} from those who lead", ": {0} aus der Leitung"), &[name])
    }

    /// That somebody was made a member.
    pub(crate) fn was_added(self, group: &str) -> String {
        fill(self.either("Added to {0}.", "Zu {0} hinzugefügt."), &[group])
    }

    /// The title of the page on which many are added or removed.
    pub(crate) fn bulk_edit_of(self, group: &str) -> String {
        fill(self.either("Add or remove many: {0}", "Viele hinzufügen oder entfernen: {0}"), &[group])
    }

    /// What is to happen to those on a roll.
    pub(crate) const fn bulk_action(self, verb: BulkAction) -> (&'static str, &'static str) {
        match verb {
            BulkAction::Add => (
                self.either("Add them", "Hinzufügen"),
                self.either(
                    "They become members at once, without asking.",
                    "Sie werden sofort Mitglied, ohne Anfrage.",
                ),
            ),
            BulkAction::Remove => (
                self.either("Remove them", "Entfernen"),
                self.either(
                    "Their memberships end at once, and they are told.",
                    "Ihre Mitgliedschaften enden sofort, und sie erfahren es.",
                ),
            ),
        }
    }

    /// How many lines would do something, of how many.
    pub(crate) fn bulk_count(self, verb: BulkAction, ready: usize, lines: usize) -> String {
        let sentence = match verb {
            BulkAction::Add => {
                self.either("{0} of {1} lines add somebody.", "{0} von {1} Zeilen fügen jemanden hinzu.")
            }
            BulkAction::Remove => {
                self.either("{0} of {1} lines remove somebody.", "{0} von {1} Zeilen entfernen jemanden.")
            }
        };
        fill(sentence, &[&self.number(ready as u64), &self.number(lines as u64)])
    }

    /// How many lines did something, of how many.
    pub(crate) fn bulk_done(self, verb: BulkAction, done: usize, lines: usize) -> String {
        let sentence = match verb {
            BulkAction::Add => {
                self.either("{0} of {1} lines added somebody.", "{0} von {1} Zeilen haben jemanden hinzugefügt.")
            }
            BulkAction::Remove => {
                self.either("{0} of {1} lines removed somebody.", "{0} von {1} Zeilen haben jemanden entfernt.")
            }
        };
        fill(sentence, &[&self.number(done as u64), &self.number(lines as u64)])
    }

    /// The button that calls a roll.
    pub(crate) fn apply_bulk_edit(self, verb: BulkAction, ready: usize) -> String {
        let sentence = match (verb, ready) {
            (BulkAction::Add, 1) => self.either("Add 1 person", "1 Person hinzufügen"),
            (BulkAction::Add, _) => self.either("Add {0} people", "{0} Personen hinzufügen"),
            (BulkAction::Remove, 1) => self.either("Remove 1 person", "1 Person entfernen"),
            (BulkAction::Remove, _) => self.either("Remove {0} people", "{0} Personen entfernen"),
        };
        fill(sentence, &[&self.number(ready as u64)])
    }

    /// What a line of a roll would come to.
    pub(crate) fn bulk_verdict(self, verb: BulkAction, verdict: &BulkVerdict) -> String {
        match verdict {
            BulkVerdict::Ready => match verb {
                BulkAction::Add => self.either("Would be added.", "Würde hinzugefügt."),
                BulkAction::Remove => self.either("Would be removed.", "Würde entfernt."),
            }
            .to_owned(),
            BulkVerdict::Unknown => self.either("Nobody has this name.", "Niemand heißt so.").to_owned(),
            BulkVerdict::Ambiguous(people) => {
                let names: Vec<&str> = people.iter().map(|person: &Person| person.username.as_str()).collect();
                fill(
                    self.either(
                        "Several have this name: {0}. Write a username.",
                        "Mehrere heißen so: {0}. Schreib einen Benutzernamen.",
                    ),
                    &[&names.join(", ")],
                )
            }
            BulkVerdict::Repeated => self.either("Stands further up already.", "Steht weiter oben schon.").to_owned(),
            BulkVerdict::Refused(obstacle) => self.bulk_refusal(obstacle),
        }
    }

    /// What came of a line of a roll.
    pub(crate) fn bulk_outcome(self, verb: BulkAction, outcome: &BulkOutcome) -> String {
        match outcome {
            BulkOutcome::Done => match verb {
                BulkAction::Add => self.either("Added.", "Hinzugefügt."),
                BulkAction::Remove => self.either("Removed.", "Entfernt."),
            }
            .to_owned(),
            BulkOutcome::Passed(verdict) => self.bulk_verdict(verb, verdict),
            BulkOutcome::Refused(obstacle) => self.bulk_refusal(obstacle),
            BulkOutcome::Busy => self
                .either(
                    "The server had too much to do. Try this one again.",
                    "Der Server hatte zu viel zu tun. Versuch es noch einmal.",
                )
                .to_owned(),
            BulkOutcome::Failed(number) => self.trouble(&AppError::Internal(Ticket(number.clone()))),
        }
    }

    fn bulk_refusal(self, obstacle: &Obstacle) -> String {
        match obstacle {
            Obstacle::Denied(Denial::StateNotAllowed) => self
                .either("Is in no state that this group takes.", "Hat keinen Status, den diese Gruppe aufnimmt.")
                .to_owned(),
            Obstacle::Denied(denial) => self.denial(*denial).to_owned(),
            Obstacle::Conflict(Conflict::AlreadyMember) => {
                self.either("Is a member already.", "Ist schon Mitglied.").to_owned()
            }
            Obstacle::Conflict(Conflict::NotAMember) => self.either("Is no member.", "Ist kein Mitglied.").to_owned(),
            Obstacle::Conflict(conflict) => self.conflict(conflict),
        }
    }

    /// What a flag means.
    pub(crate) const fn flag_hint(self, flag: Flag) -> &'static str {
        let own = self.group_setup();
        match flag {
            Flag::Internal => own.internal_hint,
            Flag::Hidden => own.hidden_hint,
            Flag::Open => own.open_hint,
            Flag::Public => own.public_hint,
            Flag::Restricted => own.restricted_hint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Flags, GroupId, Permissions, StateId};

    fn group() -> Group {
        Group {
            id: GroupId(3),
            name: "Logi".to_owned(),
            description: String::new(),
            flags: Flags::default(),
            auto_leave: AutoLeave::Inherit,
            states: Vec::new(),
            permissions: Permissions::NONE,
        }
    }

    #[test]
    fn a_change_is_told_by_names() {
        let after = Group {
            flags: Flags::default().with(Flag::Hidden, false),
            states: vec![StateId(2)],
            permissions: Permissions::NONE.with(Permission::ViewAudit),
            ..group()
        };
        let names = [StateRef { id: StateId(2), name: "Blue".to_owned() }];
        let lines = Language::English.group_changed(&group(), &after, &names);
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert_eq!(lines[0], "Hidden turned off.");
        assert!(lines[1].contains("Blue"), "{lines:?}");
        assert_eq!(lines[2], "Members are given: Read the whole audit log.");
        assert_eq!(Language::English.group_changed(&group(), &group(), &names), Vec::<String>::new());
    }

    #[test]
    fn each_line_of_a_roll_says_what_is_the_matter() {
        let said = |verdict| Language::English.bulk_verdict(BulkAction::Add, &verdict);
        assert_eq!(said(BulkVerdict::Ready), "Would be added.");
        assert_eq!(said(BulkVerdict::Refused(Obstacle::Conflict(Conflict::AlreadyMember))), "Is a member already.");
        let state = BulkVerdict::Refused(Obstacle::Denied(Denial::StateNotAllowed));
        assert_eq!(said(state), "Is in no state that this group takes.");
        let ana = Person { id: domain::UserId(1), username: "ana".to_owned(), main_character: None };
        let bo = Person { id: domain::UserId(2), username: "bo".to_owned(), main_character: None };
        assert_eq!(said(BulkVerdict::Ambiguous(vec![ana, bo])), "Several have this name: ana, bo. Write a username.");
        assert_eq!(Language::German.apply_bulk_edit(BulkAction::Remove, 1200), "1.200 Personen entfernen");
    }
}
