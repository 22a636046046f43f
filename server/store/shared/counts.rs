//! Which requests a viewer decides, and how many wait.

use super::{Fault, account::ViewerRow, code::decode, event};
use crate::{Conn, Db, dialect};
use domain::{EventScope, GroupId, Permission, QueueCounts, RequestKind, RequestStatus, UserId};
use sqlx::QueryBuilder;

/// Selects the groups a user leads either way. Inactive accounts never come this far.
const LED: &str = "SELECT group_id FROM leaders WHERE user_id = ";
const LED_THROUGH_GROUP: &str = " UNION SELECT lg.group_id FROM leader_groups lg \
     JOIN memberships m ON m.group_id = lg.leader_group_id WHERE m.user_id = ";

/// Which groups somebody decides for: `authority::decides` in SQL.
pub(crate) struct Scope {
    /// Who.
    pub(crate) user: UserId,
    /// Every group that is not internal; else those they lead.
    pub(crate) manager: bool,
    /// While a job is open: the groups they will still be in, through which they may lead others.
    held: Option<Vec<i64>>,
}

impl Scope {
    /// The scope of an active account.
    pub(crate) fn of(viewer_row: &ViewerRow) -> Self {
        Self::with(viewer_row, viewer_row.account.holds(Permission::GroupManagement))
    }

    /// What an active account leads by itself, whatever else it may.
    pub(crate) fn led_by(viewer_row: &ViewerRow) -> Self {
        Self::with(viewer_row, false)
    }

    fn with(viewer_row: &ViewerRow, manager: bool) -> Self {
        let held = viewer_row.held.as_ref().map(|held| held.memberships.iter().map(|group| group.0).collect());
        Self { user: viewer_row.account.person.id, manager, held }
    }

    /// Narrows a statement in which `groups g` is joined to the groups in scope.
    pub(crate) fn narrow(&self, query: &mut QueryBuilder<Db>) {
        query.push(" AND g.deleted_at IS NULL AND NOT g.internal");
        if !self.manager {
            query.push(" AND ");
            self.push_decided(query);
        }
    }

    /// Whether `groups g`, which is not internal, is in scope.
    pub(crate) fn push_decided(&self, query: &mut QueryBuilder<Db>) {
        if self.manager {
            query.push("TRUE");
        } else {
            query.push("g.id IN (");
            self.push_led(query);
            query.push(")");
        }
    }

    fn push_led(&self, query: &mut QueryBuilder<Db>) {
        query.push(LED).push_bind(self.user.0);
        match &self.held {
            None => {
                query.push(LED_THROUGH_GROUP).push_bind(self.user.0);
            }
            Some(groups) => {
                query.push(" UNION SELECT lg.group_id FROM leader_groups lg WHERE lg.leader_group_id");
                dialect::push_is_any_of(query, groups);
            }
        }
    }
}

/// The groups in scope, by id.
pub(crate) async fn list(conn: &mut Conn, scope: &Scope) -> sqlx::Result<Vec<GroupId>> {
    let mut query = QueryBuilder::new("SELECT g.id FROM groups g WHERE TRUE");
    scope.narrow(&mut query);
    let ids: Vec<i64> = query.push(" ORDER BY g.id").build_query_scalar().fetch_all(conn).await?;
    Ok(ids.into_iter().map(GroupId).collect())
}

/// Open requests in scope, by kind, one's own left out (R10): as many as the feed's head knows of. `None` where no group is
/// in scope.
///
/// Events without a number are taken back out: a page adds each of them when it arrives by the feed, and would count it
/// twice. The parts are one statement and tell their rows apart by the first column.
pub(crate) async fn count(conn: &mut Conn, scope: &Scope) -> Result<Option<QueueCounts>, Fault> {
    const WAITING: i32 = 0;
    const LATE: i32 = 1;

    let mut query = QueryBuilder::new("SELECT 0 AS part, r.kind, count(*) FROM ");
    // Whoever leads some groups looks into these; left to itself, SQLite goes through all that wait anywhere.
    query.push(if scope.manager { "requests r CROSS JOIN groups g" } else { "groups g CROSS JOIN requests r" });
    query.push(" WHERE g.id = r.group_id AND r.status = 0 AND r.user_id <> ");
    query.push_bind(scope.user.0);
    scope.narrow(&mut query);
    query.push(
        " GROUP BY r.kind UNION ALL SELECT 1 AS part, e.kind, count(*) FROM unnumbered e \
         JOIN groups g ON g.id = e.group_id WHERE e.subject_id <> ",
    );
    query.push_bind(scope.user.0);
    scope.narrow(&mut query);
    query.push(" GROUP BY e.kind");
    if !scope.manager {
        query.push(" UNION ALL SELECT 2 AS part, CAST(0 AS BIGINT), count(*) FROM (SELECT 1 FROM groups g WHERE TRUE");
        scope.narrow(&mut query);
        query.push(" LIMIT 1) AS any_group HAVING count(*) > 0");
    }
    let rows: Vec<(i32, i64, i64)> = query.build_query_as().fetch_all(conn).await?;

    let (mut join, mut leave) = (0, 0);
    let mut add = |kind, number: i64| match kind {
        RequestKind::Join => join += number,
        RequestKind::Leave => leave += number,
    };
    let mut decides = scope.manager;
    for (part, code, number) in rows {
        match part {
            WAITING => add(decode::<RequestKind>("requests", "kind", 0, code)?, number),
            LATE => match event::plain(code).map(|what| what.touches()) {
                Some(EventScope::Request(kind, RequestStatus::Open)) => add(kind, -number),
                Some(EventScope::Request(kind, _)) => add(kind, number),
                Some(_) | None => {}
            },
            _ => decides = true,
        }
    }
    let whole = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
    Ok(decides.then(|| QueueCounts { join: whole(join), leave: whole(leave) }))
}
