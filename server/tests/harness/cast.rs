//! The people and groups of the tests: one of every role, one of every kind of group that answers differently.

use super::START;
use domain::{Flag, Flags, GroupId, Permission, Permissions, RequestId, RequestKind, RequestStatus, State, UserId};
use std::sync::LazyLock;
use store::{Seed, SeedGroup, SeedMembership, SeedRequest, SeedUser};

/// Everybody's password.
pub const PASSWORD: &str = "a password for tests";

/// argon2id of [`PASSWORD`]: made once, as making it is meant to be slow.
static HASH: LazyLock<String> = LazyLock::new(|| {
    use argon2::password_hash::{PasswordHasher, SaltString};
    let salt = SaltString::encode_b64(b"salt for tests").expect("is a salt");
    let params = argon2::Params::new(19 * 1024, 2, 1, None).expect("are parameters");
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon2.hash_password(PASSWORD.as_bytes(), &salt).expect("hashes").to_string()
});

/// The groups.
pub mod group {
    /// Closed and public: everybody sees it and may ask. Led by lea; mia is in it.
    pub const PILOTS: i64 = 1;
    /// Open and public.
    pub const LOUNGE: i64 = 2;
    /// Hidden and closed. Led by lea; mia is in it.
    pub const SHADOW: i64 = 3;
    /// Internal.
    pub const CORE: i64 = 4;
    /// Open and public; its members hold `request_groups`.
    pub const NAVY: i64 = 5;
}

fn user(id: i64, username: &str) -> SeedUser {
    SeedUser {
        id: UserId(id),
        username: username.to_owned(),
        email: Some(format!("{username}@example.org")),
        password_hash: Some(HASH.clone()),
        active: true,
        staff: false,
        superuser: false,
        permissions: Permissions::NONE,
        state: State::GUEST,
        characters: Vec::new(),
        created_at: START,
    }
}

fn holding(permission: Permission, user: SeedUser) -> SeedUser {
    SeedUser { permissions: user.permissions.with(permission), ..user }
}

fn group(id: i64, name: &str, flags: Flags, leaders: &[i64]) -> SeedGroup {
    SeedGroup {
        id: GroupId(id),
        name: name.to_owned(),
        description: format!("What {name} is for."),
        flags,
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: leaders.iter().copied().map(UserId).collect(),
        leader_groups: Vec::new(),
        join_token: format!("token-of-group-{id}"),
        created_at: START,
    }
}

fn member(group: i64, user: i64) -> SeedMembership {
    SeedMembership { group: GroupId(group), user: UserId(user), approved_by: None, since: START }
}

fn request(id: i64, group: i64, user: i64) -> SeedRequest {
    SeedRequest {
        id: RequestId(id),
        group: GroupId(group),
        user: UserId(user),
        kind: RequestKind::Join,
        status: RequestStatus::Open,
        reason: Some("because".to_owned()),
        created_at: START,
        settled: None,
    }
}

/// All of it.
pub fn seed() -> Seed {
    const CLOSED: Flags = Flags::NONE;
    const OPEN: Flags = CLOSED.with(Flag::Open, true).with(Flag::Public, true);
    let users = vec![
        SeedUser { superuser: true, ..user(1, "root") },
        holding(Permission::RequestGroups, user(2, "lea")),
        user(3, "mia"),
        user(4, "sam"),
        SeedUser { active: false, ..user(5, "nora") },
        SeedUser { password_hash: None, ..user(6, "noel") },
        holding(Permission::GroupManagement, user(7, "max")),
        user(8, "rita"),
        user(9, "ron"),
        user(10, "nils"),
    ];
    let groups = vec![
        group(group::PILOTS, "Pilots", CLOSED.with(Flag::Public, true), &[2]),
        group(group::LOUNGE, "Lounge", OPEN, &[]),
        group(group::SHADOW, "Shadow", CLOSED.with(Flag::Hidden, true), &[2]),
        group(group::CORE, "Core", CLOSED.with(Flag::Internal, true), &[2]),
        SeedGroup {
            permissions: Permissions::NONE.with(Permission::RequestGroups),
            ..group(group::NAVY, "Navy", OPEN, &[])
        },
    ];
    Seed {
        users,
        groups,
        memberships: vec![member(group::PILOTS, 3), member(group::SHADOW, 3)],
        requests: vec![
            request(1, group::PILOTS, 8),
            request(2, group::PILOTS, 9),
            // Of a group that sam may not see: he may have been in it once.
            request(3, group::SHADOW, 4),
        ],
        ..Seed::default()
    }
}
