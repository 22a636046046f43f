//! Notifications: whom an event is told to is decided by `domain::notice`; here they are kept and counted.

use super::{Fault, group, writes::Writes};
use crate::{Conn, Db, dialect};
use domain::{
    Event, EventId, GroupId, Permission, RequestStatus, Seq, Settings, Timestamp, Touches, UserId,
    notice::{Decider, Notice, Subject, notices},
    sight,
};
use sqlx::QueryBuilder;
use std::collections::{BTreeSet, HashSet};

/// Tells of what somebody did: those it was done to, and whoever has something to decide by it.
pub(crate) async fn tell(
    conn: &mut Conn,
    recorded: &[(Event, EventId)],
    settings: &Settings,
    now: Timestamp,
) -> Result<(), Fault> {
    let secret = list_secret(conn, recorded).await?;
    for (event, id) in recorded.iter().filter(|(event, _)| is_told(event, &secret)) {
        let deciders = match (event.what.touches(), &event.group) {
            (Touches::Request(_, RequestStatus::Open | RequestStatus::Withdrawn), Some(group))
                if settings.requests_notification =>
            {
                list_deciders(conn, group.id).await?
            }
            _ => Vec::new(),
        };
        let rows = rows(event, *id, &notices(event, &deciders, settings));
        insert_all(conn, &rows, now).await?;
    }
    Ok(())
}

/// Tells people what rules did to them: no event of a rule is anybody's to decide.
pub(crate) async fn tell_people(conn: &mut Conn, recorded: &[(Event, EventId)], now: Timestamp) -> Result<(), Fault> {
    let settings = Settings::default();
    let secret = list_secret(conn, recorded).await?;
    let told = recorded.iter().filter(|(event, _)| is_told(event, &secret));
    let rows: Vec<Row> = told.flat_map(|(event, id)| rows(event, *id, &notices(event, &[], &settings))).collect();
    insert_all(conn, &rows, now).await
}

/// The internal groups in which a membership came or went.
async fn list_secret(conn: &mut Conn, recorded: &[(Event, EventId)]) -> sqlx::Result<HashSet<GroupId>> {
    let memberships = recorded.iter().filter(|(event, _)| event.what.touches() == Touches::Membership);
    let groups: BTreeSet<i64> = memberships.filter_map(|(event, _)| Some(event.group.as_ref()?.id.0)).collect();
    if groups.is_empty() {
        return Ok(HashSet::new());
    }
    group::list_internal(conn, &groups.into_iter().collect::<Vec<_>>()).await
}

/// Whether those to whom it was done may know of it.
fn is_told(event: &Event, secret: &HashSet<GroupId>) -> bool {
    sight::is_told_to_subject(&event.what, event.group.as_ref().is_some_and(|group| secret.contains(&group.id)))
}

/// A notification that is to be kept.
struct Row {
    user: UserId,
    event: EventId,
    /// The request, where the notification is about one that others wait for.
    request: Option<i64>,
    /// Takes the place of the earlier one about the same request.
    replaces: bool,
}

fn rows(event: &Event, id: EventId, notices: &[Notice]) -> Vec<Row> {
    let row = |notice: &Notice| {
        let replaces = matches!(notice.subject, Subject::RequestWithdrawn(_));
        let waits = replaces || matches!(notice.subject, Subject::RequestWaits(_));
        let request = event.request.filter(|_| waits).map(|request| request.0);
        Row { user: notice.to, event: id, request, replaces }
    };
    notices.iter().map(row).collect()
}

/// Keeps notifications, and drops the oldest of what is more than `notifications_max_per_user`.
async fn insert_all(conn: &mut Conn, rows: &[Row], now: Timestamp) -> Result<(), Fault> {
    for rows in rows.chunks(1000) {
        let mut users: Vec<i64> = rows.iter().map(|row| row.user.0).collect();
        users.sort_unstable();
        users.dedup();
        let mut changes = Writes::new();
        if let Some(request) = rows.iter().find(|row| row.replaces).and_then(|row| row.request) {
            changes.add(|query| {
                query.push("DELETE FROM notifications WHERE request_id = ").push_bind(request).push(" AND user_id");
                dialect::push_is_any_of(query, &users);
            });
            changes = changes.make(conn).await?;
        }
        if users.len() == rows.len() {
            // One for each, so that there is known to be room for it before.
            changes.add(|query| push_shortening(query, &users, 1));
            changes.and(|query| push_rows(query, rows, now)).build().execute(&mut *conn).await?;
        } else {
            changes.add(|query| push_rows(query, rows, now));
            let changes = changes.make(conn).await?;
            changes.and(|query| push_shortening(query, &users, 0)).build().execute(&mut *conn).await?;
        }
    }
    Ok(())
}

