//! Who may see what. Asked before anything else: what one may not see answers as what does not exist (R2).

use crate::{Account, Actor, Flags, Group, Holder, Logged, Permission, Request, Standing, Touches, UserId, What};

/// How much of something a viewer sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// As if it did not exist.
    Hidden,
    /// That it is there and what it is, not who is in it.
    Summary,
    /// Its members, requests and audit log too.
    Full,
}

/// Whether the actor decides for the group: leaders, and holders of `group_management`, of non-internal groups.
#[must_use]
pub fn decides(actor: &Actor, flags: Flags, standing: Standing) -> bool {
    !flags.internal && leads_or_manages(actor, standing)
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

/// How much of a group the actor sees (R1, R2).
#[must_use]
pub fn group(actor: &Actor, flags: Flags, standing: Standing, by_link: bool) -> Sight {
    if administers_groups(actor) || decides(actor, flags, standing) {
        return Sight::Full;
    }
    if actor.account().is_none() || flags.internal {
        return Sight::Hidden;
    }
    if standing.member || by_link || !flags.hidden { Sight::Summary } else { Sight::Hidden }
}

/// Whether the group stands in the list of the groups page: never an internal one, a hidden one only for its members.
#[must_use]
pub fn is_listed(flags: Flags, standing: Standing) -> bool {
    !flags.internal && (!flags.hidden || standing.member)
}

/// Whether the actor may see a request: the applicant, and whoever sees the group in full or would decide for it.
#[must_use]
pub fn request(actor: &Actor, request: &Request, flags: Flags, standing: Standing) -> bool {
    actor.id() == Some(request.applicant.id)
        || leads_or_manages(actor, standing)
        || group(actor, flags, standing, false) == Sight::Full
}

/// Whether a user has settled a request themself, and so may see what came of it, whatever they may see otherwise.
#[must_use]
pub fn own_decision(user: UserId, request: &Request) -> bool {
    let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
    by.is_some_and(|person| person.id == user)
}

/// How much of an event the viewer sees, its group being seen with `of_group` (`None`: no group, or one that is gone).
///
/// `Full` is the row itself, `Summary` only that something about the group changed.
#[must_use]
pub fn event(viewer: &Account, logged: &Logged, of_group: Option<Sight>) -> Sight {
    let about_viewer = logged.event.subject.as_ref().is_some_and(|subject| subject.id == viewer.person.id);
    // What a group gives its members stands on its page.
    let about_group = match logged.event.what.touches() {
        Touches::Group => true,
        Touches::Rights => logged.event.group.is_some(),
        Touches::Request(..) | Touches::Membership | Touches::GroupInside | Touches::Account | Touches::Instance => {
            false
        }
    };
    if about_viewer || viewer.administers(Permission::ViewAudit) || of_group == Some(Sight::Full) {
        Sight::Full
    } else if about_group && of_group == Some(Sight::Summary) {
        Sight::Summary
    } else {
        Sight::Hidden
    }
}

/// Whether what happened changes what stands on pages of the admin area that the viewer's office opens.
#[must_use]
pub fn looks_after(viewer: &Account, what: &What) -> bool {
    let offices: &[Permission] = match what.touches() {
        Touches::Account => &[Permission::ManageUsers],
        Touches::Rights => match what {
            What::PermissionGiven(Holder::User(_), _) | What::PermissionTaken(Holder::User(_), _) => {
                &[Permission::ManageUsers]
            }
            // A state, or who is in one.
            _ => &[Permission::ManageUsers, Permission::ManageStates],
        },
        Touches::Instance => match what {
            What::NameReserved(_) | What::NameFreed(..) => &[Permission::ManageReservedNames],
            What::SettingsChanged { .. } => &[Permission::ManageSettings],
            _ => &[Permission::ManageUsers],
        },
        // Of groups, which are seen in full where they are looked after.
        Touches::Request(..) | Touches::Membership | Touches::Group | Touches::GroupInside => &[],
    };
    offices.iter().any(|permission| viewer.administers(*permission))
}

/// How much of a group the actor sees, given the whole group.
#[must_use]
pub fn of(actor: &Actor, seen: &Group, standing: Standing) -> Sight {
    group(actor, seen.flags, standing, false)
}
