//! Requests: made once, settled once (R9).

use super::{
    Fault, account,
    code::{Code, decode},
    group::{FlagColumns, flags},
    paging,
    person::{BY, ByRow, PERSON, PersonRow},
    sight::list_seen,
    statement_batch::StatementBatch,
};
use crate::{Conn, Db, dialect};
use domain::{
    Actor, Cause, Facts, Flags, GroupId, GroupRef, Listing, Request, RequestId, RequestKind, RequestQuery,
    RequestStatus, Settlement, Timestamp, UserId, authority, sight,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::HashSet;
use store_model::StoreError;

/// A request with the people in it.
///
/// It names its group as that was called when it was made: what whoever asked may know, whatever has become of the group.
/// `present_name` is for those who see the group.
#[derive(FromRow)]
struct RequestRow {
    request_id: i64,
    group_id: i64,
    group_name: String,
    present_name: String,
    kind: i64,
    status: i64,
    reason: Option<String>,
    created_at: i64,
    settled_at: Option<i64>,
    comment: Option<String>,
    cause: Option<i64>,
    #[sqlx(flatten)]
    applicant: PersonRow,
    #[sqlx(flatten)]
    by: ByRow,
}

impl RequestRow {
    /// The row for somebody who sees its group.
    fn with_present_name(self) -> Self {
        Self { group_name: self.present_name.clone(), ..self }
    }
}

impl TryFrom<RequestRow> for Request {
    type Error = StoreError;

    fn try_from(row: RequestRow) -> Result<Self, StoreError> {
        let id = row.request_id;
        let cause: Option<Cause> = row.cause.map(|code| decode("requests", "cause", id, code)).transpose()?;
        let (by, comment) = (row.by.into(), row.comment);
        Ok(Self {
            id: RequestId(id),
            group: GroupRef { id: GroupId(row.group_id), name: row.group_name },
            applicant: row.applicant.into(),
            kind: decode("requests", "kind", id, row.kind)?,
            status: decode("requests", "status", id, row.status)?,
            reason: row.reason,
            created_at: Timestamp(row.created_at),
            settlement: row.settled_at.map(|at| Settlement { at: Timestamp(at), by, comment, cause }),
        })
    }
}

/// A request with what says who may see it.
#[derive(FromRow)]
struct GuardedRow {
    #[sqlx(flatten)]
    request: RequestRow,
    #[sqlx(flatten)]
    flags: FlagColumns,
    group_lives: bool,
}

impl GuardedRow {
    /// The flags of the group, where that is not gone.
    fn flags(&self) -> Option<Flags> {
        self.group_lives.then(|| self.flags.into())
    }
}

/// Begins the statement for requests with the people in them; clauses can be added.
fn select() -> QueryBuilder<Db> {
    select_with("")
}

/// As `select`, with more columns.
fn select_with(columns: &str) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::new(
        "SELECT r.id AS request_id, r.group_id, r.group_name, g.name AS present_name, r.kind, r.status, r.reason, \
         r.created_at, r.settled_at, r.comment, r.cause, ",
    );
    query.push(PERSON).push(", ").push(BY).push(columns).push(
        " FROM requests r JOIN groups g ON g.id = r.group_id JOIN users u ON u.id = r.user_id \
         LEFT JOIN characters c ON c.id = u.main_character_id LEFT JOIN users d ON d.id = r.settled_by \
         LEFT JOIN characters dc ON dc.id = d.main_character_id",
    );
    query
}

/// The request with the people in it, its group called as it was when the request was made.
pub(crate) async fn find(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, Fault> {
    let mut query = select();
    query.push(" WHERE r.id = ").push_bind(id.0);
    let row: Option<RequestRow> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(Request::try_from).transpose()?)
}

/// The request for whoever has just decided it.
pub(crate) async fn find_decided(conn: &mut Conn, user: UserId, id: RequestId) -> Result<Option<Request>, Fault> {
    match find_seen(conn, user, id).await? {
        Some(request) => Ok(Some(request)),
        None => Ok(find(conn, id).await?.filter(|request| sight::own_decision(user, request))),
    }
}

/// The request, as far as the user may see it. Of a group that is gone, only the applicant and admins do.
pub(crate) async fn find_seen(conn: &mut Conn, user: UserId, id: RequestId) -> Result<Option<Request>, Fault> {
    let mut query = select_with(concat!(", ", flags!("g."), ", g.deleted_at IS NULL AS group_lives"));
    query.push(" WHERE r.id = ").push_bind(id.0);
    let row: Option<GuardedRow> = query.build_query_as().fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let flags = row.flags();
    let group = GroupId(row.request.group_id);
    let Some(viewer_row) = account::look_at(conn, user, group).await? else {
        return Ok(None);
    };
    let is_group_seen = list_seen(conn, &viewer_row, &[group.0]).await?.contains(&group);
    let request = Request::try_from(if is_group_seen { row.request.with_present_name() } else { row.request })?;
    let actor = Actor::User(viewer_row.account);
    let is_seen = match flags {
        Some(flags) => sight::request(&actor, &request, flags, viewer_row.standing),
        None => request.applicant.id == user || authority::administers_groups(&actor),
    };
    Ok(Some(request).filter(|_| is_seen))
}

