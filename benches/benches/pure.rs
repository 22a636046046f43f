//! What the rules alone cost, without database and pages: `cargo bench --manifest-path benches/Cargo.toml`.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use domain::{Flag, 
    Account, Actor, ActorRef, AutoLeave, Command, Event, EventId, Facts, Flags, Frame, Group, GroupId, GroupRow,
    Listing, RecordedEvent, MyStatus, Permission, Permissions, Person, Reach, Request, RequestId, RequestKind, RequestStatus,
    Seq, Standing, State, Subject, Timestamp, UserId, Way, EventPayload, decide, fold, offers,
    sight::{self, Around},
};
use std::hint::black_box;

const NOW: Timestamp = Timestamp(1_700_000_000_000_000);
const LEADER: UserId = UserId(1);
const APPLICANT: UserId = UserId(2);
/// Rows of a page.
const ROWS: i64 = 50;

fn person(id: UserId) -> Person {
    Person { id, username: format!("user{id}"), main_character: None }
}

fn account(id: UserId) -> Account {
    Account {
        person: person(id),
        active: true,
        staff: false,
        superuser: false,
        granted: Permissions::NONE.with(Permission::RequestGroups),
        state: State::MEMBER,
    }
}

fn group() -> Group {
    Group {
        id: GroupId(1),
        name: "Group 1".to_owned(),
        description: "What it is for".to_owned(),
        flags: Flags::default().with(Flag::Internal, false).with(Flag::Hidden, false).with(Flag::Public, true),
        auto_leave: AutoLeave::default(),
        states: Vec::new(),
        permissions: Permissions::NONE,
    }
}

/// A leader who approves a request: the command of every day.
fn approval() -> (Actor, Command, Facts) {
    let request = Request {
        id: RequestId(1),
        group: group().reference(),
        applicant: person(APPLICANT),
        kind: RequestKind::Join,
        status: RequestStatus::Open,
        reason: Some("I fly".to_owned()),
        created_at: NOW,
        settlement: None,
    };
    let subject = Subject {
        account: account(APPLICANT),
        own: Permissions::NONE,
        member: false,
        leader: false,
        open_request: Some(request.clone()),
        reach: Reach::default(),
        email: None,
    };
    let facts = Facts {
        group: Some(group()),
        standing: Standing { leader: true, ..Standing::default() },
        subject: Some(subject),
        request: Some(request),
        ..Facts::default()
    };
    (Actor::User(account(LEADER)), Command::Approve { request: RequestId(1), comment: None }, facts)
}

/// What that approval puts into the feed.
fn logged() -> RecordedEvent {
    let event = Event::of(EventPayload::Approved(RequestKind::Join)).in_group(group().reference()).about(person(APPLICANT)).of_request(RequestId(1));
    let actor = Some(ActorRef { id: LEADER, username: "user1".to_owned() });
    RecordedEvent { id: EventId(1), seq: Seq(1), at: NOW, actor, event }
}

/// A page of groups.
fn page() -> Listing<GroupRow> {
    let row = |id| GroupRow {
        id: GroupId(id),
        order: None,
        name: format!("Group {id}"),
        description: "What it is for".to_owned(),
        flags: Flags::default().with(Flag::Internal, false).with(Flag::Hidden, false).with(Flag::Public, true),
        auto_leave: AutoLeave::default(),
        states: Vec::new(),
        permissions: None,
        leaders: vec![person(LEADER)],
        leader_groups: Vec::new(),
        is_led: true,
        member_count: Some(10),
        my_status: MyStatus::None,
        my_request: None,
        offers: Vec::new(),
    };
    Listing { items: (1..=ROWS).map(row).collect(), next_cursor: None, seq: Seq(0) }
}

fn pure(criterion: &mut Criterion) {
    let (actor, command, facts) = approval();
    let approved = decide(&actor, &command, &facts, NOW).expect("it is approved");
    assert_eq!(approved.events().len(), 1);
    criterion.bench_function("decide: an approval", |bench| {
        bench.iter(|| decide(black_box(&actor), black_box(&command), black_box(&facts), NOW));
    });
    let applicant = Actor::User(account(APPLICANT));
    criterion.bench_function("offers: a group in a list", |bench| {
        bench.iter(|| offers(black_box(&applicant), black_box(&facts), NOW));
    });
    let (viewer, seen) = (account(LEADER), logged());
    let (group, standing) = (group(), Standing { leader: true, ..Standing::default() });
    criterion.bench_function("sight: a group and an event of it", |bench| {
        bench.iter(|| {
            let of_group = sight::group(black_box(&actor), black_box(group.outline()), black_box(standing), Way::Use);
            sight::event(black_box(&viewer), black_box(&seen), Around { group: Some(of_group), ..Around::default() })
        });
    });
    let (listing, frame) = (page(), Frame::Counted { seq: Seq(1), group: GroupId(ROWS), delta: 1 });
    criterion.bench_function("fold: a number on a page of 50 groups", |bench| {
        let fold = |mut listing| fold::fold_groups(&mut listing, black_box(&frame), APPLICANT);
        bench.iter_batched(|| listing.clone(), fold, BatchSize::SmallInput);
    });
}

criterion_group!(benches, pure);
criterion_main!(benches);
