//! Databases for tests: one test body, two databases, each of them fresh, migrated and gone afterwards.
//!
//! PostgreSQL comes from the server that `MUSTER_TEST_POSTGRES_URL` names, where databases may be made; without it, a
//! throw-away server is started once for each test process and ends with it.
//!
//! A test crate has a module `harness` with a type `Harness`, and writes `both!(a_sentence, |t| async move { … })`.

mod cluster;
mod database;

pub use database::Database;
pub use store::Engine;

use futures::FutureExt;
use std::{future::Future, panic::AssertUnwindSafe};

/// What a test body is handed.
pub trait Harness: Sized {
    /// Sets everything up over a fresh database.
    fn begin(database: &Database) -> impl Future<Output = Self> + Send;
}

/// Runs a test body over a fresh database, which is removed whatever becomes of the test.
pub async fn run<H, F>(engine: Engine, body: impl FnOnce(H) -> F)
where
    H: Harness,
    F: Future<Output = ()>,
{
    let database = Database::create(engine).await;
    let test = async { body(H::begin(&database).await).await };
    let outcome = AssertUnwindSafe(test).catch_unwind().await;
    database.remove().await;
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// One test body for two databases: makes the tests `name::sqlite` and `name::postgres`.
#[expect(clippy::crate_in_macro_def, reason = "the harness is that of the test crate")]
#[macro_export]
macro_rules! both {
    ($(#[$attribute:meta])* $name:ident, |$t:ident| async move $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body needs what stands around it")]
            use super::*;

            async fn body($t: crate::harness::Harness) $body

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::run($crate::Engine::Sqlite, body).await;
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::run($crate::Engine::Postgres, body).await;
            }
        }
    };
}