/// A page of a user's own requests, newest first.
pub(crate) async fn list_of(conn: &mut Conn, user: UserId, wanted: &RequestQuery) -> Result<Listing<Request>, Fault> {
    let seq = dialect::head(conn).await?;
    let mut query = select();
    query.push(" WHERE r.user_id = ").push_bind(user.0);
    if let Some(only) = wanted.status {
        query.push(" AND r.status = ").push(only.stored());
    }
    if let Some(last) = paging::number(wanted.cursor.as_ref()) {
        query.push(" AND r.id < ").push_bind(last);
    }
    query.push(" ORDER BY r.id DESC");
    paging::push_limit(&mut query, wanted.limit);
    let mut rows: Vec<RequestRow> = query.build_query_as().fetch_all(&mut *conn).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |row| row.request_id.to_string());
    let mut groups: Vec<i64> = rows.iter().map(|row| row.group_id).collect();
    groups.sort_unstable();
    groups.dedup();
    let seen = match account::look(conn, user).await? {
        Some(viewer_row) => list_seen(conn, &viewer_row, &groups).await?,
        None => HashSet::new(),
    };
    let as_seen = |row: RequestRow| if seen.contains(&GroupId(row.group_id)) { row.with_present_name() } else { row };
    let items = rows.into_iter().map(as_seen).map(Request::try_from).collect::<Result<_, _>>()?;
    Ok(Listing { items, next_cursor, seq })
}

/// The open request of a user for a group: at most one, by a unique index.
pub(crate) async fn find_open(conn: &mut Conn, group: GroupId, user: UserId) -> sqlx::Result<Option<RequestId>> {
    sqlx::query_scalar!("SELECT id FROM requests WHERE user_id = $1 AND group_id = $2 AND status = 0", user.0, group.0)
        .fetch_optional(conn)
        .await
        .map(|id| id.map(RequestId))
}

/// When a user last took back requests of a kind for a group, the latest first: as many as the rules look at.
pub(crate) async fn list_withdrawn(
    conn: &mut Conn,
    group: GroupId,
    user: UserId,
    kind: RequestKind,
) -> sqlx::Result<Vec<Timestamp>> {
    let mut query = QueryBuilder::<Db>::new("SELECT settled_at FROM requests WHERE user_id = ");
    query.push_bind(user.0).push(" AND group_id = ").push_bind(group.0);
    query.push(" AND kind = ").push(kind.stored());
    query.push(" AND status = ").push(RequestStatus::Withdrawn.stored());
    query.push(" ORDER BY id DESC LIMIT ").push(Facts::WITHDRAWALS);
    let moments: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    Ok(moments.into_iter().map(Timestamp).collect())
}

/// Makes an open request, which keeps what its group is called now.
pub(crate) async fn insert(
    conn: &mut Conn,
    group: &GroupRef,
    user: UserId,
    kind: RequestKind,
    reason: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<RequestId> {
    let mut query = QueryBuilder::<Db>::new(
        "INSERT INTO requests (group_id, group_name, user_id, kind, status, reason, created_at) VALUES (",
    );
    query.push_bind(group.id.0).push(", ").push_bind(group.name.clone()).push(", ").push_bind(user.0);
    query.push(", ").push_bind(kind.stored()).push(", 0, ").push_bind(reason.map(str::to_owned));
    query.push(", ").push_bind(now.0).push(") RETURNING id");
    let id: i64 = query.build_query_scalar().fetch_one(conn).await?;
    Ok(RequestId(id))
}

/// How a request is to end.
pub(crate) struct Ending<'a> {
    /// What it becomes.
    pub(crate) status: RequestStatus,
    /// Who ends it; nobody where a rule does.
    pub(crate) by: Option<UserId>,
    /// What the applicant is told.
    pub(crate) comment: Option<&'a str>,
    /// Which rule.
    pub(crate) cause: Option<Cause>,
}

/// Settles a request, if it is open still: of two that try, one goes on.
pub(crate) fn settle(writes: &mut StatementBatch, id: RequestId, ending: &Ending<'_>, now: Timestamp) {
    writes.add_condition(|query| {
        query.push("UPDATE requests SET status = ").push_bind(ending.status.stored());
        query.push(", settled_at = ").push_bind(now.0);
        query.push(", settled_by = ").push_bind(ending.by.map(|user| user.0));
        query.push(", comment = ").push_bind(ending.comment.map(str::to_owned));
        query.push(", cause = ").push_bind(ending.cause.map(|cause| cause.stored()));
        query.push(" WHERE status = 0 AND id = ").push_bind(id.0);
    });
}
