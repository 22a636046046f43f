//! What exactly happened, where type and action of an audit row do not say it: which fields changed from what to what,
//! who was given which permission. Every line is a sentence.

use super::{Language, fill};
use domain::{AutoLeave, Event, EventPayload, Flag, Group, Holder, ScopeNames, StateId, StateRef};

impl Language {
    /// The lines of an event; none where it is said in full without them.
    pub(crate) fn details(self, event: &Event) -> Vec<String> {
        let group = event.group.as_ref().map_or(self.either("the group", "der Gruppe"), |group| &group.name);
        let one = |sentence: &str| vec![sentence.to_owned()];
        let with = |sentence, parts: &[&str]| vec![fill(sentence, parts)];
        match &event.what {
            EventPayload::Requested(_)
            | EventPayload::Approved(_)
            | EventPayload::Rejected(_)
            | EventPayload::Withdrawn(_)
            | EventPayload::Closed(_)
            | EventPayload::Joined
            | EventPayload::Left
            | EventPayload::Added
            | EventPayload::Removed => Vec::new(),
            EventPayload::GroupCreated(group) => self.group_made(group, &event.states),
            EventPayload::GroupEdited { before, after } => self.group_edited(before, after, &event.states),
            EventPayload::GroupDeleted => one(self.either("The group was deleted.", "Die Gruppe wurde gelöscht.")),
            EventPayload::JoinLinkReplaced => one(self.either(
                "The join link was replaced. The old one leads nowhere.",
                "Der Beitrittslink wurde ersetzt. Der alte führt nirgendwohin.",
            )),
            EventPayload::LeaderAdded => {
                one(self.either("Leads the group from now on.", "Leitet die Gruppe ab jetzt."))
            }
            EventPayload::LeaderRemoved => {
                one(self.either("Leads the group no more.", "Leitet die Gruppe nicht mehr."))
            }
            EventPayload::LeaderGroupAdded(leading) => with(
                self.either(
                    "The members of {0} lead the group from now on.",
                    "Die Mitglieder von {0} leiten die Gruppe ab jetzt.",
                ),
                &[&leading.name],
            ),
            EventPayload::LeaderGroupRemoved(leading) => with(
                self.either(
                    "The members of {0} lead the group no more.",
                    "Die Mitglieder von {0} leiten die Gruppe nicht mehr.",
                ),
                &[&leading.name],
            ),
            EventPayload::PermissionGiven(holder, permission) => with(
                self.either("The permission {0} was given to {1}.", "Die Berechtigung {0} wurde vergeben an {1}."),
                &[permission.code(), &self.held_by(*holder, event, group)],
            ),
            EventPayload::PermissionTaken(holder, permission) => with(
                self.either("The permission {0} was taken from {1}.", "Die Berechtigung {0} wurde entzogen: {1}."),
                &[permission.code(), &self.held_by(*holder, event, group)],
            ),
            EventPayload::AccountCreated(draft) => self.account_made(draft),
            EventPayload::AccountEdited { before, after } => self.account_edited(before, after),
            EventPayload::AccountEditedTo(change) => self.account_edited_to(change),
            EventPayload::AccountDeleted => one(self.either("The account was deleted.", "Das Konto wurde gelöscht.")),
            EventPayload::PasswordSet
            | EventPayload::TokenCreated { .. }
            | EventPayload::TokenRevoked(..)
            | EventPayload::SessionsEnded
            | EventPayload::SignInsFailed(_)
            | EventPayload::ResetLinkMade
            | EventPayload::PasswordReset
            | EventPayload::Registered { .. }
            | EventPayload::InvitationCreated(_)
            | EventPayload::InvitationRevoked(_) => self.way_in(&event.what),
            EventPayload::CharacterAdded(character) => self.character_made(character),
            EventPayload::CharacterEdited { before, after } => self.character_edited(before, after),
            EventPayload::CharacterRemoved(character) => vec![self.character_removed(character)],
            EventPayload::MainSet(Some(main)) => {
                with(self.either("The main character is now {0}.", "Der Hauptcharakter ist jetzt {0}."), &[&main.name])
            }
            EventPayload::MainSet(None) => {
                one(self.either("There is no main character any more.", "Es gibt keinen Hauptcharakter mehr."))
            }
            EventPayload::StateChanged { from, to } => with(
                self.either("Moved from {0} to {1}.", "Von {0} zu {1} gewechselt."),
                &[&self.state(*from, &event.states), &self.state(*to, &event.states)],
            ),
            EventPayload::StateCreated(made) => self.state_made(made, &ScopeNames::default()),
            EventPayload::StateEdited { before, after } => self.state_edited(before, after),
            EventPayload::StateDeleted(gone) => {
                with(self.either("The state “{0}” was deleted.", "Der Status „{0}“ wurde gelöscht."), &[&gone.name])
            }
            EventPayload::NameReserved(name) => {
                with(self.either("The name “{0}” was reserved.", "Der Name „{0}“ wurde reserviert."), &[name])
            }
            EventPayload::NameFreed(_, name) => {
                with(self.either("The name “{0}” is free again.", "Der Name „{0}“ ist wieder frei."), &[name])
            }
            EventPayload::SettingsChanged { before, after } => self.settings_changed(*before, *after),
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
        lines.extend(group.flags.iter().map(|flag| self.turned(self.flag(flag), true)));
        lines.extend((!group.states.is_empty()).then(|| fill(only, &[&self.states(&group.states, names)])));
        lines.extend(group.permissions.iter().map(|given| fill(held, &[given.code()])));
        lines
    }

    pub(super) fn group_edited(self, before: &Group, after: &Group, names: &[StateRef]) -> Vec<String> {
        let description = self.either("Description", "Beschreibung");
        let texts = [
            self.changed("Name", &self.quoted(&before.name), &self.quoted(&after.name)),
            self.changed(description, &self.quoted(&before.description), &self.quoted(&after.description)),
        ];
        let flags = Flag::ALL.map(|flag| self.switched(self.flag(flag), before.flags.has(flag), after.flags.has(flag)));
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

    pub(super) const fn leaving_at_once(self) -> &'static str {
        self.either("Auto leave", "Sofortiger Austritt")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Flags, GroupId, GroupRef, Permission, Permissions, Person, State, UserId};

    fn lines(what: EventPayload) -> Vec<String> {
        lines_in(Language::English, what)
    }

    fn lines_in(language: Language, what: EventPayload) -> Vec<String> {
        language.details(
            &Event::of(what).in_group(GroupRef { id: GroupId(3), name: "Logi".to_owned() }).about(Person {
                id: UserId(1),
                username: "Ana".to_owned(),
                main_character: None,
            }),
        )
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
            flags: Flags::default().with(Flag::Hidden, false).with(Flag::Open, true),
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
        assert_eq!(lines(EventPayload::GroupEdited { before: Box::new(logi()), after: Box::new(after) }), expected);
    }

    #[test]
    fn a_permission_is_told_with_whoever_holds_it() {
        let given = |holder| lines(EventPayload::PermissionGiven(holder, Permission::RequestGroups)).concat();
        assert_eq!(given(Holder::User(UserId(1))), "The permission request_groups was given to Ana.");
        assert_eq!(given(Holder::Group(GroupId(3))), "The permission request_groups was given to the members of Logi.");
        assert_eq!(
            given(Holder::State(State::BLUE)),
            "The permission request_groups was given to everybody in state 2."
        );
    }

    #[test]
    fn states_are_told_by_the_names_they_had() {
        let moved = EventPayload::StateChanged { from: State::BLUE, to: State::MEMBER };
        let name = |id, name: &str| StateRef { id, name: name.to_owned() };
        let states = vec![name(State::BLUE, "Friends"), name(State::MEMBER, "Member")];
        let event = |states| Event::of(moved.clone()).naming(states);
        assert_eq!(Language::English.details(&event(states)), ["Moved from Friends to Member."]);
        assert_eq!(Language::English.details(&event(Vec::new())), ["Moved from state 2 to state 3."]);
    }

    #[test]
    fn what_the_columns_say_is_not_said_again() {
        assert_eq!(lines(EventPayload::Joined), Vec::<String>::new());
        assert_eq!(lines(EventPayload::LeaderAdded), ["Leads the group from now on."]);
    }
    #[test]
    fn german_quotes_and_orders_as_german_does() {
        let after = Group {
            name: "Logistik".to_owned(),
            flags: Flags::default().with(Flag::Open, true),
            states: vec![State::BLUE],
            ..logi()
        };
        let expected = [
            "Name von „Logi“ auf „Logistik“ geändert.",
            "Offen eingeschaltet.",
            "Status von „beliebig“ auf Status 2 geändert.",
        ];
        let edited = EventPayload::GroupEdited { before: Box::new(logi()), after: Box::new(after) };
        assert_eq!(lines_in(Language::German, edited), expected);
        let given = EventPayload::PermissionGiven(Holder::State(State::BLUE), Permission::RequestGroups);
        let expected = ["Die Berechtigung request_groups wurde vergeben an alle mit Status 2."];
        assert_eq!(lines_in(Language::German, given), expected);
    }
}
