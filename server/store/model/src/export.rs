//! Accounts, groups and members as the command line prints them, for whoever runs the instance.

use domain::{Flags, GroupId, Timestamp, UserId};

/// A user as `muster user list` prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserLine {
    /// The account.
    pub id: UserId,
    /// Its username.
    pub username: String,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether it is staff.
    pub staff: bool,
    /// Whether it is a superuser.
    pub superuser: bool,
}

/// A group as `muster group list` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Where it stands: the next page begins after it.
    pub place: String,
    /// What it is for.
    pub description: String,
    /// The five flags.
    pub flags: Flags,
    /// How many are in it.
    pub members: u64,
}

/// A membership as `muster group export` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLine {
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub group_name: String,
    /// Who is in it.
    pub user: UserId,
    /// Their username.
    pub username: String,
    /// The name of their main character, if they have one.
    pub character: Option<String>,
    /// Since when.
    pub since: Timestamp,
}
