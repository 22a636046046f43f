//! Notifications: whom an event is told to is decided by `domain::notice`; here they are kept and counted.

use super::{
    Fault,
    account::{self, ViewerRow},
    counts::Scope,
    group,
    statement_batch::StatementBatch,
};
use crate::{Conn, Db, dialect};
use domain::{
    Actor, Event, EventId, EventScope, GroupId, Permission, RecordedEvent, RequestKind, RequestStatus, Seq, Settings,
    Timestamp, UserId, authority,
    notice::{Decider, Matter, notices},
    sight,
};
use sqlx::QueryBuilder;
use std::collections::{BTreeSet, HashSet};

/// Tells of what somebody did: those it was done to, and whoever has something to decide by it, or had until now.
pub(crate) async fn tell(
    conn: &mut Conn,
    recorded: &[(Event, EventId)],
    by: Option<UserId>,
    settings: &Settings,
    now: Timestamp,
) -> Result<(), Fault> {
    let secret = list_secret(conn, recorded).await?;
    for (event, id) in recorded.iter().filter(|(event, _)| is_told(event, &secret)) {
        let deciders = match (event.what.touches(), &event.group) {
            (EventScope::Request(_, RequestStatus::Open), Some(group)) if settings.requests_notification => {
                list_deciders(conn, group.id).await?
            }
            _ => Vec::new(),
        };
        let Some(place) = Place::of(event) else { continue };
        let told = notices(event, by, &deciders, settings);
        let rows: Vec<Row> = told.iter().map(|notice| Row { user: notice.to, place, event: *id }).collect();
        let mut changes = StatementBatch::new();
        if event.what.settles() {
            if rows.is_empty() {
                let mut query = QueryBuilder::new("");
                push_ending(&mut query, place, *id, now);
                query.build().execute(&mut *conn).await?;
                continue;
            }
            changes.add(|query| push_ending(query, place, *id, now));
        }
        insert_all(conn, changes, &rows, now).await?;
    }
    Ok(())
}

/// Tells people what rules did to them: no event of a rule is anybody's to decide.
pub(crate) async fn tell_people(conn: &mut Conn, recorded: &[(Event, EventId)], now: Timestamp) -> Result<(), Fault> {
    let settings = Settings::default();
    let secret = list_secret(conn, recorded).await?;
    let told = || recorded.iter().filter(|(event, _)| is_told(event, &secret));
    let of_event = |(event, id): &(Event, EventId)| {
        let (place, id) = (Place::of(event), *id);
        let told = notices(event, None, &[], &settings).into_iter();
        told.filter_map(move |notice| Some(Row { user: notice.to, place: place?, event: id }))
    };
    let rows: Vec<Row> = told().flat_map(of_event).collect();
    let ended: Vec<(Place, EventId)> = recorded
        .iter()
        .filter(|(event, _)| event.what.settles())
        .filter_map(|(e, id)| Some((Place::of(e)?, *id)))
        .collect();
    for ended in ended.chunks(500) {
        end_all(conn, ended, now).await?;
    }
    insert_all(conn, StatementBatch::new(), &rows, now).await
}

/// Stands where a matter is of no group.
const NO_GROUP: GroupId = GroupId(0);

/// Where a notification stands: one reader has one of each (R18).
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    subject: UserId,
    group: GroupId,
    matter: Matter,
}

impl Place {
    fn of(event: &Event) -> Option<Self> {
        let (subject, matter) = (event.subject.as_ref()?.id, Matter::of(&event.what)?);
        let group = match matter {
            Matter::SignIn => NO_GROUP,
            Matter::Request(_) | Matter::Membership => event.group.as_ref()?.id,
        };
        Some(Self { subject, group, matter })
    }

    const fn matter(self) -> i64 {
        match self.matter {
            Matter::Request(RequestKind::Join) => 0,
            Matter::Request(RequestKind::Leave) => 1,
            Matter::Membership => 2,
            Matter::SignIn => 3,
        }
    }

