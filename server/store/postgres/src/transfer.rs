//! Takes every row of another database into this one, which must be empty: all of it, checked, or nothing.

use crate::{
    Db, Store, dialect,
    shared::{
        Fault, InContext, account,
        bulk::{self, DroppedIndexes, Meter},
        check,
    },
    transaction,
};
use sqlx::{AssertSqlSafe, Executor, PgConnection, QueryBuilder, Transaction, postgres::PgCopyIn};
use std::fmt::Write;
use store_model::{Cell, Column, Kind, StoreError, Table};

const CONTEXT: &str = "writing every row";
/// How much is sent at once, in bytes.
const PARCEL: usize = 1 << 18;

/// The tables that both databases have, with their columns.
const COLUMNS: &str = "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT) \
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) \
     WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND table_name <> 'event_head' \
         AND table_name NOT LIKE '\\_sqlx\\_%' ORDER BY c.table_name, c.ordinal_position";

/// References between tables, each with the statements that drop it and make it again.
const REFERENCES: &str = "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname), \
     'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) \
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1";

/// A transaction in which everything is written. Dropped before its end, it has changed nothing.
pub struct Writing {
    tx: Transaction<'static, Db>,
    tables: Vec<Table>,
    burdens: DroppedIndexes,
    /// How each reference is made again: rows of one table come before those that they refer to.
    references: Vec<String>,
}

/// A table that is being filled.
pub struct CopyWriter<'w> {
    copy: PgCopyIn<&'w mut PgConnection>,
    parcel: String,
}

impl Store {
    /// Begins to write everything; makes the tables that are not there yet. Fails with `NotEmpty` where there is an account or an event.
    pub async fn write_all(&self) -> Result<Writing, StoreError> {
        Writing::begin(self).await.in_context(CONTEXT)
    }

    /// Looks at what was written.
    pub async fn look_at_all(&self) -> Result<(), StoreError> {
        let mut bulk = self.bulk().await.in_context(CONTEXT)?;
        let looked = bulk::look_again(&mut bulk).await;
        self.finish_bulk(bulk).await.in_context(CONTEXT)?;
        looked.in_context(CONTEXT)
    }
}

impl Writing {
    async fn begin(store: &Store) -> Result<Self, Fault> {
        let mut tx = transaction::begin(&store.inner.pool, dialect::BEGIN_WRITE).await?;
        tx.execute(dialect::BEFORE_BULK).await?;
        // In here, so that a database that had nothing in it has nothing in it where this does not come to its end.
        dialect::migrate(&mut tx)
            .await
            .map_err(|error| StoreError::Database { context: "making the tables", cause: error.to_string() })?;
        let has_events: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM events)").fetch_one(&mut *tx).await?;
        if has_events || account::any_exists(&mut tx).await? {
            return Err(StoreError::NotEmpty.into());
        }
        let tables = list_tables(&mut tx).await?;
        let (dropping, references): (Vec<String>, Vec<String>) =
            sqlx::query_as(REFERENCES).fetch_all(&mut *tx).await?.into_iter().unzip();
        for statement in dropping {
            tx.execute(AssertSqlSafe(statement)).await?;
        }
        let burdens = DroppedIndexes::list(&mut tx).await?;
        burdens.drop_all(&mut tx).await?;
        for table in &tables {
            // What every new database begins with: states and settings.
            QueryBuilder::<Db>::new("DELETE FROM ").push(&table.name).build().execute(&mut *tx).await?;
        }
        Ok(Self { tx, tables, burdens, references })
    }

    /// Every table that is to be filled.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Begins to fill a table.
    pub async fn pour(&mut self, table: &Table) -> Result<CopyWriter<'_>, StoreError> {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let statement = format!("COPY {} ({}) FROM STDIN", table.name, columns.join(", "));
        let copy = self.tx.copy_in_raw(&statement).await.in_context(CONTEXT)?;
        Ok(CopyWriter { copy, parcel: String::with_capacity(PARCEL * 2) })
    }

    /// Ends what was begun: references and indices are made, ids go on after the last that were drawn, and everything is
    /// checked. Commits where all of it holds; else answers what does not.
    pub async fn finish(self, last_ids: &[(String, i64)]) -> Result<Vec<String>, StoreError> {
        self.conclude(last_ids).await.in_context(CONTEXT)
    }

    async fn conclude(self, last_ids: &[(String, i64)]) -> Result<Vec<String>, Fault> {
        let Self { mut tx, references, burdens, .. } = self;
        for statement in references {
            tx.execute(AssertSqlSafe(statement)).await?;
        }
        burdens.recreate(&mut tx, 0, &mut Meter::new(0, &|_, _| {})).await?;
        dialect::finish_bulk(&mut tx).await?;
        for (table, last) in last_ids {
            sqlx::query("SELECT setval(pg_get_serial_sequence($1, 'id'), $2) WHERE $2 > 0")
                .bind(table)
                .bind(last)
                .execute(&mut *tx)
                .await?;
        }
        // Without it the check would be planned for empty tables.
        tx.execute("ANALYZE").await?;
        let mut findings = Vec::new();
        check::run(&mut tx, &mut findings).await?;
        if findings.is_empty() {
            tx.commit().await?;
        } else {
            tx.rollback().await?;
        }
        Ok(findings)
    }
}

