//! The people of the demo: who they are, what they belong to, when they came.

use super::{
    dice::Dice,
    names::{CREATURES, CULTURES, EPITHETS, plain},
    organisations,
};
use domain::{Affiliation, Permission, Permissions, State, Timestamp, UserId, state_of};
use std::collections::HashSet;
use store::{SeedCharacter, SeedUser};

/// How many there are.
pub(super) const COUNT: usize = 2_000;

/// Those who can be signed in as come first; their places here are their ids.
pub(super) const SUPERUSER: UserId = UserId(1);
pub(super) const STAFF: UserId = UserId(2);
pub(super) const MANAGER: UserId = UserId(3);
pub(super) const LEADER: UserId = UserId(4);
pub(super) const MEMBER: UserId = UserId(5);

/// Username, given and family name of those.
const KNOWN: [(&str, &str, &str); 5] = [
    ("ada", "Ada", "Vestergaard"),
    ("stella", "Stella", "Okafor"),
    ("marek", "Marek", "Havel"),
    ("leila", "Leila", "Benali"),
    ("mika", "Mika", "Tanaka"),
];

/// Invents everybody, in the order in which they came.
pub(super) fn invent(dice: &mut Dice, start: Timestamp, now: Timestamp, password_hash: &str) -> Vec<SeedUser> {
    let states = organisations::states();
    let mut taken = Taken::default();
    let mut arrivals = arrivals(dice, start, now);
    arrivals.sort();
    let mut people = Vec::with_capacity(COUNT);
    for (place, created_at) in arrivals.into_iter().enumerate() {
        let known = KNOWN.get(place);
        let culture = dice.pick(CULTURES);
        let (given, family) =
            known.map_or_else(|| (dice.pick(culture.given), dice.pick(culture.family)), |known| (known.1, known.2));
        let username = match known {
            Some((username, ..)) => taken.exactly(username),
            None => taken.username(dice, given, family),
        };
        let characters = if known.is_some() {
            vec![character(&mut taken, dice, format!("{given} {family}"), 0)]
        } else if dice.percent(75) {
            characters(&mut taken, dice, given, family)
        } else {
            Vec::new()
        };
        let id = UserId(i64::try_from(place).unwrap_or_default() + 1);
        let email = (known.is_some() || dice.percent(80)).then(|| format!("{username}@example.org"));
        let active = known.is_some() || !dice.percent(3);
        // A main leads nowhere while its user is inactive.
        let main = characters.first().map(affiliation).filter(|_| active);
        people.push(SeedUser {
            id,
            email,
            username,
            password_hash: Some(password_hash.to_owned()),
            active,
            staff: id == STAFF || id == SUPERUSER,
            superuser: id == SUPERUSER,
            permissions: permissions(dice, id, characters.is_empty()),
            state: state_of(main.as_ref(), &states),
            characters,
            created_at,
        });
    }
    people
}

/// A third comes in the first days; the others one by one until yesterday.
fn arrivals(dice: &mut Dice, start: Timestamp, now: Timestamp) -> Vec<Timestamp> {
    const DAY: i64 = 86_400;
    let known = (0..5).map(|minutes| start.plus_seconds(minutes * 60));
    let others = (5..COUNT).map(|place| {
        let until = if place % 3 == 0 { start.plus_seconds(9 * DAY) } else { now.plus_seconds(-DAY) };
        dice.between(start.plus_seconds(600), until)
    });
    known.chain(others).collect()
}

fn permissions(dice: &mut Dice, id: UserId, without_characters: bool) -> Permissions {
    use Permission::{GroupManagement, ManageGroups, ManageReservedNames, ManageUsers, RequestGroups, ViewAudit};
    match id {
        STAFF => [ManageGroups, ManageUsers, ManageReservedNames, ViewAudit].into_iter().collect(),
        MANAGER => Permissions::NONE.with(GroupManagement),
        // Some who have no character, and so no state that carries it, were given the right by hand.
        _ if without_characters && dice.percent(8) => Permissions::NONE.with(RequestGroups),
        _ => Permissions::NONE,
    }
}

/// A main, and for some one or two others.
fn characters(taken: &mut Taken, dice: &mut Dice, given: &str, family: &str) -> Vec<SeedCharacter> {
    let corporation = match dice.below(100) {
        0..63 => dice.below(organisations::MEMBERS_UP_TO),
        63..76 => {
            organisations::MEMBERS_UP_TO + dice.below(organisations::FRIENDS_UP_TO - organisations::MEMBERS_UP_TO)
        }
        _ => organisations::FRIENDS_UP_TO + dice.below(organisations::COUNT - organisations::FRIENDS_UP_TO),
    };
    let mut characters = vec![character(taken, dice, format!("{given} {family}"), corporation)];
    while characters.len() < 3 && dice.percent(18) {
        let name = format!("{} {}", capital(dice.pick(EPITHETS)), capital(dice.pick(CREATURES)));
        let elsewhere = if dice.percent(70) { corporation } else { dice.below(organisations::COUNT) };
        characters.push(character(taken, dice, name, elsewhere));
    }
    characters
}

fn character(taken: &mut Taken, dice: &mut Dice, name: String, corporation: usize) -> SeedCharacter {
    SeedCharacter {
        external_id: taken.external_id(dice),
        name: taken.character(name),
        corporation: Some(organisations::corporation(corporation)),
        alliance: organisations::alliance_of(corporation),
    }
}

/// What `domain::state_of` asks about a main character.
pub(super) fn affiliation(main: &SeedCharacter) -> Affiliation {
    Affiliation {
        character: main.external_id,
        corporation: main.corporation.as_ref().map(|corporation| corporation.0),
        alliance: main.alliance.as_ref().map(|alliance| alliance.0),
        faction: None,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Names and numbers in use.
#[derive(Default)]
struct Taken {
    usernames: HashSet<String>,
    characters: HashSet<String>,
    last_external_id: i64,
}

impl Taken {
    fn exactly(&mut self, username: &str) -> String {
        self.usernames.insert(username.to_owned());
        username.to_owned()
    }

    fn username(&mut self, dice: &mut Dice, given: &str, family: &str) -> String {
        let (given, family) = (plain(given), plain(family));
        let wanted = match dice.below(5) {
            0 => format!("{given}.{family}"),
            1 => format!("{}{family}", &given[..1]),
            2 => format!("{given}_{}", &family[..family.len().min(3)]),
            3 => format!("{given}{:02}", 60 + dice.below(40)),
            _ => format!("{}{}", dice.pick(EPITHETS), dice.pick(CREATURES)),
        };
        (1..=COUNT)
            .map(|turn| if turn == 1 { wanted.clone() } else { format!("{wanted}{turn}") })
            .find(|name| self.usernames.insert(name.clone()))
            .unwrap_or(wanted)
    }

    fn character(&mut self, wanted: String) -> String {
        const ROMAN: [&str; 9] = ["II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
        let mut names = std::iter::once(wanted.clone()).chain(ROMAN.iter().map(|turn| format!("{wanted} {turn}")));
        names.find(|name| self.characters.insert(name.clone())).unwrap_or(wanted)
    }

    fn external_id(&mut self, dice: &mut Dice) -> i64 {
        self.last_external_id += 1 + i64::try_from(dice.below(9_000)).unwrap_or_default();
        2_112_000_000 + self.last_external_id
    }
}

/// Whether the state lets them ask for groups that are not public.
pub(super) fn state_lets_ask(person: &SeedUser) -> bool {
    person.state == State::MEMBER
}
