//! What became other about a state or the settings: in the log, and in what a draft would do.

use super::{Language, fill};
use domain::{KindNames, Registration, Scope, ScopeNames, Settings, State};

/// Ids that a line names before it only counts the others.
const NAMED: usize = 10;

impl Language {
    /// The lists of those a state is open to.
    pub(crate) const fn scopes(self, scope: &Scope) -> [(&'static str, &[i64]); 4] {
        [
            (self.either("Characters", "Charaktere"), scope.characters.as_slice()),
            (self.either("Corporations", "Corporations"), scope.corporations.as_slice()),
            (self.either("Alliances", "Allianzen"), scope.alliances.as_slice()),
            (self.either("Factions", "Fraktionen"), scope.factions.as_slice()),
        ]
    }

    /// A state that was made.
    pub(crate) fn state_made(self, made: &State, names: &ScopeNames) -> Vec<String> {
        let sentence = self.either(
            "The state “{0}” was made with priority {1}.",
            "Der Status „{0}“ wurde mit Priorität {1} angelegt.",
        );
        let mut lines = vec![fill(sentence, &[&made.name, &made.priority.to_string()])];
        let held = self.either("Everybody in it holds {0}.", "Alle mit diesem Status haben {0}.");
        lines.extend(made.public.then(|| self.turned(self.labels().public, true)));
        lines.extend(made.permissions.iter().map(|given| fill(held, &[given.code()])));
        let scopes = self.scopes(&made.scope).into_iter().zip(names.kinds());
        lines.extend(scopes.filter_map(|((field, ids), names)| self.taken_in(field, &[], ids, names)));
        lines
    }

    /// A state that was changed.
    pub(super) fn state_edited(self, before: &State, after: &State) -> Vec<String> {
        let edited = self.either("The state “{0}” was changed.", "Der Status „{0}“ wurde geändert.");
        [fill(edited, &[&after.name])]
            .into_iter()
            .chain(self.redefined(before, after, &ScopeNames::default()))
            .collect()
    }

    /// What is other about a state.
    pub(crate) fn redefined(self, before: &State, after: &State, names: &ScopeNames) -> Vec<String> {
        let mut lines = Vec::new();
        let priority = self.either("Priority", "Priorität");
        let fields = [
            self.changed("Name", &self.quoted(&before.name), &self.quoted(&after.name)),
            self.changed(priority, &before.priority.to_string(), &after.priority.to_string()),
            self.switched(self.labels().public, before.public, after.public),
        ];
        lines.extend(fields.into_iter().flatten());
        let scopes = self.scopes(&before.scope).into_iter().zip(self.scopes(&after.scope)).zip(names.kinds());
        for (((field, before), (_, after)), names) in scopes {
            lines.extend(self.taken_in(field, before, after, names));
            let removed = self.either("{0} removed: {1}.", "{0} entfernt: {1}.");
            lines.extend(self.listed(removed, field, after, before, names));
        }
        lines
    }

    fn taken_in(self, field: &str, known: &[i64], all: &[i64], names: &KindNames) -> Option<String> {
        self.listed(self.either("{0} added: {1}.", "{0} hinzugefügt: {1}."), field, known, all, names)
    }

    /// What is in `all` and not in `known`.
    fn listed(self, sentence: &str, field: &str, known: &[i64], all: &[i64], names: &KindNames) -> Option<String> {
        let new: Vec<i64> = all.iter().copied().filter(|id| !known.contains(id)).collect();
        self.called(&new, names).map(|called| fill(sentence, &[field, &called]))
    }

    /// Those with these ids: the first of them by name and number, the others counted; nothing where there are none.
    pub(crate) fn called(self, ids: &[i64], names: &KindNames) -> Option<String> {
        let one = |id: &i64| match names.of(*id) {
            Some(name) => fill("{0} ({1})", &[name, &id.to_string()]),
            None => id.to_string(),
        };
        let first = ids.iter().take(NAMED).map(one).collect::<Vec<_>>().join(", ");
        let called = match ids.len().saturating_sub(NAMED) {
            0 => first,
            more => fill(self.either("{0} and {1} more", "{0} und {1} weitere"), &[&first, &self.number(more as u64)]),
        };
        (!ids.is_empty()).then_some(called)
    }

    const fn registration(self, value: Registration) -> &'static str {
        match value {
            Registration::Closed => self.either("closed", "„geschlossen“"),
            Registration::Invitation => self.either("by invitation", "„auf Einladung“"),
            Registration::Open => self.either("open", "„offen“"),
        }
    }

    /// What is other about some settings.
    pub(crate) fn settings_changed(self, before: Settings, after: Settings) -> Vec<String> {
        let told = self.either("Notifications of new requests", "Benachrichtigungen über neue Anfragen");
        let kept = self.either("Notifications kept for each user", "Benachrichtigungen je Konto");
        let number = |count: u32| self.number(count.into());
        [
            self.switched(told, before.requests_notification, after.requests_notification),
            self.switched(self.leaving_at_once(), before.auto_leave, after.auto_leave),
            self.switched(
                self.either("Display of groups out of reach", "Anzeige unerreichbarer Gruppen"),
                before.show_unavailable_groups,
                after.show_unavailable_groups,
            ),
            self.changed(kept, &number(before.notifications_max_per_user), &number(after.notifications_max_per_user)),
            self.changed(
                self.either("Registration", "Registrierung"),
                self.registration(before.registration),
                self.registration(after.registration),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Permissions;

    #[test]
    fn a_long_list_is_told_by_its_difference_and_counted() {
        let before = State {
            id: State::BLUE,
            name: "Blue".to_owned(),
            priority: 50,
            public: false,
            permissions: Permissions::NONE,
            scope: Scope { alliances: vec![7], ..Scope::default() },
        };
        let scope = Scope { corporations: (1..=1012).collect(), ..Scope::default() };
        let after = State { priority: 60, scope, ..before.clone() };
        let expected = [
            "The state “Blue” was changed.",
            "Priority changed from 50 to 60.",
            "Corporations added: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1,002 more.",
            "Alliances removed: 7.",
        ];
        assert_eq!(Language::English.state_edited(&before, &after), expected);
    }

    #[test]
    fn whoever_is_known_is_told_by_name() {
        let mut names = KindNames::default();
        names.note(7, "Meridian Accord".to_owned());
        assert_eq!(Language::English.called(&[7, 9], &names).as_deref(), Some("Meridian Accord (7), 9"));
        assert_eq!(Language::English.called(&[], &names), None);
    }

    #[test]
    fn settings_are_told_with_both_values() {
        let before = Settings::default();
        let after = Settings { auto_leave: true, registration: Registration::Invitation, ..before };
        let expected = ["Auto leave turned on.", "Registration changed from closed to by invitation."];
        assert_eq!(Language::English.settings_changed(before, after), expected);
    }
}