impl CopyWriter<'_> {
    /// Adds a row, in the form that `COPY` reads: <https://www.postgresql.org/docs/current/sql-copy.html>.
    pub async fn add(&mut self, row: &[Cell]) -> Result<(), StoreError> {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                self.parcel.push('\t');
            }
            write_cell(&mut self.parcel, cell);
        }
        self.parcel.push('\n');
        if self.parcel.len() >= PARCEL {
            self.copy.send(self.parcel.as_bytes()).await.in_context(CONTEXT)?;
            self.parcel.clear();
        }
        Ok(())
    }

    /// Ends the table; answers how many rows it has.
    pub async fn finish(mut self) -> Result<u64, StoreError> {
        self.copy.send(self.parcel.as_bytes()).await.in_context(CONTEXT)?;
        self.copy.finish().await.in_context(CONTEXT)
    }
}

fn write_cell(parcel: &mut String, cell: &Cell) {
    // Writing to a text never fails.
    let _ = match cell {
        Cell::Nothing => parcel.write_str("\\N"),
        Cell::Whole(number) => write!(parcel, "{number}"),
        Cell::Flag(flag) => parcel.write_str(if *flag { "t" } else { "f" }),
        Cell::Text(text) => text.chars().try_for_each(|c| match c {
            '\\' => parcel.write_str("\\\\"),
            '\n' => parcel.write_str("\\n"),
            '\r' => parcel.write_str("\\r"),
            '\t' => parcel.write_str("\\t"),
            c => parcel.write_char(c),
        }),
        Cell::Bytes(bytes) => {
            parcel.write_str("\\\\x").and_then(|()| bytes.iter().try_for_each(|byte| write!(parcel, "{byte:02x}")))
        }
    };
}

async fn list_tables(conn: &mut PgConnection) -> Result<Vec<Table>, Fault> {
    let columns: Vec<(String, String, String)> = sqlx::query_as(COLUMNS).fetch_all(conn).await?;
    let mut tables: Vec<Table> = Vec::new();
    for (table, name, kind) in columns {
        let kind = match kind.as_str() {
            "bigint" => Kind::Whole,
            "boolean" => Kind::Flag,
            "text" => Kind::Text,
            "bytea" => Kind::Bytes,
            other => {
                let cause = format!("{table}.{name} is {other}");
                return Err(StoreError::Database { context: CONTEXT, cause }.into());
            }
        };
        let column = Column { name, kind };
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push(column),
            Some(_) | None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}
