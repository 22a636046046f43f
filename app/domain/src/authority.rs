//! Who may enter a group, decide for it and remove from it: asked by `decide` before it answers, and by `sight`.

use crate::{Account, Actor, Denial, Flag, Flags, Group, Outline, Permission, Reach, Standing};

/// Whether the actor decides for the group: leaders, and holders of `group_management`, of non-internal groups.
#[must_use]
pub fn decides(actor: &Actor, flags: Flags, standing: Standing) -> bool {
    !flags.has(Flag::Internal) && leads_or_manages(actor, standing)
}

/// The same without a look at `internal`: what a decider would be, had the group not turned internal.
#[must_use]
pub fn leads_or_manages(actor: &Actor, standing: Standing) -> bool {
    actor.account().is_some_and(|account| standing.leads() || account.holds(Permission::GroupManagement))
}

/// Whether the actor has an admin right to groups.
#[must_use]
pub fn administers_groups(actor: &Actor) -> bool {
    actor.administers(Permission::ManageGroups) || actor.administers(Permission::ManageUsers)
}

/// Whether the actor sees groups by an office, whether or not they lead them or are in them.
#[must_use]
pub fn sees_by_office(actor: &Actor) -> bool {
    administers_groups(actor) || actor.account().is_some_and(|account| account.holds(Permission::GroupManagement))
}

/// Whether the rules let this account into the group: asked on joining, asking, and once more on approving (R10).
///
/// # Errors
/// `GroupInternal` (R1), `StateNotAllowed` (R6), `PermissionRequired` (R4, R7); an inactive account holds no
/// permission and meets the last.
pub fn may_enter(group: &Group, account: &Account) -> Result<(), Denial> {
    admits(group.outline(), account)
}

/// `may_enter`, of what it asks of a group.
pub(crate) fn admits(group: Outline<'_>, account: &Account) -> Result<(), Denial> {
    if group.flags.has(Flag::Internal) {
        return Err(Denial::GroupInternal);
    }
    if !group.admits_state(account.state) {
        return Err(Denial::StateNotAllowed);
    }
    if !account.active || !(group.flags.has(Flag::Public) || account.holds(Permission::RequestGroups)) {
        return Err(Denial::PermissionRequired);
    }
    Ok(())
}

/// Whether the actor may let somebody into a hidden group at once whom nobody decides about: themself by its number, others
/// by its link. Whoever is in it or leads it may (R2). Whoever sees it by their office alone may as far as they may give
/// what it opens, as if they added a member (R5).
///
/// # Errors
/// `SuperuserRequired`.
pub fn may_let_in(actor: &Actor, flags: Flags, standing: Standing, opens: Reach) -> Result<(), Denial> {
    let is_decided_by_nobody = flags.has(Flag::Hidden) && flags.has(Flag::Open);
    if is_decided_by_nobody && !standing.member && !standing.leads() { opens.given_by(actor) } else { Ok(()) }
}

/// Whether the actor may end memberships of a group they see: leaders and group managers (R11), and staff; of restricted
/// groups, and of those whose members lead a restricted one, superusers instead of staff (R5).
///
/// # Errors
/// `NotAManager`, `SuperuserRequired`.
pub fn may_remove(actor: &Actor, flags: Flags, standing: Standing, opens: Reach) -> Result<(), Denial> {
    if decides(actor, flags, standing) {
        return Ok(());
    }
    if !administers_groups(actor) {
        return Err(Denial::NotAManager);
    }
    if (flags.has(Flag::Restricted) || opens.restricted) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired);
    }
    Ok(())
}
