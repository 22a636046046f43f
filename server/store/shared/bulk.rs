//! What writing very many rows at once needs: no indices and no references meanwhile, somebody told how far it is, and plans that know of
//! the rows afterwards.

use super::Fault;
use crate::{Conn, dialect};
use sqlx::{AssertSqlSafe, Executor};

/// What taking up one burden again counts for, as a share of the rows of a large table.
const ROWS_A_BURDEN: u64 = 20;

/// Counts rows for whoever waits.
pub(crate) struct Meter<'a> {
    done: u64,
    total: u64,
    progress: &'a (dyn Fn(u64, u64) + Send + Sync),
}

impl<'a> Meter<'a> {
    /// Nothing of so much is done.
    pub(crate) fn new(total: u64, progress: &'a (dyn Fn(u64, u64) + Send + Sync)) -> Self {
        Self { done: 0, total, progress }
    }

    /// So many more rows are done.
    pub(crate) fn add(&mut self, rows: u64) {
        self.done += rows;
        (self.progress)(self.done.min(self.total), self.total);
    }

    /// Everything is done, however much it was.
    pub(crate) fn finish(&mut self) {
        (self.progress)(self.total, self.total);
    }
}

/// What every row costs beside itself: indices that only help to find it, references that are looked up for it. Written
/// without them and checked all at once, rows are inserted several times as fast. Each with the statement that lays it
/// down, and the one that takes it up again.
pub(crate) struct DroppedIndexes(Vec<(String, String)>);

impl DroppedIndexes {
    /// Which there are.
    pub(crate) async fn list(conn: &mut Conn) -> sqlx::Result<Self> {
        Ok(Self(sqlx::query_as(dialect::BURDENS).fetch_all(conn).await?))
    }

    /// What taking them up again counts for beside this many rows.
    pub(crate) const fn weight(&self, rows: u64) -> u64 {
        self.0.len() as u64 * (rows / ROWS_A_BURDEN)
    }

    /// Lays them down, until the end of the transaction at most.
    pub(crate) async fn drop_all(&self, conn: &mut Conn) -> sqlx::Result<()> {
        for (statement, _) in &self.0 {
            conn.execute(AssertSqlSafe(statement.clone())).await?;
        }
        Ok(())
    }

    /// Takes them up again, as the database itself had written them down.
    pub(crate) async fn recreate(self, conn: &mut Conn, rows: u64, meter: &mut Meter<'_>) -> sqlx::Result<()> {
        for (_, statement) in self.0 {
            conn.execute(AssertSqlSafe(statement)).await?;
            meter.add(rows / ROWS_A_BURDEN);
        }
        Ok(())
    }
}

/// Looks at the tables after the transaction: their rows are other ones now.
pub(crate) async fn look_again(conn: &mut Conn) -> Result<(), Fault> {
    conn.execute(dialect::AFTER_BULK).await?;
    Ok(())
}
