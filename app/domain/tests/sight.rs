//! Who sees what: every role against every shape of group, compared with the reviewed `sight.txt` (R1, R2, R2a).

mod cast;

use cast::{ME, NOW, OTHER, Role, assert_reviewed, table};
use domain::{
    ActorRef, Event, EventId, EventPayload, Flag, FoundBy, Group, GroupRef, RecordedEvent, RequestKind, RequestStatus,
    Seq, Sight,
    sight::{self, Around},
};

fn word(sight: Sight) -> String {
    match sight {
        Sight::Hidden => ".",
        Sight::Summary => "summary",
        Sight::Full => "full",
    }
    .into()
}

fn of_group(role: &Role, group: &Group, member: bool, way: FoundBy) -> Sight {
    sight::group(&role.actor(), group.outline(), role.standing(member), way)
}

fn logged(group: &Group, what: EventPayload, subject: domain::UserId) -> RecordedEvent {
    RecordedEvent {
        id: EventId(1),
        seq: Seq(1),
        at: NOW,
        actor: None::<ActorRef>,
        event: Event::of(what)
            .in_group(GroupRef { id: group.id, name: group.name.clone() })
            .about(cast::person(subject)),
    }
}

fn of_event(role: &Role, group: &Group, member: bool, what: EventPayload, subject: domain::UserId) -> String {
    let Some(account) = &role.account else { return ".".into() };
    let around = Around {
        group: Some(of_group(role, group, member, FoundBy::Use)),
        internal: group.flags.has(Flag::Internal),
        named: None,
    };
    word(sight::event(account, &logged(group, what, subject), around))
}

/// What those who read the log of another group are told of it where that names this one.
fn of_naming(role: &Role, group: &Group) -> String {
    let Some(account) = role.account.as_ref().filter(|account| account.active) else { return ".".into() };
    let around =
        Around { group: Some(Sight::Full), internal: false, named: Some(of_group(role, group, false, FoundBy::Use)) };
    let other = Group { id: domain::GroupId(8), ..group.clone() };
    word(sight::event(account, &logged(&other, EventPayload::LeaderGroupAdded(group.reference()), OTHER), around))
}

fn listed(role: &Role, group: &Group, member: bool, way: FoundBy) -> String {
    let is_listed = |account| sight::is_listed(account, group.outline(), role.standing(member), way);
    seen(role.account.as_ref().is_some_and(is_listed))
}

#[test]
fn the_sight_matrix_is_as_reviewed() {
    let mut text =
        String::from("# Who sees what. A dot: as if it did not exist. The test `sight` prints and compares it.\n\n");
    for (title, member, way) in [
        ("a group, as a stranger", false, FoundBy::Use),
        ("a group, as a stranger, where unavailable groups are shown", false, FoundBy::Setting),
        ("a group, by its link", false, FoundBy::Link),
        ("a group, as a member", true, FoundBy::Use),
    ] {
        text += &table(title, |role, group| word(of_group(role, group, member, way)));
    }
    for (title, member, way) in [
        ("a group in the list, as a stranger", false, FoundBy::Use),
        ("a group in the list, as a stranger, where unavailable groups are shown", false, FoundBy::Setting),
        ("a group in the list, as a member", true, FoundBy::Use),
    ] {
        text += &table(title, |role, group| listed(role, group, member, way));
    }
    text += &table("its join link", |role, group| match of_group(role, group, false, FoundBy::Use) {
        Sight::Hidden => ".".into(),
        Sight::Summary | Sight::Full => {
            let opens = domain::Reach::of(group);
            match sight::may_hand_out_link(&role.actor(), group.flags, role.standing(false), opens) {
                Ok(()) => "seen".into(),
                Err(denial) => format!("-{}", denial.code().split('_').next_back().unwrap_or_default()),
            }
        }
    });
    text += &table("another's request", |role, group| {
        let request = cast::request(OTHER, RequestKind::Join, RequestStatus::Open);
        seen(sight::request(&role.actor(), &request, group.flags, role.standing(false)))
    });
    text += &table("one's own request", |role, group| {
        let request = cast::request(ME, RequestKind::Join, RequestStatus::Open);
        seen(sight::request(&role.actor(), &request, group.flags, role.standing(false)))
    });
    text += &table("that another asked to join", |role, group| {
        of_event(role, group, false, EventPayload::Requested(RequestKind::Join), OTHER)
    });
    text += &table("that another joined, as a member", |role, group| {
        of_event(role, group, true, EventPayload::Joined, OTHER)
    });
    text += &table("that oneself was added", |role, group| of_event(role, group, true, EventPayload::Added, ME));
    text += &table("that oneself was removed", |role, group| of_event(role, group, false, EventPayload::Removed, ME));
    text += &table("that one's own request was closed", |role, group| {
        of_event(role, group, false, EventPayload::Closed(RequestKind::Join), ME)
    });
    text += &table("that oneself was named its leader", |role, group| {
        of_event(role, group, false, EventPayload::LeaderAdded, ME)
    });
    text += &table("that it leads a group whose log one reads", of_naming);
    text += &table("that the group was made", |role, group| {
        of_event(role, group, false, EventPayload::GroupCreated(Box::new(group.clone())), OTHER)
    });
    text += &table("that the group was edited", |role, group| {
        of_event(role, group, false, edited(group, group.flags), OTHER)
    });
    text += &table("that it became internal", |role, group| {
        let flags = group.flags.with(Flag::Internal, true);
        let after = Group { flags, ..group.clone() };
        of_event(role, &after, false, edited(group, flags), OTHER)
    });
    text += &table("that it became hidden", |role, group| {
        let flags = group.flags.with(Flag::Hidden, true);
        let after = Group { flags, ..group.clone() };
        of_event(role, &after, false, edited(group, flags), OTHER)
    });
    assert_reviewed("sight.txt", &text);
}

fn edited(before: &Group, flags: domain::Flags) -> EventPayload {
    let after = Group { name: "Another name".into(), flags, ..before.clone() };
    EventPayload::GroupEdited { before: Box::new(before.clone()), after: Box::new(after) }
}

fn seen(seen: bool) -> String {
    if seen { "seen" } else { "." }.into()
}
