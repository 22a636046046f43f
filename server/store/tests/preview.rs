//! What a preview shows is what then happens: over random histories, for large changes, and not a moment longer.

use crate::{
    differential::{dice::Dice, history},
    harness::*,
};
use domain::{
    Cause, Command, Conflict, EventPayload, Flag, GroupChange, GroupId, Outcome, Permission, Permissions, Preview,
    PreviewEffect, RecordedEvent, Refusal, RequestKind, Seq, SettingsChange, State, StateChange, StateId, StateRef,
    Timestamp, UserId, notice,
};
use domain_oracle::Caller;
use std::collections::{BTreeMap, BTreeSet};
use store::{CallerId, Engine, ExecuteError, Order, SeedUser, Store};
use store_testing::{Database, both};

/// How many commands a history has, after those that set the world up.
const COMMANDS: usize = 40;

/// A consequence as both sides tell it: what, in which group, why.
type Told = (PreviewEffect, Option<GroupId>, Option<Cause>);

/// `made` is the state that the command made: its number in the preview was given back, and it has another one.
fn fate(logged: &RecordedEvent, made: Option<&State>) -> Option<PreviewEffect> {
    let state = |id: StateId| {
        let id = if made.is_some_and(|made| made.id == id) { StateId::UNASSIGNED } else { id };
        StateRef { id, name: String::new() }
    };
    match &logged.event.what {
        EventPayload::Joined | EventPayload::Added | EventPayload::Approved(RequestKind::Join) => {
            Some(PreviewEffect::Joins)
        }
        EventPayload::Left | EventPayload::Removed | EventPayload::Approved(RequestKind::Leave) => {
            Some(PreviewEffect::Leaves)
        }
        EventPayload::Rejected(kind) | EventPayload::Withdrawn(kind) | EventPayload::Closed(kind) => {
            Some(PreviewEffect::RequestEnds(*kind))
        }
        EventPayload::StateChanged { from, to } => Some(PreviewEffect::Moves { from: state(*from), to: state(*to) }),
        _ => None,
    }
}

fn nameless(fate: &PreviewEffect, made: Option<&State>) -> PreviewEffect {
    let PreviewEffect::Moves { from, to } = fate else { return fate.clone() };
    let nameless = |state: &StateRef| {
        let is_made = made.is_some_and(|made| made.name.as_str() == state.name);
        StateRef { id: if is_made { StateId::UNASSIGNED } else { state.id }, name: String::new() }
    };
    PreviewEffect::Moves { from: nameless(from), to: nameless(to) }
}

/// What happened to each person, in order.
fn happened(events: &[RecordedEvent], made: Option<&State>) -> BTreeMap<UserId, Vec<Told>> {
    let mut happened: BTreeMap<UserId, Vec<Told>> = BTreeMap::new();
    for logged in events {
        let (Some(fate), Some(person)) = (fate(logged, made), &logged.event.subject) else { continue };
        let group = logged.event.group.as_ref().map(|group| group.id);
        happened.entry(person.id).or_default().push((fate, group, logged.event.cause));
    }
    happened
}

/// Fails where a preview did not show what happened. Groups that the viewer may not see into are told without a name.
fn is_true(preview: &Preview, events: &[RecordedEvent], case: &str) {
    let made = events.iter().find_map(|logged| match &logged.event.what {
        EventPayload::StateCreated(state) => Some(&**state),
        _ => None,
    });
    let happened = happened(events, made);
    assert!(preview.complete, "{case}");
    assert_eq!(preview.changes, !events.is_empty(), "{case}");
    assert_eq!(preview.people as usize, happened.len(), "{case}: {preview:?}");
    assert_eq!(preview.shown.len(), happened.len().min(Preview::SHOWN), "{case}");
    for touched in &preview.shown {
        let real = &happened[&touched.person.id];
        assert_eq!(touched.consequences.len(), real.len(), "{case}: {touched:?} {real:?}");
        for (told, (fate, group, cause)) in touched.consequences.iter().zip(real) {
            assert_eq!((&nameless(&told.fate, made), told.cause), (fate, *cause), "{case}");
            assert!(told.group.is_none() || told.group.as_ref().map(|group| group.id) == *group, "{case}");
        }
    }
    let names: Vec<String> = preview.shown.iter().map(|touched| touched.person.display_name().to_lowercase()).collect();
    assert!(names.is_sorted(), "{case}: {names:?}");
    let count = |tallies: &mut BTreeMap<(PreviewEffect, Option<Cause>), u32>, fate: &PreviewEffect, cause, by| {
        *tallies.entry((nameless(fate, made), cause)).or_default() += by;
    };
    let (mut told, mut real) = (BTreeMap::new(), BTreeMap::new());
    for tally in &preview.tallies {
        count(&mut told, &tally.fate, tally.cause, tally.count);
    }
    for (fate, _, cause) in happened.values().flatten() {
        count(&mut real, fate, *cause, 1);
    }
    assert_eq!(told, real, "{case}");
}

/// A store in which everything is first previewed and then done.
struct Stage {
    store: Store,
    now: Timestamp,
    token: u32,
    seen: Seq,
    /// Previews that showed something.
    shown: usize,
}