    fn push(self, query: &mut QueryBuilder<Db>) {
        query.push("subject_id = ").push_bind(self.subject.0).push(" AND group_id = ").push_bind(self.group.0);
        query.push(" AND matter = ").push_bind(self.matter());
    }
}

/// The internal groups in which a membership came or went.
async fn list_secret(conn: &mut Conn, recorded: &[(Event, EventId)]) -> sqlx::Result<HashSet<GroupId>> {
    let memberships = recorded.iter().filter(|(event, _)| event.what.touches() == EventScope::Membership);
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
    place: Place,
    event: EventId,
}

/// Writes what settled a request in the place of what deciders were told of it, which counts as read.
fn push_ending(query: &mut QueryBuilder<Db>, place: Place, event: EventId, now: Timestamp) {
    query.push("UPDATE notifications SET event_id = ").push_bind(event.0).push(", at = ").push_bind(now.0);
    query.push(", read_at = COALESCE(read_at, ").push_bind(now.0).push(") WHERE ");
    place.push(query);
    query.push(" AND user_id <> ").push_bind(place.subject.0);
}

/// The same for many requests by one statement.
async fn end_all(conn: &mut Conn, ended: &[(Place, EventId)], now: Timestamp) -> sqlx::Result<()> {
    let mut query = QueryBuilder::<Db>::new("WITH ended (subject_id, group_id, matter, event_id) AS (");
    query.push_values(ended, |mut row, (place, event)| {
        row.push_bind(place.subject.0).push_bind(place.group.0).push_bind(place.matter()).push_bind(event.0);
    });
    query.push(") UPDATE notifications SET event_id = ended.event_id, at = ").push_bind(now.0);
    query.push(", read_at = COALESCE(read_at, ").push_bind(now.0);
    query.push(
        ") FROM ended WHERE notifications.subject_id = ended.subject_id AND notifications.group_id = ended.group_id \
         AND notifications.matter = ended.matter AND notifications.user_id <> ended.subject_id",
    );
    query.build().execute(conn).await?;
    Ok(())
}

/// Keeps notifications, each in the place of an earlier one of the same matter, and drops what is more than
/// `notifications_max_per_user`: what is read before what is not, the oldest first.
async fn insert_all(conn: &mut Conn, mut changes: StatementBatch, rows: &[Row], now: Timestamp) -> Result<(), Fault> {
    for rows in rows.chunks(1000) {
        let mut users: Vec<i64> = rows.iter().map(|row| row.user.0).collect();
        users.sort_unstable();
        users.dedup();
        let one = rows.first().map(|row| row.place).filter(|one| rows.iter().all(|row| row.place == *one));
        if let Some(place) = one {
            // One for each, so that it is known before which have to go.
            changes.add(|query| push_shortening(query, &users, Some(place)));
            changes.and(|query| push_rows(query, rows, now)).build().execute(&mut *conn).await?;
        } else {
            changes.add(|query| push_rows(query, rows, now));
            let changes = changes.make(conn).await?;
            changes.and(|query| push_shortening(query, &users, None)).build().execute(&mut *conn).await?;
        }
        changes = StatementBatch::new();
    }
    Ok(())
}

/// Inserts notifications.
fn push_rows(query: &mut QueryBuilder<Db>, rows: &[Row], now: Timestamp) {
    query.push("INSERT INTO notifications (user_id, subject_id, group_id, matter, event_id, at) ");
    query.push_values(rows, |mut values, row| {
        values.push_bind(row.user.0).push_bind(row.place.subject.0).push_bind(row.place.group.0);
        values.push_bind(row.place.matter()).push_bind(row.event.0).push_bind(now.0);
    });
    query.push(
        " ON CONFLICT (subject_id, group_id, matter, user_id) \
         DO UPDATE SET event_id = excluded.event_id, at = excluded.at, read_at = NULL",
    );
}

