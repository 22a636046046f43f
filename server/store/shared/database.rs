//! Bringing the schema up to date, checking and filling the database.

use crate::{
    Conn, MIGRATIONS, Store, dialect,
    shared::{Fault, InContext, check, growth, name_form, name_word, seed},
};
use std::collections::HashSet;
use store_model::{Growth, Seed, StoreError};

/// Brings the schema up to date, and checks and fills it.
impl Store {
    /// Runs the migrations that the database has not seen.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let context = "migrating";
        let mut bulk = self.bulk().await.in_context(context)?;
        let conn: &mut Conn = &mut bulk;
        let migrated = match dialect::migrate(conn).await {
            Ok(()) => renew_names(&mut bulk).await.in_context(context),
            Err(error) => Err(StoreError::Database { context, cause: error.to_string() }),
        };
        self.finish_bulk(bulk).await.in_context(context)?;
        migrated
    }

    /// How many migrations the database has not seen.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        let applied = self.applied_migrations().await.in_context("looking for migrations")?;
        Ok(MIGRATIONS.iter().filter(|migration| !applied.contains(&migration.version)).count())
    }

    async fn applied_migrations(&self) -> Result<HashSet<i64>, Fault> {
        let mut conn = self.reader().await?;
        let versions =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(&mut *conn).await;
        match versions {
            Ok(versions) => Ok(versions.into_iter().collect()),
            Err(sqlx::Error::Database(error)) if dialect::is_missing_table(error.as_ref()) => Ok(HashSet::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether nothing is kept in it: no schema, or no account.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let applied = self.applied_migrations().await.in_context("looking for migrations")?;
        Ok(applied.is_empty() || !self.has_users().await?)
    }

    /// Whether the database answers, and keeps what it is given as far as that is known without writing. Where it did not
    /// keep something, or is about to, it is tried again.
    pub async fn is_ready(&self) -> Result<(), StoreError> {
        self.ping().await?;
        if self.keeps_all()? {
            return Ok(());
        }
        self.write(|conn| {
            Box::pin(async move {
                sqlx::query(dialect::PROBE).execute(conn).await?;
                Ok(())
            })
        })
        .await
        .in_context("trying to write")
    }

    /// Fills an empty database.
    pub async fn seed(&self, seed: &Seed, progress: &(dyn Fn(u64, u64) + Send + Sync)) -> Result<(), StoreError> {
        let context = "seeding";
        let mut bulk = self.bulk().await.in_context(context)?;
        let filled = seed::fill(&mut bulk, seed, progress).await;
        self.finish_bulk(bulk).await.in_context(context)?;
        filled.in_context(context)
    }

    /// Adds much to what was seeded.
    pub async fn grow(&self, growth: &Growth, progress: &(dyn Fn(u64, u64) + Send + Sync)) -> Result<(), StoreError> {
        let context = "growing";
        let mut bulk = self.bulk().await.in_context(context)?;
        let grown = growth::grow(&mut bulk, growth, progress).await;
        self.finish_bulk(bulk).await.in_context(context)?;
        grown.in_context(context)
    }

    /// What is wrong with the stored data.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        let context = "checking";
        let pending = self.pending_migrations().await?;
        if pending > 0 {
            return Ok(vec![format!("{pending} migrations are pending: run `muster migrate`.")]);
        }
        let known: HashSet<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
        let applied = self.applied_migrations().await.in_context(context)?;
        let mut findings: Vec<String> = applied
            .difference(&known)
            .map(|version| format!("Migration {version} is of a newer Muster than this one."))
            .collect();
        self.look_for_news().await;
        let mut view = self.snapshot().await.in_context(context)?;
        match check::run(&mut view, &mut findings).await.in_context(context) {
            Ok(()) => {}
            Err(StoreError::Damaged(cause)) => findings.push(format!("What is stored cannot be read: {cause}.")),
            Err(error) => return Err(error),
        }
        findings.extend(self.check_files());
        Ok(findings)
    }
}

/// Brings what is worked out of names up to date, which no migration can.
async fn renew_names(conn: &mut Conn) -> Result<(), Fault> {
    name_word::fill_old(conn).await?;
    name_form::renew(conn).await
}
