//! What a decision is made from: plain values, loaded whole before it.

use crate::{
    Account, AccountFields, Actor, Affiliation, Character, FoundBy, Group, GroupRef, Invitation, Permissions, Person,
    Reach, Request, Settings, Sight, Standing, State, StateId, Timestamp, TokenId, sight,
};

/// The user a command is about, where that is not (only) the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The account with its rights at this moment.
    pub account: Account,
    /// What they hold directly.
    pub own: Permissions,
    /// Whether they are a member of the group.
    pub member: bool,
    /// Whether they are named as a leader of the group.
    pub leader: bool,
    /// Their open request for the group (R9: at most one).
    pub open_request: Option<Request>,
    /// What they would open if they could act: their groups and those they lead.
    pub reach: Reach,
    /// Their e-mail address.
    pub email: Option<String>,
}

impl Subject {
    /// What can be changed about the account.
    #[must_use]
    pub fn fields(&self) -> AccountFields {
        AccountFields {
            username: self.account.person.username.clone(),
            email: self.email.clone(),
            active: self.account.active,
            staff: self.account.staff,
            superuser: self.account.superuser,
        }
    }
}

/// How a wanted name stands to those in use (R12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameFacts {
    /// Another group, user or state has it.
    pub taken: bool,
    /// Another user has the e-mail address that is wanted beside it.
    pub email_taken: bool,
    /// It is reserved.
    pub reserved: bool,
}

/// A group that is to lead, or leads, the one the command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadingGroup {
    /// The group.
    pub group: Group,
    /// Whether it leads already.
    pub leads: bool,
}

/// A group that somebody leads, whether or not they can at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLead {
    /// The group.
    pub group: GroupRef,
    /// R5: whether its leaders are a superuser's to choose.
    pub restricted: bool,
}

/// What deciding about states and characters asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateFacts {
    /// The state the command names.
    pub named: Option<State>,
    /// All of them.
    pub all: Vec<State>,
    /// What being in each of them opens beside its own permissions: through open groups that are bound to it.
    pub reach: Vec<(StateId, Reach)>,
    /// Another state has the wanted priority.
    pub priority_taken: bool,
    /// What the actor's own main belongs to, where a definition is to change.
    pub actor_main: Option<Affiliation>,
}

impl StateFacts {
    /// What being in a state opens in the end: its permissions, and the doors of groups bound to it.
    #[must_use]
    pub fn opens(&self, state: StateId) -> Reach {
        let own = self.all.iter().find(|other| other.id == state).map_or(Permissions::NONE, |s| s.permissions);
        let through = self.reach.iter().filter(|(id, _)| *id == state).map(|(_, reach)| *reach);
        through.fold(Reach { restricted: false, permissions: own }, Reach::union)
    }
}

/// A link to set another password; the subject is whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// Who made it, with their rights at this moment.
    pub author: Actor,
    /// When it ends by itself.
    pub ends_at: Timestamp,
}

impl ResetLink {
    /// How long one is good for.
    pub const SECONDS: i64 = 24 * 60 * 60;
}

#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
/// The facts of one command. A rule that wants to fetch is missing one here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The group the command is about; `None` where there is none, or it is deleted.
    pub group: Option<Group>,
    /// What being in that group, or leading it, opens in the end.
    pub reach: Reach,
    /// Whether the caller came by the group's join link (R2).
    pub by_link: bool,
    /// How the actor stands to that group.
    pub standing: Standing,
    /// Whom it is about: the actor (join, leave), the applicant, the member, the user, the leader.
    pub subject: Option<Subject>,
    /// The group that is to lead, or leads.
    pub leading: Option<LeadingGroup>,
    /// The groups the subject leads, by name, where the command takes those away: those they are named for; where it deletes
    /// them, those they lead through a group, too.
    pub leads: Vec<NamedLead>,
    /// When the subject took back requests for that group of the kind that the command makes, the latest first; `Facts::WITHDRAWALS` of them are enough.
    pub withdrawn: Vec<Timestamp>,
    /// The request the command names.
    pub request: Option<Request>,
    /// The name the command wants.
    pub name: NameFacts,
    /// The reserved name the command frees.
    pub reserved_name: Option<String>,
    /// The name of the token the command revokes, if it is the subject's and not revoked yet.
    pub token: Option<String>,
    /// The subject's tokens that still open something, where the command may end them or add to them.
    pub tokens: Vec<(TokenId, String)>,
    /// The states.
    pub states: StateFacts,
    /// The character the command names, if it is the subject's.
    pub character: Option<Character>,
    /// The subject's main character, whole.
    pub main: Option<Character>,
    /// Another character has the wanted external id.
    pub character_taken: bool,
    /// Whether the holder has the permission the command gives or takes.
    pub holds: bool,
    /// Whether there is no user at all yet.
    pub first_run: bool,
    /// The settings.
    pub settings: Settings,
    /// The invitation the command names, or that the token beside it opens.
    pub invitation: Option<Invitation>,
    /// The link to set another password that the token beside the command opens, where it was not used yet.
    pub reset_link: Option<ResetLink>,
    /// The users a draft names as leaders, as far as they exist.
    pub named_leaders: Vec<Person>,
    /// The groups a draft names as leader groups, as far as they exist.
    pub named_leader_groups: Vec<GroupRef>,
    /// How many active superusers there are.
    pub superusers: usize,
    /// Whether the user, group or state that is to hold a permission exists.
    pub holder_exists: bool,
}

impl Facts {
    /// How many requests for one group somebody may take back within `WITHDRAWALS_WITHIN` before they have to wait with the
    /// next: each of them is told to everybody who decides there.
    pub const WITHDRAWALS: usize = 5;
    /// Within how many seconds those count.
    pub const WITHDRAWALS_WITHIN: i64 = 60 * 60;

    /// By what the caller came upon the group.
    #[must_use]
    pub const fn way(&self) -> FoundBy {
        if self.by_link { FoundBy::Link } else { self.settings.way() }
    }

    /// How much of the command's group the actor sees; nothing where there is none.
    #[must_use]
    pub fn sight_of_group(&self, actor: &Actor) -> Sight {
        let seen = |group: &Group| sight::group(actor, group.outline(), self.standing, self.way());
        self.group.as_ref().map_or(Sight::Hidden, seen)
    }
}
