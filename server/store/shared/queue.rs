//! The queue: open requests that the viewer may decide.

use super::{
    Fault,
    account::{self, AccountRow},
    code::{Code, decode},
    counts::{self, Scope},
    event::{DECISIONS, EVENT, logged},
    group::{self, GROUP, GroupColumns},
    name, paging,
    person::PERSON,
};
use crate::{Conn, Db, dialect};
use domain::{
    Account, Denial, GroupId, GroupRef, Listing, Permission, QueueChoices, QueueCounts, QueuePage, QueueQuery,
    QueueRow, RecordedEvent, RequestId, RequestKind, Timestamp, UserId, may_enter,
};
use sqlx::{FromRow, QueryBuilder};

/// An open request with its group and the account of its applicant.
#[derive(FromRow)]
struct Row {
    request_id: i64,
    request_kind: i64,
    reason: Option<String>,
    created_at: i64,
    #[sqlx(flatten)]
    group: GroupColumns,
    #[sqlx(flatten)]
    applicant: AccountRow,
}

/// A page of the queue, oldest first, with the counts of both kinds.
pub(crate) async fn find(conn: &mut Conn, user: UserId, wanted: &QueueQuery) -> Result<QueuePage, Fault> {
    let mut page = QueuePage {
        query: wanted.clone(),
        group: None,
        counts: QueueCounts::default(),
        listing: Listing::empty(),
        last_decision: None,
    };
    let Some(viewer_row) = account::look(conn, user).await? else {
        page.listing.seq = dialect::head(conn).await?;
        return Ok(page);
    };
    page.listing.seq = viewer_row.seq;
    let scope = Scope::of(&viewer_row);
    if let Some(only) = wanted.group {
        page.group = find_in_scope(conn, &scope, only).await?;
    }
    page.counts = counts::count(conn, &scope).await?.unwrap_or_default();
    (page.listing.items, page.listing.next_cursor) = list(conn, &scope, wanted).await?;
    if page.listing.items.is_empty() {
        page.last_decision = last_decision(conn, &scope).await?;
    }
    Ok(page)
}

/// The group the queue is narrowed to, if the viewer decides for it. For any other the queue is empty.
async fn find_in_scope(conn: &mut Conn, scope: &Scope, id: GroupId) -> sqlx::Result<Option<GroupRef>> {
    let mut query = QueryBuilder::<Db>::new("SELECT g.id, g.name FROM groups g WHERE g.id = ");
    query.push_bind(id.0);
    scope.narrow(&mut query);
    let row: Option<(i64, String)> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(|(id, name)| GroupRef { id: GroupId(id), name }))
}

/// The rows of a page. First the requests, by one index; then what is joined to them.
async fn list(conn: &mut Conn, scope: &Scope, wanted: &QueueQuery) -> Result<(Vec<QueueRow>, Option<String>), Fault> {
    let mut query = QueryBuilder::new("SELECT r.id AS request_id, r.kind AS request_kind, r.reason, r.created_at, ");
    query.push(GROUP).push(", ").push(PERSON).push(", u.is_active, u.is_staff, u.is_superuser, u.state_id, ");
    push_granted(&mut query);
    query.push(" FROM (");
    let kinds = wanted.kind.map_or_else(|| vec![RequestKind::Join, RequestKind::Leave], |only| vec![only]);
    for (place, kind) in kinds.into_iter().enumerate() {
        query.push(if place == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
        push_waiting(&mut query, scope, wanted, kind, wanted.limit.rows() + 1);
        query.push(") AS one_kind");
    }
    query.push(
        ") AS r JOIN groups g ON g.id = r.group_id JOIN users u ON u.id = r.user_id \
         LEFT JOIN characters c ON c.id = u.main_character_id ORDER BY r.id",
    );
    paging::push_limit(&mut query, wanted.limit);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(&mut *conn).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |row| row.request_id.to_string());

    let mut groups: Vec<i64> = rows.iter().map(|row| row.group.id).collect();
    groups.sort_unstable();
    groups.dedup();
    let states = group::list_states(conn, &groups).await?;
    let rows = rows.into_iter().map(|row| {
        let group = states.get(&row.group.id).cloned().unwrap_or_default();
        let group = row.group.with_states(group)?;
        let applicant: Account = row.applicant.into();
        let kind = decode("requests", "kind", row.request_id, row.request_kind)?;
        let warning = match kind {
            _ if applicant.person.id == scope.user => Some(Denial::OwnRequest),
            RequestKind::Join => may_enter(&group, &applicant).err(),
            RequestKind::Leave => None,
        };
        Ok(QueueRow {
            id: RequestId(row.request_id),
            group: group.reference(),
            kind,
            reason: row.reason,
            created_at: Timestamp(row.created_at),
            warning,
            settled_mark: None,
            applicant: applicant.person,
        })
    });
    Ok((rows.collect::<Result<_, Fault>>()?, next_cursor))
}

/// Adds the permissions of an applicant as their bits, as far as the rules ask about them here: to request groups.
fn push_granted(query: &mut QueryBuilder<Db>) {
    let code = Permission::RequestGroups.stored();
    query.push("CAST(CASE WHEN EXISTS (SELECT 1 FROM user_permissions p WHERE p.user_id = u.id AND p.permission = ");
    query
        .push(code)
        .push(") OR EXISTS (SELECT 1 FROM state_permissions p WHERE p.state_id = u.state_id AND p.permission = ");
    query.push(code).push(
        ") OR EXISTS (SELECT 1 FROM group_permissions p JOIN memberships m ON m.group_id = p.group_id \
             WHERE m.user_id = u.id AND p.permission = ",
    );
    query.push(code).push(") THEN ").push(1 << code).push(" ELSE 0 END AS BIGINT) AS granted");
}

