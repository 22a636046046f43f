//! From one database to the other: everything, or nothing.

use crate::{Database, Progress, Store, StoreError};
use futures::TryStreamExt;

/// How many rows are told of at once.
const STEP: u64 = 1000;

impl Store {
    /// Writes everything this SQLite file holds to an empty PostgreSQL database, in one transaction that makes its tables
    /// and is checked before its end: row by row, with little memory. Answers what would not hold there; then, and on any
    /// failure, the other database is as it was. The place of each event in the feed stays the same, and ids go on.
    ///
    /// Fails with `NotEmpty` where the other database holds anything, and with `InUse` where this one is being served.
    pub async fn move_to(&self, target: &Self, progress: &Progress<'_>) -> Result<Vec<String>, StoreError> {
        let (Database::Sqlite(from), Database::Postgres(to)) = (&self.database, &target.database) else {
            return Err(StoreError::UnknownUrl("only from sqlite: to postgres:".to_owned()));
        };
        // Whatever was written meanwhile would be lost.
        from.claim_for_serving()?;
        let mut reading = from.read_all().await?;
        let mut writing = to.write_all().await?;
        let tables = writing.tables().to_vec();
        let total = reading.count(&tables).await?;
        let mut done = 0;
        for table in &tables {
            let mut pouring = writing.pour(table).await?;
            let mut rows = reading.rows(table);
            while let Some(row) = rows.try_next().await? {
                pouring.add(&row).await?;
                done += 1;
                if done % STEP == 0 {
                    progress(done, total);
                }
            }
            pouring.finish().await?;
        }
        progress(total, total);
        let last_ids = reading.last_ids().await?;
        let findings = writing.finish(&last_ids).await?;
        if findings.is_empty() {
            to.look_at_all().await?;
        }
        Ok(findings)
    }
}
