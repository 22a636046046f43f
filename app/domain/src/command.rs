//! Everything anyone can ask for, in the imperative.

use crate::{
    AutoLeave, Description, Email, Flags, GroupId, GroupName, Note, Permissions, RequestId, StateId, UserId, Username,
};
use serde::{Deserialize, Serialize};

/// Which group is meant, and by which door the caller came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    /// By its id, as lists and pages name it.
    Id(GroupId),
    /// By the token of its join link, which opens hidden groups too (R2).
    Link(String),
}

/// A group that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDraft {
    /// Its name.
    pub name: GroupName,
    /// What it is for.
    pub description: Description,
    /// The five flags.
    pub flags: Flags,
    /// Whether leaving is at once.
    pub auto_leave: AutoLeave,
    /// Whose users may be in it; empty means any.
    pub states: Vec<StateId>,
    /// What its members are given; only superusers may name any.
    pub permissions: Permissions,
}

/// A user that is to be made. The password is no matter of the rules; its hash goes to the store beside the command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDraft {
    /// What they sign in with.
    pub username: Username,
    /// Where mail reaches them.
    pub email: Option<Email>,
    /// May enter the admin area.
    pub staff: bool,
    /// Holds every permission.
    pub superuser: bool,
}

/// A change somebody asks for. Answered by `decide`, and by nothing else (R13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Make a group.
    CreateGroup(Box<GroupDraft>),
    /// Make a user. The very first one is made by nobody, on `/setup`.
    CreateUser(Box<UserDraft>),
    /// Become a member: at once where the group is open, else by a request.
    Join {
        /// The group.
        group: GroupKey,
        /// Why, for whoever decides.
        reason: Option<Note>,
    },
    /// Stop being a member: at once where the rules allow it, else by a request (R8).
    Leave {
        /// The group.
        group: GroupId,
        /// Why, for whoever decides.
        reason: Option<Note>,
    },
    /// Take back one's own open request (R9).
    Withdraw {
        /// The request.
        request: RequestId,
    },
    /// Say yes to a request (R10).
    Approve {
        /// The request.
        request: RequestId,
        /// What the applicant is told.
        comment: Option<Note>,
    },
    /// Say no to a request.
    Reject {
        /// The request.
        request: RequestId,
        /// What the applicant is told.
        comment: Option<Note>,
    },
    /// End somebody's membership (R11).
    Remove {
        /// The group.
        group: GroupId,
        /// The member.
        member: UserId,
        /// Why; the member is told.
        reason: Option<Note>,
    },
}
