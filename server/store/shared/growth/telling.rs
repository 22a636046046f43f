//! Tells the stories in the order of time: each becomes a membership or none, a grant, a request, one event or two.

use super::{chunks, signed, story::Stories, stride};
use crate::{
    Conn, Db, dialect,
    shared::{Fault, bulk::Meter},
};
use domain::Seq;
use sqlx::QueryBuilder;
use store_model::Growth;

/// How long before the end those who wait begin to ask, in microseconds: three days.
const WAITING_SINCE: i64 = 3 * 24 * 3_600 * 1_000_000;

/// What is being told, with everything that rows take from it. way: 0 one joins, 1 one asks, 2 one is added.
const TABLE: &str = "CREATE TEMPORARY TABLE told (place INTEGER PRIMARY KEY, at BIGINT NOT NULL, settled_at BIGINT NOT NULL, \
    way BIGINT NOT NULL, ending BIGINT NOT NULL, group_id BIGINT NOT NULL, group_name TEXT NOT NULL, \
    user_id BIGINT NOT NULL, username TEXT NOT NULL, sort_key TEXT NOT NULL, subject TEXT NOT NULL, \
    actor_id BIGINT NOT NULL, actor_name TEXT NOT NULL)";

/// $3 how many stories are mixed, $4 by steps of how many, $5 when the first is told, $6 how long after it the next,
/// $7 who decides where there is no leader. The subject is a `Person` as JSON; no name in it needs an escape.
const CHUNK: &str = numbered!(
    "INSERT INTO told (place, at, settled_at, way, ending, group_id, group_name, user_id, username, sort_key, subject, \
        actor_id, actor_name) \
    SELECT t.i, t.at, t.at + $6 / 2, t.way, t.ending, t.group_id, t.group_name, t.user_id, t.username, t.sort_key, \
        t.subject, a.id, a.username \
    FROM (SELECT n.i, $5 + (n.i - $1) * $6 AS at, \
            CASE WHEN g.internal THEN 2 WHEN g.open THEN 0 ELSE 1 END AS way, \
            s.ending, g.id AS group_id, g.name AS group_name, u.id AS user_id, u.username, u.sort_key, \
            '{\"id\":' || u.id || ',\"username\":\"' || u.username || '\",\"main_character\":' || COALESCE( \
                '{\"id\":' || c.id || ',\"name\":\"' || c.name \
                || '\",\"corporation\":' || COALESCE('\"' || c.corporation_name || '\"', 'null') \
                || ',\"alliance\":' || COALESCE('\"' || c.alliance_name || '\"', 'null') || '}', 'null') || '}' AS subject, \
            COALESCE((SELECT min(l.user_id) FROM leaders l WHERE l.group_id = g.id AND l.user_id <> u.id), $7) AS actor_id \
        FROM n JOIN stories s ON s.place = CASE WHEN n.i < $3 THEN n.i * $4 % $3 ELSE n.i END \
            JOIN groups g ON g.id = s.group_id JOIN users u ON u.id = s.user_id \
            LEFT JOIN characters c ON c.id = u.main_character_id) AS t \
        JOIN users a ON a.id = CASE WHEN t.way = 2 THEN $7 ELSE t.actor_id END"
);

/// Who is in.
const MEMBERSHIPS: &str = "INSERT INTO memberships (group_id, user_id, sort_key, since) \
    SELECT group_id, user_id, sort_key, CASE WHEN way = 1 THEN settled_at ELSE at END FROM told WHERE ending = 0";

/// Why they are in it, and why others once were.
const GRANTS: &str = "INSERT INTO grants (group_id, user_id, kind, actor_id, from_at, ended_at) \
    SELECT group_id, user_id, way, CASE WHEN way = 0 THEN user_id ELSE actor_id END, \
        CASE WHEN way = 1 THEN settled_at ELSE at END, CASE WHEN ending = 3 THEN settled_at END \
    FROM told WHERE ending IN (0, 3) ORDER BY place";

/// $1 the last id before, $2 why some ask, $3 what some are answered.
const REQUESTS: &str = "INSERT INTO requests (id, group_id, group_name, user_id, kind, status, reason, created_at, settled_at, \
        settled_by, comment) \
    SELECT $1 + 1 + place, group_id, group_name, user_id, 0, \
        CASE ending WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 3 ELSE 0 END, CASE WHEN place % 3 = 0 THEN $2 END, at, \
        CASE WHEN ending <> 4 THEN settled_at END, \
        CASE WHEN ending = 2 THEN user_id WHEN ending <> 4 THEN actor_id END, \
        CASE WHEN ending IN (0, 1) AND place % 4 = 0 THEN $3 END \
    FROM told WHERE way = 1 ORDER BY place";

/// What follows the place of an event. The codes are those of `event`.
const EVENT: &str = ", at, kind, member_delta, group_id, group_name, subject_id, subject, actor_id, actor_name, request_id, \
        reason, comment \
    FROM (SELECT row_number() OVER (ORDER BY place, step) AS line, happened_at AS at, kind, \
            CASE kind WHEN 2 THEN 1 WHEN 10 THEN 1 WHEN 11 THEN -1 WHEN 12 THEN 1 ELSE 0 END AS member_delta, group_id, \
            group_name, user_id AS subject_id, subject, \
            CASE WHEN kind IN (2, 4, 12) THEN actor_id ELSE user_id END AS actor_id, \
            CASE WHEN kind IN (2, 4, 12) THEN actor_name ELSE username END AS actor_name, ";
