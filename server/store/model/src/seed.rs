//! A whole instance as plain rows, to fill an empty database with.

use domain::{
    ActorRef, Event, Flags, GroupId, Permissions, RequestId, RequestKind, RequestStatus, StateId, Timestamp, UserId,
};

/// A character of a seeded user. The first of a user is their main.
#[derive(Clone, Debug)]
pub struct SeedCharacter {
    /// Its id in the outside world.
    pub external_id: i64,
    /// Its name.
    pub name: String,
    /// Corporation: external id and name.
    pub corporation: Option<(i64, String)>,
    /// Alliance: external id and name.
    pub alliance: Option<(i64, String)>,
}

/// A seeded user.
#[derive(Clone, Debug)]
pub struct SeedUser {
    /// 1, 2, 3 … in order.
    pub id: UserId,
    /// Unique ignoring case.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// PHC string; shared by all demo users.
    pub password_hash: Option<String>,
    /// May sign in.
    pub active: bool,
    /// Staff flag.
    pub staff: bool,
    /// Superuser flag.
    pub superuser: bool,
    /// Held directly.
    pub permissions: Permissions,
    /// The state; must be the one that the characters lead to.
    pub state: StateId,
    /// Characters, main first.
    pub characters: Vec<SeedCharacter>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A seeded group.
#[derive(Clone, Debug)]
pub struct SeedGroup {
    /// 1, 2, 3 … in order.
    pub id: GroupId,
    /// Unique ignoring case.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The five flags.
    pub flags: Flags,
    /// Its states.
    pub states: Vec<StateId>,
    /// What members are given.
    pub permissions: Permissions,
    /// Named leaders.
    pub leaders: Vec<UserId>,
    /// Leader groups.
    pub leader_groups: Vec<GroupId>,
    /// The token of its join link.
    pub join_token: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A live membership with its one grant.
#[derive(Clone, Debug)]
pub struct SeedMembership {
    /// The group.
    pub group: GroupId,
    /// The member.
    pub user: UserId,
    /// Who let them in: `None` where they joined an open group.
    pub approved_by: Option<UserId>,
    /// Since when.
    pub since: Timestamp,
}

/// A request, open or settled.
#[derive(Clone, Debug)]
pub struct SeedRequest {
    /// 1, 2, 3 … in order.
    pub id: RequestId,
    /// The group.
    pub group: GroupId,
    /// The applicant.
    pub user: UserId,
    /// To join or to leave.
    pub kind: RequestKind,
    /// Where it stands.
    pub status: RequestStatus,
    /// Why.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When and by whom it was settled, and the comment.
    pub settled: Option<(Timestamp, Option<UserId>, Option<String>)>,
}

/// An event of the past.
#[derive(Clone, Debug)]
pub struct SeedEvent {
    /// When; events come in this order.
    pub at: Timestamp,
    /// By whom.
    pub actor: Option<ActorRef>,
    /// What.
    pub event: Event,
}

/// A whole instance.
#[derive(Clone, Debug, Default)]
pub struct Seed {
    /// The users.
    pub users: Vec<SeedUser>,
    /// The shipped states' scopes: corporations and alliances by external id that each is open to.
    pub state_corporations: Vec<(StateId, i64)>,
    /// The same for alliances.
    pub state_alliances: Vec<(StateId, i64)>,
    /// The groups.
    pub groups: Vec<SeedGroup>,
    /// The live memberships.
    pub memberships: Vec<SeedMembership>,
    /// The requests.
    pub requests: Vec<SeedRequest>,
    /// The audit log, oldest first.
    pub events: Vec<SeedEvent>,
}
