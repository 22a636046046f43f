//! Why the store gave no answer.

use domain::{Refusal, Unwritable};
use thiserror::Error;

/// A failure of the database or of the way to it. Its text is for the log, never for a client.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The URL names no database this program knows.
    #[error("`{0}` is not a database URL: expected sqlite://path or postgres://…")]
    UnknownUrl(String),
    /// Another process already serves this SQLite file.
    #[error("{0}")]
    InUse(String),
    /// The file is not there, and none is to be made.
    #[error("{0}")]
    Missing(String),
    /// The file holds something else than a whole database.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The database can be read, but keeps nothing.
    #[error("{why}: {cause}", why = sentence(*.0), cause = .1)]
    Unwritable(Unwritable, String),
    /// The database cannot be reached, or is shutting down.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The database is overloaded, or a conflict with other writers did not resolve. Trying again may help.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// A stored row cannot be true.
    #[error("{table}.{column} of row {key} cannot be {value}")]
    Impossible {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        key: i64,
        /// What stands there.
        value: String,
    },
    /// The database is not empty where it has to be.
    #[error("the database already has users")]
    NotEmpty,
    /// Anything else the database said.
    #[error("{context}: {cause}")]
    Database {
        /// What was being done.
        context: &'static str,
        /// What the database said.
        cause: String,
    },
}

const fn sentence(why: Unwritable) -> &'static str {
    match why {
        Unwritable::DiskFull => "the disk is full",
        Unwritable::ReadOnly => "the file system or the database is read-only",
        Unwritable::DatabaseReplaced => "the database was deleted or replaced while it was served",
    }
}

/// The answer to a read that the rules may refuse.
pub type Answer<T> = Result<Result<T, Refusal>, StoreError>;

/// Why a command was not carried out. Nothing was changed.
#[derive(Debug, Error)]
pub enum ExecuteError {
    /// The rules refuse it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] StoreError),
}

impl From<Refusal> for ExecuteError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