impl Stage {
    async fn events(&mut self) -> Vec<RecordedEvent> {
        // On PostgreSQL events have their places a moment after the commit; a page that reads waits for it.
        let _ = self.store.viewer(UserId(1)).await.unwrap();
        let mut events = Vec::new();
        loop {
            let more = self.store.feed_after(self.seen).await.unwrap();
            let Some(last) = more.last() else { return events };
            self.seen = last.seq;
            events.extend(more);
        }
    }

    /// The next order, with everything that a command may need beside it.
    fn order(&mut self, caller: &Caller, command: &Command) -> Order {
        self.now = self.now.plus_seconds(60);
        self.token += 1;
        let caller = match caller {
            Caller::Nobody => CallerId::Nobody,
            Caller::User(id) => CallerId::User(*id),
            Caller::System => CallerId::System,
        };
        let mut token_hash = [0; 32];
        token_hash[..4].copy_from_slice(&self.token.to_be_bytes());
        Order {
            password_hash: Some("$hash".to_owned()),
            join_token: Some(format!("token-{}", self.token)),
            token_hash: Some(token_hash),
            ..Order::new(caller, command.clone(), self.now)
        }
    }

    async fn play(&mut self, caller: &Caller, command: &Command, case: &str) {
        let order = self.order(caller, command);
        let preview = self.store.preview(order.clone()).await;
        assert_eq!(self.events().await, Vec::new(), "{case}: a preview leaves nothing behind");
        let expected = preview.as_ref().ok().map(|preview| preview.fingerprint);
        let done = self.store.execute(Order { expected, ..order }).await;
        match (preview, done) {
            (Ok(preview), Ok(_)) => {
                self.store.work_jobs(self.now).await.unwrap();
                let events = self.events().await;
                is_true(&preview, &events, case);
                self.shown += usize::from(preview.people > 0);
            }
            (Err(ExecuteError::Refused(one)), Err(ExecuteError::Refused(other))) => assert_eq!(one, other, "{case}"),
            (preview, done) => panic!("{case}: {preview:?} and then {done:?}"),
        }
    }
}

async fn play(engine: Engine, seed: u64) -> usize {
    let database = Database::create(engine).await;
    let store = Store::open(&database.url).await.unwrap();
    let mut stage = Stage { store, now: NOW, token: 0, seen: Seq(0), shown: 0 };
    let mut dice = Dice::new(seed);
    for command in history::set_up(&mut dice) {
        // On PostgreSQL a preview of a user draws an id, and the world is made of certain ones.
        if matches!(command, Command::CreateUser(_)) {
            let order = stage.order(&Caller::System, &command);
            stage.store.execute(order).await.unwrap();
            stage.events().await;
        } else {
            stage.play(&Caller::System, &command, &format!("setting up {seed}: {command:?}")).await;
        }
    }
    for _ in 0..COMMANDS {
        let (caller, command) = history::next(&mut dice, 20);
        stage.play(&caller, &command, &format!("seed {seed}: {command:?} by {caller:?}")).await;
    }
    assert_eq!(stage.store.check().await.unwrap(), Vec::<String>::new(), "seed {seed}");
    stage.store.close().await;
    database.remove().await;
    stage.shown
}

