//! Random worlds and random histories: every role, every command.
#![allow(dead_code, reason = "each test binary uses a part")]

use domain::{
    Character, CharacterChange, CharacterDraft, CharacterId, CharacterName, Command, Description, Flag, Flags, Group,
    GroupChange, GroupDraft, GroupId, GroupKey, GroupName, Holder, Note, Organisation, PartialFlags, Permission,
    Permissions, RecordedEvent, Refusal, RequestId, ReservedNameId, Scope, SettingsChange, State, StateChange,
    StateDraft, StateId, StateName, Timestamp, TokenId, TokenName, UserChange, UserId,
};
use domain_oracle::{Caller, User, World};
use proptest::prelude::*;

pub const USERS: i64 = 9;
pub const GROUPS: i64 = 7;

/// The roles of the small world's users, by id.
pub const PLAIN: UserId = UserId(1);
pub const LEADER: UserId = UserId(4);
pub const MANAGER: UserId = UserId(6);
pub const SUPERUSER: UserId = UserId(7);
pub const GROUP_STAFF: UserId = UserId(8);
pub const USER_STAFF: UserId = UserId(9);

/// A character in one of two corporations.
fn character(id: i64, corporation: i64) -> CharacterDraft {
    let name = |text: &str| CharacterName::parse(text).expect("a name");
    CharacterDraft {
        external_id: 100 + id,
        name: name(&format!("Character {id}")),
        corporation: Some(Organisation { id: corporation, name: name("Corporation") }),
        alliance: None,
        faction: None,
    }
}

/// A small world with every role and differing groups. Corporation 1 makes a Member, corporation 2 a Blue.
/// Group 3 carries `request_groups`; group 5 is internal; members of group 6 lead all others; group 7 is restricted
/// and carries `group_management`.
pub fn world(flags: &[(bool, bool, bool, bool)]) -> World {
    use Permission::{GroupManagement, ManageGroups, ManageReservedNames, ManageStates, ManageUsers, RequestGroups};
    let mut world = World::new();
    for (state, corporation) in [(State::MEMBER, 1), (State::BLUE, 2)] {
        let state = world.states.get_mut(&state).expect("shipped");
        state.scope = Scope { corporations: vec![corporation], ..Scope::default() };
    }
    for id in 1..=USERS {
        let mut user = User::named(UserId(id), &format!("user{id}"));
        user.superuser = UserId(id) == SUPERUSER;
        user.staff = id >= SUPERUSER.0;
        user.own = match UserId(id) {
            MANAGER => Permissions::NONE.with(GroupManagement),
            GROUP_STAFF => [ManageGroups, ManageStates, ManageReservedNames].into_iter().collect(),
            USER_STAFF => [ManageUsers, RequestGroups].into_iter().collect(),
            _ => Permissions::NONE,
        };
        if id != 2 {
            let character = Character { id: CharacterId(id), profile: character(id, if id == 3 { 2 } else { 1 }) };
            user.person.main_character = Some(character.as_main());
            user.characters.insert(character.id, character);
        }
        world.users.insert(UserId(id), user);
    }
    for (id, (hidden, open, public, restricted)) in (1..=GROUPS).zip(flags) {
        let flags = Flags::NONE
            .with(Flag::Internal, id == 5)
            .with(Flag::Hidden, *hidden)
            .with(Flag::Open, *open && id != 7)
            .with(Flag::Public, *public)
            .with(Flag::Restricted, *restricted || id == 7);
        let permissions = match id {
            3 => Permissions::NONE.with(RequestGroups),
            7 => Permissions::NONE.with(GroupManagement),
            _ => Permissions::NONE,
        };
        let states = if id == 4 { vec![State::MEMBER] } else { Vec::new() };
        let group = Group {
            id: GroupId(id),
            name: format!("Group {id}"),
            description: String::new(),
            flags,
            auto_leave: domain::AutoLeave::Inherit,
            states,
            permissions,
        };
        world.groups.insert(GroupId(id), group);
        world.leaders.insert((GroupId(id), LEADER));
        if id != 6 && id != 7 {
            world.leader_groups.insert((GroupId(id), GroupId(6)));
        }
    }
    world.made = [GROUPS, USERS, 3, 0, 0];
    world.settle_everybody();
    world.events.clear();
    world
}