/// Deletes what is too much of these users; where a place is named, so that there is room for one in it.
fn push_shortening(query: &mut QueryBuilder<Db>, users: &[i64], place: Option<Place>) {
    let push_others = |query: &mut QueryBuilder<Db>| {
        if let Some(place) = place {
            query.push(" AND NOT (");
            place.push(query);
            query.push(")");
        }
    };
    let room = if place.is_some() { "- 1" } else { "" };
    if let [user] = users {
        // Most often it is one, who has not too many: that is seen by an index alone.
        query.push("DELETE FROM notifications WHERE user_id = ").push_bind(*user);
        query.push(" AND EXISTS (SELECT 1 FROM notifications WHERE user_id = ").push_bind(*user);
        query.push(" LIMIT 1 OFFSET (SELECT notifications_max_per_user ").push(room);
        query.push(" FROM settings)) AND id IN (SELECT id FROM notifications WHERE user_id = ").push_bind(*user);
        push_others(query);
        query
            .push(" ORDER BY read_at IS NOT NULL, event_id DESC LIMIT 1000 OFFSET (SELECT notifications_max_per_user ");
        query.push(room).push(" FROM settings))");
        return;
    }
    query.push(
        "DELETE FROM notifications WHERE id IN (SELECT id FROM (SELECT id, \
         row_number() OVER (PARTITION BY user_id ORDER BY read_at IS NOT NULL, event_id DESC) AS number \
         FROM notifications WHERE user_id",
    );
    dialect::push_is_any_of(query, users);
    push_others(query);
    query.push(") AS numbered WHERE number > (SELECT notifications_max_per_user ").push(room).push(" FROM settings))");
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

/// Narrows a statement about `notifications n` of somebody to those that they may still read: about themself, and of the
/// groups they decide for. What was told to a leader is theirs for as long as they lead; whoever administers groups sees
/// them all.
pub(crate) fn narrow_to_seen(query: &mut QueryBuilder<Db>, viewer_row: &ViewerRow) {
    if authority::administers_groups(&Actor::User(viewer_row.account.clone())) {
        return;
    }
    query.push(" AND (n.subject_id = n.user_id OR EXISTS (SELECT 1 FROM groups g WHERE g.id = n.group_id");
    Scope::of(viewer_row).narrow(query);
    query.push("))");
}

/// Adds to a statement how many the user has not read.
pub(crate) fn push_count_unread(query: &mut QueryBuilder<Db>, viewer_row: &ViewerRow) {
    query.push("SELECT count(*) FROM notifications n WHERE n.read_at IS NULL AND n.user_id = ");
    query.push_bind(viewer_row.account.person.id.0);
    narrow_to_seen(query, viewer_row);
}

/// How many the user has not read.
pub(crate) async fn count_unread(conn: &mut Conn, user: UserId) -> Result<u32, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(0) };
    let mut query = QueryBuilder::new("");
    push_count_unread(&mut query, &viewer_row);
    let count: i64 = query.build_query_scalar().fetch_one(conn).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many of those that tell of events up to a place in the feed the user has not read.
pub(crate) async fn count_unread_as_of(conn: &mut Conn, user: UserId, seq: Seq) -> Result<u32, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(0) };
    let mut query = QueryBuilder::new("");
    push_count_unread(&mut query, &viewer_row);
    query.push(" AND EXISTS (SELECT 1 FROM feed f WHERE f.id = n.event_id AND f.seq <= ").push_bind(seq.0).push(")");
    let count: i64 = query.build_query_scalar().fetch_one(conn).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whose notification tells of an event, while it does.
pub(crate) async fn list_readers(conn: &mut Conn, event: &RecordedEvent) -> sqlx::Result<Vec<UserId>> {
    let Some(place) = Place::of(&event.event) else { return Ok(Vec::new()) };
    let mut query = QueryBuilder::<Db>::new("SELECT user_id FROM notifications WHERE ");
    place.push(&mut query);
    query.push(" AND event_id = ").push_bind(event.id.0);
    let readers: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    Ok(readers.into_iter().map(UserId).collect())
}
