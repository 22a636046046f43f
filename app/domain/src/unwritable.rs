//! Why nothing can be kept at present, whoever asks for it.

use crate::closed::closed;

closed! {
    /// What keeps the database from being written to. Reading goes on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Unwritable {
        /// No room is left on the disk.
        DiskFull = "disk_full",
        /// Its file system, or the database itself, takes no writes.
        ReadOnly = "read_only",
        /// Its file was deleted or replaced: what would be written is lost with the old one.
        DatabaseReplaced = "database_replaced",
    }
}
