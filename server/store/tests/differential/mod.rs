//! The same random histories on the oracle and on the store: every answer, every event and the state at the end agree.
//!
//! A history is made from its seed alone, which is printed where it fails. The people of the small world play every
//! role there is; it is set up by commands, like everything else.

pub mod dice;
pub mod history;
mod picture;

use crate::harness::NOW;
use domain::{Command, Conflict, Outcome, RecordedEvent, Refusal, Request, Timestamp};
use domain_oracle::{Caller, World};
use futures::{StreamExt, future::join_all, stream};
use store::{CallerId, Engine, ExecuteError, Order, Store};
use store_testing::Database;

/// How many commands a history has, after those that set the world up.
const COMMANDS: usize = 40;
/// How many worlds they are played in.
const WORLDS: u64 = 8;
/// How many histories are played at the same time, each in a database of its own.
const AT_ONCE: usize = 6;

/// One world twice.
struct Twins {
    oracle: World,
    store: Store,
    database: Database,
    /// A minute for each command.
    now: Timestamp,
    token: u32,
    /// How many commands were carried out.
    accepted: usize,
}

/// A small world that is set up, and a database that nobody has open.
struct Start {
    oracle: World,
    database: Database,
    now: Timestamp,
    token: u32,
}

impl Start {
    /// Sets the world up on both by the same commands.
    async fn of(engine: Engine, seed: u64) -> Self {
        let database = Database::create(engine).await;
        let store = Store::open(&database.url).await.expect("the database opens");
        let mut twins = Twins { oracle: World::new(), store, database, now: NOW, token: 0, accepted: 0 };
        for command in history::set_up(&mut dice::Dice::new(seed)) {
            twins.play(&Caller::System, &command, seed).await;
        }
        twins.store.close().await;
        Self { oracle: twins.oracle, database: twins.database, now: twins.now, token: twins.token }
    }
}

/// A hash that no other order has.
fn hash(number: u32) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    hash
}

impl Twins {
    async fn begin(start: &Start) -> Self {
        let database = start.database.copy().await;
        let store = Store::open(&database.url).await.expect("the database opens");
        Self { oracle: start.oracle.clone(), store, database, now: start.now, token: start.token, accepted: 0 }
    }

    /// Both carry out a command, and answer alike.
    async fn play(&mut self, caller: &Caller, command: &Command, seed: u64) {
        self.now = self.now.plus_seconds(60);
        self.token += 1;
        let caller_id = match caller {
            Caller::Nobody => CallerId::Nobody,
            Caller::User(id) => CallerId::User(*id),
            Caller::System => CallerId::System,
        };
        let order = Order {
            password_hash: Some("$hash".to_owned()),
            token_hash: Some(hash(self.token)),
            join_token: Some(format!("token-{}", self.token)),
            ..Order::new(caller_id, command.clone(), self.now)
        };
        let expected = self.oracle.execute(caller, command, self.now);
        let answer = match self.store.execute(order).await {
            Ok(receipt) => Ok(receipt.outcome),
            Err(ExecuteError::Refused(refusal)) => Err(refusal),
            Err(ExecuteError::Failed(error)) => panic!("seed {seed}: {command:?} by {caller:?} failed: {error}"),
        };
        self.accepted += usize::from(answer.is_ok());
        let alike = match (&expected, &answer) {
            (Ok(events), Ok(outcome)) => events.is_empty() == (*outcome == Outcome::Unchanged),
            (Err(expected), Err(refusal)) => without_names(expected) == without_names(refusal),
            _ => false,
        };
        assert!(alike, "seed {seed}: {command:?} by {caller:?}: {answer:?} instead of {expected:?}");
    }

