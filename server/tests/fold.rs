//! What a live list makes of the feed is what a reload shows: all nine folds, against a real process that many use at once.

use crate::harness::{Person, START, Stream, TestServer, both, group};
use async_trait::async_trait;
use axum::http::Method;
use dice::Dice;
use domain::{
    AuditPage, AutoLeave, Command, Frame, GroupChange, GroupDraft, GroupId, GroupKey, GroupName, GroupQuery, GroupRow,
    Holder, Listing, ManagedGroup, MembersPage, MyGroup, Note, NotificationRow, PartialFlags, Permission, Permissions,
    QueuePage, Request, RequestId, Seq, SettingsChange, State, UserId, Viewer,
    fold::{self, Follow},
};
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use store::{CallerId, Order};

#[path = "../store/tests/differential/dice.rs"]
#[allow(dead_code, reason = "the histories of the store roll more kinds of dice")]
mod dice;

/// Who has pages open: a superuser, a leader, members and strangers, a group manager.
const VIEWERS: [(i64, &str); 6] = [(1, "root"), (2, "lea"), (3, "mia"), (4, "sam"), (7, "max"), (8, "rita")];

/// The newest group that there may be.
const GROUPS: i64 = 7;

const STEPS: u64 = 60;

type Query = Vec<(&'static str, String)>;
type Fold<T> = Box<dyn Fn(&mut T, &Frame) -> Follow>;
/// Puts a group that was read alone, as JSON, in its place; `None` where it may not be read.
type PlaceRow<T> = Box<dyn Fn(&mut T, GroupId, Option<String>) -> Follow>;

/// A list that somebody has open.
struct Open<T> {
    /// The server function that reads it, and for what it is asked.
    path: &'static str,
    query: Query,
    /// What is on screen; `None` where it may not be read.
    shown: Option<T>,
    fold: Fold<T>,
    /// Reads one group alone, and puts it in its place.
    row: Option<Row<T>>,
    /// Makes two readings comparable: of another place in the feed, and without what is only of the moment.
    settle: fn(&mut T),
}

struct Row<T> {
    path: &'static str,
    place: PlaceRow<T>,
}

#[async_trait(?Send)]
trait List {
    async fn reload(&mut self, person: &mut Person<'_>);
    async fn follow(&mut self, person: &mut Person<'_>, frame: &Frame);
    /// What is on screen, and what a reload would show.
    async fn compare(&mut self, person: &mut Person<'_>) -> (String, String, String);
}

async fn ask(person: &mut Person<'_>, path: &str, query: &[(&'static str, String)]) -> Option<String> {
    let query: Vec<_> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = person.fetch(Method::GET, path, &query).await;
    match answer.status() {
        200 => Some(answer.body),
        403 | 404 => None,
        other => panic!("{path} answers {other}: {}", answer.body),
    }
}

fn parsed<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("is what the page reads")
}

impl<T: DeserializeOwned> Open<T> {
    async fn read(&self, person: &mut Person<'_>) -> Option<T> {
        ask(person, self.path, &self.query).await.map(|text| parsed(&text))
    }
}

#[async_trait(?Send)]
impl<T: DeserializeOwned + Debug> List for Open<T> {
    async fn reload(&mut self, person: &mut Person<'_>) {
        self.shown = self.read(person).await;
    }

    async fn follow(&mut self, person: &mut Person<'_>, frame: &Frame) {
        let follow = match &mut self.shown {
            Some(shown) => (self.fold)(shown, frame),
            // A page that could not be read tries again after a reset.
            None if matches!(frame, Frame::Reset { .. }) => Follow::FetchAll,
            None => Follow::Done,
        };
        match follow {
            Follow::Done => {}
            Follow::FetchAll => self.reload(person).await,
            Follow::Fetch(id) => {
                let row = self.row.as_ref().expect("this list reads single rows");
                let text = ask(person, row.path, &[("group", id.to_string())]).await;
                if (row.place)(self.shown.as_mut().expect("is on screen"), id, text) == Follow::FetchAll {
                    self.reload(person).await;
                }
            }
        }
    }

    async fn compare(&mut self, person: &mut Person<'_>) -> (String, String, String) {
        let mut fresh = self.read(person).await;
        for value in [&mut self.shown, &mut fresh].into_iter().flatten() {
            (self.settle)(value);
        }
        (format!("{} {:?}", self.path, self.query), format!("{:#?}", self.shown), format!("{fresh:#?}"))
    }
}

fn of(name: &'static str, value: &str) -> Query {
    vec![(name, value.to_owned())]
}

fn groups(query: Query, parsed_as: GroupQuery, me: UserId) -> Box<dyn List> {
    let placed = parsed_as.clone();
    Box::new(Open::<Listing<GroupRow>> {
        path: "/api/groups/list",
        query,
        shown: None,
        fold: Box::new(move |shown, frame| fold::fold_groups(shown, &parsed_as, frame, me)),
        row: Some(Row {
            path: "/api/groups/row",
            place: Box::new(move |shown, id, row| {
                fold::fold_group(shown, &placed, id, row.as_deref().map(parsed));
                Follow::Done
            }),
        }),
        settle: |shown| shown.seq = Seq(0),
    })
}

fn members(group: i64) -> Box<dyn List> {
    Box::new(Open::<MembersPage> {
        path: "/api/managing/members/list",
        query: of("group", &group.to_string()),
        shown: None,
        fold: Box::new(fold::fold_members),
        row: None,
        settle: |shown| shown.listing.seq = Seq(0),
    })
}

fn audit(group: Option<i64>) -> Box<dyn List> {
    Box::new(Open::<AuditPage> {
        path: "/api/audit/list",
        query: group.map_or_else(Vec::new, |group| of("group", &group.to_string())),
        shown: None,
        fold: Box::new(|shown, frame| {
            let follow = fold::fold_audit(shown, frame);
            // As many as a page has: what is folded in stays until the page is left.
            shown.listing.items.truncate(50);
            follow
        }),
        row: None,
        settle: |shown| {
            shown.listing.seq = Seq(0);
            shown.listing.next_cursor = None;
        },
    })
}

fn notifications(unread: bool) -> Box<dyn List> {
    Box::new(Open::<Listing<NotificationRow>> {
        path: "/api/notifications/list",
        query: of("show", if unread { "unread" } else { "" }),
        shown: None,
        fold: Box::new(move |shown, frame| fold::fold_notifications(shown, frame, true, unread)),
        row: None,
        settle: |shown| shown.seq = Seq(0),
    })
}

fn my_requests(open: bool, me: UserId) -> Box<dyn List> {
    let show = if open { "open" } else { "" };
    let query =
        domain::RequestQuery { status: open.then_some(domain::RequestStatus::Open), ..domain::RequestQuery::default() };
    Box::new(Open::<Listing<Request>> {
        path: "/api/my_requests/list",
        query: of("show", show),
        shown: None,
        fold: Box::new(move |shown, frame| fold::fold_my_requests(shown, &query, frame, me)),
        row: None,
        settle: |shown| shown.seq = Seq(0),
    })
}

fn my_groups(me: UserId) -> Box<dyn List> {
    Box::new(Open::<Listing<MyGroup>> {
        path: "/api/my_groups/list",
        query: Vec::new(),
        shown: None,
        fold: Box::new(move |shown, frame| fold::fold_my_groups(shown, frame, me)),
        row: Some(Row {
            path: "/api/groups/row",
            place: Box::new(|shown, id, row| fold::fold_my_group(shown, id, row.as_deref().map(parsed))),
        }),
        settle: |shown| shown.seq = Seq(0),
    })
}

fn managed(me: UserId) -> Box<dyn List> {
    Box::new(Open::<Listing<ManagedGroup>> {
        path: "/api/managing/list",
        query: Vec::new(),
        shown: None,
        fold: Box::new(move |shown, frame| fold::fold_managed(shown, frame, me)),
        row: Some(Row {
            path: "/api/managing/row",
            place: Box::new(|shown, id, row| fold::fold_managed_group(shown, id, row.as_deref().map(parsed))),
        }),
        settle: |shown| shown.seq = Seq(0),
    })
}

fn queue(kind: &str, me: UserId) -> Box<dyn List> {
    Box::new(Open::<QueuePage> {
        path: "/api/requests/queue",
        query: of("kind", kind),
        shown: None,
        fold: Box::new(move |shown, frame| fold::fold_queue(shown, frame, me)),
        row: None,
        settle: |shown| {
            shown.listing.seq = Seq(0);
            // Read for the empty queue only; what is settled stays until the row is left.
            shown.last_decision = None;
            shown.listing.items.retain(|row| row.settled_mark.is_none());
            for row in &mut shown.listing.items {
                // Whether it can be approved at all is asked of the moment it is read.
                row.warning = None;
            }
        },
    })
}

fn viewer() -> Box<dyn List> {
    Box::new(Open::<Viewer> {
        path: "/api/account/viewer",
        query: Vec::new(),
        shown: None,
        fold: Box::new(|shown, frame| {
            fold::fold_viewer(shown, frame);
            if matches!(frame, Frame::Reset { .. }) { Follow::FetchAll } else { Follow::Done }
        }),
        row: None,
        settle: |shown| shown.seq = Seq(0),
    })
}

/// All lists that follow the feed.
fn all_lists(me: UserId) -> Vec<Box<dyn List>> {
    use domain::{GroupFilter, GroupOrder};
    let filtered = |filter: GroupFilter| GroupQuery { filter, ..GroupQuery::default() };
    let newest = GroupQuery { order: GroupOrder::Newest, ..GroupQuery::default() };
    let searched = GroupQuery { search: "n".to_owned(), ..GroupQuery::default() };
    vec![
        groups(Vec::new(), GroupQuery::default(), me),
        groups(of("filter", GroupFilter::Joined.code()), filtered(GroupFilter::Joined), me),
        groups(of("filter", GroupFilter::Waiting.code()), filtered(GroupFilter::Waiting), me),
        groups(of("filter", GroupFilter::Open.code()), filtered(GroupFilter::Open), me),
        groups(of("order", "newest"), newest, me),
        groups(of("search", "n"), searched, me),
        my_groups(me),
        my_requests(false, me),
        my_requests(true, me),
        managed(me),
        members(group::PILOTS),
        members(group::NAVY),
        queue("join", me),
        queue("leave", me),
        audit(None),
        audit(Some(group::PILOTS)),
        notifications(false),
        notifications(true),
        viewer(),
    ]
}

/// Somebody who has all of it open.
struct Watching<'a> {
    name: &'static str,
    person: Person<'a>,
    stream: Stream,
    lists: Vec<Box<dyn List>>,
}

