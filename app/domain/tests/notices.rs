//! Who is told of what: a table of recipients (product.md §5).

use domain::{
    Cause, Event, EventPayload, GroupId, GroupRef, Person, RequestId, RequestKind, RequestStatus, Settings, UserId,
    notice::{Decider, Matter, Notice, Subject, notices},
};

fn event(what: EventPayload, cause: Option<Cause>) -> Event {
    Event::of(what)
        .in_group(GroupRef { id: GroupId(1), name: "Pilots".into() })
        .about(Person { id: UserId(1), username: "ana".into(), main_character: None })
        .of_request(RequestId(1))
        .because(cause)
}

fn leader(id: i64) -> Decider {
    Decider { id: UserId(id), active: true, leads: true }
}

fn manager(id: i64) -> Decider {
    Decider { leads: false, ..leader(id) }
}

fn told(what: EventPayload, cause: Option<Cause>, deciders: &[Decider], on: bool) -> Vec<i64> {
    let settings = Settings { requests_notification: on, ..Settings::default() };
    notices(&event(what, cause), Some(UserId(2)), deciders, &settings).iter().map(|notice| notice.to.0).collect()
}

#[test]
fn a_new_request_is_told_to_those_who_can_decide_it() {
    let asleep = Decider { active: false, ..leader(4) };
    let requested = || EventPayload::Requested(RequestKind::Join);
    for (case, deciders, expected) in [
        ("named leaders and members of leader groups", vec![leader(2), leader(3)], vec![2, 3]),
        ("no manager where there is a leader", vec![leader(2), manager(5)], vec![2]),
        ("no inactive leader", vec![leader(2), asleep], vec![2]),
        ("managers where there is no leader", vec![manager(5), manager(6)], vec![5, 6]),
        ("managers where all leaders are inactive", vec![asleep, manager(5)], vec![5]),
        ("never the applicant, who leads", vec![leader(1), leader(2)], vec![2]),
        ("managers where only the applicant leads", vec![leader(1), manager(5)], vec![5]),
        ("never the applicant, who manages", vec![manager(1), manager(5)], vec![5]),
        ("nobody at all", vec![], vec![]),
    ] {
        assert_eq!(told(requested(), None, &deciders, true), expected, "{case}");
        let withdrawn = told(EventPayload::Withdrawn(RequestKind::Join), None, &deciders, true);
        assert_eq!(withdrawn, Vec::<i64>::new(), "{case}: it is written in the place of what was told before");
        assert_eq!(told(requested(), None, &deciders, false), Vec::<i64>::new(), "{case}, setting off");
    }
}

#[test]
fn the_applicant_is_told_of_the_decision_and_the_member_of_the_loss() {
    let deciders = [leader(2), manager(5)];
    for (what, cause, expected) in [
        (EventPayload::Approved(RequestKind::Join), None, vec![1]),
        (EventPayload::Rejected(RequestKind::Leave), None, vec![1]),
        (EventPayload::Closed(RequestKind::Join), Some(Cause::GroupInternal), vec![1]),
        (EventPayload::Closed(RequestKind::Join), Some(Cause::PermissionLost), vec![1]),
        (EventPayload::Closed(RequestKind::Join), Some(Cause::Joined), vec![1]),
        (EventPayload::Closed(RequestKind::Leave), Some(Cause::NoLongerMember), vec![]),
        (EventPayload::Removed, Some(Cause::RemovedByManager), vec![1]),
        (EventPayload::Removed, Some(Cause::StateNotAllowed), vec![1]),
        (EventPayload::Removed, Some(Cause::AccountDeleted), vec![]),
        (EventPayload::Left, Some(Cause::AutoLeaveEnabled), vec![1]),
        (EventPayload::Left, None, vec![]),
        (EventPayload::Joined, None, vec![]),
        (EventPayload::PasswordSet, None, vec![]),
    ] {
        let case = format!("{what:?} {cause:?}");
        assert_eq!(told(what.clone(), cause, &deciders, true), expected, "{case}");
        assert_eq!(told(what, cause, &deciders, false), expected, "{case}: the setting is about requests alone");
    }
}

#[test]
fn a_notice_says_what_became_of_the_request() {
    let told =
        notices(&event(EventPayload::Rejected(RequestKind::Join), None), Some(UserId(2)), &[], &Settings::default());
    let subject = Subject::RequestSettled(RequestKind::Join, RequestStatus::Rejected);
    assert_eq!(told, vec![Notice { to: UserId(1), subject }]);
}

#[test]
fn whoever_is_added_while_they_ask_is_told_and_whoever_joins_knows() {
    let closed = event(EventPayload::Closed(RequestKind::Join), Some(Cause::Joined));
    let told = |by: i64| notices(&closed, Some(UserId(by)), &[], &Settings::default());
    assert_eq!(told(2), vec![Notice { to: UserId(1), subject: Subject::Admitted }]);
    assert_eq!(told(1), vec![]);
}

#[test]
fn one_notice_means_different_things_to_its_readers() {
    let (ana, lea) = (UserId(1), UserId(2));
    let join = RequestKind::Join;
    for (what, cause, own, others) in [
        (EventPayload::Requested(join), None, Subject::RequestWaits(join), Subject::RequestWaits(join)),
        (
            EventPayload::Approved(join),
            None,
            Subject::RequestSettled(join, RequestStatus::Approved),
            Subject::RequestEnded(join, RequestStatus::Approved),
        ),
        (
            EventPayload::Closed(join),
            Some(Cause::Joined),
            Subject::Admitted,
            Subject::RequestEnded(join, RequestStatus::Closed),
        ),
    ] {
        let event = event(what, cause);
        assert_eq!((Subject::of(&event, ana), Subject::of(&event, lea)), (Some(own), Some(others)), "{event:?}");
    }
}

#[test]
fn what_is_told_belongs_to_a_matter() {
    let kind = RequestKind::Leave;
    let requests = [
        EventPayload::Requested(kind),
        EventPayload::Approved(kind),
        EventPayload::Rejected(kind),
        EventPayload::Withdrawn(kind),
        EventPayload::Closed(kind),
    ];
    for what in requests {
        assert_eq!(Matter::of(&what), Some(Matter::Request(kind)), "{what:?}");
    }
    assert_eq!(Matter::of(&EventPayload::Removed), Some(Matter::Membership));
    assert_eq!(Matter::of(&EventPayload::GroupDeleted), None);
}
