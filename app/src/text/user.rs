//! What is said about people to those who look after them.
//!
//! Long, because every sentence stands here twice: the languages are one table each, to be compared line by line.

use super::{Language, fill, isolated};
use domain::{Obstacle, Source, StateReason};

/// The fixed words about people.
pub(crate) struct UserLabels {
    pub(crate) people: &'static str,
    pub(crate) people_intro: &'static str,
    pub(crate) new_user: &'static str,
    pub(crate) new_user_intro: &'static str,
    pub(crate) filters: &'static str,
    pub(crate) search: &'static str,
    pub(crate) state: &'static str,
    pub(crate) any_state: &'static str,
    pub(crate) any: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) active: &'static str,
    pub(crate) staff: &'static str,
    pub(crate) superuser: &'static str,
    pub(crate) group: &'static str,
    pub(crate) group_hint: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) flags: &'static str,
    pub(crate) last_seen: &'static str,
    pub(crate) never_seen: &'static str,
    pub(crate) inactive: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) nobody_hint: &'static str,
    pub(crate) everybody: &'static str,
    pub(crate) without_group: &'static str,
    pub(crate) username: &'static str,
    pub(crate) username_hint: &'static str,
    pub(crate) email_hint: &'static str,
    pub(crate) way_in: &'static str,
    pub(crate) by_link: &'static str,
    pub(crate) by_link_hint: &'static str,
    pub(crate) by_password: &'static str,
    pub(crate) by_none: &'static str,
    pub(crate) by_none_hint: &'static str,
    pub(crate) password: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) staff_hint: &'static str,
    pub(crate) superuser_hint: &'static str,
    pub(crate) create: &'static str,
    pub(crate) created: &'static str,
    pub(crate) to_account: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) main: &'static str,
    pub(crate) no_email: &'static str,
    pub(crate) made: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) none_here: &'static str,
    pub(crate) characters: &'static str,
    pub(crate) no_characters: &'static str,
    pub(crate) is_main: &'static str,
    pub(crate) no_main: &'static str,
    pub(crate) choose_main: &'static str,
    pub(crate) add_character: &'static str,
    pub(crate) edit_character: &'static str,
    pub(crate) remove_character: &'static str,
    pub(crate) change_character: &'static str,
    pub(crate) character_name: &'static str,
    pub(crate) external_id: &'static str,
    pub(crate) external_id_hint: &'static str,
    pub(crate) corporation: &'static str,
    pub(crate) corporation_id: &'static str,
    pub(crate) alliance: &'static str,
    pub(crate) alliance_id: &'static str,
    pub(crate) faction: &'static str,
    pub(crate) faction_id: &'static str,
    pub(crate) edit: &'static str,
    pub(crate) permissions_own: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) type_username: &'static str,
    pub(crate) not_typed: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) no_groups: &'static str,
    pub(crate) leads: &'static str,
    pub(crate) named: &'static str,
    pub(crate) requests: &'static str,
    pub(crate) no_requests: &'static str,
    pub(crate) effective: &'static str,
    pub(crate) no_permissions: &'static str,
    pub(crate) without_effect: &'static str,
    pub(crate) unsettled: &'static str,
    pub(crate) about: &'static str,
    pub(crate) by: &'static str,
    pub(crate) no_events: &'static str,
    pub(crate) all_events: &'static str,
    pub(crate) way_in_title: &'static str,
    pub(crate) has_password: &'static str,
    pub(crate) no_password: &'static str,
    pub(crate) make_link: &'static str,
    pub(crate) make_link_hint: &'static str,
    pub(crate) set_password: &'static str,
    pub(crate) set_password_hint: &'static str,
    pub(crate) set_password_submit: &'static str,
    pub(crate) password_is_set: &'static str,
    pub(crate) end_sessions: &'static str,
    pub(crate) revoke_tokens: &'static str,
    pub(crate) sessions_ended: &'static str,
    pub(crate) own_account: &'static str,
    pub(crate) danger: &'static str,
    pub(crate) activate: &'static str,
    pub(crate) drop_leads: &'static str,
    pub(crate) drop_leads_hint: &'static str,
    pub(crate) activate_hint: &'static str,
    pub(crate) deactivate: &'static str,
    pub(crate) deactivate_hint: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) delete_hint: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) deleted: &'static str,
}

