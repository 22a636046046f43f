//! What a change does to one person, rule by rule (R1, R6, R7, R8, R15).

mod cast;

use cast::{person, request};
use domain::{
    AccountStatus, Affiliation, AutoLeave, CascadeSubject, EventPayload, Flag, Flags, Group, GroupId, GroupRef,
    InstanceState, Permission, Permissions, Request, RequestKind, RequestStatus, Scope, Settings, State, Trigger,
    UserId, settle,
};

const PLAIN: Flags = Flags::NONE;

fn group(id: i64, flags: Flags) -> Group {
    Group { id: GroupId(id), name: format!("Group {id}"), ..cast::group(flags) }
}

fn realm(groups: Vec<Group>) -> InstanceState {
    let state = |id, priority, corporations: Vec<i64>, permissions| State {
        id,
        name: format!("State {id}"),
        priority,
        public: id == State::GUEST,
        permissions,
        scope: Scope { corporations, ..Scope::default() },
    };
    let member = Permissions::NONE.with(Permission::RequestGroups);
    InstanceState {
        states: vec![
            state(State::GUEST, 0, vec![], Permissions::NONE),
            state(State::BLUE, 50, vec![2], Permissions::NONE),
            state(State::MEMBER, 100, vec![1], member),
        ],
        groups: groups.into_iter().map(|group| (group.id, group)).collect(),
        settings: Settings::default(),
    }
}

/// Somebody of corporation `corporation` who was settled as a Member with `request_groups`.
fn citizen(corporation: i64, memberships: &[i64]) -> CascadeSubject {
    CascadeSubject {
        person: person(UserId(1)),
        account: AccountStatus::Active,
        superuser: false,
        own: Permissions::NONE,
        main: Some(Affiliation { character: 9, corporation: Some(corporation), alliance: None, faction: None }),
        settled_state: State::MEMBER,
        settled_requester: true,
        memberships: memberships.iter().copied().map(GroupId).collect(),
        requests: Vec::new(),
    }
}

fn waiting(group: i64, kind: RequestKind) -> Request {
    let request = request(UserId(1), kind, RequestStatus::Open);
    Request { group: GroupRef { id: GroupId(group), name: format!("Group {group}") }, ..request }
}

/// What happened, in short: what, in which group, by which rule.
fn happened(citizen: &CascadeSubject, realm: &InstanceState, trigger: Trigger) -> Vec<String> {
    let name = |what: &EventPayload| match what {
        EventPayload::Removed => "removed".to_owned(),
        EventPayload::Left => "left".to_owned(),
        EventPayload::Closed(kind) => format!("{kind:?} closed").to_lowercase(),
        EventPayload::StateChanged { from, to } => format!("state {from} to {to}"),
        other => format!("{other:?}"),
    };
    settle(citizen, realm, trigger)
        .events
        .iter()
        .map(|event| {
            let group = event.group.as_ref().map_or(String::new(), |group| format!(" {}", group.id));
            let cause = event.cause.map_or(String::new(), |cause| format!(": {}", cause.code()));
            format!("{}{group}{cause}", name(&event.what))
        })
        .collect()
}

#[test]
fn nothing_happens_to_whom_nothing_touches() {
    let realm = realm(vec![group(1, PLAIN)]);
    assert!(happened(&citizen(1, &[1]), &realm, Trigger::Rights).is_empty());
    assert!(happened(&citizen(1, &[1]), &realm, Trigger::AutoLeave).is_empty());
}

#[test]
fn who_falls_out_of_a_state_loses_its_groups_and_what_the_state_gave() {
    let members_only = Group { states: vec![State::MEMBER], ..group(1, PLAIN.with(Flag::Public, true)) };
    let realm = realm(vec![members_only, group(2, PLAIN), group(3, PLAIN.with(Flag::Public, true))]);
    assert_eq!(
        happened(&citizen(2, &[1, 2, 3]), &realm, Trigger::Rights),
        ["state 3 to 2", "removed 1: state_not_allowed", "removed 2: permission_lost"]
    );
}

#[test]
fn the_permission_of_a_group_goes_with_the_group_and_takes_others_along() {
    // The right comes from group 1 alone, which is bound to a state; group 2 gives it too, but is itself not public.
    let giving = |id| Group { permissions: Permissions::NONE.with(Permission::RequestGroups), ..group(id, PLAIN) };
    let bound = Group { states: vec![State::MEMBER], ..giving(1) };
    let realm = realm(vec![bound, group(3, PLAIN), group(4, PLAIN.with(Flag::Public, true))]);
    assert_eq!(
        happened(&citizen(2, &[1, 3, 4]), &realm, Trigger::Rights),
        ["state 3 to 2", "removed 1: state_not_allowed", "removed 3: permission_lost"]
    );
    let again = self::realm(vec![giving(2), group(3, PLAIN)]);
    assert_eq!(happened(&citizen(2, &[2, 3]), &again, Trigger::Rights), ["state 3 to 2"], "group 2 keeps giving it");
}

