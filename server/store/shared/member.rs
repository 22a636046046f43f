//! Memberships and the grants that hold them (R14).

use super::{code::Code, statement_batch::StatementBatch};
use crate::dialect;
use domain::{Cause, GrantKind, GroupId, Timestamp, UserId};

/// A grant that is to begin.
pub(crate) struct NewGrant<'a> {
    /// For which group.
    pub(crate) group: GroupId,
    /// To whom.
    pub(crate) user: UserId,
    /// How it comes to be.
    pub(crate) kind: GrantKind,
    /// Who gives it.
    pub(crate) by: Option<UserId>,
    /// Why.
    pub(crate) reason: Option<&'a str>,
}

/// Gives a grant, and the membership with the first one.
pub(crate) fn grant(writes: &mut StatementBatch, grant: &NewGrant<'_>, now: Timestamp) {
    let (group, user) = (grant.group.0, grant.user.0);
    writes.add(|query| {
        query.push("INSERT INTO grants (group_id, user_id, kind, actor_id, reason, from_at) ");
        query.push_values([grant], |mut row, grant| {
            row.push_bind(group).push_bind(user).push_bind(grant.kind.stored()).push_bind(grant.by.map(|user| user.0));
            row.push_bind(grant.reason.map(str::to_owned)).push_bind(now.0);
        });
    });
    writes.add(|query| {
        query.push("INSERT INTO memberships (group_id, user_id, sort_key, since) SELECT CAST(").push_bind(group);
        query.push(" AS BIGINT), id, sort_key, CAST(").push_bind(now.0);
        query.push(" AS BIGINT) FROM users WHERE id = ").push_bind(user);
        query.push(" ON CONFLICT (group_id, user_id) DO NOTHING");
        dialect::push_count_members(query, grant.group, 1);
    });
}

/// Ends a membership with every live grant that holds it. Ended grants are kept.
pub(crate) fn end(writes: &mut StatementBatch, group: GroupId, user: UserId, cause: Option<Cause>, now: Timestamp) {
    writes.add(|query| {
        query.push("UPDATE grants SET ended_at = ").push_bind(now.0);
        query.push(", ended_cause = ").push_bind(cause.map(|cause| cause.stored()));
        query.push(" WHERE user_id = ").push_bind(user.0).push(" AND group_id = ").push_bind(group.0);
        query.push(" AND ended_at IS NULL");
    });
    writes.add(|query| {
        query.push("DELETE FROM memberships WHERE group_id = ").push_bind(group.0);
        query.push(" AND user_id = ").push_bind(user.0);
        dialect::push_count_members(query, group, -1);
    });
}
