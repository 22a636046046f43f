//! Who sees what: every role against every shape of group, compared with the reviewed `sight.txt` (R1, R2).

mod cast;

use cast::{ME, NOW, OTHER, Role, assert_reviewed, table};
use domain::{ActorRef, Event, EventId, Group, GroupRef, Logged, RequestKind, RequestStatus, Seq, Sight, What, sight};

fn word(sight: Sight) -> String {
    match sight {
        Sight::Hidden => ".",
        Sight::Summary => "summary",
        Sight::Full => "full",
    }
    .into()
}

fn of_event(role: &Role, group: &Group, member: bool, what: What, subject: domain::UserId) -> String {
    let Some(account) = &role.account else { return ".".into() };
    let logged = Logged {
        id: EventId(1),
        seq: Seq(1),
        at: NOW,
        actor: None::<ActorRef>,
        event: Event {
            what,
            group: Some(GroupRef { id: group.id, name: group.name.clone() }),
            subject: Some(cast::person(subject)),
            request: None,
            cause: None,
            reason: None,
            comment: None,
            states: Vec::new(),
        },
    };
    let of_group = sight::group(&role.actor(), group.flags, role.standing(member), false);
    word(sight::event(account, &logged, Some(of_group)))
}

#[test]
fn the_sight_matrix_is_as_reviewed() {
    let mut text =
        String::from("# Who sees what. A dot: as if it did not exist. The test `sight` prints and compares it.\n\n");
    text += &table("a group, as a stranger", |role, group| {
        word(sight::group(&role.actor(), group.flags, role.standing(false), false))
    });
    text += &table("a group, by its link", |role, group| {
        word(sight::group(&role.actor(), group.flags, role.standing(false), true))
    });
    text += &table("a group, as a member", |role, group| {
        word(sight::group(&role.actor(), group.flags, role.standing(true), false))
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
        of_event(role, group, false, What::Requested(RequestKind::Join), OTHER)
    });
    text += &table("that another joined, as a member", |role, group| of_event(role, group, true, What::Joined, OTHER));
    text += &table("that oneself was removed", |role, group| of_event(role, group, false, What::Removed, ME));
    text += &table("that the group was made", |role, group| {
        of_event(role, group, false, What::GroupCreated(Box::new(group.clone())), OTHER)
    });
    assert_reviewed("sight.txt", &text);
}

fn seen(seen: bool) -> String {
    if seen { "seen" } else { "." }.into()
}

#[test]
fn a_group_is_listed_unless_it_is_internal_or_hidden_from_the_viewer() {
    for (name, group) in cast::groups() {
        let stranger = domain::Standing::STRANGER;
        let member = domain::Standing { member: true, ..stranger };
        assert_eq!(sight::is_listed(group.flags, stranger), !group.flags.internal && !group.flags.hidden, "{name}");
        assert_eq!(sight::is_listed(group.flags, member), !group.flags.internal, "{name}");
    }
}