impl<'a> Watching<'a> {
    async fn begin(t: &'a TestServer, id: i64, name: &'static str) -> Self {
        let mut person = t.person(name).await;
        let mut lists = all_lists(UserId(id));
        for list in &mut lists {
            list.reload(&mut person).await;
        }
        let stream = person.watch(&format!("/live?since={}", head(t).await)).await;
        Self { name, person, stream, lists }
    }

    /// Follows the feed up to a place.
    async fn follow(&mut self, place: i64) {
        loop {
            let message = self.stream.message().await.expect("the stream goes on");
            match message.frame() {
                Some(frame) => {
                    for list in &mut self.lists {
                        list.follow(&mut self.person, &frame).await;
                    }
                }
                // A beat names the place up to which all has been told.
                None if message.id.as_deref().and_then(|id| id.parse().ok()).is_some_and(|id: i64| id >= place) => {
                    return;
                }
                None => {}
            }
        }
    }

    /// What is shown otherwise than a reload shows it; then it is reloaded.
    async fn compare(&mut self, done: &Command) -> Vec<String> {
        let mut found = Vec::new();
        for list in &mut self.lists {
            let (what, shown, fresh) = list.compare(&mut self.person).await;
            if shown != fresh {
                let name = self.name;
                found.push(format!("{name} follows {what}, after {done:?}:\n{}", differing(&shown, &fresh)));
                list.reload(&mut self.person).await;
            }
        }
        found
    }
}

