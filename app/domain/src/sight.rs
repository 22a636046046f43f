//! Who may see what. Asked before anything else: what one may not see answers as what does not exist (R2).

use crate::{
    Account, Actor, Denial, EventPayload, EventScope, Flag, Flags, FoundBy, Holder, Outline, Permission, Reach,
    RecordedEvent, Request, Standing, UserId,
    authority::{administers_groups, admits, decides, leads_or_manages, may_let_in},
    may_remove,
};

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

/// Whether the actor sees whatever is in the group: those who decide for it, and staff who look after groups.
#[must_use]
pub fn in_full(actor: &Actor, flags: Flags, standing: Standing) -> bool {
    administers_groups(actor) || decides(actor, flags, standing)
}

/// How much of a group the actor sees (R1, R2, R2a).
#[must_use]
pub fn group(actor: &Actor, seen: Outline<'_>, standing: Standing, way: FoundBy) -> Sight {
    if in_full(actor, seen.flags, standing) {
        return Sight::Full;
    }
    let Some(account) = actor.account().filter(|_| !seen.flags.has(Flag::Internal)) else { return Sight::Hidden };
    let told = match way {
        FoundBy::Link => true,
        FoundBy::Setting => standing.member || !seen.flags.has(Flag::Hidden),
        FoundBy::Use => standing.member || (!seen.flags.has(Flag::Hidden) && admits(seen, account).is_ok()),
    };
    if told { Sight::Summary } else { Sight::Hidden }
}

/// Whether the group stands in the list of the groups page: never an internal one, a hidden one only for its members,
/// any other for those for whom it is of use (R2a). Staff find what is of no use to them in the admin area.
#[must_use]
pub fn is_listed(account: &Account, seen: Outline<'_>, standing: Standing, way: FoundBy) -> bool {
    let is_of_use = || admits(seen, account).is_ok() || decides(&Actor::User(account.clone()), seen.flags, standing);
    account.active
        && !seen.flags.has(Flag::Internal)
        && (standing.member || (!seen.flags.has(Flag::Hidden) && (way == FoundBy::Setting || is_of_use())))
}

/// Whether the actor may read the group's join link and put another in its place (R2): whoever may let nobody out, lets
/// nobody in by it. Of restricted groups that leaves superusers instead of staff (R5). A link that lets in at once is theirs
/// whose office reaches as far as the group.
///
/// # Errors
/// `NotAManager`, `SuperuserRequired`.
pub fn may_hand_out_link(actor: &Actor, flags: Flags, standing: Standing, opens: Reach) -> Result<(), Denial> {
    may_remove(actor, flags, standing, Reach::default())?;
    may_let_in(actor, flags, standing, opens)
}

/// Whether the actor may see a request: the applicant, and whoever sees the group in full or would decide for it.
#[must_use]
pub fn request(actor: &Actor, request: &Request, flags: Flags, standing: Standing) -> bool {
    actor.id() == Some(request.applicant.id) || leads_or_manages(actor, standing) || in_full(actor, flags, standing)
}

/// Whether a user has settled a request themself, and so may see what came of it, whatever they may see otherwise.
#[must_use]
pub fn own_decision(user: UserId, request: &Request) -> bool {
    let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
    by.is_some_and(|person| person.id == user)
}

/// The groups of an event, as its viewer stands to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// How much they see of the group it is about; `None` where it is about none, or about one that is gone.
    pub group: Option<Sight>,
    /// Whether that group is internal, or was until it went.
    pub internal: bool,
    /// How much they see of the other group that it names (`EventPayload::leader_group`); `None` where it names none.
    pub named: Option<Sight>,
}

/// How much of an event the viewer sees.
///
/// `Full` is the row itself, `Summary` only that something about the group changed.
#[must_use]
pub fn event(viewer: &Account, logged: &RecordedEvent, around: Around) -> Sight {
    if viewer.administers(Permission::ViewAudit) {
        return Sight::Full;
    }
    if around.named == Some(Sight::Hidden) {
        return Sight::Hidden;
    }
    let subject = logged.event.subject.as_ref();
    let about_viewer = subject.is_some_and(|subject| subject.id == viewer.person.id)
        && is_told_to_subject(&logged.event.what, around.internal);
    // What a group gives its members stands on its page.
    let about_group = match logged.event.what.touches() {
        EventScope::Group => true,
        EventScope::Rights => logged.event.group.is_some(),
        EventScope::Request(..)
        | EventScope::Membership
        | EventScope::GroupInside
        | EventScope::Account
        | EventScope::Instance => false,
    };
    if about_viewer || around.group == Some(Sight::Full) {
        Sight::Full
    } else if about_group && around.group == Some(Sight::Summary) {
        Sight::Summary
    } else {
        Sight::Hidden
    }
}

/// Whether somebody is told what was done to them in a group, given whether it is internal: they know nothing of such a
/// group (R1), but whoever asked while it was not is told what became of their request.
#[must_use]
pub const fn is_told_to_subject(what: &EventPayload, internal: bool) -> bool {
    !internal || matches!(what.touches(), EventScope::Request(..))
}

/// Whether what happened changes what stands on pages of the admin area that the viewer's office opens.
#[must_use]
pub fn sees_in_admin(viewer: &Account, what: &EventPayload) -> bool {
    let offices: &[Permission] = match what.touches() {
        EventScope::Account => &[Permission::ManageUsers],
        EventScope::Rights => match what {
            EventPayload::PermissionGiven(Holder::User(_), _) | EventPayload::PermissionTaken(Holder::User(_), _) => {
                &[Permission::ManageUsers]
            }
            // A state, or who is in one.
            _ => &[Permission::ManageUsers, Permission::ManageStates],
        },
        EventScope::Instance => match what {
            EventPayload::NameReserved(_) | EventPayload::NameFreed(..) => &[Permission::ManageReservedNames],
            EventPayload::SettingsChanged { .. } => &[Permission::ManageSettings],
            _ => &[Permission::ManageUsers],
        },
        // Of groups, which are seen in full where they are looked after.
        EventScope::Request(..) | EventScope::Membership | EventScope::Group | EventScope::GroupInside => &[],
    };
    offices.iter().any(|permission| viewer.administers(*permission))
}
