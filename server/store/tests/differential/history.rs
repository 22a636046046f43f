//! Random commands of every kind, as the property tests of the rules make them.

use super::dice::Dice;
use crate::harness::NOW;
use domain::{
    AutoLeave, CharacterChange, CharacterDraft, CharacterId, CharacterName, Command, Description, Flag, Flags,
    GroupChange, GroupDraft, GroupId, GroupKey, GroupName, Holder, InvitationDraft, InvitationId, Note, Organisation,
    PartialFlags, Permission, Permissions, Registration, RegistrationDraft, RequestId, ReservedNameId, Scope,
    SettingsChange, State, StateChange, StateDraft, StateId, StateName, TokenId, TokenName, UserChange, UserDraft,
    UserId, Username,
};
use domain_oracle::Caller;

const USERS: i64 = 9;
const GROUPS: i64 = 7;
const LEADER: UserId = UserId(4);
const MANAGER: UserId = UserId(6);
const SUPERUSER: UserId = UserId(7);
const GROUP_STAFF: UserId = UserId(8);
const USER_STAFF: UserId = UserId(9);

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

/// A name as somebody may write it: other case, width and form, accents, and what is not seen.
fn written(dice: &mut Dice, name: &str) -> String {
    match dice.number(0, 12) {
        0 => name.to_uppercase(),
        1 => name.replace('e', "e\u{301}"),
        2 => name.replace('e', "\u{e9}"),
        3 => name.replace('1', "\u{ff11}"),
        4 => name.replace('e', "\u{ad}e\u{200d}"),
        5 => name.replace('s', "\u{17f}"),
        6 => name.replace(' ', "\u{a0}"),
        7 => name.replace(' ', "  "),
        _ => name.to_owned(),
    }
}

fn corporations(corporations: Vec<i64>) -> StateChange {
    StateChange { corporations: Some(corporations), ..StateChange::default() }
}

/// A small world with every role and differing groups. Corporation 1 makes a Member, corporation 2 a Blue.
/// Group 3 carries `request_groups`; group 5 is internal; members of group 6 lead the others; group 7 is restricted
/// and carries `group_management`.
pub fn set_up(dice: &mut Dice) -> Vec<Command> {
    use Permission::{GroupManagement, ManageGroups, ManageReservedNames, ManageStates, ManageUsers, RequestGroups};
    let mut commands: Vec<Command> = [(State::MEMBER, 1), (State::BLUE, 2)]
        .map(|(state, corporation)| Command::EditState { state, change: Box::new(corporations(vec![corporation])) })
        .into();
    for id in 1..=USERS {
        commands.push(Command::CreateUser(Box::new(UserDraft {
            username: Username::parse(&format!("user{id}")).expect("a name"),
            email: None,
            staff: id >= SUPERUSER.0,
            superuser: UserId(id) == SUPERUSER,
            permissions: Permissions::NONE,
        })));
    }
    let given: [(UserId, &[Permission]); 3] = [
        (MANAGER, &[GroupManagement]),
        (GROUP_STAFF, &[ManageGroups, ManageStates, ManageReservedNames]),
        (USER_STAFF, &[ManageUsers, RequestGroups]),
    ];
    for (user, permissions) in given {
        let give =
            |permission: &Permission| Command::GivePermission { to: Holder::User(user), permission: *permission };
        commands.extend(permissions.iter().map(give));
    }
    for (character_id, id) in (1..).zip((1..=USERS).filter(|id| *id != 2)) {
        let profile = Box::new(character(id, if id == 3 { 2 } else { 1 }));
        commands.push(Command::AddCharacter { user: UserId(id), character: profile });
        commands.push(Command::SetMain { user: UserId(id), character: Some(CharacterId(character_id)) });
    }
    for id in 1..=GROUPS {
        let flags = Flags::NONE
            .with(Flag::Internal, id == 5)
            .with(Flag::Hidden, dice.coin())
            .with(Flag::Open, dice.coin() && id != 7)
            .with(Flag::Public, dice.coin())
            .with(Flag::Restricted, dice.number(0, 3) == 0 || id == 7);
        commands.push(Command::CreateGroup(Box::new(GroupDraft {
            name: GroupName::parse(&format!("Group {id}")).expect("a name"),
            flags,
            auto_leave: AutoLeave::Inherit,
            states: if id == 4 { vec![State::MEMBER] } else { Vec::new() },
            permissions: match id {
                3 => Permissions::NONE.with(RequestGroups),
                7 => Permissions::NONE.with(GroupManagement),
                _ => Permissions::NONE,
            },
            ..draft("Group", vec![LEADER], Vec::new())
        })));
    }
    let led = (1..=5).map(|id| Command::AddLeaderGroup { group: GroupId(id), leading: GroupId(6) });
    commands.extend(led);
    commands
}

