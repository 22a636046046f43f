//! The groups of the demo: every combination of the five flags, several times, with names that make sense.

use super::{
    backstage::{HIDDEN, INTERNAL},
    catalogue::{EXTRAS, Entry, LED, LISTED, LISTED_RESTRICTED},
    dice::Dice,
};
use domain::{Flag, Flags, GroupId, Permission, Permissions, State, StateId, Timestamp};
use store::SeedGroup;

/// How many there are.
pub(super) const COUNT: usize = LISTED.len() + LISTED_RESTRICTED.len() + HIDDEN.len() + INTERNAL.len();

/// The group whose members are given `request_groups`: it takes in people whom no state lets ask.
pub(super) const FRIENDS: &str = LISTED[1].0;

/// The closed group that the demo's member asks for and the demo's leader leads.
pub(super) const SHOWN: &str = LISTED[0].0;

/// Invents all groups, in the order in which they were made, without leaders.
pub(super) fn invent(dice: &mut Dice, start: Timestamp, now: Timestamp) -> Vec<SeedGroup> {
    let mut drafts: Vec<(&Entry, Flags)> = Vec::with_capacity(COUNT);
    let listed = |place: usize, restricted| flags([false, false, place & 2 != 0, place & 1 != 0, restricted]);
    drafts.extend(LISTED.iter().enumerate().map(|(place, entry)| (entry, listed(place, false))));
    drafts.extend(LISTED_RESTRICTED.iter().enumerate().map(|(place, entry)| (entry, listed(place, true))));
    drafts.extend(
        HIDDEN
            .iter()
            .enumerate()
            .map(|(place, entry)| (entry, flags([false, true, place & 1 != 0, place & 2 != 0, place & 4 != 0]))),
    );
    drafts.extend(
        INTERNAL.iter().enumerate().map(|(place, entry)| {
            (entry, flags([true, place & 1 != 0, place & 2 != 0, place & 4 != 0, place & 8 != 0]))
        }),
    );
    dice.shuffle(&mut drafts);

    let mut made: Vec<Timestamp> = (0..COUNT)
        .map(|place| {
            let days = if place % 5 == 0 { 400 } else { 20 };
            dice.between(
                start.plus_seconds(3_600),
                start.plus_seconds(days * 86_400).min(now.plus_seconds(-40 * 86_400)),
            )
        })
        .collect();
    made.sort();

    let groups = drafts.into_iter().zip(made).zip(1..);
    groups.map(|(((entry, flags), created_at), id)| group(dice, GroupId(id), entry, flags, created_at)).collect()
}

fn flags(set: [bool; Flag::ALL.len()]) -> Flags {
    Flags::of(|flag| set[flag as usize])
}

fn group(dice: &mut Dice, id: GroupId, (name, about): &Entry, flags: Flags, created_at: Timestamp) -> SeedGroup {
    let permissions = Permissions::NONE;
    SeedGroup {
        id,
        name: (*name).to_owned(),
        description: description(dice, name, about, flags),
        flags,
        states: states(dice, name, flags),
        permissions: if *name == FRIENDS { permissions.with(Permission::RequestGroups) } else { permissions },
        leaders: Vec::new(),
        leader_groups: Vec::new(),
        join_token: format!("{:016x}{:016x}", dice.throw(), dice.throw()),
        created_at,
    }
}

/// What it is for, and for most a few lines more.
fn description(dice: &mut Dice, name: &str, about: &str, flags: Flags) -> String {
    let mut text = about.to_owned();
    if flags.has(Flag::Internal) {
        return text;
    }
    let slug = name.to_lowercase().replace(' ', "-");
    let mut lines: Vec<&str> = Vec::new();
    while lines.len() < 3 && dice.percent(62) {
        let line = dice.pick(&EXTRAS);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    for (place, line) in lines.into_iter().enumerate() {
        text.push_str(if place == 0 { "\n\n" } else { "\n" });
        text.push_str(&line.replace("{slug}", &slug));
    }
    text
}

/// One group in six is for some states only. What the demo shows is for all, so that it can be shown.
fn states(dice: &mut Dice, name: &str, flags: Flags) -> Vec<StateId> {
    if name == FRIENDS || is_led(name) || !dice.percent(17) {
        return Vec::new();
    }
    match dice.below(4) {
        0 if flags.has(Flag::Public) => vec![State::GUEST, State::BLUE],
        0 | 1 => vec![State::BLUE, State::MEMBER],
        _ => vec![State::MEMBER],
    }
}

/// Whether the demo's leader leads it: the closed ones among the first of the list.
pub(super) fn is_led(name: &str) -> bool {
    LISTED.iter().step_by(4).take(LED).any(|entry| entry.0 == name)
}
