//! The list behind the bell, and what is read in it.

use super::{
    Fault, account,
    event::{EVENT, EventRow},
    notification, paging,
};
use crate::{Conn, Db, dialect};
use domain::{
    EventId, Listing, NotificationId, NotificationQuery, NotificationRow, Notifications, RecordedEvent, Timestamp,
    UserId, notice::Subject,
};
use sqlx::{FromRow, QueryBuilder};
use store_model::StoreError;

/// A notification with the event it tells of.
#[derive(FromRow)]
struct Row {
    notification_id: i64,
    reader: i64,
    request_reason: Option<String>,
    read_at: Option<i64>,
    #[sqlx(flatten)]
    event: EventRow,
}

impl TryFrom<Row> for NotificationRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let (id, kind) = (row.notification_id, row.event.kind);
        let mut logged = RecordedEvent::try_from(row.event)?;
        logged.event.reason = logged.event.reason.or(row.request_reason);
        let subject = Subject::of(&logged.event, UserId(row.reader)).ok_or_else(|| StoreError::Impossible {
            table: "notifications",
            column: "event_id",
            key: id,
            value: format!("an event of kind {kind}"),
        })?;
        Ok(Self { id: NotificationId(id), subject, logged, read_at: row.read_at.map(Timestamp) })
    }
}

/// Selects the columns of `Row`, first those of the notifications that are wanted.
const NOTIFICATION: &str = "SELECT n.notification_id, n.reader, n.read_at, \
     (SELECT r.reason FROM requests r WHERE r.id = feed.request_id) AS request_reason, ";
const OF: &str = " FROM (SELECT n.id AS notification_id, n.user_id AS reader, n.event_id, n.read_at \
     FROM notifications n WHERE n.user_id = ";

/// What a user is told of an event, if they are told of it.
pub(crate) async fn find(conn: &mut Conn, user: UserId, event: EventId) -> Result<Option<NotificationRow>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let mut query = QueryBuilder::<Db>::new(NOTIFICATION);
    query.push(EVENT).push(OF).push_bind(user.0).push(" AND n.event_id = ").push_bind(event.0);
    notification::narrow_to_seen(&mut query, &viewer_row);
    query.push(") AS n JOIN feed ON feed.id = n.event_id");
    let row: Option<Row> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(NotificationRow::try_from).transpose()?)
}

/// A page of a user's notifications, by what happened last. One whose event has no place in the feed yet comes with that.
pub(crate) async fn list(
    conn: &mut Conn,
    user: UserId,
    wanted: &NotificationQuery,
) -> Result<Listing<NotificationRow>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else {
        return Ok(Listing { seq: dialect::head(conn).await?, ..Listing::empty() });
    };
    let mut query = QueryBuilder::<Db>::new(NOTIFICATION);
    query.push(EVENT).push(OF).push_bind(user.0);
    query.push(" AND EXISTS (SELECT 1 FROM feed WHERE feed.id = n.event_id)");
    if wanted.unread {
        query.push(" AND n.read_at IS NULL");
    }
    notification::narrow_to_seen(&mut query, &viewer_row);
    if let Some(last) = paging::number(wanted.cursor.as_ref()) {
        query.push(" AND n.event_id < ").push_bind(last);
    }
    query.push(" ORDER BY n.event_id DESC");
    paging::push_limit(&mut query, wanted.limit);
    query.push(") AS n JOIN feed ON feed.id = n.event_id ORDER BY n.event_id DESC");
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |row| row.event.id.to_string());
    let items = rows.into_iter().map(NotificationRow::try_from);
    Ok(Listing { items: items.collect::<Result<_, StoreError>>()?, next_cursor, seq: viewer_row.seq })
}

/// Marks notifications of a user as read; answers how many are unread then.
pub(crate) async fn mark_read(
    conn: &mut Conn,
    user: UserId,
    which: &Notifications,
    now: Timestamp,
) -> Result<u32, Fault> {
    let mut query = QueryBuilder::<Db>::new("UPDATE notifications SET read_at = ");
    query.push_bind(now.0).push(" WHERE read_at IS NULL AND user_id = ").push_bind(user.0);
    if let Notifications::These(ids) = which {
        query.push(" AND id");
        dialect::push_is_any_of(&mut query, &ids.iter().map(|id| id.0).collect::<Vec<_>>());
    }
    query.build().execute(&mut *conn).await?;
    notification::count_unread(conn, user).await
}
