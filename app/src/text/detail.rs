//! What exactly happened, where type and action of an audit row do not say it: which fields changed from what to what,
//! who was given which permission. Every line is a sentence.

use super::{Language, fill};
use domain::{AutoLeave, Event, Flags, Group, Holder, Registration, Settings, State, StateId, StateRef, What};

/// Ids that a line names before it only counts the others.
const NAMED: usize = 10;

impl Language {
    /// The lines of an event; none where it is said in full without them.
    pub(crate) fn details(self, event: &Event) -> Vec<String> {
        let group = event.group.as_ref().map_or(self.either("the group", "der Gruppe"), |group| &group.name);
        let one = |sentence: &str| vec![sentence.to_owned()];
        let with = |sentence, parts: &[&str]| vec![fill(sentence, parts)];
        match &event.what {
            What::Requested(_)
            | What::Approved(_)
            | What::Rejected(_)
            | What::Withdrawn(_)
            | What::Closed(_)
            | What::Joined
            | What::Left
            | What::Added
            | What::Removed => Vec::new(),
            What::GroupCreated(group) => self.group_made(group, &event.states),
            What::GroupEdited { before, after } => self.group_edited(before, after, &event.states),
            What::GroupDeleted => one(self.either("The group was deleted.", "Die Gruppe wurde gelöscht.")),
            What::JoinLinkReplaced => one(self.either(
                "The join link was replaced. The old one leads nowhere.",
                "Der Beitrittslink wurde ersetzt. Der alte führt nirgendwohin.",
            )),
            What::LeaderAdded => one(self.either("Leads the group from now on.", "Leitet die Gruppe ab jetzt.")),
            What::LeaderRemoved => one(self.either("Leads the group no more.", "Leitet die Gruppe nicht mehr.")),
            What::LeaderGroupAdded(leading) => with(
                self.either(
                    "The members of {0} lead the group from now on.",
                    "Die Mitglieder von {0} leiten die Gruppe ab jetzt.",
                ),
                &[&leading.name],
            ),
            What::LeaderGroupRemoved(leading) => with(
                self.either(
                    "The members of {0} lead the group no more.",
                    "Die Mitglieder von {0} leiten die Gruppe nicht mehr.",
                ),
                &[&leading.name],
            ),
            What::PermissionGiven(holder, permission) => with(
                self.either("The permission {0} was given to {1}.", "Die Berechtigung {0} wurde vergeben an {1}."),
                &[permission.name(), &self.held_by(*holder, event, group)],
            ),
            What::PermissionTaken(holder, permission) => with(
                self.either("The permission {0} was taken from {1}.", "Die Berechtigung {0} wurde entzogen: {1}."),
                &[permission.name(), &self.held_by(*holder, event, group)],
            ),
            What::AccountCreated(draft) => self.account_made(draft),
            What::AccountEdited { before, after } => self.account_edited(before, after),
            What::AccountEditedTo(change) => self.account_edited_to(change),
            What::AccountDeleted => one(self.either("The account was deleted.", "Das Konto wurde gelöscht.")),
            What::PasswordSet
            | What::TokenCreated { .. }
            | What::TokenRevoked(..)
            | What::SessionsEnded
            | What::ResetLinkMade
            | What::PasswordReset
            | What::Registered { .. }
            | What::InvitationCreated(_)
            | What::InvitationRevoked(_) => self.way_in(&event.what),
            What::CharacterAdded(character) => self.character_made(character),
            What::CharacterEdited { before, after } => self.character_edited(before, after),
            What::CharacterRemoved(character) => vec![self.character_removed(character)],
            What::MainSet(Some(main)) => {
                with(self.either("The main character is now {0}.", "Der Hauptcharakter ist jetzt {0}."), &[&main.name])
            }
            What::MainSet(None) => {
                one(self.either("There is no main character any more.", "Es gibt keinen Hauptcharakter mehr."))
            }
            What::StateChanged { from, to } => with(
                self.either("Moved from {0} to {1}.", "Von {0} zu {1} gewechselt."),
                &[&self.state(*from, &event.states), &self.state(*to, &event.states)],
            ),
            What::StateCreated(made) => self.state_made(made),
            What::StateEdited { before, after } => self.state_edited(before, after),
            What::StateDeleted(gone) => {
                with(self.either("The state “{0}” was deleted.", "Der Status „{0}“ wurde gelöscht."), &[&gone.name])
            }
            What::NameReserved(name) => {
                with(self.either("The name “{0}” was reserved.", "Der Name „{0}“ wurde reserviert."), &[name])
            }
            What::NameFreed(_, name) => {
                with(self.either("The name “{0}” is free again.", "Der Name „{0}“ ist wieder frei."), &[name])
            }
            What::SettingsChanged { before, after } => self.settings_changed(*before, *after),
        }
    }