pub fn shapes() -> impl Strategy<Value = Vec<(bool, bool, bool, bool)>> {
    prop::collection::vec(any::<(bool, bool, bool, bool)>(), usize::try_from(GROUPS).expect("small"))
}

fn group() -> impl Strategy<Value = GroupId> {
    (1..=GROUPS + 1).prop_map(GroupId)
}

fn user() -> impl Strategy<Value = UserId> {
    (1..=USERS + 1).prop_map(UserId)
}

fn state() -> impl Strategy<Value = StateId> {
    (1i64..=4).prop_map(StateId)
}

fn permission() -> impl Strategy<Value = Permission> {
    prop_oneof![3 => Just(Permission::RequestGroups), 1 => prop::sample::select(Permission::ALL.to_vec())]
}

fn holder() -> impl Strategy<Value = Holder> {
    prop_oneof![user().prop_map(Holder::User), group().prop_map(Holder::Group), state().prop_map(Holder::State)]
}

fn maybe() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![3 => Just(None), 1 => any::<bool>().prop_map(Some)]
}

/// What members and leaders do.
pub fn everyday(requests: i64) -> impl Strategy<Value = Command> {
    let request = move || (1..=requests).prop_map(RequestId);
    prop_oneof![
        4 => group().prop_map(|group| Command::Join { group: GroupKey::Id(group), reason: None }),
        2 => group().prop_map(|group| Command::Leave { group, reason: None }),
        1 => request().prop_map(|request| Command::Withdraw { request }),
        4 => request().prop_map(|request| Command::Approve { request, comment: None }),
        1 => request().prop_map(|request| Command::Reject { request, comment: None }),
        1 => (group(), user()).prop_map(|(group, member)| Command::Remove { group, member, reason: None }),
    ]
}

fn about_groups() -> impl Strategy<Value = Command> {
    let states = prop::option::of(prop::collection::vec(state(), 0..3));
    let permissions = prop_oneof![9 => Just(None), 1 => prop::collection::vec(permission(), 0..2).prop_map(Some)];
    let flags = [(); Flag::ALL.len()].map(|()| maybe());
    let flags = flags.prop_map(|said| PartialFlags::of(|flag| said[flag as usize]));
    prop_oneof![
        3 => (group(), user()).prop_map(|(group, member)| Command::Add { group, member, reason: None }),
        3 => (group(), flags, states, permissions).prop_map(|(group, flags, states, permissions)| {
            let permissions = permissions.map(Permissions::from_iter);
            let change = GroupChange { flags, states, permissions, ..GroupChange::default() };
            Command::EditGroup { group, change: Box::new(change) }
        }),
        1 => group().prop_map(|group| Command::DeleteGroup { group }),
        1 => group().prop_map(|group| Command::ReplaceJoinLink { group }),
        2 => (group(), user()).prop_map(|(group, leader)| Command::AddLeader { group, leader }),
        1 => (group(), user()).prop_map(|(group, leader)| Command::RemoveLeader { group, leader }),
        1 => (group(), group()).prop_map(|(group, leading)| Command::AddLeaderGroup { group, leading }),
        1 => (group(), group()).prop_map(|(group, leading)| Command::RemoveLeaderGroup { group, leading }),
        1 => (1i64..4).prop_map(|n| Command::CreateGroup(Box::new(GroupDraft {
            name: GroupName::parse(&format!("New {n}")).expect("a name"),
            description: Description::parse("").expect("may be empty"),
            flags: Flags::default(),
            auto_leave: domain::AutoLeave::Off,
            states: Vec::new(),
            permissions: Permissions::NONE,
            leaders: vec![LEADER],
            leader_groups: vec![GroupId(6)],
        }))),
    ]
}

