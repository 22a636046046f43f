//! From an event to what one viewer is told of it. Pure: what it asks has been loaded before.
//!
//! Long by its tests, which show for every kind of viewer what they are told and what not.

use super::{frame_kind::FrameKind, hub::Groups};
use domain::{
    Actor, EventPayload, EventScope, Flag, GroupRef, Outline, RecordedEvent, RequestStatus, Sight, Standing, UserId,
    authority,
    sight::{self, Around},
};
use store::{FeedGroup, FeedViewer};

/// Who watches, in the form in which rights are asked.
pub(super) struct Viewer {
    actor: Actor,
    known: FeedViewer,
}

impl From<FeedViewer> for Viewer {
    fn from(known: FeedViewer) -> Self {
        Self { actor: Actor::User(known.account.clone()), known }
    }
}

impl Viewer {
    /// Whether the event may have changed what this viewer is, may do or leads, so that it has to be loaded anew.
    pub(super) fn may_change_by(&self, logged: &RecordedEvent) -> bool {
        may_change_rights(&self.known, logged)
    }

    /// Whether more than the memberships is different: then what is on screen may be wrong in any place.
    pub(super) fn differs_from(&self, before: &Self) -> bool {
        rights_differ(&before.known, &self.known)
    }

    fn standing(&self, group: Option<&GroupRef>) -> Standing {
        group.map(|group| self.known.standing(group.id)).unwrap_or_default()
    }

    /// How much they see of a group, standing to it like this.
    fn sees(&self, group: Outline<'_>, standing: Standing) -> Sight {
        sight::group(&self.actor, group, standing, self.known.way)
    }

    /// How much they saw of the event's group until the event changed that; `None` where it did not.
    fn saw(&self, logged: &RecordedEvent) -> Option<Sight> {
        let standing = self.standing(logged.event.group.as_ref());
        seen_before(&logged.event.what).map(|group| self.sees(group, standing))
    }

    /// How they stand to the event's groups.
    fn around(&self, logged: &RecordedEvent, groups: &Groups) -> Around {
        let standing = self.standing(logged.event.group.as_ref());
        let about = groups.about.as_deref();
        let named = logged.event.what.leader_group().map(|named| {
            let seen = |group: &FeedGroup| self.sees(group.outline(), self.standing(Some(named)));
            groups.named.as_deref().map_or(Sight::Hidden, seen)
        });
        Around {
            group: about.filter(|group| group.lives).map(|group| self.sees(group.outline(), standing)),
            internal: about.is_some_and(|group| group.flags.has(Flag::Internal)),
            named,
        }
    }
}

/// What the viewer is told of an event.
pub(super) fn telling(viewer: &Viewer, logged: &RecordedEvent, groups: &Groups) -> Option<FrameKind> {
    let (actor, standing) = (&viewer.actor, viewer.standing(logged.event.group.as_ref()));
    let around = viewer.around(logged, groups);
    let before = viewer.saw(logged);
    let is_full = |sight| sight == Some(Sight::Full);
    let sees_another_depth = before.is_some() && is_full(before) != is_full(around.group);
    // Deleted before this process heard of it: who saw it cannot be told any more.
    let was_anybodys = around.group.is_none() && matches!(logged.event.what, EventPayload::GroupDeleted);
    if sees_another_depth || was_anybodys || changes_every_page(&logged.event.what) {
        return Some(FrameKind::Reset);
    }
    // Whoever saw the group until now is told too, or it would stay on their screen.
    match sight::event(&viewer.known.account, logged, Around { group: around.group.max(before), ..around }) {
        Sight::Full => {
            let lives = groups.about.as_deref().filter(|group| group.lives);
            let decides = lives.is_some_and(|group| authority::decides(actor, group.flags, standing));
            Some(if decides { FrameKind::ToDecider } else { FrameKind::InFull })
        }
        Sight::Summary => Some(FrameKind::Touched),
        Sight::Hidden => {
            let changes = logged.event.what.member_delta() != 0;
            let counts = standing.member && around.group.is_some_and(|sight| sight != Sight::Hidden) && changes;
            if counts { Some(FrameKind::Counted) } else { admin_change(&viewer.known, logged) }
        }
    }
}

