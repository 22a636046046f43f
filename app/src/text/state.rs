//! What the pages of states say.

use super::{Language, fill};
use domain::{KindNames, Permission, Scope, ScopeNames, State, StateDraft, StateId, StateRow};

/// Up to how many of one kind are told by name.
const FEW: usize = 3;

/// The fixed words of the pages of states.
pub(crate) struct StateLabels {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) create: &'static str,
    pub(crate) create_intro: &'static str,
    pub(crate) edit_intro: &'static str,
    pub(crate) priority: &'static str,
    pub(crate) name: &'static str,
    pub(crate) open_to: &'static str,
    pub(crate) permissions: &'static str,
    pub(crate) people: &'static str,

    pub(crate) definition: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) priority_hint: &'static str,
    pub(crate) whom: &'static str,
    pub(crate) whom_hint: &'static str,
    pub(crate) public: &'static str,
    pub(crate) public_hint: &'static str,
    pub(crate) characters: &'static str,
    pub(crate) corporations: &'static str,
    pub(crate) alliances: &'static str,
    pub(crate) factions: &'static str,
    pub(crate) ids_hint: &'static str,
    pub(crate) permissions_hint: &'static str,
    pub(crate) superusers_only: &'static str,

    pub(crate) saved: &'static str,
    pub(crate) created: &'static str,
    pub(crate) deleted: &'static str,
    pub(crate) danger: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) delete_hint: &'static str,
    pub(crate) look_at_deletion: &'static str,
    pub(crate) guest_bottom: &'static str,
    pub(crate) guest_open: &'static str,
}

static ENGLISH: StateLabels = StateLabels {
    title: "States",
    intro: "Everybody is in exactly one: the highest that is open to their main character. Guest takes whoever fits no other.",
    create: "New state",
    create_intro: "Whoever it is open to comes into it as soon as it is saved, unless a higher one takes them.",
    edit_intro: "Changing what it is open to moves people. You see whom before anything is saved.",
    priority: "Priority",
    name: "Name",
    open_to: "Open to",
    permissions: "Permissions",
    people: "People",

    definition: "Definition",
    name_hint: "No other state has it.",
    priority_hint: "A whole number that no other state has. Of several states that are open to somebody, the highest wins.",
    whom: "Whom it is open to",
    whom_hint: "Whoever fits any of these may be in it.",
    public: "Everybody who has a main character",
    public_hint: "Then the lists below make no difference.",
    characters: "Characters",
    corporations: "Corporations",
    alliances: "Alliances",
    factions: "Factions",
    ids_hint: "External ids, parted by spaces, commas or lines.",
    permissions_hint: "Everybody in this state holds them for as long as they are in it.",
    superusers_only: "Only superusers give permissions or take them.",

    saved: "The state is saved.",
    created: "The state is made.",
    deleted: "The state is deleted.",
    danger: "Delete this state",
    delete: "Delete the state",
    delete_hint: "Its people fall to the next state that is open to them. Groups that took this state alone take nobody then.",
    look_at_deletion: "See what deleting it would do",
    guest_bottom: "Guest stays at the bottom, below all others.",
    guest_open: "Guest takes whoever fits no other state, so it is open to all.",
};

static GERMAN: StateLabels = StateLabels {
    title: "Status",
    intro: "Alle haben genau einen: den höchsten, der ihrem Hauptcharakter offensteht. Guest nimmt auf, wer in keinen anderen passt.",
    create: "Neuer Status",
    create_intro: "Wem er offensteht, bekommt ihn mit dem Speichern, wenn kein höherer passt.",
    edit_intro: "Wer den Status ändert, verschiebt Leute. Du siehst, wen, bevor etwas gespeichert wird.",
    priority: "Priorität",
    name: "Name",
    open_to: "Offen für",
    permissions: "Berechtigungen",
    people: "Personen",

    definition: "Festlegung",
    name_hint: "Kein anderer Status heißt so.",
    priority_hint: "Eine ganze Zahl, die kein anderer Status hat. Stehen jemandem mehrere offen, gilt der höchste.",
    whom: "Wem er offensteht",
    whom_hint: "Wer auf eine dieser Listen passt, kann ihn haben.",
    public: "Alle, die einen Hauptcharakter haben",
    public_hint: "Dann ändern die Listen darunter nichts.",
    characters: "Charaktere",
    corporations: "Corporations",
    alliances: "Allianzen",
    factions: "Fraktionen",
    ids_hint: "Externe IDs, getrennt durch Leerzeichen, Kommas oder Zeilen.",
    permissions_hint: "Alle mit diesem Status haben sie, solange sie ihn haben.",
    superusers_only: "Nur Superuser geben und nehmen Berechtigungen.",

    saved: "Der Status ist gespeichert.",
    created: "Der Status ist angelegt.",
    deleted: "Der Status ist gelöscht.",
    danger: "Diesen Status löschen",
    delete: "Status löschen",
    delete_hint: "Wer ihn hat, fällt auf den nächsten, der ihm offensteht. Gruppen, die nur diesen Status aufnahmen, nehmen dann niemanden auf.",
    look_at_deletion: "Sehen, was das Löschen bewirken würde",
    guest_bottom: "Guest bleibt ganz unten, unter allen anderen.",
    guest_open: "Guest nimmt alle auf, die in keinen anderen Status passen, also steht er allen offen.",
};