fn draft(name: &str, leaders: Vec<UserId>, leader_groups: Vec<GroupId>) -> GroupDraft {
    GroupDraft {
        name: GroupName::parse(name).expect("a name"),
        description: Description::parse("").expect("may be empty"),
        flags: Flags::default(),
        auto_leave: AutoLeave::Off,
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders,
        leader_groups,
    }
}

/// Some of the ids name nothing.
fn group(dice: &mut Dice) -> GroupId {
    GroupId(dice.number(1, GROUPS + 2))
}

fn user(dice: &mut Dice) -> UserId {
    UserId(dice.number(1, USERS + 2))
}

fn state(dice: &mut Dice) -> StateId {
    StateId(dice.number(1, 5))
}

fn note(dice: &mut Dice) -> Option<Note> {
    dice.coin().then(|| Note::parse("because").expect("a reason"))
}

/// The next command, and who asks. Those who may most are heard most often, or most commands would be refused.
pub fn next(dice: &mut Dice, requests: usize) -> (Caller, Command) {
    let command = match dice.weighed(&[6, 3, 2, 3]) {
        0 => everyday(dice, i64::try_from(requests).expect("few")),
        1 => about_groups(dice),
        2 => about_people(dice),
        _ => about_the_instance(dice),
    };
    let caller = match dice.weighed(&[8, 8, 3, 3, 1, 1]) {
        0 => Caller::User(user(dice)),
        1 => Caller::User(SUPERUSER),
        2 => Caller::User(LEADER),
        3 => Caller::User(MANAGER),
        4 => Caller::System,
        _ => Caller::Nobody,
    };
    (caller, command)
}

fn everyday(dice: &mut Dice, requests: i64) -> Command {
    // The newest are the ones most likely open.
    let request = RequestId((requests - dice.number(0, 3)).max(1));
    match dice.weighed(&[5, 2, 1, 4, 1, 1]) {
        0 => Command::Join { group: GroupKey::Id(group(dice)), reason: note(dice) },
        1 => Command::Leave { group: group(dice), reason: note(dice) },
        2 => Command::Withdraw { request },
        3 => Command::Approve { request, comment: note(dice) },
        4 => Command::Reject { request, comment: note(dice) },
        _ => Command::Remove { group: group(dice), member: user(dice), reason: note(dice) },
    }
}

fn about_groups(dice: &mut Dice) -> Command {
    let (id, other, person) = (group(dice), group(dice), user(dice));
    match dice.weighed(&[4, 4, 1, 1, 2, 1, 1, 1, 1]) {
        0 => Command::Add { group: id, member: person, reason: note(dice) },
        1 => {
            let states = (dice.number(0, 3) == 0).then(|| dice.some(1, 4).into_iter().map(StateId).collect());
            let auto_leave = match dice.number(0, 9) {
                0 => Some(AutoLeave::On),
                1 => Some(AutoLeave::Inherit),
                _ => None,
            };
            let name = format!("New {}", dice.number(1, 6));
            let name = written(dice, &name);
            let change = GroupChange {
                name: (dice.number(0, 5) == 0).then(|| GroupName::parse(&name).expect("a name")),
                description: None,
                flags: PartialFlags::of(|_| dice.maybe()),
                auto_leave,
                states,
                permissions: (dice.number(0, 7) == 0).then(|| Permissions::from_iter([permission(dice)])),
            };
            Command::EditGroup { group: id, change: Box::new(change) }
        }
        2 => Command::DeleteGroup { group: id },
        3 => Command::ReplaceJoinLink { group: id },
        4 => Command::AddLeader { group: id, leader: person },
        5 => Command::RemoveLeader { group: id, leader: person },
        6 => Command::AddLeaderGroup { group: id, leading: other },
        7 => Command::RemoveLeaderGroup { group: id, leading: other },
        _ => {
            let name = format!("New {}", dice.number(1, 6));
            Command::CreateGroup(Box::new(draft(&name, vec![LEADER, person], vec![GroupId(6)])))
        }
    }
}

