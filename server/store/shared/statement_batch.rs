//! Changes that go to the database together: every way there and back costs more than most of them do.

use crate::{Conn, Db, dialect};
use sqlx::QueryBuilder;

/// Changes that answer nothing, and wait for the statement that they go with.
///
/// None of them may rest on another, nor that statement on what they changed: PostgreSQL makes them one statement, whose
/// parts all see the database as it was before; SQLite makes them one after the other.
pub(crate) struct StatementBatch {
    query: QueryBuilder<Db>,
    count: usize,
    conditional: bool,
}

impl StatementBatch {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { query: QueryBuilder::new(""), count: 0, conditional: false }
    }

    /// Adds a change.
    pub(crate) fn add(&mut self, push: impl FnOnce(&mut QueryBuilder<Db>)) {
        dialect::open_change(&mut self.query, self.count);
        push(&mut self.query);
        dialect::close_change(&mut self.query);
        self.count += 1;
    }

    /// Adds the last change: the statement they go with does nothing where this one changed nothing.
    pub(crate) fn add_condition(&mut self, push: impl FnOnce(&mut QueryBuilder<Db>)) {
        self.add(push);
        self.conditional = true;
    }

    /// Makes the changes, where what comes next has to see them.
    pub(crate) async fn make(self, conn: &mut Conn) -> sqlx::Result<Self> {
        if self.count == 0 {
            return Ok(self);
        }
        Ok(Self { query: dialect::make_changes(conn, self.query).await?, count: 0, conditional: false })
    }

    /// With the statement that they go with. Where there may be a condition it is one to which `WHERE` can be added.
    pub(crate) fn and(mut self, push: impl FnOnce(&mut QueryBuilder<Db>)) -> QueryBuilder<Db> {
        push(&mut self.query);
        if self.conditional {
            dialect::push_if_changed(&mut self.query, self.count);
        }
        self.query
    }
}
