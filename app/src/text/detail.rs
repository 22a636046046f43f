//! What exactly happened, where type and action of an audit row do not say it: which fields changed from what to what,
//! who was given which permission. Every line is a sentence.

use super::{Language, number};
use domain::{
    AutoLeave, Character, Event, Flags, Group, Holder, Organisation, Registration, Settings, State, StateId,
    UserChange, UserDraft, What,
};
use std::fmt::Display;

/// Ids that a line names before it only counts the others.
const NAMED: usize = 10;

impl Language {
    /// The lines of an event; none where it is said in full without them.
    pub(crate) fn details(self, event: &Event) -> Vec<String> {
        match self {
            Self::English => english(event),
        }
    }
}

fn english(event: &Event) -> Vec<String> {
    let group = event.group.as_ref().map_or("the group", |group| &group.name);
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
        What::GroupCreated(group) => group_made(group),
        What::GroupEdited { before, after } => group_edited(before, after),
        What::GroupDeleted => one("The group was deleted."),
        What::JoinLinkReplaced => one("The join link was replaced. The old one leads nowhere."),
        What::LeaderAdded => one("Leads the group from now on."),
        What::LeaderRemoved => one("Leads the group no more."),
        What::LeaderGroupAdded(leading) => one(format!("The members of {} lead the group from now on.", leading.name)),
        What::LeaderGroupRemoved(leading) => one(format!("The members of {} lead the group no more.", leading.name)),
        What::PermissionGiven(holder, permission) => {
            one(format!("The permission {} was given to {}.", permission.name(), held_by(*holder, event, group)))
        }
        What::PermissionTaken(holder, permission) => {
            one(format!("The permission {} was taken from {}.", permission.name(), held_by(*holder, event, group)))
        }
        What::AccountCreated(draft) => account_made(draft),
        What::AccountEdited(change) => account_edited(change),
        What::AccountDeleted => one("The account was deleted."),
        What::PasswordSet => one("The password was changed."),
        What::CharacterAdded(character) => character_made(character),
        What::CharacterEdited { before, after } => character_edited(before, after),
        What::CharacterRemoved(character) => one(format!("The character {} was taken away.", name_of(character))),
        What::MainSet(Some(main)) => one(format!("The main character is now {}.", main.name)),
        What::MainSet(None) => one("There is no main character any more."),
        What::StateChanged { from, to } => one(format!("Moved from {} to {}.", state(*from), state(*to))),
        What::StateCreated(made) => state_made(made),
        What::StateEdited { before, after } => state_edited(before, after),
        What::StateDeleted(gone) => one(format!("The state “{}” was deleted.", gone.name)),
        What::NameReserved(name) => one(format!("The name “{name}” was reserved.")),
        What::NameFreed(_, name) => one(format!("The name “{name}” is free again.")),
        What::SettingsChanged { before, after } => settings_changed(*before, *after),
    }
}

fn one(line: impl Into<String>) -> Vec<String> {
    vec![line.into()]
}

/// A field with its old and its new value; nothing where they are the same.
fn changed<T: Display + PartialEq>(field: &str, before: T, after: T) -> Option<String> {
    (before != after).then(|| format!("{field} changed from {before} to {after}."))
}

/// A field that is on or off.
fn switched(field: &str, before: bool, after: bool) -> Option<String> {
    (before != after).then(|| turned(field, after))
}

fn turned(field: &str, on: bool) -> String {
    format!("{field} turned {}.", if on { "on" } else { "off" })
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") }
}

/// States have no names in the log of those who were moved; the ids stay true when the names change.
fn state(id: StateId) -> String {
    format!("state {id}")
}

fn held_by(holder: Holder, event: &Event, group: &str) -> String {
    match holder {
        Holder::User(id) => {
            event.subject.as_ref().map_or_else(|| format!("user {id}"), |person| person.display_name().to_owned())
        }
        Holder::Group(_) => format!("the members of {group}"),
        Holder::State(id) => format!("everybody in {}", state(id)),
    }
}

const fn named(flags: Flags) -> [(&'static str, bool); 5] {
    [
        ("Internal", flags.internal),
        ("Hidden", flags.hidden),
        ("Open", flags.open),
        ("Public", flags.public),
        ("Restricted", flags.restricted),
    ]
}

const fn auto_leave(value: AutoLeave) -> &'static str {
    match value {
        AutoLeave::Inherit => "as in the settings",
        AutoLeave::On => "on",
        AutoLeave::Off => "off",
    }
}

fn states(ids: &[StateId]) -> String {
    if ids.is_empty() { "any".to_owned() } else { ids.iter().copied().map(state).collect::<Vec<_>>().join(", ") }
}

fn group_made(group: &Group) -> Vec<String> {
    let mut lines = one(format!("The group was made as {}.", quoted(&group.name)));
    lines.extend(named(group.flags).into_iter().filter(|(_, on)| *on).map(|(field, on)| turned(field, on)));
    lines.extend((!group.states.is_empty()).then(|| format!("It is for {} alone.", states(&group.states))));
    lines.extend(group.permissions.iter().map(|given| format!("Its members hold {}.", given.name())));
    lines
}

