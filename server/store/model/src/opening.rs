//! How a database is opened.

/// What becomes of a file that is not there. PostgreSQL makes no database by itself, so there all are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It is missed.
    Existing,
    /// It is missed, and one that is there is looked at and left as it is.
    Looking,
    /// It is made, but not where another one was served before.
    New,
    /// It is made.
    Anew,
}
