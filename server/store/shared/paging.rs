//! Pages of lists: so many rows and one more, which tells that there is a next page.

use super::name;
use crate::Db;
use domain::PageSize;
use sqlx::QueryBuilder;

/// Adds the limit of a page, written out: PostgreSQL plans for a tenth of the table where it is bound.
pub(crate) fn push_limit(query: &mut QueryBuilder<Db>, size: PageSize) {
    query.push(" LIMIT ").push(size.rows() + 1);
}

/// Takes off the row that is too many, and answers the cursor of the next page if there was one.
pub(crate) fn next_cursor<T>(rows: &mut Vec<T>, size: PageSize, key: impl Fn(&T) -> String) -> Option<String> {
    let more = rows.len() > size.rows();
    rows.truncate(size.rows());
    rows.last().filter(|_| more).map(key)
}

/// Where a page goes on that ends with this name: the id first, as a name may hold anything.
pub(crate) fn cursor(id: i64, key: &str) -> String {
    format!("{id} {key}")
}

/// The id and the key of the name in a cursor. One that is none of ours starts at the beginning.
pub(crate) fn place(cursor: Option<&str>) -> Option<(i64, String)> {
    let (id, key) = cursor?.split_once(' ')?;
    Some((id.parse().ok()?, name::storable(key).collect()))
}

/// A cursor that is a number. Any other starts at the beginning.
pub(crate) fn number(cursor: Option<&String>) -> Option<i64> {
    cursor?.parse().ok()
}