static ENGLISH: UserLabels = UserLabels {
    people: "People",
    people_intro: "Everybody with an account, by the name others see.",
    new_user: "New user",
    new_user_intro: "An account for somebody who does not make it themselves.",
    filters: "Which people",
    search: "Search by name, e-mail or character",
    state: "State",
    any_state: "Every state",
    any: "Any",
    yes: "Yes",
    no: "No",
    active: "Active",
    staff: "Staff",
    superuser: "Superuser",
    group: "Group",
    group_hint: "Name of a group",
    name: "Name",
    email: "E-mail",
    flags: "Account",
    last_seen: "Last seen",
    never_seen: "never",
    inactive: "Inactive",
    nobody: "Nobody fits.",
    nobody_hint: "Search for another name, or choose fewer filters.",
    everybody: "Show everybody",
    without_group: "Any group",
    username: "Username",
    username_hint: "What they sign in with. No spaces.",
    email_hint: "Optional. They can sign in with it too.",
    way_in: "How they come in",
    by_link: "By a link to set a password",
    by_link_hint: "It is shown once, and good for one use within a day.",
    by_password: "By a password that you choose",
    by_none: "Not yet",
    by_none_hint: "Make a link or set a password later.",
    password: "Password",
    password_hint: "At least 12 characters. Only where you chose it above.",
    staff_hint: "May enter the admin area, as far as the permissions reach.",
    superuser_hint: "Holds every permission and may change everything.",
    create: "Create the account",
    created: "The account is made.",
    to_account: "Go to the account",
    overview: "About the account",
    main: "Main character",
    no_email: "None",
    made: "Made",
    sessions: "Sessions",
    none_here: "None",
    characters: "Characters",
    no_characters: "No characters, so others see the username.",
    is_main: "Main",
    no_main: "No main character",
    choose_main: "Use as main character",
    add_character: "Add a character",
    edit_character: "Edit",
    remove_character: "Remove",
    change_character: "Change a character",
    character_name: "Name of the character",
    external_id: "External id",
    external_id_hint: "Its number in the outside world. It cannot be changed later.",
    corporation: "Corporation",
    corporation_id: "Id of the corporation",
    alliance: "Alliance",
    alliance_id: "Id of the alliance",
    faction: "Faction",
    faction_id: "Id of the faction",
    edit: "Edit the account",
    permissions_own: "Permissions held directly",
    cancel: "Cancel",
    type_username: "Type the username to confirm",
    not_typed: "That is not the username of this account. Type it as it stands above.",
    groups: "Groups",
    no_groups: "In no group.",
    leads: "Leads",
    named: "Named as a leader",
    requests: "Open requests",
    no_requests: "Nothing waits.",
    effective: "What they may do",
    no_permissions: "No permission.",
    without_effect: "None of these has effect while the account is inactive.",
    unsettled: "A large change is being worked off. What you see is what it will leave.",
    about: "What happened to them",
    by: "What they did",
    no_events: "Nothing is recorded.",
    all_events: "All in the audit log",
    way_in_title: "Password and sessions",
    has_password: "Can sign in by a password.",
    no_password: "Has no password yet.",
    make_link: "Make a link to set a password",
    make_link_hint: "For whoever forgot theirs. It is shown once, and good for one use within a day.",
    set_password: "Set a password yourself",
    set_password_hint: "It ends every session of the account.",
    set_password_submit: "Set the password",
    password_is_set: "The password is set. Every session has ended.",
    end_sessions: "Sign out everywhere",
    revoke_tokens: "Revoke the API tokens, too",
    sessions_ended: "Every session has ended.",
    own_account: "This is your own account: change your password on your profile.",
    danger: "Danger zone",
    activate: "Activate the account",
    drop_leads: "Take the lead of these groups away",
    drop_leads_hint: "Otherwise they decide there at once, as before.",
    activate_hint: "They can sign in again. Groups they were in do not come back by themselves.",
    deactivate: "Deactivate the account",
    deactivate_hint: "They are signed out and leave every group. You see first which.",
    delete: "Delete the account",
    delete_hint: "It leaves every group and cannot come back. What it did stays in the log.",
    saved: "Saved.",
    deleted: "The account is deleted.",
};