fn about_people() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => (user(), maybe(), maybe(), maybe()).prop_map(|(user, active, staff, superuser)| {
            let change = UserChange { active, staff, superuser, ..UserChange::default() };
            Command::EditUser { user, change: Box::new(change) }
        }),
        1 => user().prop_map(|user| Command::DeleteUser { user }),
        1 => user().prop_map(|user| Command::SetPassword { user }),
        1 => user().prop_map(|user| Command::CreateToken {
            user,
            name: TokenName::parse("a script").expect("a name"),
            expires_at: None,
        }),
        1 => (user(), 1i64..4).prop_map(|(user, id)| Command::RevokeToken { user, token: TokenId(id) }),
        1 => user().prop_map(|user| Command::EndSessions { user, tokens: true }),
        1 => user().prop_map(|user| Command::MakeResetLink { user }),
        2 => (user(), 20i64..30, 1i64..4).prop_map(|(user, id, corporation)| Command::AddCharacter {
            user,
            character: Box::new(character(id, corporation)),
        }),
        2 => (user(), 1i64..14, 1i64..4).prop_map(|(user, id, corporation)| Command::EditCharacter {
            user,
            character: CharacterId(id),
            change: Box::new(CharacterChange {
                corporation: Some(character(id, corporation).corporation),
                ..CharacterChange::default()
            }),
        }),
        1 => (user(), 1i64..14).prop_map(|(user, id)| Command::RemoveCharacter { user, character: CharacterId(id) }),
        2 => (user(), prop::option::of(1i64..14)).prop_map(|(user, id)| Command::SetMain {
            user,
            character: id.map(CharacterId),
        }),
    ]
}

fn about_the_instance() -> impl Strategy<Value = Command> {
    let corporations = || prop::collection::vec(1i64..4, 0..3);
    prop_oneof![
        3 => (holder(), permission()).prop_map(|(to, permission)| Command::GivePermission { to, permission }),
        3 => (holder(), permission()).prop_map(|(from, permission)| Command::TakePermission { from, permission }),
        2 => (state(), corporations(), maybe(), prop::option::of(1i64..200), prop::option::of(permission())).prop_map(
            |(state, corporations, public, priority, given)| Command::EditState {
                state,
                change: Box::new(StateChange {
                    corporations: Some(corporations),
                    public,
                    priority,
                    permissions: given.map(|given| Permissions::NONE.with(given)),
                    ..StateChange::default()
                }),
            }
        ),
        1 => (1i64..200, corporations(), maybe()).prop_map(|(priority, corporations, gives)| Command::CreateState(Box::new(
            StateDraft {
                name: StateName::parse(&format!("State {priority}")).expect("a name"),
                priority,
                public: false,
                permissions: gives.map_or(Permissions::NONE, |_| Permissions::NONE.with(Permission::RequestGroups)),
                scope: Scope { corporations, ..Scope::default() },
            }
        ))),
        1 => state().prop_map(|state| Command::DeleteState { state }),
        1 => (1i64..4).prop_map(|n| Command::ReserveName {
            name: GroupName::parse(&format!("new {n}")).expect("a name"),
            reason: Note::parse("used elsewhere").expect("a reason"),
        }),
        1 => (1i64..3).prop_map(|n| Command::FreeName { name: ReservedNameId(n), reason: None }),
        1 => maybe().prop_map(|auto_leave| {
            Command::ChangeSettings(SettingsChange { auto_leave, ..SettingsChange::default() })
        }),
    ]
}

/// Any command at all, by anybody.
pub fn histories() -> impl Strategy<Value = Vec<(UserId, Command)>> {
    let command = prop_oneof![6 => everyday(30), 3 => about_groups(), 2 => about_people(), 2 => about_the_instance()];
    // Those who may most are heard most often, or most commands would be refused.
    let caller = prop_oneof![2 => user(), 2 => Just(SUPERUSER), 1 => Just(LEADER), 1 => Just(MANAGER)];
    prop::collection::vec((caller, command), 1..80)
}

/// Any commands by these callers; mostly what staff can do.
pub fn plots(callers: Vec<UserId>) -> impl Strategy<Value = Vec<(UserId, Command)>> {
    let command = prop_oneof![6 => everyday(4), 6 => about_groups(), 3 => about_people(), 2 => about_the_instance()];
    prop::collection::vec((prop::sample::select(callers), command), 20..200)
}

/// Plays a history, a minute for each command.
pub fn play(world: &mut World, history: &[(UserId, Command)]) -> Vec<Result<Vec<RecordedEvent>, Refusal>> {
    history
        .iter()
        .zip(1..)
        .map(|((caller, command), minute)| {
            world.execute(&Caller::User(*caller), command, Timestamp(0).plus_seconds(minute * 60))
        })
        .collect()
}