    /// Both have the same past, and the same present.
    async fn compare(self, seed: u64) -> (usize, usize) {
        let last = self.oracle.events.len();
        let mut head = self.store.watch();
        let wanted = domain::Seq(i64::try_from(last).expect("few"));
        head.wait_for(|seq| *seq >= wanted).await.expect("the store is open");
        let feed = self.store.feed_after(domain::Seq(0)).await.expect("the feed is read");
        for (expected, logged) in self.oracle.events.iter().zip(&feed) {
            assert_eq!(without_id(logged), without_id(expected), "seed {seed}");
        }
        assert_eq!(feed.len(), last, "seed {seed}");
        let (stored, expected) = (picture::stored(&self.database).await, picture::expected(&self.oracle));
        for (one, other) in stored.iter().zip(&expected) {
            assert_eq!(one, other, "seed {seed}: stored, expected");
        }
        assert_eq!(stored.len(), expected.len(), "seed {seed}: {:?} {:?}", stored.last(), expected.last());
        self.compare_past(seed).await;
        assert_eq!(self.store.check().await.expect("the check runs"), Vec::<String>::new(), "seed {seed}");
        self.store.close().await;
        self.database.remove().await;
        (self.accepted, last)
    }
}

/// The id of a row is the database's own; the place in the feed is not.
fn without_id(logged: &RecordedEvent) -> RecordedEvent {
    RecordedEvent { id: domain::EventId::UNASSIGNED, ..logged.clone() }
}

/// The oracle keeps the names of people of a request's day, the store shows those of today.
fn without_names(refusal: &Refusal) -> Refusal {
    let Refusal::Conflict(Conflict::RequestSettled(request)) = refusal else { return refusal.clone() };
    let mut request = Request::clone(request);
    let settler = request.settlement.as_mut().and_then(|settlement| settlement.by.as_mut());
    for person in [Some(&mut request.applicant), settler].into_iter().flatten() {
        person.username.clear();
        person.main_character = None;
    }
    Refusal::Conflict(Conflict::RequestSettled(Box::new(request)))
}

impl Twins {
    /// R14: who was in a group at a moment, asked of grants, is who was in it when the history had come that far.
    async fn compare_past(&self, seed: u64) {
        let moments = (1..=4).map(|part| Timestamp(NOW.0 + (self.now.0 - NOW.0) / 4 * part));
        for at in moments {
            for group in self.oracle.groups.keys().chain(self.oracle.graves.keys()) {
                let live = |grant: &&domain_oracle::Grant| {
                    grant.group == *group && grant.from <= at && grant.ended_at.is_none_or(|ended| ended > at)
                };
                let mut expected: Vec<_> = self.oracle.grants.iter().filter(live).map(|grant| grant.user).collect();
                expected.sort_unstable();
                let people = self.store.members_at(*group, at).await.expect("the past is read");
                let mut stored: Vec<_> = people.iter().map(|person| person.id).collect();
                stored.sort_unstable();
                assert_eq!(stored, expected, "seed {seed}: group {group} at {at}");
            }
        }
    }
}

async fn play(start: &Start, seed: u64) -> (usize, usize) {
    let mut dice = dice::Dice::new(seed);
    let mut twins = Twins::begin(start).await;
    for _ in 0..COMMANDS {
        let (caller, command) = history::next(&mut dice, twins.oracle.requests.len());
        twins.play(&caller, &command, seed).await;
    }
    twins.compare(seed).await
}

/// Plays these many histories, those of equal rest by `WORLDS` in the same world.
async fn agree(engine: Engine, histories: u64) {
    let only = std::env::var("MUSTER_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds: Vec<u64> = only.map_or_else(|| (1..=histories).collect(), |seed| vec![seed]);
    let begun = std::time::Instant::now();
    let worlds = join_all((0..WORLDS).map(|seed| Start::of(engine, seed))).await;
    let played: Vec<(usize, usize)> = stream::iter(seeds.iter().copied().zip(std::iter::repeat(&worlds)))
        .map(|(seed, worlds)| play(&worlds[usize::try_from(seed % WORLDS).expect("few")], seed))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    for world in worlds {
        world.database.remove().await;
    }
    let (accepted, events) = played.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!(
        "{engine:?}: seeds {:?} to {:?}, {COMMANDS} commands each in {WORLDS} worlds: {} commands, {accepted} carried \
         out, {events} events agreed in {:.1?}",
        seeds.first(),
        seeds.last(),
        seeds.len() * COMMANDS,
        begun.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_histories_agree_with_the_oracle_sqlite() {
    agree(Engine::Sqlite, 200).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_histories_agree_with_the_oracle_postgres() {
    agree(Engine::Postgres, 60).await;
}