/// Inserts notifications.
fn push_rows(query: &mut QueryBuilder<Db>, rows: &[Row], now: Timestamp) {
    query.push("INSERT INTO notifications (user_id, event_id, request_id, at) ").push_values(
        rows,
        |mut values, row| {
            values.push_bind(row.user.0).push_bind(row.event.0).push_bind(row.request).push_bind(now.0);
        },
    );
}

/// Deletes the oldest of these users until there is room for so many more.
fn push_shortening(query: &mut QueryBuilder<Db>, users: &[i64], room: i64) {
    if let [user] = users {
        // Most often it is one: down from the last that has to go, by the index alone, and planned once.
        query.push("DELETE FROM notifications WHERE user_id = ").push_bind(*user);
        query.push(" AND id <= (SELECT id FROM notifications WHERE user_id = ").push_bind(*user);
        query.push(" ORDER BY id DESC LIMIT 1 OFFSET (SELECT notifications_max_per_user - ").push(room);
        query.push(" FROM settings))");
        return;
    }
    query.push(
        "DELETE FROM notifications WHERE id IN (SELECT id FROM (\
         SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id DESC) AS place FROM notifications \
         WHERE user_id",
    );
    dialect::push_is_any_of(query, users);
    query.push(") AS placed WHERE place > (SELECT notifications_max_per_user FROM settings) - ").push(room).push(")");
}

/// Who could decide a request of this group, in the order of their ids.
async fn list_deciders(conn: &mut Conn, group: GroupId) -> Result<Vec<Decider>, Fault> {
    let leaders = sqlx::query!(
        "SELECT u.id, u.is_active FROM users u WHERE u.deleted_at IS NULL AND u.id IN (
                SELECT user_id FROM leaders WHERE group_id = $1
                UNION SELECT m.user_id FROM leader_groups lg JOIN memberships m ON m.group_id = lg.leader_group_id
                    WHERE lg.group_id = $1)
            ORDER BY u.id",
        group.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut deciders: Vec<Decider> =
        leaders.into_iter().map(|row| Decider { id: UserId(row.id), active: row.is_active, leads: true }).collect();
    let permission = super::code::Code::stored(&Permission::GroupManagement);
    let managers = sqlx::query_scalar!(
        "SELECT u.id FROM users u WHERE u.deleted_at IS NULL AND u.is_active AND u.id IN (
                SELECT id FROM users WHERE is_superuser
                UNION SELECT user_id FROM user_permissions WHERE permission = $1
                UNION SELECT v.id FROM users v JOIN state_permissions sp ON sp.state_id = v.state_id
                    WHERE sp.permission = $1
                UNION SELECT m.user_id FROM group_permissions gp CROSS JOIN memberships m
                    WHERE m.group_id = gp.group_id AND gp.permission = $1)
            ORDER BY u.id",
        permission
    )
    .fetch_all(conn)
    .await?;
    let named: Vec<UserId> = deciders.iter().map(|decider| decider.id).collect();
    let managers = managers.into_iter().map(UserId).filter(|id| !named.contains(id));
    deciders.extend(managers.map(|id| Decider { id, active: true, leads: false }));
    Ok(deciders)
}

/// How many the user has not read.
pub(crate) async fn count_unread(conn: &mut Conn, user: UserId) -> sqlx::Result<u32> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM notifications WHERE user_id = $1 AND read_at IS NULL"#,
        user.0
    )
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many of those that tell of events up to a place in the feed the user has not read.
pub(crate) async fn count_unread_as_of(conn: &mut Conn, user: UserId, seq: Seq) -> sqlx::Result<u32> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM notifications n JOIN feed f ON f.id = n.event_id
            WHERE n.user_id = $1 AND n.read_at IS NULL AND f.seq <= $2"#,
        user.0,
        seq.0
    )
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