static GERMAN: UserLabels = UserLabels {
    people: "Personen",
    people_intro: "Alle mit einem Konto, nach dem Namen, den andere sehen.",
    new_user: "Neues Konto",
    new_user_intro: "Ein Konto für jemanden, der es nicht selbst anlegt.",
    filters: "Welche Personen",
    search: "Nach Name, E-Mail oder Charakter suchen",
    state: "Status",
    any_state: "Jeder Status",
    any: "Egal",
    yes: "Ja",
    no: "Nein",
    active: "Aktiv",
    staff: "Team",
    superuser: "Superuser",
    group: "Gruppe",
    group_hint: "Name einer Gruppe",
    name: "Name",
    email: "E-Mail",
    flags: "Konto",
    last_seen: "Zuletzt da",
    never_seen: "nie",
    inactive: "Nicht aktiv",
    nobody: "Niemand passt.",
    nobody_hint: "Suche nach einem anderen Namen oder wähle weniger Filter.",
    everybody: "Alle zeigen",
    without_group: "Jede Gruppe",
    username: "Benutzername",
    username_hint: "Damit meldet man sich an. Ohne Leerzeichen.",
    email_hint: "Freiwillig. Auch damit kann man sich anmelden.",
    way_in: "Wie man hineinkommt",
    by_link: "Mit einem Link für ein Passwort",
    by_link_hint: "Er wird einmal gezeigt und gilt einen Tag lang für ein Mal.",
    by_password: "Mit einem Passwort, das du wählst",
    by_none: "Noch gar nicht",
    by_none_hint: "Leg später einen Link an oder setz ein Passwort.",
    password: "Passwort",
    password_hint: "Mindestens 12 Zeichen. Nur, wenn du es oben gewählt hast.",
    staff_hint: "Darf in die Verwaltung, so weit die Berechtigungen reichen.",
    superuser_hint: "Hat jede Berechtigung und darf alles ändern.",
    create: "Konto anlegen",
    created: "Das Konto ist angelegt.",
    to_account: "Zum Konto",
    overview: "Über das Konto",
    main: "Hauptcharakter",
    no_email: "Keine",
    made: "Angelegt",
    sessions: "Sitzungen",
    none_here: "Keine",
    characters: "Charaktere",
    no_characters: "Keine Charaktere, also sehen andere den Benutzernamen.",
    is_main: "Haupt",
    no_main: "Kein Hauptcharakter",
    choose_main: "Als Hauptcharakter nehmen",
    add_character: "Charakter hinzufügen",
    edit_character: "Bearbeiten",
    remove_character: "Entfernen",
    change_character: "Charakter ändern",
    character_name: "Name des Charakters",
    external_id: "Externe ID",
    external_id_hint: "Seine Nummer in der Außenwelt. Sie lässt sich später nicht ändern.",
    corporation: "Corporation",
    corporation_id: "ID der Corporation",
    alliance: "Allianz",
    alliance_id: "ID der Allianz",
    faction: "Fraktion",
    faction_id: "ID der Fraktion",
    edit: "Konto bearbeiten",
    permissions_own: "Direkt vergebene Berechtigungen",
    cancel: "Abbrechen",
    type_username: "Gib zur Bestätigung den Benutzernamen ein",
    not_typed: "Das ist nicht der Benutzername dieses Kontos. Gib ihn so ein, wie er oben steht.",
    groups: "Gruppen",
    no_groups: "In keiner Gruppe.",
    leads: "Leitet",
    named: "Als Leitung eingetragen",
    requests: "Offene Anfragen",
    no_requests: "Nichts wartet.",
    effective: "Was erlaubt ist",
    no_permissions: "Keine Berechtigung.",
    without_effect: "Nichts davon gilt, solange das Konto nicht aktiv ist.",
    unsettled: "Eine große Änderung wird abgearbeitet. Du siehst, was danach bleibt.",
    about: "Was mit dem Konto geschah",
    by: "Was von dem Konto ausging",
    no_events: "Nichts ist verzeichnet.",
    all_events: "Alles im Protokoll",
    way_in_title: "Passwort und Sitzungen",
    has_password: "Kann sich mit einem Passwort anmelden.",
    no_password: "Hat noch kein Passwort.",
    make_link: "Link für ein Passwort anlegen",
    make_link_hint: "Für alle, die ihres vergessen haben. Er wird einmal gezeigt und gilt einen Tag lang für ein Mal.",
    set_password: "Selbst ein Passwort setzen",
    set_password_hint: "Alle Sitzungen des Kontos enden damit.",
    set_password_submit: "Passwort setzen",
    password_is_set: "Das Passwort ist gesetzt. Jede Sitzung ist beendet.",
    end_sessions: "Überall abmelden",
    revoke_tokens: "Auch die API-Token widerrufen",
    sessions_ended: "Jede Sitzung ist beendet.",
    own_account: "Das ist dein eigenes Konto: Ändere dein Passwort in deinem Profil.",
    danger: "Gefahrenzone",
    activate: "Konto aktivieren",
    drop_leads: "Die Leitung dieser Gruppen entziehen",
    drop_leads_hint: "Sonst wird dort sofort wieder entschieden, wie zuvor.",
    activate_hint: "Die Anmeldung geht wieder. Frühere Gruppen kommen nicht von selbst zurück.",
    deactivate: "Konto deaktivieren",
    deactivate_hint: "Das Konto wird abgemeldet und verlässt jede Gruppe. Du siehst vorher, welche.",
    delete: "Konto löschen",
    delete_hint: "Es verlässt jede Gruppe und kommt nicht wieder. Was es tat, bleibt im Protokoll.",
    saved: "Gespeichert.",
    deleted: "Das Konto ist gelöscht.",
};