async fn previews_are_true(engine: Engine, seeds: u64) {
    let mut shown = 0;
    for seed in 1..=seeds {
        shown += play(engine, seed).await;
    }
    println!("{engine:?}: {seeds} histories, {shown} previews showed somebody");
    assert!(shown > 10 * usize::try_from(seeds).unwrap(), "the histories touch people");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_preview_shows_then_happens_sqlite() {
    previews_are_true(Engine::Sqlite, 60).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_preview_shows_then_happens_postgres() {
    previews_are_true(Engine::Postgres, 20).await;
}

fn empties_member() -> Command {
    let change = StateChange { corporations: Some(Vec::new()), ..StateChange::default() };
    Command::EditState { state: State::MEMBER, change: Box::new(change) }
}

both!(a_change_of_a_crowd_is_counted_to_the_end, |t| async move {
    const CROWD: i64 = 700;
    let mut seed = crowd(CROWD);
    seed.memberships.extend((100..100 + CROWD).map(|id| membership(UserId(id), CLOSED)));
    t.fill(&seed).await;
    let preview = t.store.preview(order(ROOT, empties_member())).await.unwrap();
    assert!(preview.in_steps && preview.complete);
    assert_eq!((preview.people, preview.shown.len()), (702, 50));
    let lost = preview.tallies.iter().find(|tally| tally.fate == PreviewEffect::Leaves).unwrap();
    assert_eq!((lost.count, lost.cause, lost.group.as_ref().unwrap().id), (700, Some(Cause::PermissionLost), CLOSED));
    let told = preview.shown[0].consequences.iter().map(|it| it.told).collect::<Vec<_>>();
    assert!(told.contains(&Some(notice::Subject::MembershipLost)) || told == [None], "{told:?}");
    let done = t.orders(Order { expected: Some(preview.fingerprint), ..order(ROOT, empties_member()) }).await;
    assert_eq!(done.unwrap().outcome, Outcome::Done);
    t.store.work_jobs(NOW).await.unwrap();
    let mut events = t.feed_of(1 + 702 + 700).await;
    events.extend(t.store.feed_after(Seq(1000)).await.unwrap());
    is_true(&preview, &events, "the crowd");
    t.is_sound().await;
});

both!(a_change_whose_preview_is_outdated_is_refused, |t| async move {
    t.settle().await;
    t.does(LEA, join(OPEN)).await.unwrap();
    let internal = GroupChange::of_flag(Flag::Internal, true);
    let request = t.asks(ANA, CLOSED).await;
    let command = || Command::EditGroup { group: CLOSED, change: Box::new(internal.clone()) };
    let preview = t.store.preview(order(ROOT, command())).await.unwrap();
    let [touched] = &preview.shown[..] else { panic!("{preview:?}") };
    assert_eq!((touched.person.id, touched.consequences.len()), (ANA, 1));
    let told = &touched.consequences[0];
    assert_eq!((told.cause, told.group.as_ref().unwrap().id), (Some(Cause::GroupInternal), CLOSED));
    let settled = notice::Subject::RequestSettled(RequestKind::Join, domain::RequestStatus::Closed);
    assert_eq!(told.told, Some(settled));
    // Somebody else asks meanwhile.
    t.asks(LEA, CLOSED).await;
    let expecting = |fingerprint| Order { expected: Some(fingerprint), ..order(ROOT, command()) };
    let outdated = Err(Refusal::Conflict(Conflict::PreviewOutdated));
    assert_eq!(t.orders(expecting(preview.fingerprint)).await, outdated);
    let before = t.store.group_page(ROOT, &domain::GroupKey::Id(CLOSED), NOW).await.unwrap().unwrap();
    assert!(!before.row.flags.has(Flag::Internal), "nothing was done");
    // What has nothing to do with people does not count.
    let again = t.store.preview(order(ROOT, command())).await.unwrap();
    assert_eq!(again.people, 2);
    let describe = GroupChange { description: domain::Description::parse("New").ok(), ..GroupChange::default() };
    t.does(MAX, Command::EditGroup { group: CLOSED, change: Box::new(describe.clone()) }).await.unwrap_err();
    t.does(ROOT, Command::EditGroup { group: CLOSED, change: Box::new(describe) }).await.unwrap();
    assert_eq!(t.orders(expecting(again.fingerprint)).await.unwrap().outcome, Outcome::Done);
    // A repeat is answered with the first receipt, whatever a preview would show by now.
    assert!(t.store.grants(CLOSED, ANA).await.unwrap().is_empty() && request.0 > 0);
    t.is_sound().await;
});

both!(a_preview_names_no_group_that_its_viewer_may_not_see_into, |t| async move {
    let mut seed = town();
    let office = |permission: Permission| Permissions::NONE.with(permission);
    let (states, settings) = (UserId(6), UserId(7));
    seed.users.push(SeedUser {
        staff: true,
        permissions: office(Permission::ManageStates),
        ..user(states, "sia", State::GUEST)
    });
    seed.users.push(SeedUser {
        staff: true,
        permissions: office(Permission::ManageSettings),
        ..user(settings, "sol", State::GUEST)
    });
    seed.memberships.extend([membership(LEA, SECRET), membership(ANA, CLOSED)]);
    t.fill(&seed).await;
    let preview = t.store.preview(order(states, empties_member())).await.unwrap();
    let groups: BTreeSet<_> = preview.tallies.iter().map(|tally| tally.group.is_some()).collect();
    assert_eq!((preview.people, groups), (2, BTreeSet::from([false])));
    let lost = preview.tallies.iter().find(|tally| tally.fate == PreviewEffect::Leaves).unwrap();
    assert_eq!(lost.count, 2, "but it counts them, whichever they are");
    let full = t.store.preview(order(ROOT, empties_member())).await.unwrap();
    assert_eq!(full.tallies.iter().filter(|tally| tally.group.is_some()).count(), 2);
    assert_eq!(full.fingerprint, preview.fingerprint);
    let done = Order { expected: Some(preview.fingerprint), ..order(states, empties_member()) };
    // A leave request waits in a group that who changes the settings knows nothing of.
    t.does(LEA, leave(SECRET)).await.unwrap();
    let at_once = Command::ChangeSettings(SettingsChange { auto_leave: Some(true), ..SettingsChange::default() });
    let preview = t.store.preview(order(settings, at_once)).await.unwrap();
    assert_eq!((preview.people, preview.tallies.iter().filter(|tally| tally.group.is_some()).count()), (1, 0));
    assert_eq!(t.orders(done).await, Err(Refusal::Conflict(Conflict::PreviewOutdated)), "her request would end too");
    // One's own are no secret.
    let own = t.store.preview(order(LEA, Command::Withdraw { request: domain::RequestId(1) })).await.unwrap();
    assert_eq!(own.tallies[0].group.as_ref().unwrap().id, SECRET);
});