impl Language {
    /// The fixed words.
    pub(crate) const fn states_area(self) -> &'static StateLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// Whom a state is open to, in short: by name where they are few and known, else by number.
    pub(crate) fn open_to(self, state: &State, names: &ScopeNames) -> String {
        if state.id == State::GUEST {
            return self.either("whoever fits no other", "alle, die in keinen anderen passen").to_owned();
        }
        if state.public {
            return self.either("everybody with a main character", "alle mit Hauptcharakter").to_owned();
        }
        let Scope { characters, corporations, alliances, factions } = &state.scope;
        let counted = [
            (
                characters,
                self.either("one character", "ein Charakter"),
                self.either("{0} characters", "{0} Charaktere"),
            ),
            (
                corporations,
                self.either("one corporation", "eine Corporation"),
                self.either("{0} corporations", "{0} Corporations"),
            ),
            (alliances, self.either("one alliance", "eine Allianz"), self.either("{0} alliances", "{0} Allianzen")),
            (factions, self.either("one faction", "eine Fraktion"), self.either("{0} factions", "{0} Fraktionen")),
        ];
        let said = |((ids, one, many), names): ((&Vec<i64>, &str, &str), &KindNames)| {
            let known: Vec<&str> = ids.iter().filter_map(|id| names.of(*id)).collect();
            if ids.len() <= FEW && known.len() == ids.len() {
                return known.join(", ");
            }
            fill(if ids.len() == 1 { one } else { many }, &[&self.number(ids.len() as u64)])
        };
        let some = counted.into_iter().zip(names.kinds()).filter(|((ids, ..), _)| !ids.is_empty());
        let parts: Vec<String> = some.map(said).collect();
        if parts.is_empty() { self.either("nobody", "niemanden").to_owned() } else { parts.join(", ") }
    }

    /// Whom a state is open to now, by name: one line for each kind, in their order.
    pub(crate) fn scope_by_name(self, row: &StateRow) -> [Option<String>; 4] {
        let scopes = self.scopes(&row.state.scope);
        let mut kinds = row.names.kinds().into_iter();
        scopes.map(|(_, ids)| {
            let known = kinds.next()?;
            let called = self.called(ids, known).filter(|_| !known.is_empty())?;
            Some(fill(self.either("Now: {0}.", "Jetzt: {0}."), &[&called]))
        })
    }

    /// What would change by a draft of a state, or of a new one.
    pub(crate) fn state_drafted(self, before: Option<&StateRow>, draft: &StateDraft) -> Vec<String> {
        let names = before.map(|row| row.names.clone()).unwrap_or_default();
        let before = before.map(|row| &row.state);
        let after = State {
            id: before.map_or(StateId::UNASSIGNED, |before| before.id),
            name: draft.name.as_str().to_owned(),
            priority: draft.priority,
            public: draft.public,
            permissions: draft.permissions,
            scope: draft.scope.clone(),
        };
        let Some(before) = before else { return self.state_made(&after, &names) };
        let given = self.either("Everybody in it holds {0} from then on.", "Alle mit diesem Status haben dann {0}.");
        let taken = self.either("Nobody holds {0} by it any more.", "Niemand hat durch ihn noch {0}.");
        let line = |sentence| move |permission: Permission| fill(sentence, &[permission.code()]);
        let given = after.permissions.minus(before.permissions).iter().map(line(given)).collect::<Vec<_>>();
        let taken = before.permissions.minus(after.permissions).iter().map(line(taken)).collect::<Vec<_>>();
        [self.redefined(before, &after, &names), given, taken].concat()
    }

    /// What would change by deleting a state.
    pub(crate) fn state_goes(self, name: &str) -> String {
        fill(self.either("The state “{0}” is deleted.", "Der Status „{0}“ wird gelöscht."), &[name])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Permissions;

    #[test]
    fn whom_a_state_is_open_to_is_counted() {
        let state = |id, public, scope| State {
            id: StateId(id),
            name: "Blue".to_owned(),
            priority: 50,
            public,
            permissions: Permissions::NONE,
            scope,
        };
        let some = Scope { characters: vec![1], alliances: vec![1, 2], ..Scope::default() };
        let said = |state: &State| Language::English.open_to(state, &ScopeNames::default());
        assert_eq!(said(&state(7, false, some.clone())), "one character, 2 alliances");
        assert_eq!(said(&state(7, true, some)), "everybody with a main character");
        assert_eq!(said(&state(7, false, Scope::default())), "nobody");
        assert_eq!(said(&state(1, true, Scope::default())), "whoever fits no other");
        let some = Scope { characters: vec![1], alliances: vec![1, 2], ..Scope::default() };
        let mut names = ScopeNames::default();
        names.characters.note(1, "Ana Vex".to_owned());
        names.alliances.note(1, "Meridian Accord".to_owned());
        assert_eq!(Language::English.open_to(&state(7, false, some), &names), "Ana Vex, 2 alliances");
    }
}