#[test]
fn who_never_held_the_permission_loses_nothing_by_not_holding_it() {
    let added_by_staff = CascadeSubject { settled_state: State::BLUE, settled_requester: false, ..citizen(2, &[1]) };
    let realm = realm(vec![group(1, PLAIN)]);
    assert!(happened(&added_by_staff, &realm, Trigger::Rights).is_empty());
    assert_eq!(
        happened(&added_by_staff, &realm, Trigger::NoLongerPublic(GroupId(1))),
        ["removed 1: permission_lost"],
        "a group that ceases to be public keeps only those who may be in it"
    );
}

#[test]
fn an_inactive_or_deleted_account_is_in_no_group_and_waits_for_none() {
    let public = PLAIN.with(Flag::Public, true);
    let realm = realm(vec![group(1, PLAIN), group(2, public)]);
    let whole = CascadeSubject { requests: vec![waiting(1, RequestKind::Leave)], ..citizen(1, &[1, 2]) };
    let inactive = CascadeSubject { account: AccountStatus::Inactive, ..whole.clone() };
    assert_eq!(
        happened(&inactive, &realm, Trigger::Rights),
        [
            "state 3 to 1",
            "removed 1: account_deactivated",
            "removed 2: account_deactivated",
            "leave closed 1: account_deactivated"
        ]
    );
    let deleted = CascadeSubject { account: AccountStatus::Deleted, ..whole };
    assert_eq!(
        happened(&deleted, &realm, Trigger::Rights),
        ["removed 1: account_deleted", "removed 2: account_deleted", "leave closed 1: account_deleted"]
    );
}

#[test]
fn a_group_that_turns_internal_closes_its_requests_and_keeps_its_members() {
    let realm = realm(vec![group(1, PLAIN.with(Flag::Internal, true)), group(2, PLAIN)]);
    let leaving = CascadeSubject { requests: vec![waiting(1, RequestKind::Leave)], ..citizen(1, &[1]) };
    assert_eq!(happened(&leaving, &realm, Trigger::Rights), ["leave closed 1: group_internal"]);
    let joining = CascadeSubject { requests: vec![waiting(1, RequestKind::Join)], ..citizen(1, &[]) };
    assert_eq!(happened(&joining, &realm, Trigger::Rights), ["join closed 1: group_internal"]);
}

#[test]
fn a_lost_permission_closes_join_requests_of_non_public_groups() {
    let realm = realm(vec![group(1, PLAIN), group(2, PLAIN.with(Flag::Public, true))]);
    let asking = CascadeSubject {
        requests: vec![waiting(1, RequestKind::Join), waiting(2, RequestKind::Join)],
        ..citizen(2, &[])
    };
    assert_eq!(happened(&asking, &realm, Trigger::Rights), ["state 3 to 2", "join closed 1: permission_lost"]);
}

#[test]
fn a_lost_membership_closes_the_request_to_leave() {
    let realm = realm(vec![Group { states: vec![State::MEMBER], ..group(1, PLAIN) }]);
    let leaving = CascadeSubject { requests: vec![waiting(1, RequestKind::Leave)], ..citizen(2, &[1]) };
    assert_eq!(
        happened(&leaving, &realm, Trigger::Rights),
        ["state 3 to 2", "removed 1: state_not_allowed", "leave closed 1: no_longer_member"]
    );
}

#[test]
fn auto_leave_settles_who_waits_to_leave() {
    let leaving = CascadeSubject { requests: vec![waiting(1, RequestKind::Leave)], ..citizen(1, &[1]) };
    let expected = ["left 1: auto_leave_enabled", "leave closed 1: auto_leave_enabled"];
    let on = realm(vec![Group { auto_leave: AutoLeave::On, ..group(1, PLAIN) }]);
    assert_eq!(happened(&leaving, &on, Trigger::Rights), expected);
    let inherited = InstanceState {
        settings: Settings { auto_leave: true, ..Settings::default() },
        ..realm(vec![group(1, PLAIN)])
    };
    assert_eq!(happened(&leaving, &inherited, Trigger::AutoLeave), expected);
    let off = InstanceState {
        settings: Settings { auto_leave: true, ..Settings::default() },
        ..realm(vec![Group { auto_leave: AutoLeave::Off, ..group(1, PLAIN) }])
    };
    assert!(happened(&leaving, &off, Trigger::AutoLeave).is_empty());
}

#[test]
fn who_leaves_by_auto_leave_loses_what_the_group_gave() {
    let giving = Group {
        permissions: Permissions::NONE.with(Permission::RequestGroups),
        auto_leave: AutoLeave::On,
        ..group(1, PLAIN)
    };
    let leaving = CascadeSubject {
        requests: vec![waiting(1, RequestKind::Leave)],
        settled_state: State::BLUE,
        ..citizen(2, &[1, 2])
    };
    assert_eq!(
        happened(&leaving, &realm(vec![giving, group(2, PLAIN)]), Trigger::Rights),
        ["removed 2: permission_lost", "left 1: auto_leave_enabled", "leave closed 1: auto_leave_enabled"]
    );
}

#[test]
fn a_deleted_group_is_lost_and_waited_for_by_nobody() {
    let realm = realm(vec![group(1, PLAIN), group(2, PLAIN)]);
    let member = CascadeSubject { requests: vec![waiting(1, RequestKind::Leave)], ..citizen(1, &[1, 2]) };
    assert_eq!(
        happened(&member, &realm, Trigger::GroupDeleted(GroupId(1))),
        ["removed 1: group_deleted", "leave closed 1: group_deleted"]
    );
}
