//! The list behind the bell, and what is read in it.

use super::{
    Fault,
    event::{EVENT, EventRow},
    notification, paging,
};
use crate::{Conn, Db, dialect};
use domain::{
    EventId, Listing, Logged, NotificationId, NotificationQuery, NotificationRow, Notifications, Timestamp, UserId,
    notice::Subject,
};
use sqlx::{FromRow, QueryBuilder};
use store_model::StoreError;

/// A notification with the event it tells of.
#[derive(FromRow)]
struct Row {
    notification_id: i64,
    read_at: Option<i64>,
    #[sqlx(flatten)]
    event: EventRow,
}

impl TryFrom<Row> for NotificationRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let (id, kind) = (row.notification_id, row.event.kind);
        let logged = Logged::try_from(row.event)?;
        let subject = Subject::of(&logged.event).ok_or_else(|| StoreError::Impossible {
            table: "notifications",
            column: "event_id",
            key: id,
            value: format!("an event of kind {kind}"),
        })?;
        Ok(Self { id: NotificationId(id), subject, logged, read_at: row.read_at.map(Timestamp) })
    }
}

/// What a user is told of an event, if they are told of it.
pub(crate) async fn find(conn: &mut Conn, user: UserId, event: EventId) -> Result<Option<NotificationRow>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT n.notification_id, n.read_at, ");
    query
        .push(EVENT)
        .push(" FROM (SELECT id AS notification_id, event_id, read_at FROM notifications WHERE user_id = ");
    query.push_bind(user.0).push(" AND event_id = ").push_bind(event.0);
    query.push(") AS n JOIN feed ON feed.id = n.event_id");
    let row: Option<Row> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(NotificationRow::try_from).transpose()?)
}

/// A page of a user's notifications, newest first. One whose event has no place in the feed yet comes with that.
pub(crate) async fn list(
    conn: &mut Conn,
    user: UserId,
    wanted: &NotificationQuery,
) -> Result<Listing<NotificationRow>, Fault> {
    let seq = dialect::head(conn).await?;
    let mut query = QueryBuilder::<Db>::new("SELECT n.notification_id, n.read_at, ");
    query.push(EVENT).push(
        " FROM (SELECT id AS notification_id, event_id, read_at FROM notifications \
         WHERE EXISTS (SELECT 1 FROM feed WHERE feed.id = notifications.event_id) AND user_id = ",
    );
    query.push_bind(user.0);
    if wanted.unread {
        query.push(" AND read_at IS NULL");
    }
    if let Some(last) = paging::number(wanted.cursor.as_ref()) {
        query.push(" AND notifications.id < ").push_bind(last);
    }
    query.push(" ORDER BY notifications.id DESC");
    paging::push_limit(&mut query, wanted.limit);
    query.push(") AS n JOIN feed ON feed.id = n.event_id ORDER BY n.notification_id DESC");
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |row| row.notification_id.to_string());
    let items = rows.into_iter().map(NotificationRow::try_from);
    Ok(Listing { items: items.collect::<Result<_, StoreError>>()?, next_cursor, seq })
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
    Ok(notification::count_unread(conn, user).await?)
}