fn about_people(dice: &mut Dice) -> Command {
    let (user, id) = (user(dice), CharacterId(dice.number(1, 14)));
    match dice.weighed(&[3, 1, 1, 2, 2, 1, 2, 1, 1, 1, 2, 1, 1, 1, 1]) {
        0 => {
            let name = format!("user{}", dice.number(1, 20));
            let name = written(dice, &name);
            let change = UserChange {
                username: (dice.number(0, 3) == 0).then(|| Username::parse(&name).expect("a name")),
                email: None,
                active: dice.maybe(),
                staff: dice.maybe(),
                superuser: dice.maybe(),
                permissions: (dice.number(0, 3) == 0).then(|| [permission(dice)].into_iter().collect()),
                keeps_leads: dice.maybe(),
            };
            Command::EditUser { user, change: Box::new(change) }
        }
        1 => Command::DeleteUser { user },
        2 => Command::SetPassword { user },
        3 => {
            let profile = character(dice.number(1, 30), dice.number(1, 3));
            Command::AddCharacter { user, character: Box::new(profile) }
        }
        4 => {
            let profile = character(dice.number(1, 30), dice.number(1, 3));
            let change = CharacterChange {
                name: dice.coin().then_some(profile.name),
                corporation: Some(profile.corporation.filter(|_| dice.number(0, 4) > 0)),
                ..CharacterChange::default()
            };
            // Most often the character is theirs.
            let id = if dice.coin() { CharacterId(user.0 - i64::from(user.0 > 2)) } else { id };
            Command::EditCharacter { user, character: id, change: Box::new(change) }
        }
        5 => {
            let id = if dice.coin() { CharacterId(user.0 - i64::from(user.0 > 2)) } else { id };
            Command::RemoveCharacter { user, character: id }
        }
        6 => {
            let id = if dice.coin() { CharacterId(user.0 - i64::from(user.0 > 2)) } else { id };
            Command::SetMain { user, character: (dice.number(0, 2) > 0).then_some(id) }
        }
        7 => Command::CreateToken { user, name: TokenName::parse("a script").expect("a name"), expires_at: None },
        8 => Command::RevokeToken { user, token: TokenId(dice.number(1, 3)) },
        12 => Command::EndSessions { user, tokens: dice.number(0, 1) == 1 },
        13 => Command::MakeResetLink { user },
        9 => Command::Register(Box::new(RegistrationDraft { username: username(dice), email: None })),
        10 => Command::CreateInvitation(Box::new(InvitationDraft {
            uses: u32::try_from(dice.number(0, 2)).expect("few"),
            ends_at: NOW.plus_seconds(24 * 60 * 60),
            note: note(dice),
        })),
        11 => Command::RevokeInvitation { invitation: InvitationId(dice.number(1, 3)) },
        _ => Command::CreateUser(Box::new(UserDraft {
            username: username(dice),
            email: None,
            staff: dice.number(0, 5) == 0,
            superuser: dice.number(0, 5) == 0,
            permissions: (dice.number(0, 5) == 0).then(|| permission(dice)).into_iter().collect(),
        })),
    }
}

fn username(dice: &mut Dice) -> Username {
    let name = format!("user{}", dice.number(8, 20));
    Username::parse(&written(dice, &name)).expect("a name")
}

fn reserved(dice: &mut Dice) -> GroupName {
    let name = format!("new {}", dice.number(1, 6));
    GroupName::parse(&written(dice, &name)).expect("a name")
}

fn permission(dice: &mut Dice) -> Permission {
    if dice.coin() {
        Permission::RequestGroups
    } else {
        Permission::ALL[usize::try_from(dice.number(0, 7)).expect("8")]
    }
}

fn about_the_instance(dice: &mut Dice) -> Command {
    let holder = match dice.number(0, 2) {
        0 => Holder::User(user(dice)),
        1 => Holder::Group(group(dice)),
        _ => Holder::State(state(dice)),
    };
    let permission = permission(dice);
    let (state, priority) = (state(dice), dice.number(1, 200));
    match dice.weighed(&[3, 3, 3, 1, 1, 1, 1, 1]) {
        0 => Command::GivePermission { to: holder, permission },
        1 => Command::TakePermission { from: holder, permission },
        2 => {
            let change = StateChange {
                public: dice.maybe(),
                priority: dice.coin().then_some(priority),
                permissions: (dice.number(0, 3) == 0).then(|| Permissions::NONE.with(permission)),
                ..corporations(dice.some(1, 3))
            };
            Command::EditState { state, change: Box::new(change) }
        }
        3 => Command::CreateState(Box::new(StateDraft {
            name: StateName::parse(&written(dice, &format!("State {priority}"))).expect("a name"),
            priority,
            public: dice.number(0, 3) == 0,
            permissions: if dice.coin() { Permissions::NONE.with(permission) } else { Permissions::NONE },
            scope: Scope { corporations: dice.some(1, 3), ..Scope::default() },
        })),
        4 => Command::DeleteState { state },
        5 => Command::ReserveName { name: reserved(dice), reason: Note::parse("used elsewhere").expect("a reason") },
        6 => Command::FreeName {
            name: ReservedNameId(dice.number(1, 2)),
            reason: dice.maybe().and_then(|_| Note::parse("used no more").ok()),
        },
        _ => Command::ChangeSettings(SettingsChange {
            requests_notification: dice.maybe(),
            auto_leave: dice.maybe(),
            show_unavailable_groups: dice.maybe(),
            notifications_max_per_user: (dice.number(0, 3) == 0)
                .then(|| u32::try_from(dice.number(0, 5)).expect("few")),
            registration: match dice.number(0, 5) {
                0 => Some(Registration::Open),
                1 => Some(Registration::Invitation),
                _ => None,
            },
        }),
    }
}
