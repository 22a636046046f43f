//! Why nothing can be kept at present, whoever asks for it.

use serde::{Deserialize, Serialize};

/// What keeps the database from being written to. Reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unwritable {
    /// No room is left on the disk.
    DiskFull,
    /// Its file system, or the database itself, takes no writes.
    ReadOnly,
    /// Its file was deleted or replaced: what would be written is lost with the old one.
    DatabaseReplaced,
}

impl Unwritable {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DiskFull => "disk_full",
            Self::ReadOnly => "read_only",
            Self::DatabaseReplaced => "database_replaced",
        }
    }
}
