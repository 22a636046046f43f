//! What exactly happened to an account, its characters and the ways into it: which fields changed from what to what.

use super::{Language, fill};
use domain::{AccountFields, Character, EventPayload, Invitation, Organisation, UserChange, UserDraft};

impl Language {
    /// What happened to a way into an account.
    pub(super) fn way_in(self, what: &EventPayload) -> Vec<String> {
        let one = |sentence: &str| vec![sentence.to_owned()];
        let with = |sentence, parts: &[&str]| vec![fill(sentence, parts)];
        match what {
            EventPayload::PasswordSet => one(self.either("The password was changed.", "Das Passwort wurde geändert.")),
            EventPayload::TokenCreated { name, .. } => with(
                self.either("The token “{0}” was made for the API.", "Das Token „{0}“ wurde für die API erstellt."),
                &[name],
            ),
            EventPayload::TokenRevoked(_, name) => {
                with(self.either("The token “{0}” was revoked.", "Das Token „{0}“ wurde widerrufen."), &[name])
            }
            EventPayload::SessionsEnded => one(self.either("Signed out everywhere.", "Überall abgemeldet.")),
            EventPayload::SignInsFailed(failed) => vec![self.sign_ins_failed(failed)],
            EventPayload::ResetLinkMade => one(self
                .either("A link to set another password was made.", "Ein Link für ein neues Passwort wurde angelegt.")),
            EventPayload::PasswordReset => one(self.either(
                "The password was changed by a one-time link.",
                "Das Passwort wurde über einen Einmal-Link geändert.",
            )),
            EventPayload::Registered { invitation: None, .. } => {
                one(self
                    .either("The account was made by registering.", "Das Konto wurde durch Registrierung angelegt."))
            }
            EventPayload::Registered { invitation: Some(id), .. } => with(
                self.either(
                    "The account was made by registering with invitation {0}.",
                    "Das Konto wurde durch Registrierung mit Einladung {0} angelegt.",
                ),
                &[&id.to_string()],
            ),
            EventPayload::InvitationCreated(made) => self.invitation_made(made),
            EventPayload::InvitationRevoked(revoked) => with(
                self.either("Invitation {0} was revoked.", "Einladung {0} wurde widerrufen."),
                &[&revoked.id.to_string()],
            ),
            _ => Vec::new(),
        }
    }

