//! The corporations and alliances of the demo, and which of them the shipped states are open to.

use domain::{Permission, Permissions, Scope, State, StateId};

/// The first alliances are members, the next are friends, the others are guests.
const ALLIANCES: [&str; 8] = [
    "Meridian Accord",
    "Lanternlight Coalition",
    "Free Harbour League",
    "Copperfield Compact",
    "Nine Bridges",
    "The Quiet Fleet",
    "Sunward Union",
    "Old Mill Federation",
];
const MEMBER_ALLIANCES: usize = 2;
const FRIEND_ALLIANCES: usize = 4;

/// Name and alliance of each corporation.
const CORPORATIONS: [(&str, Option<usize>); 40] = [
    ("Meridian Logistics", Some(0)),
    ("Northlight Industries", Some(0)),
    ("Blackwater Survey", Some(0)),
    ("Ardent Foundry", Some(0)),
    ("Hollow Moon Mining", Some(0)),
    ("Pilgrim Navigation", Some(0)),
    ("Saltmarsh Academy", Some(0)),
    ("Kestrel Wing", Some(0)),
    ("Third Shift Salvage", Some(0)),
    ("Ostara Biotech", Some(0)),
    ("Lantern Court", Some(1)),
    ("Glasshouse Research", Some(1)),
    ("Paper Crane Trading", Some(1)),
    ("Riverside Guild", Some(1)),
    ("Cinder and Sons", Some(1)),
    ("Velvet Hammer", Some(1)),
    ("Anchor Street Runners", Some(1)),
    ("Windward Collective", Some(1)),
    ("Harbour Watch", Some(2)),
    ("Free Harbour Shipping", Some(2)),
    ("Tidewater Holdings", Some(2)),
    ("Gull Rock", Some(2)),
    ("Copperfield Works", Some(3)),
    ("Compact Security", Some(3)),
    ("Fallow Field Farms", Some(3)),
    ("Bridgewright Engineers", Some(4)),
    ("Nine Bridges Bank", Some(4)),
    ("Stone Arch", Some(4)),
    ("Silent Running", Some(5)),
    ("Deep Field Scouts", Some(5)),
    ("Sunward Energy", Some(6)),
    ("Aurora Kitchens", Some(6)),
    ("Old Mill Bakers", Some(7)),
    ("Millrace Transport", Some(7)),
    ("Independent Couriers", None),
    ("The Reading Room", None),
    ("Lone Star Prospecting", None),
    ("Sisters of the Signal", None),
    ("Weekend Warriors", None),
    ("Second Breakfast", None),
];

/// A corporation outside every alliance that counts as a friend all the same.
const FRIEND_CORPORATIONS: [usize; 2] = [34, 37];

/// Corporations by how many people they have: the first two alliances are most of the community.
pub(super) const MEMBERS_UP_TO: usize = 18;
/// Up to here, friends.
pub(super) const FRIENDS_UP_TO: usize = 25;

/// How many corporations there are.
pub(super) const COUNT: usize = CORPORATIONS.len();

/// External id and name.
pub(super) fn corporation(index: usize) -> (i64, String) {
    (corporation_id(index), CORPORATIONS[index].0.to_owned())
}

/// External id and name of the alliance of a corporation.
pub(super) fn alliance_of(index: usize) -> Option<(i64, String)> {
    CORPORATIONS[index].1.map(|alliance| (alliance_id(alliance), ALLIANCES[alliance].to_owned()))
}

fn corporation_id(index: usize) -> i64 {
    98_000_001 + i64::try_from(index).unwrap_or_default() * 617
}

fn alliance_id(index: usize) -> i64 {
    99_000_001 + i64::try_from(index).unwrap_or_default() * 4_391
}

/// The shipped states with these scopes, as `domain::state_of` reads them.
pub(super) fn states() -> Vec<State> {
    let alliances = |range: std::ops::Range<usize>| range.map(alliance_id).collect();
    let state = |id: StateId, name: &str, priority| State {
        id,
        name: name.to_owned(),
        priority,
        public: false,
        permissions: Permissions::NONE,
        scope: Scope::default(),
    };
    vec![
        State { public: true, ..state(State::GUEST, "Guest", 0) },
        State {
            scope: Scope {
                corporations: FRIEND_CORPORATIONS.map(corporation_id).to_vec(),
                alliances: alliances(MEMBER_ALLIANCES..FRIEND_ALLIANCES),
                ..Scope::default()
            },
            ..state(State::BLUE, "Blue", 50)
        },
        State {
            permissions: Permissions::NONE.with(Permission::RequestGroups),
            scope: Scope { alliances: alliances(0..MEMBER_ALLIANCES), ..Scope::default() },
            ..state(State::MEMBER, "Member", 100)
        },
    ]
}