/// What staff are told who look after what changed and do not read the log.
fn admin_change(viewer: &FeedViewer, logged: &RecordedEvent) -> Option<FrameKind> {
    let is_own = logged.actor.as_ref().is_some_and(|actor| actor.id == viewer.account.person.id);
    let telling = if is_own { FrameKind::OwnAdminChanged } else { FrameKind::AdminChanged };
    sight::sees_in_admin(&viewer.account, &logged.event.what).then_some(telling)
}

/// Whether the viewer sees the event in full: a program is told of it then, and of nothing else. What a group became is
/// not theirs who saw it until then.
pub(super) fn sees_in_full(viewer: &Viewer, logged: &RecordedEvent, groups: &Groups) -> bool {
    let around = viewer.around(logged, groups);
    sight::event(&viewer.known.account, logged, around) == Sight::Full
}

/// The group as it was seen until the event.
fn seen_before(what: &EventPayload) -> Option<Outline<'_>> {
    if let EventPayload::GroupEdited { before, .. } = what { Some(before.outline()) } else { None }
}

/// Whether the event changes what stands on the pages of people it does not name: the way out of a group (R8), the
/// states it asks for (R6).
fn changes_every_page(what: &EventPayload) -> bool {
    match what {
        EventPayload::SettingsChanged { before, after } => before.auto_leave != after.auto_leave,
        EventPayload::StateEdited { before, after } => before.name != after.name,
        EventPayload::StateDeleted(_) => true,
        _ => false,
    }
}

/// Whether the event may have changed what this viewer is, may do or leads, so that it has to be loaded anew.
fn may_change_rights(viewer: &FeedViewer, logged: &RecordedEvent) -> bool {
    let event = &logged.event;
    let about_viewer = event.subject.as_ref().is_some_and(|subject| subject.id == viewer.account.person.id);
    match event.what.touches() {
        // A membership can carry permissions and the lead of other groups.
        EventScope::Request(_, RequestStatus::Approved) | EventScope::Membership | EventScope::Account => about_viewer,
        // Of a state or of a group, which name no user: anybody's.
        EventScope::Rights => about_viewer || event.subject.is_none(),
        EventScope::Group => match &event.what {
            EventPayload::LeaderGroupAdded(leading) | EventPayload::LeaderGroupRemoved(leading) => {
                viewer.member_of.contains(&leading.id)
            }
            EventPayload::GroupDeleted => event.group.as_ref().is_some_and(|group| viewer.standing(group.id).leads()),
            _ => about_viewer,
        },
        EventScope::Instance => match &event.what {
            EventPayload::SettingsChanged { before, after } => before.way() != after.way(),
            _ => false,
        },
        EventScope::Request(..) | EventScope::GroupInside => false,
    }
}

/// Whether more than the viewer's own memberships is different: then what is on screen may be wrong in any place.
fn rights_differ(before: &FeedViewer, after: &FeedViewer) -> bool {
    (&before.account, &before.leads, &before.leads_through, before.way)
        != (&after.account, &after.leads, &after.leads_through, after.way)
}

