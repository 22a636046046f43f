//! A store over a fresh database, a small town to fill it with, and short ways to say who does what.

use domain::{
    Command, CommandId, Flag, Flags, GroupId, GroupKey, Note, Outcome, Permission, Permissions, Receipt, RecordedEvent,
    Refusal, RequestId, RequestKind, Seq, State, StateId, Timestamp, UserId,
};
use store::{CallerId, ExecuteError, Order, Seed, SeedCharacter, SeedGroup, SeedMembership, SeedUser, Store};
use store_testing::Database;

/// The moment at which everything in a test happens.
pub const NOW: Timestamp = Timestamp(1_764_000_000_000_000);
/// The corporation whose members are in the state Member.
pub const HOME: i64 = 98;

/// Superuser.
pub const ROOT: UserId = UserId(1);
/// Leads `CLOSED` and `SECRET`.
pub const LEA: UserId = UserId(2);
/// In the state Member.
pub const ANA: UserId = UserId(3);
/// A guest.
pub const BO: UserId = UserId(4);
/// Holds `group_management`.
pub const MAX: UserId = UserId(5);

/// Asks and is decided.
pub const CLOSED: GroupId = GroupId(1);
/// Open and public.
pub const OPEN: GroupId = GroupId(2);
/// Hidden and closed.
pub const SECRET: GroupId = GroupId(3);
/// Internal.
pub const STAFF_ONLY: GroupId = GroupId(4);

pub const PLAIN: Flags = Flags::NONE;

/// The store of a test.
pub struct Harness {
    pub store: Store,
    pub url: String,
}

impl store_testing::Harness for Harness {
    async fn begin(database: &Database) -> Self {
        let store = Store::open(&database.url).await.expect("the database opens");
        Self { store, url: database.url.clone() }
    }
}

impl Harness {
    /// Fills the database with the small town.
    pub async fn settle(&self) {
        self.fill(&town()).await;
    }

    pub async fn fill(&self, seed: &Seed) {
        self.store.seed(seed, &|_, _| {}).await.expect("the seed is sown");
    }

    pub async fn does(&self, user: UserId, command: Command) -> Result<Outcome, Refusal> {
        self.orders(order(user, command)).await.map(|receipt| receipt.outcome)
    }

    pub async fn orders(&self, order: Order) -> Result<Receipt, Refusal> {
        match self.store.execute(order).await {
            Ok(receipt) => Ok(receipt),
            Err(ExecuteError::Refused(refusal)) => Err(refusal),
            Err(ExecuteError::Failed(error)) => panic!("the store failed: {error}"),
        }
    }

    /// Asks to join a closed group.
    pub async fn asks(&self, user: UserId, group: GroupId) -> RequestId {
        match self.does(user, join(group)).await {
            Ok(Outcome::Requested(id)) => id,
            other => panic!("{user} did not ask for {group}: {other:?}"),
        }
    }

    /// Everything in the feed, once it has come to hold `count` events.
    pub async fn feed_of(&self, count: i64) -> Vec<RecordedEvent> {
        let mut head = self.store.watch();
        head.wait_for(|seq| *seq >= Seq(count)).await.expect("the store is open");
        self.store.feed_after(Seq(0)).await.expect("the feed is read")
    }

    /// Fails the test where the data contradict themselves.
    pub async fn is_sound(&self) {
        assert_eq!(self.store.check().await.expect("the check runs"), Vec::<String>::new());
    }
}

pub fn order(user: UserId, command: Command) -> Order {
    Order::new(CallerId::User(user), command, NOW)
}

pub fn named(order: Order, id: &str) -> Order {
    Order { command_id: CommandId::parse(id), ..order }
}

pub fn note(text: &str) -> Option<Note> {
    Note::parse(text).ok()
}

pub fn join(group: GroupId) -> Command {
    Command::Join { group: GroupKey::Id(group), reason: note("because") }
}

pub fn leave(group: GroupId) -> Command {
    Command::Leave { group, reason: None }
}

pub fn approve(request: RequestId) -> Command {
    Command::Approve { request, comment: note("welcome") }
}

pub fn reject(request: RequestId) -> Command {
    Command::Reject { request, comment: None }
}

/// A user, with a main character in the corporation of the state Member where `state` is that.
pub fn user(id: UserId, name: &str, state: StateId) -> SeedUser {
    let main = SeedCharacter {
        external_id: 90_000 + id.0,
        name: format!("{name} Vex"),
        corporation: Some((HOME, "Home".to_owned())),
        alliance: None,
    };
    SeedUser {
        id,
        username: name.to_owned(),
        email: Some(format!("{name}@example.org")),
        password_hash: None,
        active: true,
        staff: false,
        superuser: false,
        permissions: Permissions::NONE,
        state,
        characters: if state == State::MEMBER { vec![main] } else { Vec::new() },
        created_at: NOW,
    }
}

pub fn group(id: GroupId, name: &str, flags: Flags) -> SeedGroup {
    SeedGroup {
        id,
        name: name.to_owned(),
        description: String::new(),
        flags,
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: Vec::new(),
        leader_groups: Vec::new(),
        join_token: format!("token-{id}"),
        created_at: NOW,
    }
}

pub fn membership(user: UserId, group: GroupId) -> SeedMembership {
    SeedMembership { group, user, approved_by: None, since: NOW }
}

/// Five people and four groups.
pub fn town() -> Seed {
    let open = PLAIN.with(Flag::Open, true).with(Flag::Public, true);
    Seed {
        users: vec![
            SeedUser { staff: true, superuser: true, ..user(ROOT, "root", State::GUEST) },
            user(LEA, "lea", State::MEMBER),
            user(ANA, "ana", State::MEMBER),
            user(BO, "bo", State::GUEST),
            SeedUser {
                permissions: [Permission::GroupManagement].into_iter().collect(),
                ..user(MAX, "max", State::GUEST)
            },
        ],
        state_corporations: vec![(State::MEMBER, HOME)],
        groups: vec![
            SeedGroup { leaders: vec![LEA], ..group(CLOSED, "Closed", PLAIN) },
            group(OPEN, "Open", open),
            SeedGroup { leaders: vec![LEA], ..group(SECRET, "Secret", PLAIN.with(Flag::Hidden, true)) },
            group(STAFF_ONLY, "Staff only", PLAIN.with(Flag::Internal, true)),
        ],
        memberships: vec![membership(MAX, CLOSED)],
        ..Seed::default()
    }
}

/// A town with this many more members, from id 100 on.
pub fn crowd(count: i64) -> Seed {
    let mut town = town();
    town.users.extend((100..100 + count).map(|id| user(UserId(id), &format!("user{id}"), State::MEMBER)));
    town
}

pub fn queue_of(kind: RequestKind) -> domain::QueueQuery {
    domain::QueueQuery { kind: Some(kind), ..domain::QueueQuery::default() }
}