const EVENT_STEPS: &str = " FROM (SELECT told.*, 0 AS step, at AS happened_at, \
            CASE way WHEN 0 THEN 10 WHEN 1 THEN 0 ELSE 12 END AS kind FROM told \
        UNION ALL SELECT told.*, 1 AS step, settled_at AS happened_at, \
            CASE WHEN way = 0 THEN 11 WHEN ending = 0 THEN 2 WHEN ending = 1 THEN 4 ELSE 6 END AS kind FROM told \
            WHERE (way = 1 AND ending <> 4) OR (way = 0 AND ending = 3)) AS steps) AS lines ORDER BY line";

/// Tells every fourth applicant of the decision, and lets two thirds of them have read it an hour later: of the events
/// after $1, up to $2. Who asked twice is told of the later decision.
const NOTIFICATIONS: &str = "INSERT INTO notifications (user_id, subject_id, group_id, matter, event_id, at, read_at) \
    SELECT subject_id, subject_id, group_id, 0, id, at, CASE WHEN id % 3 = 0 THEN NULL ELSE at + 3600000000 END \
    FROM (SELECT id, at, subject_id, group_id, row_number() OVER (PARTITION BY subject_id, group_id ORDER BY id DESC) AS later \
        FROM events WHERE id > $1 AND id <= $2 AND kind IN (2, 4) AND id % 4 = 0) AS decided \
    WHERE later = 1 ORDER BY id ON CONFLICT (subject_id, group_id, matter, user_id) \
    DO UPDATE SET event_id = excluded.event_id, at = excluded.at, read_at = excluded.read_at";

/// Tells all stories.
pub(super) async fn tell(
    conn: &mut Conn,
    growth: &Growth,
    stories: &Stories,
    meter: &mut Meter<'_>,
) -> Result<(), Fault> {
    sqlx::query(TABLE).execute(&mut *conn).await?;
    let last = sqlx::query!(
        r#"SELECT (SELECT COALESCE(max(id), 0) FROM events) AS "event!: i64",
            (SELECT COALESCE(max(id), 0) FROM requests) AS "request!: i64""#
    )
    .fetch_one(&mut *conn)
    .await?;
    let (mut event, mut seq) = (last.event, dialect::head(conn).await?);
    let waiting_since = growth.until.0 - WAITING_SINCE;
    let pace = |span: i64, count: i64| span / (count + 1).max(1);
    let over = pace(waiting_since - growth.from.0, stories.over);
    let waiting = pace(WAITING_SINCE, stories.all - stories.over);
    let parts = chunks(0, stories.over).map(|(from, to)| (from, to, growth.from.0 + from * over, over)).chain(
        chunks(stories.over, stories.all)
            .map(|(from, to)| (from, to, waiting_since + (from - stories.over) * waiting, waiting)),
    );
    for (from, to, at, pace) in parts {
        sqlx::query(dialect::EMPTY_TOLD).execute(&mut *conn).await?;
        sqlx::query(CHUNK)
            .bind(from)
            .bind(to)
            .bind(stories.over)
            .bind(stride(stories.over))
            .bind(at)
            .bind(pace)
            .bind(growth.decider.0)
            .execute(&mut *conn)
            .await?;
        sqlx::query(MEMBERSHIPS).execute(&mut *conn).await?;
        sqlx::query(GRANTS).execute(&mut *conn).await?;
        let requests = sqlx::query(REQUESTS).bind(last.request).bind(growth.reason.as_str());
        requests.bind(growth.comment.as_str()).execute(&mut *conn).await?;
        let events = insert_events(conn, growth, last.request, event, seq).await?;
        sqlx::query(NOTIFICATIONS).bind(event).bind(event + signed(events)).execute(&mut *conn).await?;
        event += signed(events);
        seq = Seq(seq.0 + signed(events));
        meter.add(events);
    }
    for table in ["told", "stories", "patterns", "models"] {
        QueryBuilder::<Db>::new("DROP TABLE ").push(table).build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Appends the events of what is being told; answers how many they are.
async fn insert_events(conn: &mut Conn, growth: &Growth, request: i64, event: i64, seq: Seq) -> sqlx::Result<u64> {
    let mut query = QueryBuilder::<Db>::new("INSERT INTO events (");
    query.push(dialect::PLACE).push(", at, kind, member_delta, group_id, group_name, subject_id, subject, actor_id, ");
    query.push("actor_name, request_id, reason, comment) SELECT ");
    dialect::push_place(&mut query, event, seq);
    query.push(EVENT).push("CASE WHEN way = 1 THEN ").push_bind(request).push(" + 1 + place END AS request_id, ");
    query.push("CASE WHEN kind = 0 AND place % 3 = 0 THEN ").push_bind(growth.reason.as_str()).push(" END AS reason, ");
    query.push("CASE WHEN kind IN (2, 4) AND place % 4 = 0 THEN ").push_bind(growth.comment.as_str());
    query.push(" END AS comment").push(EVENT_STEPS);
    Ok(query.build().execute(conn).await?.rows_affected())
}