/// Selects so many requests of one kind: a walk along the index over those that wait, which leaves the settled ones
/// aside.
fn push_waiting(query: &mut QueryBuilder<Db>, scope: &Scope, wanted: &QueueQuery, kind: RequestKind, most: usize) {
    query.push(
        "SELECT r.id, r.kind, r.user_id, r.group_id, r.reason, r.created_at FROM requests r \
         JOIN groups g ON g.id = r.group_id",
    );
    if wanted.organisation.is_some() {
        query.push(" JOIN users u ON u.id = r.user_id JOIN characters c ON c.id = u.main_character_id");
    }
    query.push(" WHERE r.status = 0 AND r.kind = ").push(kind.stored());
    if !wanted.own {
        query.push(" AND r.user_id <> ").push_bind(scope.user.0);
    }
    scope.narrow(query);
    if let Some(only) = &wanted.organisation {
        query.push(" AND c.corporation_name = ").push_bind(name::storable(only).collect::<String>());
    }
    if let Some(only) = wanted.group {
        query.push(" AND r.group_id = ").push_bind(only.0);
    }
    if let Some(last) = paging::number(wanted.cursor.as_ref()) {
        query.push(" AND r.id > ").push_bind(last);
    }
    // Written out, as the limit of every page.
    query.push(" ORDER BY r.id LIMIT ").push(most);
}

/// The organisations of so many who have waited longest for each kind of request are looked at: however many wait, finding
/// them costs no more.
const LOOKED_AT: usize = 500;

/// What the queue can be narrowed to.
pub(crate) async fn choices(conn: &mut Conn, user: UserId) -> Result<QueueChoices, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(QueueChoices::default()) };
    let scope = Scope::of(&viewer_row);
    let mut query = QueryBuilder::<Db>::new(
        "SELECT g.id, g.name FROM groups g WHERE EXISTS (SELECT 1 FROM requests r WHERE r.group_id = g.id \
         AND r.status = 0 AND r.user_id <> ",
    );
    query.push_bind(user.0).push(")");
    scope.narrow(&mut query);
    query.push(" ORDER BY g.sort_key, g.id LIMIT ").push(QueueChoices::MOST);
    let groups: Vec<(i64, String)> = query.build_query_as().fetch_all(&mut *conn).await?;

    let mut query = QueryBuilder::<Db>::new("SELECT DISTINCT c.corporation_name FROM (");
    for (place, kind) in [RequestKind::Join, RequestKind::Leave].into_iter().enumerate() {
        query.push(if place == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
        push_waiting(&mut query, &scope, &QueueQuery::default(), kind, LOOKED_AT);
        query.push(") AS one_kind");
    }
    query.push(
        ") AS r JOIN users u ON u.id = r.user_id JOIN characters c ON c.id = u.main_character_id \
         WHERE c.corporation_name IS NOT NULL",
    );
    let mut organisations: Vec<String> = query.build_query_scalar().fetch_all(conn).await?;
    // Names of organisations are kept without the key by which they stand (R16): the first are known once all are in order.
    organisations.sort_by_cached_key(|organisation| (name::order(organisation), organisation.clone()));
    organisations.truncate(QueueChoices::MOST);
    let groups = groups.into_iter().map(|(id, name)| GroupRef { id: GroupId(id), name }).collect();
    Ok(QueueChoices { groups, organisations })
}

/// The last decision in any group in scope.
async fn last_decision(conn: &mut Conn, scope: &Scope) -> Result<Option<RecordedEvent>, Fault> {
    let mut query = QueryBuilder::<Db>::new("");
    if scope.manager {
        // Nearly every decision is one of theirs: the way back along the feed is short. A sign before a column keeps SQLite
        // from taking an index and reading every decision there ever was.
        query.push("SELECT ").push(EVENT).push(" FROM feed WHERE +kind IN (");
        let mut kinds = query.separated(", ");
        for kind in DECISIONS {
            kinds.push(kind.stored());
        }
        query.push(") AND +group_id IN (SELECT g.id FROM groups g WHERE TRUE");
        scope.narrow(&mut query);
        query.push(") ORDER BY seq DESC LIMIT 1");
    } else {
        // One look into an index for each of few groups and kinds.
        query.push("WITH led AS (SELECT g.id FROM groups g WHERE TRUE");
        scope.narrow(&mut query);
        query.push(") SELECT ").push(EVENT).push(" FROM feed WHERE seq = (SELECT max(last.seq) FROM (");
        for (place, kind) in DECISIONS.into_iter().enumerate() {
            query.push(if place == 0 { "" } else { " UNION ALL " });
            query.push("SELECT (SELECT max(f.seq) FROM feed f WHERE f.group_id = led.id AND f.kind = ");
            // Written out: a plan for any kind would read all events of a group to find one of a rare kind.
            query.push(kind.stored()).push(") AS seq FROM led");
        }
        query.push(") AS last)");
    }
    Ok(logged(query.build_query_as().fetch_all(conn).await?)?.pop())
}