/// The lines around the first that differs: of what is shown, and of what a reload shows.
fn differing(shown: &str, fresh: &str) -> String {
    const AROUND: usize = 12;
    let same = shown.lines().zip(fresh.lines()).take_while(|(one, other)| one == other).count();
    let part = |text: &str| {
        let lines: Vec<_> = text.lines().skip(same.saturating_sub(AROUND)).take(3 * AROUND).collect();
        lines.join("\n")
    };
    format!("shown:\n{}\nreload:\n{}", part(shown), part(fresh))
}

async fn head(t: &TestServer) -> i64 {
    t.store().feed_bounds().await.expect("the database answers").1.0
}

fn note(dice: &mut Dice) -> Option<Note> {
    dice.coin().then(|| Note::parse("because").expect("a note"))
}

/// What somebody does next, and who. Most is done by those who may.
fn next(dice: &mut Dice) -> (UserId, Command) {
    let anybody = UserId(dice.number(2, 10));
    let group = GroupId(dice.number(1, GROUPS));
    let request = RequestId(dice.number(1, 20));
    let root = UserId(1);
    let leader = UserId(if dice.coin() { 2 } else { 7 });
    match dice.weighed(&[12, 5, 3, 8, 5, 2, 4, 6, 2, 2, 1, 1, 2, 2, 1, 1]) {
        0 => (anybody, Command::Join { group: GroupKey::Id(group), reason: note(dice) }),
        1 => (anybody, Command::Leave { group, reason: note(dice) }),
        2 => (anybody, Command::Withdraw { request }),
        3 => (leader, Command::Approve { request, comment: note(dice) }),
        4 => (leader, Command::Reject { request, comment: note(dice) }),
        5 => (leader, Command::Remove { group, member: anybody, reason: note(dice) }),
        6 => (root, Command::Add { group, member: anybody, reason: note(dice) }),
        7 => (root, Command::EditGroup { group, change: Box::new(change(dice, group)) }),
        8 => (root, Command::AddLeader { group, leader: anybody }),
        9 => (root, Command::RemoveLeader { group, leader: anybody }),
        10 => (root, Command::AddLeaderGroup { group, leading: GroupId(dice.number(1, GROUPS)) }),
        11 => (root, Command::RemoveLeaderGroup { group, leading: GroupId(dice.number(1, GROUPS)) }),
        12 => (root, Command::GivePermission { to: holder(dice, group), permission: Permission::RequestGroups }),
        13 => (root, Command::TakePermission { from: holder(dice, group), permission: Permission::RequestGroups }),
        14 => {
            let change = SettingsChange {
                auto_leave: dice.maybe(),
                show_unavailable_groups: dice.maybe(),
                ..SettingsChange::default()
            };
            (root, Command::ChangeSettings(change))
        }
        _ => (root, Command::CreateGroup(Box::new(draft(dice)))),
    }
}

