//! Pages of lists: so many rows and one more, which tells that there is a next page.

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

/// A cursor that is a number. Any other starts at the beginning.
pub(crate) fn number(cursor: Option<&String>) -> Option<i64> {
    cursor?.parse().ok()
}