    /// A field with its old and its new value; nothing where they are the same.
    pub(super) fn changed(self, field: &str, before: &str, after: &str) -> Option<String> {
        let sentence = self.either("{0} changed from {1} to {2}.", "{0} von {1} auf {2} geändert.");
        (before != after).then(|| fill(sentence, &[field, before, after]))
    }

    /// A field that is on or off.
    pub(super) fn switched(self, field: &str, before: bool, after: bool) -> Option<String> {
        (before != after).then(|| self.turned(field, after))
    }

    pub(super) fn turned(self, field: &str, on: bool) -> String {
        let sentence = if on {
            self.either("{0} turned on.", "{0} eingeschaltet.")
        } else {
            self.either("{0} turned off.", "{0} ausgeschaltet.")
        };
        fill(sentence, &[field])
    }

    pub(super) fn quoted(self, text: &str) -> String {
        if text.is_empty() {
            self.either("nothing", "nichts").to_owned()
        } else {
            fill(self.either("“{0}”", "„{0}“"), &[text])
        }
    }

    /// A state by the name it had; what was recorded before names were kept has its number alone.
    fn state(self, id: StateId, names: &[StateRef]) -> String {
        match names.iter().find(|state| state.id == id) {
            Some(state) => state.name.clone(),
            None => fill(self.either("state {0}", "Status {0}"), &[&id.to_string()]),
        }
    }

    fn held_by(self, holder: Holder, event: &Event, group: &str) -> String {
        match holder {
            Holder::User(id) => event.subject.as_ref().map_or_else(
                || fill(self.either("user {0}", "Konto {0}"), &[&id.to_string()]),
                |person| person.display_name().to_owned(),
            ),
            Holder::Group(_) => fill(self.either("the members of {0}", "die Mitglieder von {0}"), &[group]),
            Holder::State(id) => {
                fill(self.either("everybody in {0}", "alle mit {0}"), &[&self.state(id, &event.states)])
            }
        }
    }

    const fn named(self, flags: Flags) -> [(&'static str, bool); 5] {
        let labels = self.labels();
        [
            (labels.internal, flags.internal),
            (labels.hidden, flags.hidden),
            (labels.open, flags.open),
            (labels.public, flags.public),
            (labels.restricted, flags.restricted),
        ]
    }

    const fn auto_leave(self, value: AutoLeave) -> &'static str {
        match value {
            AutoLeave::Inherit => self.either("as in the settings", "„wie in den Einstellungen“"),
            AutoLeave::On => self.either("on", "„ein“"),
            AutoLeave::Off => self.either("off", "„aus“"),
        }
    }

    fn states(self, ids: &[StateId], names: &[StateRef]) -> String {
        if ids.is_empty() {
            self.either("any", "„beliebig“").to_owned()
        } else {
            ids.iter().copied().map(|id| self.state(id, names)).collect::<Vec<_>>().join(", ")
        }
    }

    fn group_made(self, group: &Group, names: &[StateRef]) -> Vec<String> {
        let made = self.either("The group was made as {0}.", "Die Gruppe wurde als {0} angelegt.");
        let only = self.either("It is for {0} alone.", "Sie ist nur für {0}.");
        let held = self.either("Its members hold {0}.", "Ihre Mitglieder haben {0}.");
        let mut lines = vec![fill(made, &[&self.quoted(&group.name)])];
        let flags = self.named(group.flags).into_iter().filter(|(_, on)| *on);
        lines.extend(flags.map(|(field, on)| self.turned(field, on)));
        lines.extend((!group.states.is_empty()).then(|| fill(only, &[&self.states(&group.states, names)])));
        lines.extend(group.permissions.iter().map(|given| fill(held, &[given.name()])));
        lines
    }