fn holder(dice: &mut Dice, group: GroupId) -> Holder {
    match dice.number(0, 2) {
        0 => Holder::User(UserId(dice.number(2, 10))),
        1 => Holder::Group(group),
        _ => Holder::State(State::GUEST),
    }
}

fn name(dice: &mut Dice) -> GroupName {
    const NAMES: [&str; 6] = ["Anvil", "Öl", "Nomads", "zebra", "Łódź", "Inn"];
    let name = NAMES[usize::try_from(dice.number(0, 5)).expect("six")];
    GroupName::parse(name).expect("a name")
}

fn change(dice: &mut Dice, id: GroupId) -> GroupChange {
    // Who once asked for a group that they may not see any more is not told of its new name.
    let keeps_name = id == GroupId(group::SHADOW);
    GroupChange {
        name: (dice.number(0, 2) == 0 && !keeps_name).then(|| name(dice)),
        flags: PartialFlags::of(|_| dice.maybe()),
        auto_leave: dice.maybe().map(|on| if on { AutoLeave::On } else { AutoLeave::Inherit }),
        states: dice.maybe().map(|guests| if guests { vec![State::GUEST] } else { vec![State::MEMBER] }),
        ..GroupChange::default()
    }
}

fn draft(dice: &mut Dice) -> GroupDraft {
    GroupDraft {
        name: name(dice),
        description: domain::Description::parse("New.").expect("a text"),
        flags: PartialFlags::of(|_| dice.maybe()).applied_to(domain::Flags::default()),
        auto_leave: AutoLeave::Inherit,
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: vec![UserId(dice.number(2, 10))],
        leader_groups: Vec::new(),
    }
}

async fn follow_all(t: &TestServer, seed: u64) {
    let mut dice = Dice::new(seed);
    let (mut watching, mut found) = (Vec::new(), Vec::new());
    for (id, name) in VIEWERS {
        watching.push(Watching::begin(t, id, name).await);
    }
    for step in 0..STEPS {
        let (who, command) = next(&mut dice);
        let seconds = i64::try_from(step).expect("few");
        let mut order = Order::new(CallerId::User(who), command.clone(), START.plus_seconds(seconds));
        order.join_token = Some(format!("token-of-step-{step}"));
        if t.store().execute(order).await.is_err() {
            continue;
        }
        let place = head(t).await;
        for watching in &mut watching {
            watching.follow(place).await;
            found.extend(watching.compare(&command).await);
        }
    }
    assert!(found.is_empty(), "{} lists went astray:\n{}", found.len(), found.join("\n\n"));
}

both!(what_is_followed_is_what_a_reload_shows, async |t| follow_all(t, 1).await);
both!(what_is_followed_is_what_a_reload_shows_in_another_history, async |t| follow_all(t, 1_000).await);
both!(what_is_followed_is_what_a_reload_shows_in_a_third_history, async |t| follow_all(t, 2_000).await);