    const fn staff(self) -> &'static str {
        self.either("Staff", "Team")
    }

    pub(super) fn account_made(self, draft: &UserDraft) -> Vec<String> {
        let mut lines = vec![self.either("The account was made.", "Das Konto wurde angelegt.").to_owned()];
        lines.extend(draft.staff.then(|| self.turned(self.staff(), true)));
        lines.extend(draft.superuser.then(|| self.turned("Superuser", true)));
        let given = self.either("The permission {0} was given.", "Die Berechtigung {0} wurde vergeben.");
        lines.extend(draft.permissions.iter().map(|permission| fill(given, &[permission.code()])));
        lines
    }

    pub(super) fn invitation_made(self, invitation: &Invitation) -> Vec<String> {
        let made = self.either(
            "Invitation {0} was made. Accounts that can be made by it: {1}.",
            "Einladung {0} wurde angelegt. So viele Konten lassen sich damit anlegen: {1}.",
        );
        let mut lines = vec![fill(made, &[&invitation.id.to_string(), &self.number(invitation.uses.into())])];
        let note = self.either("Note: {0}.", "Notiz: {0}.");
        lines.extend(invitation.note.as_ref().map(|text| fill(note, &[&self.quoted(text)])));
        lines
    }

    fn activity(self, on: bool) -> String {
        let sentence = if on {
            self.either("Account activated.", "Konto aktiviert.")
        } else {
            self.either("Account deactivated.", "Konto deaktiviert.")
        };
        sentence.to_owned()
    }

    pub(crate) fn account_edited(self, before: &AccountFields, after: &AccountFields) -> Vec<String> {
        let email = |fields: &AccountFields| {
            fields
                .email
                .as_deref()
                .map_or_else(|| self.either("none", "„keine“").to_owned(), |email| self.quoted(email))
        };
        [
            self.changed(
                self.either("Username", "Benutzername"),
                &self.quoted(&before.username),
                &self.quoted(&after.username),
            ),
            self.changed(self.either("E-mail", "E-Mail"), &email(before), &email(after)),
            (before.active != after.active).then(|| self.activity(after.active)),
            self.switched(self.staff(), before.staff, after.staff),
            self.switched("Superuser", before.superuser, after.superuser),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// An edit that is told by its new values alone.
    pub(super) fn account_edited_to(self, change: &UserChange) -> Vec<String> {
        let username = self.either("Username is now {0}.", "Der Benutzername ist jetzt {0}.");
        let email = self.either("E-mail is now {0}.", "Die E-Mail ist jetzt {0}.");
        [
            change.username.as_ref().map(|name| fill(username, &[&self.quoted(name.as_str())])),
            change.email.as_ref().and_then(Option::as_ref).map(|given| fill(email, &[given.as_str()])),
            change.active.map(|on| self.activity(on)),
            change.staff.map(|on| self.turned(self.staff(), on)),
            change.superuser.map(|on| self.turned("Superuser", on)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn organisation(self, organisation: Option<&Organisation>) -> &str {
        organisation.map_or(self.either("none", "„keine“"), |organisation| organisation.name.as_str())
    }

    const fn organisations(self) -> [&'static str; 3] {
        [
            self.either("Corporation", "Corporation"),
            self.either("Alliance", "Allianz"),
            self.either("Faction", "Fraktion"),
        ]
    }

    pub(crate) fn character_made(self, character: &Character) -> Vec<String> {
        let profile = &character.profile;
        let belongs = [profile.corporation.as_ref(), profile.alliance.as_ref(), profile.faction.as_ref()];
        let added = self.either("The character {0} was added.", "Der Charakter {0} wurde hinzugefügt.");
        let mut lines = vec![fill(added, &[name_of(character)])];
        let belongs = self.organisations().into_iter().zip(belongs);
        lines.extend(belongs.filter_map(|(field, to)| to.map(|to| fill("{0}: {1}.", &[field, to.name.as_str()]))));
        lines
    }

    pub(crate) fn character_edited(self, before: &Character, after: &Character) -> Vec<String> {
        let (old, new) = (&before.profile, &after.profile);
        let moved =
            [(&old.corporation, &new.corporation), (&old.alliance, &new.alliance), (&old.faction, &new.faction)];
        let moved = self.organisations().into_iter().zip(moved).map(|(field, (from, to))| {
            self.changed(field, self.organisation(from.as_ref()), self.organisation(to.as_ref()))
        });
        let edited = self.either("The character {0} was changed.", "Der Charakter {0} wurde geändert.");
        let mut lines = vec![fill(edited, &[name_of(after)])];
        lines.extend(self.changed("Name", name_of(before), name_of(after)));
        lines.extend(moved.flatten());
        lines
    }

    pub(crate) fn character_removed(self, character: &Character) -> String {
        let removed = self.either("The character {0} was taken away.", "Der Charakter {0} wurde weggenommen.");
        fill(removed, &[name_of(character)])
    }
}

fn name_of(character: &Character) -> &str {
    character.profile.name.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Email, Username};

    fn fields() -> AccountFields {
        AccountFields { username: "ana".to_owned(), email: None, active: true, staff: false, superuser: false }
    }

    #[test]
    fn an_edit_of_an_account_tells_the_old_values_and_the_new_ones() {
        let after = AccountFields {
            username: "ana.vex".to_owned(),
            email: Some("ana@example.org".to_owned()),
            active: false,
            staff: true,
            superuser: false,
        };
        let expected = [
            "Username changed from “ana” to “ana.vex”.",
            "E-mail changed from none to “ana@example.org”.",
            "Account deactivated.",
            "Staff turned on.",
        ];
        assert_eq!(Language::English.account_edited(&fields(), &after), expected);
        let back = ["E-mail changed from “ana@example.org” to none."];
        let without = AccountFields { email: None, ..after.clone() };
        assert_eq!(Language::English.account_edited(&after, &without), back);
    }

    #[test]
    fn what_earlier_versions_recorded_is_still_told() {
        let change = UserChange {
            username: Username::parse("ana.vex").ok(),
            email: Some(Email::parse("ana@example.org").ok()),
            superuser: Some(true),
            ..UserChange::default()
        };
        let expected = ["Username is now “ana.vex”.", "E-mail is now ana@example.org.", "Superuser turned on."];
        assert_eq!(Language::English.account_edited_to(&change), expected);
    }

    #[test]
    fn what_earlier_versions_stored_is_still_read() {
        let stored =
            r#"{"account_edited":{"username":"ana.vex","email":null,"active":null,"staff":true,"superuser":null}}"#;
        let read: EventPayload = serde_json::from_str(stored).expect("is read");
        let change =
            UserChange { username: Username::parse("ana.vex").ok(), staff: Some(true), ..UserChange::default() };
        assert_eq!(read, EventPayload::AccountEditedTo(Box::new(change)));
        let stored = r#"{"account_created":{"username":"ana","email":null,"staff":false,"superuser":false}}"#;
        assert!(matches!(serde_json::from_str(stored), Ok(EventPayload::AccountCreated(_))));
    }
}