/// Whether the event may stand in the viewer's notifications: nobody else is named by `domain::notice::notices`, or was
/// told before that the request waits.
pub(super) fn may_notify(user: UserId, logged: &RecordedEvent, decides: bool) -> bool {
    let about_viewer = logged.event.subject.as_ref().is_some_and(|subject| subject.id == user);
    if matches!(logged.event.what, EventPayload::SignInsFailed(_)) {
        return about_viewer;
    }
    match logged.event.what.touches() {
        EventScope::Request(_, RequestStatus::Open | RequestStatus::Withdrawn) => decides && !about_viewer,
        EventScope::Request(..) => about_viewer || decides,
        EventScope::Membership => about_viewer && logged.event.cause.is_some(),
        EventScope::Group
        | EventScope::GroupInside
        | EventScope::Rights
        | EventScope::Account
        | EventScope::Instance => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Account, ActorRef, AutoLeave, Cause, Event, EventId, Flags, FoundBy, Frame, Group, GroupId, GroupRef, Holder,
        Permission, Permissions, Person, RequestKind, Seq, Settings, State, Timestamp,
    };
    use std::{collections::HashSet, sync::Arc};

    const GROUP: GroupId = GroupId(7);
    const ANA: UserId = UserId(1);
    const BO: UserId = UserId(2);
    const OPEN: Flags = Flags::NONE.with(Flag::Public, true);
    const HIDDEN: Flags = OPEN.with(Flag::Hidden, true);

    fn viewer(id: UserId) -> FeedViewer {
        let person = Person { id, username: format!("user{id}"), main_character: None };
        FeedViewer {
            account: Account {
                person,
                active: true,
                staff: false,
                superuser: false,
                granted: Permissions::NONE,
                state: State::MEMBER,
            },
            leads: HashSet::new(),
            leads_through: HashSet::new(),
            member_of: HashSet::new(),
            way: FoundBy::Use,
        }
    }

    fn leader(id: UserId) -> FeedViewer {
        FeedViewer { leads: HashSet::from([GROUP]), ..viewer(id) }
    }

    fn member(id: UserId) -> FeedViewer {
        FeedViewer { member_of: HashSet::from([GROUP]), ..viewer(id) }
    }

    fn about(subject: UserId, what: EventPayload) -> RecordedEvent {
        RecordedEvent {
            id: EventId(5),
            seq: Seq(5),
            at: Timestamp(0),
            actor: Some(ActorRef { id: BO, username: "user2".into() }),
            event: Event::of(what).in_group(GroupRef { id: GROUP, name: "Pilots".into() }).about(Person {
                id: subject,
                username: "somebody".into(),
                main_character: None,
            }),
        }
    }

    fn about_nobody(what: EventPayload) -> RecordedEvent {
        let mut logged = about(ANA, what);
        logged.event.subject = None;
        logged
    }

    fn edited(before: Flags, after: Flags) -> RecordedEvent {
        let group = |flags| {
            Box::new(Group {
                id: GROUP,
                name: "Pilots".into(),
                description: String::new(),
                flags,
                auto_leave: AutoLeave::Inherit,
                states: Vec::new(),
                permissions: Permissions::NONE,
            })
        };
        about_nobody(EventPayload::GroupEdited { before: group(before), after: group(after) })
    }

    fn feed_group(flags: Flags) -> Arc<FeedGroup> {
        Arc::new(FeedGroup { flags, states: Vec::new(), lives: true })
    }

    /// What is told of an event, its group being set like this; `None`: nobody knows any more how it was.
    fn frame(viewer: &FeedViewer, logged: &RecordedEvent, flags: Option<Flags>) -> Option<Frame> {
        let groups = Groups { about: flags.map(feed_group), named: None };
        telling(&viewer.clone().into(), logged, &groups)?.frame(logged)
    }

    fn decides(frame: Option<Frame>) -> Option<bool> {
        match frame {
            Some(Frame::Event { decides, .. }) => Some(decides),
            Some(_) | None => None,
        }
    }

    #[test]
    fn a_request_is_told_to_its_applicant_and_its_deciders_alone() {
        let asked = about(ANA, EventPayload::Requested(RequestKind::Join));
        assert_eq!(decides(frame(&viewer(ANA), &asked, Some(OPEN))), Some(false));
        assert_eq!(decides(frame(&leader(BO), &asked, Some(OPEN))), Some(true));
        assert_eq!(frame(&viewer(BO), &asked, Some(OPEN)), None);
        assert_eq!(frame(&member(BO), &asked, Some(OPEN)), None);
    }

    #[test]
    fn a_leader_of_an_internal_group_is_told_nothing() {
        let asked = about(ANA, EventPayload::Requested(RequestKind::Join));
        assert_eq!(frame(&leader(BO), &asked, Some(OPEN.with(Flag::Internal, true))), None);
    }

    #[test]
    fn members_see_the_number_of_members_change_but_not_who() {
        let counted = |delta| Some(Frame::Counted { seq: Seq(5), group: GROUP, delta });
        assert_eq!(frame(&member(BO), &about(ANA, EventPayload::Joined), Some(HIDDEN)), counted(1));
        assert_eq!(frame(&member(BO), &about(ANA, EventPayload::Removed), Some(OPEN)), counted(-1));
        assert_eq!(frame(&viewer(BO), &about(ANA, EventPayload::Joined), Some(OPEN)), None, "strangers see no number");
        assert_eq!(frame(&member(BO), &about(ANA, EventPayload::Joined), None), None, "the group is gone");
    }

    #[test]
    fn who_is_left_behind_by_their_rights_is_reset() {
        let before = member(ANA);
        assert!(!rights_differ(&before, &viewer(ANA)), "a membership alone changes one row");
        assert!(rights_differ(&before, &leader(ANA)));
        let mut with_permission = member(ANA);
        with_permission.account.granted = Permissions::NONE.with(Permission::RequestGroups);
        assert!(rights_differ(&before, &with_permission));
        assert!(may_change_rights(&before, &about(ANA, EventPayload::Removed)));
        assert!(!may_change_rights(&member(BO), &about(ANA, EventPayload::Removed)));
    }

    #[test]
    fn rights_are_asked_anew_after_whatever_may_have_given_or_taken_them() {
        let asked = |viewer: &FeedViewer, what| may_change_rights(viewer, &about_nobody(what));
        let given = |holder| EventPayload::PermissionGiven(holder, Permission::RequestGroups);
        assert!(asked(&viewer(BO), given(Holder::State(State::MEMBER))));
        assert!(asked(&viewer(BO), given(Holder::Group(GROUP))));
        assert!(may_change_rights(&viewer(ANA), &about(ANA, given(Holder::User(ANA)))));
        assert!(!may_change_rights(&viewer(BO), &about(ANA, given(Holder::User(ANA)))));
        assert!(may_change_rights(&viewer(ANA), &about(ANA, EventPayload::LeaderAdded)));
        assert!(!may_change_rights(&viewer(BO), &about(ANA, EventPayload::LeaderAdded)));
        let leading = EventPayload::LeaderGroupRemoved(GroupRef { id: GROUP, name: "Pilots".into() });
        assert!(asked(&member(BO), leading.clone()));
        assert!(!asked(&viewer(BO), leading));
        assert!(asked(&leader(BO), EventPayload::GroupDeleted));
        assert!(!asked(&member(BO), EventPayload::GroupDeleted), "their own removal follows");
    }

    #[test]
    fn a_group_that_goes_out_of_sight_is_told_to_those_who_saw_it() {
        let internal = OPEN.with(Flag::Internal, true);
        let told = |viewer: &FeedViewer, before, after| frame(viewer, &edited(before, after), Some(after));
        let touched = Some(Frame::Touched { seq: Seq(5), group: GROUP });
        let reset = Some(Frame::Reset { seq: Seq(5) });
        assert_eq!(told(&viewer(BO), OPEN, HIDDEN), touched);
        assert_eq!(told(&viewer(BO), HIDDEN, OPEN), touched);
        assert_eq!(told(&viewer(BO), HIDDEN, internal), None);
        assert_eq!(told(&member(BO), HIDDEN, internal), touched);
        assert_eq!(told(&leader(BO), OPEN, internal), reset, "the queue and the log are theirs no more");
        assert_eq!(told(&leader(BO), internal, OPEN), reset);
        assert_eq!(decides(told(&leader(BO), OPEN, HIDDEN)), Some(true));
        let program = |before, after| {
            let groups = Groups { about: Some(feed_group(after)), named: None };
            sees_in_full(&leader(BO).into(), &edited(before, after), &groups)
        };
        assert!(program(OPEN, HIDDEN) && program(internal, OPEN));
        assert!(!program(OPEN, internal), "what it is called now is not theirs to know");
    }

    #[test]
    fn a_deletion_is_told_to_those_who_saw_the_group() {
        let deleted = about_nobody(EventPayload::GroupDeleted);
        assert_eq!(frame(&viewer(BO), &deleted, Some(OPEN)), Some(Frame::Touched { seq: Seq(5), group: GROUP }));
        assert_eq!(frame(&viewer(BO), &deleted, Some(HIDDEN)), None);
        assert_eq!(frame(&viewer(BO), &deleted, None), Some(Frame::Reset { seq: Seq(5) }), "it may be any group");
    }

    #[test]
    fn what_members_get_is_told_to_those_who_see_the_group() {
        let given = about_nobody(EventPayload::PermissionGiven(Holder::Group(GROUP), Permission::RequestGroups));
        assert_eq!(frame(&viewer(BO), &given, Some(OPEN)), Some(Frame::Touched { seq: Seq(5), group: GROUP }));
        assert_eq!(frame(&viewer(BO), &given, Some(HIDDEN)), None);
    }

    #[test]
    fn staff_hear_that_what_they_look_after_changed_without_reading_the_log() {
        let officer = |id, permission| {
            let seen = viewer(id);
            let granted = Permissions::NONE.with(permission);
            FeedViewer { account: Account { staff: true, granted, ..seen.account }, ..seen }
        };
        let alone = |what| {
            let mut logged = about(ANA, what);
            logged.event.group = None;
            logged
        };
        let set = alone(EventPayload::PasswordSet);
        let told = |permission, logged: &RecordedEvent| frame(&officer(UserId(9), permission), logged, None);
        let admin_change = |user| Some(Frame::AdminChanged { seq: Seq(5), user, own: false });
        assert_eq!(told(Permission::ManageUsers, &set), admin_change(Some(ANA)));
        assert_eq!(told(Permission::ManageStates, &set), None);
        assert_eq!(frame(&viewer(BO), &set, None), None);
        let own = frame(&officer(BO, Permission::ManageUsers), &set, None);
        assert_eq!(own, Some(Frame::AdminChanged { seq: Seq(5), user: Some(ANA), own: true }));
        let moved = alone(EventPayload::StateChanged { from: State::GUEST, to: State::MEMBER });
        assert_eq!(told(Permission::ManageStates, &moved), admin_change(Some(ANA)));
        let reserved = RecordedEvent { event: Event::of(EventPayload::NameReserved("x".into())), ..set };
        assert_eq!(told(Permission::ManageReservedNames, &reserved), admin_change(None));
        assert_eq!(told(Permission::ManageUsers, &reserved), None);
        assert!(matches!(told(Permission::ViewAudit, &moved), Some(Frame::Event { .. })));
    }

    #[test]
    fn a_setting_that_changes_everybodys_buttons_resets_every_page() {
        let before = Settings::default();
        let told = |after| frame(&viewer(BO), &about_nobody(EventPayload::SettingsChanged { before, after }), None);
        assert_eq!(told(Settings { auto_leave: true, ..before }), Some(Frame::Reset { seq: Seq(5) }));
        assert_eq!(told(Settings { requests_notification: true, ..before }), None);
    }

    #[test]
    fn a_group_that_comes_into_reach_or_goes_out_of_it_is_told_to_whom_that_concerns() {
        let private = OPEN.with(Flag::Public, false);
        let touched = Some(Frame::Touched { seq: Seq(5), group: GROUP });
        let told = |viewer: &FeedViewer, before, after| frame(viewer, &edited(before, after), Some(after));
        assert_eq!(told(&viewer(BO), private, OPEN), touched, "they may ask for it from now on");
        assert_eq!(told(&viewer(BO), OPEN, private), touched, "and no more");
        assert_eq!(told(&viewer(BO), private, private.with(Flag::Open, true)), None, "it is out of their reach");
        let everything = FeedViewer { way: FoundBy::Setting, ..viewer(BO) };
        assert_eq!(told(&everything, private, private.with(Flag::Open, true)), touched);
        let deleted = about_nobody(EventPayload::GroupDeleted);
        assert_eq!(frame(&viewer(BO), &deleted, Some(private)), None);
        // The states decide, too.
        let bound =
            |states| Groups { about: Some(Arc::new(FeedGroup { flags: OPEN, states, lives: true })), named: None };
        let made = about_nobody(EventPayload::LeaderAdded);
        let telling_of = |states| telling(&viewer(BO).into(), &made, &bound(states));
        assert_eq!(telling_of(vec![State::MEMBER]), Some(FrameKind::Touched));
        assert_eq!(telling_of(vec![State::BLUE]), None);
    }

    #[test]
    fn showing_unavailable_groups_or_not_resets_every_page() {
        let before = Settings::default();
        let after = Settings { show_unavailable_groups: true, ..before };
        let changed = about_nobody(EventPayload::SettingsChanged { before, after });
        assert!(may_change_rights(&viewer(BO), &changed));
        assert!(rights_differ(&viewer(BO), &FeedViewer { way: after.way(), ..viewer(BO) }));
    }

    #[test]
    fn nobody_hears_what_is_done_to_them_in_an_internal_group() {
        let internal = OPEN.with(Flag::Internal, true);
        for what in [EventPayload::Added, EventPayload::Removed, EventPayload::LeaderAdded] {
            let logged = about(ANA, what);
            assert_eq!(frame(&viewer(ANA), &logged, Some(internal)), None, "{logged:?}");
            let groups = |lives| Groups {
                about: Some(Arc::new(FeedGroup { flags: internal, states: Vec::new(), lives })),
                named: None,
            };
            for lives in [true, false] {
                assert!(!sees_in_full(&viewer(ANA).into(), &logged, &groups(lives)), "{logged:?}");
            }
        }
        let closed = about(ANA, EventPayload::Closed(RequestKind::Join));
        assert!(frame(&viewer(ANA), &closed, Some(internal)).is_some(), "their request was made before");
    }

    #[test]
    fn a_leader_hears_of_no_leader_group_that_they_do_not_know() {
        let leading = GroupRef { id: GroupId(8), name: "Directorate".into() };
        let logged = about_nobody(EventPayload::LeaderGroupAdded(leading));
        let told = |viewer: &FeedViewer, flags| {
            let groups = Groups { about: Some(feed_group(OPEN)), named: Some(feed_group(flags)) };
            (telling(&viewer.clone().into(), &logged, &groups), sees_in_full(&viewer.clone().into(), &logged, &groups))
        };
        assert_eq!(told(&leader(BO), OPEN), (Some(FrameKind::ToDecider), true));
        for flags in [HIDDEN, OPEN.with(Flag::Internal, true), OPEN.with(Flag::Public, false)] {
            assert_eq!(told(&leader(BO), flags), (None, false), "{flags:?}");
        }
        let inside = FeedViewer { member_of: HashSet::from([GroupId(8)]), ..leader(BO) };
        assert_eq!(told(&inside, HIDDEN), (Some(FrameKind::ToDecider), true));
    }

    #[test]
    fn a_lost_membership_is_notified_and_one_given_up_is_not() {
        let lost = |what, cause| {
            let mut logged = about(ANA, what);
            logged.event.cause = cause;
            logged
        };
        assert!(may_notify(ANA, &lost(EventPayload::Removed, Some(Cause::PermissionLost)), false));
        assert!(may_notify(ANA, &lost(EventPayload::Left, Some(Cause::AutoLeaveEnabled)), false));
        assert!(!may_notify(ANA, &lost(EventPayload::Left, None), false));
        assert!(!may_notify(BO, &lost(EventPayload::Removed, Some(Cause::PermissionLost)), true));
    }

    #[test]
    fn the_applicant_never_hears_of_their_own_request() {
        let asked = about(ANA, EventPayload::Requested(RequestKind::Join));
        assert!(may_notify(BO, &asked, true));
        assert!(!may_notify(BO, &asked, false));
        assert!(!may_notify(ANA, &asked, true));
        assert!(may_notify(ANA, &about(ANA, EventPayload::Approved(RequestKind::Join)), false));
    }
}
