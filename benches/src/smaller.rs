//! Databases smaller than the made-up community: the same people and groups, fewer memberships and a shorter past.

use rusqlite::{Connection, params};

/// How many members of the largest group stay at least, and how many of its events: its pages are full in every size.
const FULL: i64 = 100;
/// Events for each membership, as in the large data sets.
const EVENTS: i64 = 5;

/// Cuts a database down to about so many memberships.
pub fn cut(database: &str, memberships: i64) {
    let conn = Connection::open(database.trim_start_matches("sqlite://")).expect("opens");
    // Its past cannot be deleted otherwise.
    let guard: String = conn
        .query_row("SELECT sql FROM sqlite_master WHERE name = 'events_are_kept'", [], |row| row.get(0))
        .expect("events are guarded");
    let largest: i64 = conn
        .query_row("SELECT id FROM groups WHERE NOT internal ORDER BY member_count DESC LIMIT 1", [], |row| row.get(0))
        .expect("is there");
    conn.execute_batch("PRAGMA foreign_keys = OFF; BEGIN; DROP TRIGGER events_are_kept").expect("begins");
    conn.execute(
        "DELETE FROM memberships WHERE (group_id, user_id) NOT IN (SELECT group_id, user_id FROM (SELECT group_id, user_id, \
            group_id = ?1 AND row_number() OVER (PARTITION BY group_id ORDER BY user_id) <= ?2 AS stays FROM memberships) \
            ORDER BY stays DESC, user_id, group_id LIMIT ?3)",
        params![largest, FULL, memberships],
    )
    .expect("memberships go");
    conn.execute(
        "DELETE FROM events WHERE id NOT IN (SELECT id FROM (SELECT id, \
            group_id = ?1 AND row_number() OVER (PARTITION BY group_id ORDER BY id DESC) <= ?2 AS stays FROM events) \
            ORDER BY stays DESC, id DESC LIMIT ?3)",
        params![largest, FULL, memberships * EVENTS],
    )
    .expect("events go");
    conn.execute_batch(
        "DELETE FROM grants WHERE NOT EXISTS \
            (SELECT 1 FROM memberships m WHERE m.group_id = grants.group_id AND m.user_id = grants.user_id);
        DELETE FROM requests WHERE status <> 0 AND id NOT IN (SELECT request_id FROM events WHERE request_id IS NOT NULL);
        DELETE FROM notifications WHERE event_id NOT IN (SELECT id FROM events);
        UPDATE groups SET member_count = (SELECT count(*) FROM memberships m WHERE m.group_id = groups.id);",
    )
    .expect("what belongs to them goes");
    conn.execute_batch(&format!("{guard}; COMMIT; VACUUM; ANALYZE;")).expect("is kept");
    let left: i64 = conn.query_row("SELECT count(*) FROM memberships", [], |row| row.get(0)).expect("is counted");
    assert!((memberships * 9 / 10..=memberships * 11 / 10).contains(&left), "{left} are left");
}