fn group_edited(before: &Group, after: &Group) -> Vec<String> {
    let texts = [
        changed("Name", quoted(&before.name), quoted(&after.name)),
        changed("Description", quoted(&before.description), quoted(&after.description)),
    ];
    let flags = named(before.flags).into_iter().zip(named(after.flags));
    let flags = flags.map(|((field, before), (_, after))| switched(field, before, after));
    let rest = [
        changed("Auto leave", auto_leave(before.auto_leave), auto_leave(after.auto_leave)),
        changed("States", states(&before.states), states(&after.states)),
    ];
    texts.into_iter().chain(flags).chain(rest).flatten().collect()
}

fn account_made(draft: &UserDraft) -> Vec<String> {
    let mut lines = one("The account was made.");
    lines.extend(draft.staff.then(|| turned("Staff", true)));
    lines.extend(draft.superuser.then(|| turned("Superuser", true)));
    lines
}

fn account_edited(change: &UserChange) -> Vec<String> {
    let email = change.email.as_ref().map(|email| match email {
        Some(email) => format!("E-mail is now {}.", email.as_str()),
        None => "E-mail was taken away.".to_owned(),
    });
    [
        change.username.as_ref().map(|name| format!("Username is now {}.", quoted(name.as_str()))),
        email,
        change
            .active
            .map(|on| if on { "The account was activated." } else { "The account was deactivated." }.to_owned()),
        change.staff.map(|on| turned("Staff", on)),
        change.superuser.map(|on| turned("Superuser", on)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn name_of(character: &Character) -> &str {
    character.profile.name.as_str()
}

fn organisation(organisation: Option<&Organisation>) -> &str {
    organisation.map_or("none", |organisation| organisation.name.as_str())
}

fn character_made(character: &Character) -> Vec<String> {
    let profile = &character.profile;
    let belongs = [
        ("Corporation", profile.corporation.as_ref()),
        ("Alliance", profile.alliance.as_ref()),
        ("Faction", profile.faction.as_ref()),
    ];
    let mut lines = one(format!("The character {} was added.", name_of(character)));
    lines.extend(belongs.into_iter().filter_map(|(field, to)| to.map(|to| format!("{field}: {}.", to.name.as_str()))));
    lines
}

fn character_edited(before: &Character, after: &Character) -> Vec<String> {
    let (old, new) = (&before.profile, &after.profile);
    let moved = |field, from: &Option<Organisation>, to: &Option<Organisation>| {
        changed(field, organisation(from.as_ref()), organisation(to.as_ref()))
    };
    let mut lines = one(format!("The character {} was changed.", name_of(after)));
    let fields = [
        changed("Name", name_of(before), name_of(after)),
        moved("Corporation", &old.corporation, &new.corporation),
        moved("Alliance", &old.alliance, &new.alliance),
        moved("Faction", &old.faction, &new.faction),
    ];
    lines.extend(fields.into_iter().flatten());
    lines
}

fn scopes(state: &State) -> [(&'static str, &[i64]); 4] {
    let scope = &state.scope;
    [
        ("Characters", &scope.characters),
        ("Corporations", &scope.corporations),
        ("Alliances", &scope.alliances),
        ("Factions", &scope.factions),
    ]
}

fn state_made(made: &State) -> Vec<String> {
    let mut lines = one(format!("The state “{}” was made with priority {}.", made.name, made.priority));
    lines.extend(made.public.then(|| turned("Public", true)));
    lines.extend(scopes(made).into_iter().filter_map(|(field, ids)| listed(field, "added", &[], ids)));
    lines
}

fn state_edited(before: &State, after: &State) -> Vec<String> {
    let mut lines = one(format!("The state “{}” was changed.", after.name));
    let fields = [
        changed("Name", quoted(&before.name), quoted(&after.name)),
        changed("Priority", before.priority, after.priority),
        switched("Public", before.public, after.public),
    ];
    lines.extend(fields.into_iter().flatten());
    for ((field, before), (_, after)) in scopes(before).into_iter().zip(scopes(after)) {
        lines.extend(listed(field, "added", before, after));
        lines.extend(listed(field, "removed", after, before));
    }
    lines
}

/// The ids that are in `all` and not in `known`: the first of them by number, the others counted.
fn listed(field: &str, done: &str, known: &[i64], all: &[i64]) -> Option<String> {
    let new: Vec<String> = all.iter().filter(|id| !known.contains(id)).map(ToString::to_string).collect();
    let more = match new.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", number(more as u64)),
    };
    let named = new[..new.len().min(NAMED)].join(", ");
    (!new.is_empty()).then(|| format!("{field} {done}: {named}{more}."))
}

const fn registration(value: Registration) -> &'static str {
    match value {
        Registration::Closed => "closed",
        Registration::Invitation => "by invitation",
        Registration::Open => "open",
    }
}

fn settings_changed(before: Settings, after: Settings) -> Vec<String> {
    [
        switched("Notifications of new requests", before.requests_notification, after.requests_notification),
        switched("Auto leave", before.auto_leave, after.auto_leave),
        changed(
            "Notifications kept for each user",
            number(before.notifications_max_per_user.into()),
            number(after.notifications_max_per_user.into()),
        ),
        changed("Registration", registration(before.registration), registration(after.registration)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{GroupId, GroupRef, Permission, Permissions, Person, Scope, UserId};

    fn lines(what: What) -> Vec<String> {
        Language::English.details(&Event {
            what,
            group: Some(GroupRef { id: GroupId(3), name: "Logi".to_owned() }),
            subject: Some(Person { id: UserId(1), username: "Ana".to_owned(), main_character: None }),
            request: None,
            cause: None,
            reason: None,
            comment: None,
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
}
