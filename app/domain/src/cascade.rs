//! What follows from a change for the people it touches (R1, R6, R7, R8): one pure function per person.
//!
//! A person's losses depend on nobody else, so people can be settled in any order, in one transaction or in many.
//! The loop ends because memberships only ever get fewer.

use crate::{
    Affiliation, Cause, Event, EventPayload, Flag, Group, GroupId, Permission, Permissions, Person, Request,
    RequestKind, Settings, State, StateId, state_of,
};
use std::collections::BTreeMap;

/// What the instance is made of, after the change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceState {
    /// All states.
    pub states: Vec<State>,
    /// The live groups that the people in question are in or have asked for.
    pub groups: BTreeMap<GroupId, Group>,
    /// The settings.
    pub settings: Settings,
}

impl InstanceState {
    /// The same as what follows from an event tells of it: an edited group goes by the name it had before. Whoever loses
    /// it, or a request for it, by that very edit need not see it any more (R1, R2).
    #[must_use]
    pub fn told_of(mut self, first: &EventPayload) -> Self {
        if let EventPayload::GroupEdited { before, .. } = first
            && let Some(group) = self.groups.get_mut(&before.id)
        {
            group.name.clone_from(&before.name);
        }
        self
    }
}

/// A user with everything the rules of losing look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CascadeSubject {
    /// Who.
    pub person: Person,
    /// Whether the account is active; `None` once it is deleted.
    pub account: AccountStatus,
    /// Superusers hold every permission.
    pub superuser: bool,
    /// Permissions held directly.
    pub own: Permissions,
    /// What the main belongs to.
    pub main: Option<Affiliation>,
    /// The state they were in when last settled.
    pub settled_state: StateId,
    /// Whether they held `request_groups` when last settled.
    pub settled_requester: bool,
    /// The groups they are in.
    pub memberships: Vec<GroupId>,
    /// Their open requests.
    pub requests: Vec<Request>,
}

/// Whether an account lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// May sign in.
    Active,
    /// May not, for now.
    Inactive,
    /// Never will again.
    Deleted,
}

/// What set the settling off, where the people alone do not show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Something about the people, or about states and permissions.
    Rights,
    /// This group ceased to be public: its members need `request_groups` from now on (R7).
    NoLongerPublic(GroupId),
    /// This group is being deleted (R15).
    GroupDeleted(GroupId),
    /// Leaving became immediate where groups inherit it (R8).
    AutoLeave,
}

/// Whom a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// One user.
    User(crate::UserId),
    /// The members and applicants of a group.
    Group(GroupId),
    /// The users in a state.
    State(StateId),
    /// Every user: a state's definition changed.
    Everyone,
    /// Whoever waits to leave a group that inherits `auto_leave`.
    LeaveApplicants,
}

/// What is left to do after a decision: `settle` each of these people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cascade {
    /// Whom.
    pub who: Who,
    /// What set it off.
    pub trigger: Trigger,
}

/// How a person comes out of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What happened to them, in order.
    pub events: Vec<Event>,
    /// The state they are in now.
    pub state: StateId,
    /// Whether they hold `request_groups` now.
    pub requester: bool,
    /// The groups they are still in.
    pub memberships: Vec<GroupId>,
}

