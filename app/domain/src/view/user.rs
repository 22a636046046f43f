//! Users as the admin area and the API show them.

use crate::{
    AccountFields, Character, Conflict, Denial, Grant, GroupId, GroupRef, PageSize, Permission, Permissions, Person,
    RecordedEvent, Request, StateId, StateReason, StateRef, Timestamp, closed::closed,
};
use serde::{Deserialize, Serialize};

/// Which group somebody is to be in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WantedGroup {
    /// The one with this id, as links name it.
    Id(GroupId),
    /// The one of this name, ignoring case, as people name it.
    Named(String),
}

/// What staff can choose from where they look for users and make them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserChoices {
    /// Every state, the highest first.
    pub states: Vec<StateRef>,
    /// The first groups by name, at most [`UserChoices::GROUPS`].
    pub groups: Vec<GroupRef>,
    /// Why the viewer may not make an account that is more than an ordinary one, if they may not: staff, a superuser, or
    /// one that is given permissions.
    pub promotion: Option<Denial>,
}

impl UserChoices {
    /// The most groups that are named.
    pub const GROUPS: usize = 200;
}

/// What the list of users was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UserQuery {
    /// The beginning of any word of a username, an e-mail address or the name of a character, ignoring case; empty for
    /// all.
    pub search: String,
    /// Only those in this state.
    pub state: Option<StateId>,
    /// Only those who may, or may not, sign in.
    pub active: Option<bool>,
    /// Only those who are, or are not, staff.
    pub staff: Option<bool>,
    /// Only those who are, or are not, superusers.
    pub superuser: Option<bool>,
    /// Only those in this group.
    pub group: Option<WantedGroup>,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many rows.
    pub limit: PageSize,
}

/// A user as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Who.
    pub person: Person,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// May sign in.
    pub active: bool,
    /// May enter the admin area, as far as the permissions reach.
    pub staff: bool,
    /// Holds every permission.
    pub superuser: bool,
    /// The state they are in.
    pub state: StateRef,
    /// Their characters, by name.
    pub characters: Vec<Character>,
    /// What they hold directly.
    pub permissions: Permissions,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When they last used Muster, to within some minutes; `None` where they never did.
    pub last_seen_at: Option<Timestamp>,
}

impl UserRow {
    /// What can be changed about the account.
    #[must_use]
    pub fn fields(&self) -> AccountFields {
        AccountFields {
            username: self.person.username.clone(),
            email: self.email.clone(),
            active: self.active,
            staff: self.staff,
            superuser: self.superuser,
        }
    }
}

/// Where somebody has a permission from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// They hold it directly.
    Own,
    /// They are in a group that gives it.
    Group(GroupRef),
    /// They are in a state that gives it.
    State(StateRef),
    /// They are a superuser.
    Superuser,
}

/// A permission with every reason why somebody holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPermission {
    /// Which.
    pub permission: Permission,
    /// Where it comes from: never empty.
    pub sources: Vec<Source>,
}

/// A group somebody is in, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMembership {
    /// The group.
    pub group: GroupRef,
    /// Since when.
    pub since: Timestamp,
    /// What holds the membership, oldest first.
    pub grants: Vec<Grant>,
}

/// A group somebody leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedGroup {
    /// The group.
    pub group: GroupRef,
    /// The leader group they lead it through; `None` where they are named.
    pub through: Option<GroupRef>,
}

closed! {
    /// What staff could do with an account.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum UserAction {
        /// Give it another name.
        Rename = "rename",
        /// Change the e-mail address.
        SetEmail = "set_email",
        /// Let it sign in, or not any more.
        SetActive = "set_active",
        /// Make it staff, or staff no more.
        SetStaff = "set_staff",
        /// Make it a superuser, or none any more.
        SetSuperuser = "set_superuser",
        /// Give and take permissions.
        SetPermissions = "set_permissions",
        /// Set a password, or make a link by which the owner does.
        SetPassword = "set_password",
        /// End its sessions.
        EndSessions = "end_sessions",
        /// Add, change and take away characters, and choose the main.
        SetCharacters = "set_characters",
        /// Delete it.
        Delete = "delete",
    }
}

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// It is not allowed.
    Denied(Denial),
    /// Things do not allow it.
    Conflict(Conflict),
}

/// Something staff could do with an account, with its refusal, if it would be refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserOffer {
    /// What could be done.
    pub action: UserAction,
    /// Why it cannot, if it cannot.
    pub obstacle: Option<Obstacle>,
}

/// One user with everything that staff look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// What the list shows too.
    pub row: UserRow,
    /// Why they are in their state.
    pub reason: StateReason,
    /// What they hold, each permission with its sources. None has effect while the account is inactive.
    pub held: Vec<HeldPermission>,
    /// The groups they are in, by name.
    pub memberships: Vec<HeldMembership>,
    /// The groups they lead, by name; one that they lead in several ways comes as often.
    pub led: Vec<LedGroup>,
    /// Their open requests, oldest first.
    pub requests: Vec<Request>,
    /// The last events about them, newest first.
    pub about: Vec<RecordedEvent>,
    /// The last events by them, newest first.
    pub by: Vec<RecordedEvent>,
    /// How many sessions they have.
    pub sessions: u32,
    /// Whether they can sign in by a password.
    pub has_password: bool,
    /// Whether a large change has yet to come to them: what is shown then is what it will leave them.
    pub unsettled: bool,
    /// What the viewer could do with the account.
    pub offers: Vec<UserOffer>,
    /// The feed's head, taken before the rest was read.
    pub seq: crate::Seq,
}
