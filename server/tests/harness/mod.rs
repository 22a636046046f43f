//! A whole process over a database of its own, and the people who use it.

mod cast;
mod person;
mod stream;

pub use cast::{PASSWORD, group};
pub use person::{Answer, Person};
pub use stream::{Message, Stream};

use axum::Router;
use clap::{Args, FromArgMatches};
use domain::Timestamp;
use server::{
    Muster,
    clock::{CountingRandom, ManualClock, Sources},
    config::Settings,
};
use std::{sync::Arc, time::Duration};
use store::Store;
use store_testing::{Database, Engine};

/// When every test begins.
pub const START: Timestamp = Timestamp(1_700_000_000_000_000);

/// Streams beat this often, so that no test waits long for one.
pub const BEAT: Duration = Duration::from_millis(100);

/// Who is there when a test begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The people of [`cast`].
    Cast,
    /// Nobody.
    Empty,
}

/// A process that is used by calling its router.
pub struct TestServer {
    pub clock: Arc<ManualClock>,
    muster: Muster,
    router: Router,
    store: Store,
    url: String,
}

/// Where the process of a test keeps its rows.
struct Url(String);

impl store_testing::Harness for Url {
    async fn begin(database: &Database) -> Self {
        Self(database.url.clone())
    }
}

/// Runs a test body over a process of its own, started with these arguments, and looks whether all is in order then.
pub async fn run(engine: Engine, start: Start, arguments: &[&str], body: impl AsyncFnOnce(&TestServer)) {
    store_testing::run(engine, |Url(url): Url| async move {
        let server = TestServer::start(&url, start, arguments).await;
        body(&server).await;
        server.finish().await;
    })
    .await;
}

impl TestServer {
    async fn start(url: &str, start: Start, arguments: &[&str]) -> Self {
        let store = Store::open(url).await.expect("the database opens");
        if start == Start::Cast {
            store.seed(&cast::seed(), &|_, _| {}).await.expect("the cast is seeded");
        }
        Self::over(url, store, Arc::new(ManualClock::at(START)), arguments).await
    }

    async fn over(url: &str, store: Store, clock: Arc<ManualClock>, arguments: &[&str]) -> Self {
        let sources = Sources { clock: clock.clone(), random: Arc::new(CountingRandom::default()) };
        let muster = server::build_with_beat(&settings(arguments), store.clone(), sources, BEAT).await;
        let muster = muster.expect("the process starts");
        Self { clock, router: muster.router(), muster, store, url: url.to_owned() }
    }

    /// Another process over the same database, at the same time.
    pub async fn another(&self, arguments: &[&str]) -> Self {
        Self::over(&self.url, self.store.clone(), Arc::clone(&self.clock), arguments).await
    }

    /// Another process, for which the database refuses every write.
    pub async fn read_only(&self) -> Self {
        let refusal =
            if self.url.starts_with("sqlite") { "mode=ro" } else { "options[default_transaction_read_only]=on" };
        let sign = if self.url.contains('?') { '&' } else { '?' };
        let url = format!("{}{sign}{refusal}", self.url);
        let store = Store::open(&url).await.expect("the database opens");
        Self::over(&url, store, Arc::clone(&self.clock), &[]).await
    }

    /// Somebody with a fresh browser.
    pub fn visitor(&self) -> Person<'_> {
        Person::new(&self.router)
    }

    /// Somebody of the cast, signed in.
    pub async fn person(&self, username: &str) -> Person<'_> {
        let mut person = self.visitor();
        let answer = person.sign_in(username, PASSWORD).await;
        assert_eq!((answer.status(), answer.location()), (303, "/groups"), "{username} signs in");
        person
    }

    /// The page that makes the first account, as the console names it.
    pub fn setup(&self) -> String {
        format!("/setup?code={}", self.muster.setup_code())
    }

    /// The code of that page.
    pub fn setup_code(&self) -> &str {
        self.muster.setup_code()
    }

    /// The process as programs call it.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The database, for what no page shows.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Ends the process and looks whether it left everything in order.
    pub async fn finish(self) {
        assert_eq!(self.store.check().await.expect("the database answers"), Vec::<String>::new());
        let ended = tokio::time::timeout(Duration::from_secs(5), self.muster.close()).await;
        ended.expect("the process ends");
    }
}

/// Settings as the command line would give them.
pub fn settings(arguments: &[&str]) -> Settings {
    let command = Settings::augment_args(clap::Command::new("muster"));
    let matches = command.try_get_matches_from(["muster"].iter().chain(arguments)).expect("the arguments parse");
    Settings::from_arg_matches(&matches).expect("the arguments fit")
}

/// One test body, two databases: `both!(name, async |t| { … })` over the cast, with further arguments of `serve` before
/// the body where needed; `both!(empty name, …)` where nobody is there yet.
macro_rules! both {
    (empty $name:ident, $body:expr) => {
        both!(@ $name, Empty, &[], $body);
    };
    ($name:ident, $body:expr) => {
        both!(@ $name, Cast, &[], $body);
    };
    ($name:ident, $arguments:expr, $body:expr) => {
        both!(@ $name, Cast, $arguments, $body);
    };
    (@ $name:ident, $start:ident, $arguments:expr, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "some bodies need nothing from around them")]
            use super::*;
            use $crate::harness::{Start, run};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run(store_testing::Engine::Sqlite, Start::$start, $arguments, $body).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run(store_testing::Engine::Postgres, Start::$start, $arguments, $body).await;
            }
        }
    };
}
pub(crate) use both;
