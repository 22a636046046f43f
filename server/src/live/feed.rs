//! From an event to what one viewer is told of it. Pure: what it asks has been loaded before.

use domain::{Actor, Flags, Frame, Logged, Sight, UserId, What, sight};
use store::FeedViewer;

/// What the viewer is told of an event, given the flags of its group (`None`: no group, or one that is gone).
pub(super) fn frame(viewer: &FeedViewer, logged: &Logged, flags: Option<Flags>) -> Option<Frame> {
    let group = logged.event.group.as_ref().map(|group| group.id);
    let standing = group.map(|group| viewer.standing(group)).unwrap_or_default();
    let actor = Actor::User(viewer.account.clone());
    let of_group = flags.map(|flags| sight::group(&actor, flags, standing, false));
    match sight::event(&viewer.account, logged, of_group) {
        Sight::Full => {
            let decides = flags.is_some_and(|flags| sight::decides(&actor, flags, standing));
            Some(Frame::Event { logged: Box::new(logged.clone()), decides })
        }
        Sight::Summary => group.map(|group| Frame::Touched { seq: logged.seq, group }),
        Sight::Hidden => {
            let delta = logged.event.what.member_delta();
            let counts = standing.member && of_group.is_some_and(|sight| sight != Sight::Hidden) && delta != 0;
            group.filter(|_| counts).map(|group| Frame::Counted { seq: logged.seq, group, delta })
        }
    }
}

/// Whether the event may have changed what this viewer is or leads, so that it has to be loaded anew.
pub(super) fn may_change_rights(user: UserId, logged: &Logged) -> bool {
    let about_viewer = logged.event.subject.as_ref().is_some_and(|subject| subject.id == user);
    match logged.event.what {
        // A membership can carry permissions and the lead of other groups.
        What::Approved(_) | What::Joined | What::Left | What::Added | What::Removed | What::AccountCreated(_) => {
            about_viewer
        }
        What::Requested(_) | What::Rejected(_) | What::Withdrawn(_) | What::Closed(_) | What::GroupCreated(_) => false,
    }
}

/// Whether more than the viewer's own memberships is different: then what is on screen may be wrong in any place.
pub(super) fn rights_differ(before: &FeedViewer, after: &FeedViewer) -> bool {
    let rights = |viewer: &FeedViewer| {
        let account = &viewer.account;
        (account.active, account.staff, account.superuser, account.granted, account.state)
    };
    rights(before) != rights(after) || before.leads != after.leads || before.leads_through != after.leads_through
}

/// Whether the event may have put a notification into the viewer's list, or taken one out (product.md §5).
pub(super) fn may_notify(user: UserId, logged: &Logged, decides: bool) -> bool {
    let about_viewer = logged.event.subject.as_ref().is_some_and(|subject| subject.id == user);
    match logged.event.what {
        What::Requested(_) | What::Withdrawn(_) => decides && !about_viewer,
        What::Approved(_) | What::Rejected(_) | What::Closed(_) | What::Added | What::Removed => about_viewer,
        What::Joined | What::Left | What::GroupCreated(_) | What::AccountCreated(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Account, ActorRef, Event, EventId, GroupId, GroupRef, Permission, Permissions, Person, RequestKind, Seq, State,
        Timestamp,
    };
    use std::collections::HashSet;

    const GROUP: GroupId = GroupId(7);
    const ANA: UserId = UserId(1);
    const BO: UserId = UserId(2);
    const OPEN: Flags = Flags { internal: false, hidden: false, open: false, public: true, restricted: false };
    const HIDDEN: Flags = Flags { hidden: true, ..OPEN };

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
        }
    }

    fn leader(id: UserId) -> FeedViewer {
        FeedViewer { leads: HashSet::from([GROUP]), ..viewer(id) }
    }

    fn member(id: UserId) -> FeedViewer {
        FeedViewer { member_of: HashSet::from([GROUP]), ..viewer(id) }
    }

    fn about(subject: UserId, what: What) -> Logged {
        Logged {
            id: EventId(5),
            seq: Seq(5),
            at: Timestamp(0),
            actor: Some(ActorRef { id: BO, username: "user2".into() }),
            event: Event {
                what,
                group: Some(GroupRef { id: GROUP, name: "Pilots".into() }),
                subject: Some(Person { id: subject, username: "somebody".into(), main_character: None }),
                request: None,
                cause: None,
                reason: None,
                comment: None,
            },
        }
    }

    fn decides(frame: Option<Frame>) -> Option<bool> {
        match frame {
            Some(Frame::Event { decides, .. }) => Some(decides),
            Some(_) | None => None,
        }
    }

    #[test]
    fn a_request_is_told_to_its_applicant_and_its_deciders_alone() {
        let asked = about(ANA, What::Requested(RequestKind::Join));
        assert_eq!(decides(frame(&viewer(ANA), &asked, Some(OPEN))), Some(false));
        assert_eq!(decides(frame(&leader(BO), &asked, Some(OPEN))), Some(true));
        assert_eq!(frame(&viewer(BO), &asked, Some(OPEN)), None);
        assert_eq!(frame(&member(BO), &asked, Some(OPEN)), None);
    }

    #[test]
    fn a_leader_of_an_internal_group_is_told_nothing() {
        let asked = about(ANA, What::Requested(RequestKind::Join));
        assert_eq!(frame(&leader(BO), &asked, Some(Flags { internal: true, ..OPEN })), None);
    }

    #[test]
    fn members_see_the_number_of_members_change_but_not_who() {
        let counted = |delta| Some(Frame::Counted { seq: Seq(5), group: GROUP, delta });
        assert_eq!(frame(&member(BO), &about(ANA, What::Joined), Some(HIDDEN)), counted(1));
        assert_eq!(frame(&member(BO), &about(ANA, What::Removed), Some(OPEN)), counted(-1));
        assert_eq!(frame(&viewer(BO), &about(ANA, What::Joined), Some(OPEN)), None, "strangers see no number");
        assert_eq!(frame(&member(BO), &about(ANA, What::Joined), None), None, "the group is gone");
    }

    #[test]
    fn who_is_left_behind_by_their_rights_is_reset() {
        let before = member(ANA);
        assert!(!rights_differ(&before, &viewer(ANA)), "a membership alone changes one row");
        assert!(rights_differ(&before, &leader(ANA)));
        let mut with_permission = member(ANA);
        with_permission.account.granted = Permissions::NONE.with(Permission::RequestGroups);
        assert!(rights_differ(&before, &with_permission));
        assert!(may_change_rights(ANA, &about(ANA, What::Removed)));
        assert!(!may_change_rights(BO, &about(ANA, What::Removed)));
    }

    #[test]
    fn the_applicant_never_hears_of_their_own_request() {
        let asked = about(ANA, What::Requested(RequestKind::Join));
        assert!(may_notify(BO, &asked, true));
        assert!(!may_notify(BO, &asked, false));
        assert!(!may_notify(ANA, &asked, true));
        assert!(may_notify(ANA, &about(ANA, What::Approved(RequestKind::Join)), false));
    }
}
