//! What staff could do with a group, and why not: `decide` run ahead of time, as `offers` does for members.

use crate::{
    Actor, AutoLeave, Command, Denial, Description, Facts, Flag, Flags, Group, GroupAction, GroupChange, GroupDraft,
    GroupName, GroupOffer, NameFacts, Permission, Permissions, Refusal, Timestamp, UserId, decide,
};

/// Every action of the group's page in the admin area. `facts` are those of a command that changes the group.
///
/// What depends on more than the group, such as who is to be added, is refused when it is tried.
#[must_use]
pub fn group_offers(actor: &Actor, facts: &Facts, now: Timestamp) -> Vec<GroupOffer> {
    let Some(group) = &facts.group else { return Vec::new() };
    let id = group.id;
    // Nobody and nothing is named yet: what is refused for that alone is no denial.
    let facts = Facts { name: NameFacts::default(), subject: None, leading: None, ..facts.clone() };
    let edit = |change| Command::EditGroup { group: id, change: Box::new(change) };
    let flags = group.flags;
    let nobody = UserId::UNASSIGNED;
    let tried = [
        (GroupAction::Describe, edit(GroupChange { description: another(group), ..GroupChange::default() })),
        (GroupAction::Set, edit(GroupChange::of_flag(Flag::Hidden, !flags.has(Flag::Hidden)))),
        (GroupAction::Restrict, edit(GroupChange::of_flag(Flag::Restricted, !flags.has(Flag::Restricted)))),
        (
            GroupAction::GivePermissions,
            edit(GroupChange { permissions: Some(toggled(group.permissions)), ..GroupChange::default() }),
        ),
        (GroupAction::NameLeaders, Command::AddLeader { group: id, leader: nobody }),
        (GroupAction::DropLeaders, Command::RemoveLeader { group: id, leader: nobody }),
        (GroupAction::Add, Command::Add { group: id, member: nobody, reason: None }),
        (GroupAction::Remove, Command::Remove { group: id, member: nobody, reason: None }),
        (GroupAction::Delete, Command::DeleteGroup { group: id }),
    ];
    tried.map(|(action, command)| GroupOffer { action, denial: denial(actor, &command, &facts, now) }).into()
}

/// The same for a group that is not made yet: what it could be made with.
#[must_use]
pub fn new_group_offers(actor: &Actor, now: Timestamp) -> Vec<GroupOffer> {
    let Some(plain) = plain_draft() else { return Vec::new() };
    let restricted = GroupDraft { flags: plain.flags.with(Flag::Restricted, true), ..plain.clone() };
    let giving = GroupDraft { permissions: toggled(Permissions::NONE), ..plain.clone() };
    let facts = Facts::default();
    let tried = [
        (GroupAction::Describe, plain.clone()),
        (GroupAction::Set, plain.clone()),
        (GroupAction::Restrict, restricted),
        (GroupAction::GivePermissions, giving),
        (GroupAction::NameLeaders, plain),
    ];
    tried
        .map(|(action, draft)| {
            let command = Command::CreateGroup(Box::new(draft));
            GroupOffer { action, denial: denial(actor, &command, &facts, now) }
        })
        .into()
}

/// The draft of a group as `product.md` has it where nothing is said, under some name.
pub(crate) fn plain_draft() -> Option<GroupDraft> {
    Some(GroupDraft {
        name: GroupName::parse("New").ok()?,
        description: Description::parse("").ok()?,
        flags: Flags::default(),
        auto_leave: AutoLeave::default(),
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: Vec::new(),
        leader_groups: Vec::new(),
    })
}

fn denial(actor: &Actor, command: &Command, facts: &Facts, now: Timestamp) -> Option<Denial> {
    match decide(actor, command, facts, now) {
        Err(Refusal::Denied(denial)) => Some(denial),
        Ok(_) | Err(Refusal::Unseen | Refusal::Conflict(_) | Refusal::Invalid(_) | Refusal::Slow { .. }) => None,
    }
}

/// A description that is not the one it has.
fn another(group: &Group) -> Option<Description> {
    Description::parse(if group.description.is_empty() { "Another one." } else { "" }).ok()
}

fn toggled(permissions: Permissions) -> Permissions {
    if permissions.contains(Permission::RequestGroups) {
        permissions.without(Permission::RequestGroups)
    } else {
        permissions.with(Permission::RequestGroups)
    }
}