    pub(super) fn group_edited(self, before: &Group, after: &Group, names: &[StateRef]) -> Vec<String> {
        let description = self.either("Description", "Beschreibung");
        let texts = [
            self.changed("Name", &self.quoted(&before.name), &self.quoted(&after.name)),
            self.changed(description, &self.quoted(&before.description), &self.quoted(&after.description)),
        ];
        let flags = self.named(before.flags).into_iter().zip(self.named(after.flags));
        let flags = flags.map(|((field, before), (_, after))| self.switched(field, before, after));
        let rest = [
            self.changed(self.leaving_at_once(), self.auto_leave(before.auto_leave), self.auto_leave(after.auto_leave)),
            self.changed(
                self.either("States", "Status"),
                &self.states(&before.states, names),
                &self.states(&after.states, names),
            ),
        ];
        texts.into_iter().chain(flags).chain(rest).flatten().collect()
    }

    const fn leaving_at_once(self) -> &'static str {
        self.either("Auto leave", "Sofortiger Austritt")
    }

    const fn scopes(self, state: &State) -> [(&'static str, &[i64]); 4] {
        let scope = &state.scope;
        [
            (self.either("Characters", "Charaktere"), scope.characters.as_slice()),
            (self.either("Corporations", "Corporations"), scope.corporations.as_slice()),
            (self.either("Alliances", "Allianzen"), scope.alliances.as_slice()),
            (self.either("Factions", "Fraktionen"), scope.factions.as_slice()),
        ]
    }

    /// A state that was made.
    pub(crate) fn state_made(self, made: &State) -> Vec<String> {
        let sentence = self.either(
            "The state “{0}” was made with priority {1}.",
            "Der Status „{0}“ wurde mit Priorität {1} angelegt.",
        );
        let mut lines = vec![fill(sentence, &[&made.name, &made.priority.to_string()])];
        let held = self.either("Everybody in it holds {0}.", "Alle mit diesem Status haben {0}.");
        lines.extend(made.public.then(|| self.turned(self.labels().public, true)));
        lines.extend(made.permissions.iter().map(|given| fill(held, &[given.name()])));
        lines.extend(self.scopes(made).into_iter().filter_map(|(field, ids)| self.taken_in(field, &[], ids)));
        lines
    }

    fn state_edited(self, before: &State, after: &State) -> Vec<String> {
        let edited = self.either("The state “{0}” was changed.", "Der Status „{0}“ wurde geändert.");
        [fill(edited, &[&after.name])].into_iter().chain(self.redefined(before, after)).collect()
    }

    /// What is other about a state.
    pub(crate) fn redefined(self, before: &State, after: &State) -> Vec<String> {
        let mut lines = Vec::new();
        let priority = self.either("Priority", "Priorität");
        let fields = [
            self.changed("Name", &self.quoted(&before.name), &self.quoted(&after.name)),
            self.changed(priority, &before.priority.to_string(), &after.priority.to_string()),
            self.switched(self.labels().public, before.public, after.public),
        ];
        lines.extend(fields.into_iter().flatten());
        for ((field, before), (_, after)) in self.scopes(before).into_iter().zip(self.scopes(after)) {
            lines.extend(self.taken_in(field, before, after));
            let removed = self.either("{0} removed: {1}.", "{0} entfernt: {1}.");
            lines.extend(self.listed(removed, field, after, before));
        }
        lines
    }

    fn taken_in(self, field: &str, known: &[i64], all: &[i64]) -> Option<String> {
        self.listed(self.either("{0} added: {1}.", "{0} hinzugefügt: {1}."), field, known, all)
    }

    /// The ids that are in `all` and not in `known`: the first of them by number, the others counted.
    fn listed(self, sentence: &str, field: &str, known: &[i64], all: &[i64]) -> Option<String> {
        let new: Vec<String> = all.iter().filter(|id| !known.contains(id)).map(ToString::to_string).collect();
        let named = new[..new.len().min(NAMED)].join(", ");
        let ids = match new.len().saturating_sub(NAMED) {
            0 => named,
            more => fill(self.either("{0} and {1} more", "{0} und {1} weitere"), &[&named, &self.number(more as u64)]),
        };
        (!new.is_empty()).then(|| fill(sentence, &[field, &ids]))
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
    use domain::{GroupId, GroupRef, Permission, Permissions, Person, Scope, UserId};

    fn lines(what: What) -> Vec<String> {
        lines_in(Language::English, what)
    }

    fn lines_in(language: Language, what: What) -> Vec<String> {
        language.details(&Event {
            what,
            group: Some(GroupRef { id: GroupId(3), name: "Logi".to_owned() }),
            subject: Some(Person { id: UserId(1), username: "Ana".to_owned(), main_character: None }),
            request: None,
            cause: None,
            reason: None,
            comment: None,
            states: Vec::new(),
        })
    }

    fn logi() -> Group {
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
    fn an_edit_names_what_changed_with_both_values_and_nothing_else() {
        let after = Group {
            name: "Logistics".to_owned(),
            description: "Keeps you alive".to_owned(),
            flags: Flags { hidden: false, open: true, ..Flags::default() },
            auto_leave: AutoLeave::On,
            states: vec![State::BLUE, State::MEMBER],
            ..logi()
        };
        let expected = [
            "Name changed from “Logi” to “Logistics”.",
            "Description changed from nothing to “Keeps you alive”.",
            "Hidden turned off.",
            "Open turned on.",
            "Auto leave changed from as in the settings to on.",
            "States changed from any to state 2, state 3.",
        ];
        assert_eq!(lines(What::GroupEdited { before: Box::new(logi()), after: Box::new(after) }), expected);
    }

    #[test]
    fn a_permission_is_told_with_whoever_holds_it() {
        let given = |holder| lines(What::PermissionGiven(holder, Permission::RequestGroups)).concat();
        assert_eq!(given(Holder::User(UserId(1))), "The permission request_groups was given to Ana.");
        assert_eq!(given(Holder::Group(GroupId(3))), "The permission request_groups was given to the members of Logi.");
        assert_eq!(
            given(Holder::State(State::BLUE)),
            "The permission request_groups was given to everybody in state 2."
        );
    }

    #[test]
    fn states_are_told_by_the_names_they_had() {
        let moved = What::StateChanged { from: State::BLUE, to: State::MEMBER };
        let name = |id, name: &str| StateRef { id, name: name.to_owned() };
        let states = vec![name(State::BLUE, "Friends"), name(State::MEMBER, "Member")];
        let event = |states| Event {
            what: moved.clone(),
            group: None,
            subject: None,
            request: None,
            cause: None,
            reason: None,
            comment: None,
            states,
        };
        assert_eq!(Language::English.details(&event(states)), ["Moved from Friends to Member."]);
        assert_eq!(Language::English.details(&event(Vec::new())), ["Moved from state 2 to state 3."]);
    }

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
        assert_eq!(lines(What::StateEdited { before: Box::new(before), after: Box::new(after) }), expected);
    }

    #[test]
    fn settings_are_told_with_both_values() {
        let before = Settings::default();
        let after = Settings { auto_leave: true, registration: Registration::Invitation, ..before };
        let expected = ["Auto leave turned on.", "Registration changed from closed to by invitation."];
        assert_eq!(lines(What::SettingsChanged { before, after }), expected);
    }

    #[test]
    fn what_the_columns_say_is_not_said_again() {
        assert_eq!(lines(What::Joined), Vec::<String>::new());
        assert_eq!(lines(What::LeaderAdded), ["Leads the group from now on."]);
    }
    #[test]
    fn german_quotes_and_orders_as_german_does() {
        let after = Group {
            name: "Logistik".to_owned(),
            flags: Flags { open: true, ..Flags::default() },
            states: vec![State::BLUE],
            ..logi()
        };
        let expected = [
            "Name von „Logi“ auf „Logistik“ geändert.",
            "Offen eingeschaltet.",
            "Status von „beliebig“ auf Status 2 geändert.",
        ];
        let edited = What::GroupEdited { before: Box::new(logi()), after: Box::new(after) };
        assert_eq!(lines_in(Language::German, edited), expected);
        let given = What::PermissionGiven(Holder::State(State::BLUE), Permission::RequestGroups);
        let expected = ["Die Berechtigung request_groups wurde vergeben an alle mit Status 2."];
        assert_eq!(lines_in(Language::German, given), expected);
    }
}