/// What follows from a change for one person.
#[must_use]
pub fn settle(citizen: &CascadeSubject, realm: &InstanceState, trigger: Trigger) -> Settled {
    let mut events = Vec::new();
    let active = citizen.account == AccountStatus::Active;
    let main = citizen.main.as_ref().filter(|_| active);
    // A deleted account stays in the last state it was in: nobody is there to be in another.
    let deleted = citizen.account == AccountStatus::Deleted;
    let state = if deleted { citizen.settled_state } else { state_of(main, &realm.states) };
    if state != citizen.settled_state {
        let what = EventPayload::StateChanged { from: citizen.settled_state, to: state };
        events.push(about(what, None, &citizen.person));
    }
    let requests =
        || citizen.requests.iter().filter_map(|request| Some((request, realm.groups.get(&request.group.id)?)));
    // R8: who waits to leave a group that can now be left at once has left it.
    let leaving: Vec<GroupId> = requests()
        .filter(|(request, group)| leaves_at_once(citizen, request, group, realm, trigger))
        .map(|(_, group)| group.id)
        .collect();
    let mut memberships = citizen.memberships.clone();
    memberships.retain(|id| !leaving.contains(id));
    let mut lost: Vec<(GroupId, Cause)> = Vec::new();
    // Permission may come from a group whose loss cascades: go on until nothing more is lost.
    let requester = loop {
        let requester = holds_request_groups(citizen, realm, state, &memberships);
        let before = lost.len();
        memberships.retain(|id| {
            let cause = realm.groups.get(id).and_then(|group| loss(citizen, group, state, requester, trigger));
            lost.extend(cause.map(|cause| (*id, cause)));
            cause.is_none()
        });
        if lost.len() == before {
            break requester;
        }
    };
    for (id, cause) in &lost {
        events.push(about(EventPayload::Removed, realm.groups.get(id), &citizen.person).because(*cause));
    }
    for (request, group) in requests() {
        let cause = if leaving.contains(&group.id) {
            let left = about(EventPayload::Left, Some(group), &citizen.person);
            events.push(left.because(Cause::AutoLeaveEnabled));
            Some(Cause::AutoLeaveEnabled)
        } else {
            let gone = lost.iter().any(|(id, _)| *id == group.id);
            end_of_request(citizen, request, group, requester, gone, trigger)
        };
        events.extend(cause.map(|cause| {
            about(EventPayload::Closed(request.kind), Some(group), &citizen.person)
                .of_request(request.id)
                .because(cause)
        }));
    }
    Settled { events, state, requester, memberships }
}

fn leaves_at_once(
    citizen: &CascadeSubject,
    request: &Request,
    group: &Group,
    realm: &InstanceState,
    trigger: Trigger,
) -> bool {
    request.kind == RequestKind::Leave
        && citizen.account == AccountStatus::Active
        && trigger != Trigger::GroupDeleted(group.id)
        && !group.flags.has(Flag::Internal)
        && group.auto_leave.is_effective(realm.settings.auto_leave)
}

fn about(what: EventPayload, group: Option<&Group>, person: &Person) -> Event {
    Event::of(what).in_group(group.map(Group::reference)).about(person.clone())
}

fn holds_request_groups(
    citizen: &CascadeSubject,
    realm: &InstanceState,
    state: StateId,
    memberships: &[GroupId],
) -> bool {
    let of_state = realm.states.iter().find(|s| s.id == state).map_or(Permissions::NONE, |s| s.permissions);
    let of_groups = memberships
        .iter()
        .filter_map(|id| realm.groups.get(id))
        .fold(Permissions::NONE, |sum, group| sum.union(group.permissions));
    let all = citizen.own.union(of_state).union(of_groups);
    citizen.account == AccountStatus::Active && (citizen.superuser || all.contains(Permission::RequestGroups))
}

/// Why the person loses this membership, if they do.
fn loss(citizen: &CascadeSubject, group: &Group, state: StateId, requester: bool, trigger: Trigger) -> Option<Cause> {
    if trigger == Trigger::GroupDeleted(group.id) {
        return Some(Cause::GroupDeleted);
    }
    match citizen.account {
        AccountStatus::Inactive => return Some(Cause::AccountDeactivated),
        AccountStatus::Deleted => return Some(Cause::AccountDeleted),
        AccountStatus::Active => {}
    }
    if !group.admits_state(state) {
        return Some(Cause::StateNotAllowed);
    }
    // R7: by losing the permission; or by the group's ceasing to be public. Whom staff added without it stays.
    let bound = citizen.settled_requester || trigger == Trigger::NoLongerPublic(group.id);
    (bound && !requester && !group.flags.has(Flag::Public)).then_some(Cause::PermissionLost)
}

/// Why an open request ends, if the change ends it.
fn end_of_request(
    citizen: &CascadeSubject,
    request: &Request,
    group: &Group,
    requester: bool,
    membership_lost: bool,
    trigger: Trigger,
) -> Option<Cause> {
    if trigger == Trigger::GroupDeleted(group.id) {
        return Some(Cause::GroupDeleted);
    }
    match (citizen.account, request.kind) {
        (AccountStatus::Inactive, _) => Some(Cause::AccountDeactivated),
        (AccountStatus::Deleted, _) => Some(Cause::AccountDeleted),
        (AccountStatus::Active, _) if group.flags.has(Flag::Internal) => Some(Cause::GroupInternal),
        (AccountStatus::Active, RequestKind::Leave) => membership_lost.then_some(Cause::NoLongerMember),
        (AccountStatus::Active, RequestKind::Join) => {
            (!requester && !group.flags.has(Flag::Public)).then_some(Cause::PermissionLost)
        }
    }
}
