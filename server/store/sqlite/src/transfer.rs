//! Reads every table to its end, as all of them are at one moment, for a database that is to take this one's place.

use crate::{
    Db, Store,
    shared::{InContext, view::View},
};
use futures::{StreamExt, stream::BoxStream};
use sqlx::{QueryBuilder, Row, sqlite::SqliteRow};
use store_model::{Cell, Column, Kind, StoreError, Table};

const CONTEXT: &str = "reading the database to its end";

/// A view of everything, held as long as it is read.
pub struct Reading {
    view: View,
}

impl Store {
    /// Begins to read everything.
    pub async fn read_all(&self) -> Result<Reading, StoreError> {
        Ok(Reading { view: self.snapshot().await.in_context(CONTEXT)? })
    }
}

impl Reading {
    /// How many rows these tables have in all.
    pub async fn count(&mut self, tables: &[Table]) -> Result<u64, StoreError> {
        let mut count = 0;
        for table in tables {
            let mut query = QueryBuilder::<Db>::new("SELECT count(*) FROM ");
            let rows: i64 =
                query.push(&table.name).build_query_scalar().fetch_one(&mut *self.view).await.in_context(CONTEXT)?;
            count += u64::try_from(rows).unwrap_or(0);
        }
        Ok(count)
    }

    /// The rows of a table, in the order of their keys.
    pub fn rows<'r>(&'r mut self, table: &'r Table) -> BoxStream<'r, Result<Vec<Cell>, StoreError>> {
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        let mut list = query.separated(", ");
        for column in &table.columns {
            list.push(source(table, column));
        }
        query.push(" FROM ").push(&table.name);
        let statement = query.into_sql();
        sqlx::query(statement)
            .fetch(&mut *self.view)
            .map(|row| row.and_then(|row| cells(&row, table)).in_context(CONTEXT))
            .boxed()
    }

    /// The last id that was drawn in each table that draws them, whether its row is still there or not.
    pub async fn last_ids(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        sqlx::query_as("SELECT name, seq FROM sqlite_sequence").fetch_all(&mut *self.view).await.in_context(CONTEXT)
    }
}

/// What a column is made of: here the id of an event is its place in the feed.
fn source<'c>(table: &Table, column: &'c Column) -> &'c str {
    if table.name == "events" && column.name == "seq" { "id" } else { &column.name }
}

fn cells(row: &SqliteRow, table: &Table) -> sqlx::Result<Vec<Cell>> {
    let cell = |(place, column): (usize, &Column)| {
        Ok(match column.kind {
            Kind::Whole => row.try_get::<Option<i64>, _>(place)?.map_or(Cell::Nothing, Cell::Whole),
            Kind::Flag => row.try_get::<Option<bool>, _>(place)?.map_or(Cell::Nothing, Cell::Flag),
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map_or(Cell::Nothing, Cell::Text),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map_or(Cell::Nothing, Cell::Bytes),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}
