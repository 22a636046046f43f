//! What is said about changing an account, before it is done.

use super::{Language, fill};
use crate::input::AccountChange;
use domain::Permission;

impl Language {
    /// What is about to be done, as a question.
    pub(crate) fn deed_question(self, deed: AccountChange, who: &str) -> String {
        let sentence = match deed {
            AccountChange::Edit => self.either("Change the account of {0}?", "Das Konto von {0} ändern?"),
            AccountChange::Activate => self.either("Activate the account of {0}?", "Das Konto von {0} aktivieren?"),
            AccountChange::Deactivate => {
                self.either("Deactivate the account of {0}?", "Das Konto von {0} deaktivieren?")
            }
            AccountChange::Delete => self.either("Delete the account of {0}?", "Das Konto von {0} löschen?"),
            AccountChange::Main => {
                self.either("Change the main character of {0}?", "Den Hauptcharakter von {0} ändern?")
            }
            AccountChange::AddCharacter => self.either("Add a character to {0}?", "{0} einen Charakter hinzufügen?"),
            AccountChange::EditCharacter => {
                self.either("Change a character of {0}?", "Einen Charakter von {0} ändern?")
            }
            AccountChange::RemoveCharacter => {
                self.either("Remove a character of {0}?", "Einen Charakter von {0} entfernen?")
            }
        };
        fill(sentence, &[who])
    }

    /// The button that does it.
    pub(crate) fn deed_verb(self, deed: AccountChange) -> &'static str {
        let (labels, save) = (self.users(), self.preview().save);
        match deed {
            AccountChange::Edit | AccountChange::Main | AccountChange::EditCharacter => save,
            AccountChange::Activate => labels.activate,
            AccountChange::Deactivate => labels.deactivate,
            AccountChange::Delete => labels.delete,
            AccountChange::AddCharacter => labels.add_character,
            AccountChange::RemoveCharacter => self.either("Remove the character", "Charakter entfernen"),
        }
    }

    /// That a permission is to be given, or taken away.
    pub(crate) fn permission_line(self, permission: Permission, given: bool) -> String {
        let sentence = if given {
            self.either("Given: {0} ({1}).", "Vergeben: {0} ({1}).")
        } else {
            self.either("Taken away: {0} ({1}).", "Entzogen: {0} ({1}).")
        };
        fill(sentence, &[self.permission(permission), permission.code()])
    }

    /// The rest of the name of a control that concerns one character.
    pub(crate) fn of_character(self, name: &str) -> String {
        fill(self.either(" the character {0}", ": den Charakter {0}"), &[name])
    }

    /// That another main character is chosen, or none.
    pub(crate) fn main_line(self, before: Option<&str>, after: Option<&str>) -> String {
        let none = self.either("none", "„keiner“");
        let sentence = self.either("Main character changes from {0} to {1}.", "Hauptcharakter: von {0} zu {1}.");
        fill(sentence, &[before.unwrap_or(none), after.unwrap_or(none)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_whose_account_it_is() {
        assert_eq!(Language::English.deed_question(AccountChange::Delete, "Ana"), "Delete the account of Ana?");
        assert_eq!(Language::German.deed_question(AccountChange::Deactivate, "Ana"), "Das Konto von Ana deaktivieren?");
    }

    #[test]
    fn a_main_that_goes_is_told_too() {
        assert_eq!(Language::English.main_line(Some("Ana"), None), "Main character changes from Ana to none.");
        assert_eq!(Language::German.main_line(None, Some("Ana")), "Hauptcharakter: von „keiner“ zu Ana.");
    }
}
