//! Transactions that nobody can leave open.

use crate::Db;
use sqlx::{PgPool, Transaction};

/// Begins a transaction on a connection of the pool, in a task of its own: whoever stops waiting, as a request does whose
/// browser has gone, leaves a transaction that is undone.
///
/// The driver counts a transaction as begun when the answer to `BEGIN` is there, and undoes none that it has not counted. A
/// connection given back between the two would carry the transaction, and what it sees, to whoever comes next.
pub(crate) async fn begin(pool: &PgPool, statement: &'static str) -> sqlx::Result<Transaction<'static, Db>> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    begun.await.map_err(|_stopped| sqlx::Error::WorkerCrashed)?
}
