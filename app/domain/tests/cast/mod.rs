//! The cast of the matrices: one actor of every role, one group of every shape.
#![allow(dead_code, reason = "each test binary uses a part")]

use domain::{
    Account, Actor, AutoLeave, Flag, Flags, Group, GroupId, GroupRef, Permission, Permissions, Person, Reach, Request,
    RequestId, RequestKind, RequestStatus, Settlement, Standing, State, StateId, Subject, Timestamp, UserId,
};
use std::{env, fmt::Write as _, fs, path::Path};

pub const NOW: Timestamp = Timestamp(1_700_000_000_000_000);
pub const ME: UserId = UserId(1);
pub const OTHER: UserId = UserId(2);
pub const REQUEST: RequestId = RequestId(11);

pub fn person(id: UserId) -> Person {
    Person { id, username: format!("user{id}"), main_character: None }
}

pub fn account(id: UserId, granted: &[Permission]) -> Account {
    Account {
        person: person(id),
        active: true,
        staff: false,
        superuser: false,
        granted: granted.iter().copied().collect(),
        state: State::MEMBER,
    }
}

/// A role: its column's heading, the account (`None`: not signed in), and how it stands to the group as a leader.
pub struct Role {
    pub name: &'static str,
    pub account: Option<Account>,
    pub standing: Standing,
}

impl Role {
    pub fn actor(&self) -> Actor {
        self.account.clone().map_or(Actor::Nobody, Actor::User)
    }

    pub fn standing(&self, member: bool) -> Standing {
        Standing { member, ..self.standing }
    }
}

pub fn roles() -> Vec<Role> {
    use Permission::{GroupManagement, ManageGroups, ManageUsers, RequestGroups};
    let leader = Standing { leader: true, ..Standing::STRANGER };
    let through = Standing { leader_through_group: true, ..Standing::STRANGER };
    let role = |name, account, standing| Role { name, account, standing };
    let stranger = Standing::STRANGER;
    vec![
        role("nobody", None, stranger),
        role("inactive", Some(Account { active: false, ..account(ME, &[RequestGroups, GroupManagement]) }), leader),
        role("user", Some(account(ME, &[])), stranger),
        role("misfit", Some(Account { state: State::BLUE, ..account(ME, &[RequestGroups]) }), stranger),
        role("requester", Some(account(ME, &[RequestGroups])), stranger),
        role("leader", Some(account(ME, &[RequestGroups])), leader),
        role("by-group", Some(account(ME, &[RequestGroups])), through),
        role("manager", Some(account(ME, &[RequestGroups, GroupManagement])), stranger),
        role("not-staff", Some(account(ME, &[RequestGroups, ManageGroups, ManageUsers])), stranger),
        role("staff", Some(Account { staff: true, ..account(ME, &[RequestGroups, ManageGroups]) }), stranger),
        role("user-staff", Some(Account { staff: true, ..account(ME, &[RequestGroups, ManageUsers]) }), stranger),
        role("superuser", Some(Account { superuser: true, ..account(ME, &[]) }), stranger),
    ]
}

/// The shapes of group that a rule tells apart, and one that combines everything with internal.
pub fn groups() -> Vec<(&'static str, Group)> {
    let plain = Flags::NONE;
    let shape = |name, flags| (name, group(flags));
    let for_members = |flags| Group { states: vec![State::MEMBER], ..group(flags) };
    vec![
        shape("closed", plain),
        shape("open", plain.with(Flag::Open, true)),
        shape("public", plain.with(Flag::Public, true)),
        shape("open public", plain.with(Flag::Open, true).with(Flag::Public, true)),
        shape("hidden", plain.with(Flag::Hidden, true)),
        shape("hidden open public", plain.with(Flag::Hidden, true).with(Flag::Open, true).with(Flag::Public, true)),
        shape("restricted", plain.with(Flag::Restricted, true)),
        shape("restricted open", plain.with(Flag::Restricted, true).with(Flag::Open, true)),
        ("public for Member", for_members(plain.with(Flag::Public, true))),
        ("auto-leave", Group { auto_leave: AutoLeave::On, ..group(plain) }),
        shape("internal", plain.with(Flag::Internal, true)),
        shape("all five", Flags::of(|_| true)),
    ]
}

pub fn group(flags: Flags) -> Group {
    Group {
        id: GroupId(7),
        name: "Pilots".into(),
        description: String::new(),
        flags,
        auto_leave: AutoLeave::Inherit,
        states: Vec::<StateId>::new(),
        permissions: Permissions::NONE,
    }
}

pub fn request(applicant: UserId, kind: RequestKind, status: RequestStatus) -> Request {
    let settlement = (status != RequestStatus::Open).then(|| Settlement {
        at: NOW,
        by: Some(person(UserId(3))),
        comment: None,
        cause: None,
    });
    Request {
        id: REQUEST,
        group: GroupRef { id: GroupId(7), name: "Pilots".into() },
        applicant: person(applicant),
        kind,
        status,
        reason: None,
        created_at: NOW,
        settlement,
    }
}

pub fn subject(account: Account, member: bool, open_request: Option<Request>) -> Subject {
    Subject {
        own: Permissions::NONE,
        leader: false,
        reach: Reach::default(),
        email: None,
        account,
        member,
        open_request,
    }
}

/// One table of a matrix: a row per group, a column per role.
pub fn table(title: &str, cell: impl Fn(&Role, &Group) -> String) -> String {
    let roles = roles();
    let mut text = format!("## {title}\n{:<20}", "group");
    for role in &roles {
        write!(text, "{:<13}", role.name).expect("a string takes everything");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    for (name, group) in groups() {
        let mut line = format!("{name:<20}");
        for role in &roles {
            write!(line, "{:<13}", cell(role, &group)).expect("a string takes everything");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push('\n');
    text
}

/// Compares a matrix with the reviewed file. `UPDATE_MATRICES=1` writes it anew, to be reviewed as a diff.
pub fn assert_reviewed(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    if env::var_os("UPDATE_MATRICES").is_some() {
        fs::write(&path, text).expect("the matrix can be written");
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    for (line, (is, was)) in text.lines().zip(reviewed.lines()).enumerate() {
        assert_eq!(is, was, "{file}:{} has changed; review and set UPDATE_MATRICES=1", line + 1);
    }
    assert_eq!(text.lines().count(), reviewed.lines().count(), "{file} has another length");
}
