//! Which groups need care: nobody active leads them, or somebody has waited for long.

use super::leader;
use crate::Db;
use domain::{Timestamp, UserId};
use sqlx::QueryBuilder;

/// Narrows a statement to the groups that need care, as `look_after` tells it, or to the others.
pub(crate) fn narrow_to_care(query: &mut QueryBuilder<Db>, user: UserId, care: bool, now: Timestamp) {
    query.push(if care { " AND (NOT " } else { " AND NOT (NOT " }).push(leader::IS_LED);
    query.push(" OR EXISTS (SELECT 1 FROM requests cr WHERE cr.group_id = g.id AND cr.status = 0 AND cr.user_id <> ");
    query.push_bind(user.0).push(" AND cr.created_at < ").push_bind(now.plus_seconds(-LONG_WAIT).0).push("))");
}

/// How long a request waits before its group needs care, in seconds.
pub(crate) const LONG_WAIT: i64 = 7 * 24 * 60 * 60;
