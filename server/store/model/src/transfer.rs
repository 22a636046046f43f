//! Rows of any table on their way from one database to another.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers: ids, times, codes.
    Whole,
    /// True or false.
    Flag,
    /// Text.
    Text,
    /// Bytes: hashes of secrets.
    Bytes,
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// One table, with every column it has.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// One value.
#[derive(Clone, Debug)]
pub enum Cell {
    /// None.
    Nothing,
    /// A number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}