impl Language {
    /// The fixed words about people.
    pub(crate) fn users(self) -> &'static UserLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// Why somebody is in their state.
    pub(crate) fn state_reason(self, reason: &StateReason) -> String {
        let (sentence, name) = match reason {
            StateReason::Inactive => (
                self.either("Accounts that are not active are guests.", "Konten, die nicht aktiv sind, sind Gäste."),
                "",
            ),
            StateReason::NoMain => (
                self.either("Whoever has no main character is a guest.", "Wer keinen Hauptcharakter hat, ist Gast."),
                "",
            ),
            StateReason::FitsNoOther => (
                self.either(
                    "The main character fits no other state.",
                    "Der Hauptcharakter passt in keinen anderen Status.",
                ),
                "",
            ),
            StateReason::Public => {
                (self.either("It is open to every main character.", "Er steht jedem Hauptcharakter offen."), "")
            }
            StateReason::Character(name) => {
                (self.either("It is open to the character {0}.", "Er steht dem Charakter {0} offen."), name.as_str())
            }
            StateReason::Corporation(name) => (
                self.either("It is open to the corporation {0}.", "Er steht der Corporation {0} offen."),
                name.as_str(),
            ),
            StateReason::Alliance(name) => {
                (self.either("It is open to the alliance {0}.", "Er steht der Allianz {0} offen."), name.as_str())
            }
            StateReason::Faction(name) => {
                (self.either("It is open to the faction {0}.", "Er steht der Fraktion {0} offen."), name.as_str())
            }
        };
        fill(sentence, &[name])
    }

    /// Where somebody has a permission from.
    pub(crate) fn source(self, source: &Source) -> String {
        match source {
            Source::Own => self.either("held directly", "direkt vergeben").to_owned(),
            Source::Group(group) => fill(self.either("group {0}", "Gruppe {0}"), &[&group.name]),
            Source::State(state) => fill(self.either("state {0}", "Status {0}"), &[&state.name]),
            Source::Superuser => self.either("as a superuser", "als Superuser").to_owned(),
        }
    }

    /// Why something cannot be done with an account.
    pub(crate) fn obstacle(self, obstacle: &Obstacle) -> String {
        match obstacle {
            Obstacle::Denied(denial) => self.denial(*denial).to_owned(),
            Obstacle::Conflict(conflict) => self.conflict(conflict),
        }
    }

    /// Who did something.
    pub(crate) fn done_by(self, who: &str) -> String {
        fill(self.either("by {0}", "durch {0}"), &[who])
    }

    /// Which groups somebody will lead, or will lead no more, by being named.
    pub(crate) fn leads_after(self, groups: &[&str], keeps: bool) -> String {
        let sentence = if keeps {
            self.either("Leads again, by being named: {0}.", "Leitet wieder, weil namentlich benannt: {0}.")
        } else {
            self.either("Is named to lead no more: {0}.", "Nicht mehr als Leitung benannt: {0}.")
        };
        fill(sentence, &[&groups.iter().map(|name| isolated(name)).collect::<Vec<_>>().join(", ")])
    }

    /// Through which group somebody leads.
    pub(crate) fn leads_through(self, group: &str) -> String {
        fill(self.either("Through {0}", "Über {0}"), &[group])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{GroupId, GroupRef};

    #[test]
    fn a_permission_names_where_it_comes_from() {
        let group = Source::Group(GroupRef { id: GroupId(1), name: "Logi".to_owned() });
        assert_eq!(Language::English.source(&group), "group Logi");
        assert_eq!(Language::German.source(&Source::Superuser), "als Superuser");
    }

    #[test]
    fn a_state_says_why() {
        let reason = StateReason::Corporation("Acme".to_owned());
        assert_eq!(Language::English.state_reason(&reason), "It is open to the corporation Acme.");
        assert_eq!(Language::German.state_reason(&StateReason::NoMain), "Wer keinen Hauptcharakter hat, ist Gast.");
    }
}
