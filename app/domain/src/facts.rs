//! What a decision is made from: plain values, loaded whole before it.

use crate::{Account, Group, Request, Standing};

/// The user a command is about, where that is not (only) the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The account with its rights at this moment.
    pub account: Account,
    /// Whether they are a member of the group.
    pub member: bool,
    /// Their open request for the group (R9: at most one).
    pub open_request: Option<Request>,
}

/// How a wanted name stands to those in use (R12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameFacts {
    /// Another group, or another user, has it.
    pub taken: bool,
    /// It is reserved.
    pub reserved: bool,
}

/// The facts of one command. A rule that wants to fetch is missing one here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The group the command is about; `None` where there is none, or it is deleted.
    pub group: Option<Group>,
    /// Whether the caller came by the group's join link (R2).
    pub by_link: bool,
    /// How the actor stands to that group.
    pub standing: Standing,
    /// Whom it is about: the actor (join, leave), the applicant, the member to remove.
    pub subject: Option<Subject>,
    /// The request the command names.
    pub request: Option<Request>,
    /// The name the command wants.
    pub name: NameFacts,
    /// Whether there is no user at all yet.
    pub first_run: bool,
    /// The setting `auto_leave` of the instance (R8).
    pub instance_auto_leave: bool,
}
