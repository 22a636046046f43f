//! What must hold of the stored data beyond what the schema enforces: asked by `muster check`, and by tests after
//! everything they do.

use super::{Fault, cascade::live};
use crate::{Conn, dialect};

/// Counts rows that cannot be, and says so where there are any.
macro_rules! none_of {
    ($conn:expr, $findings:expr, $sql:literal, $sentence:literal) => {{
        let found: i64 = sqlx::query_scalar!($sql).fetch_one(&mut *$conn).await?;
        if found > 0 {
            $findings.push(format!($sentence, found));
        }
    }};
}

/// Adds a sentence to the findings for everything that does not hold.
pub(crate) async fn run(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), Fault> {
    let known = findings.len();
    dialect::check(conn, findings).await?;
    if findings.len() > known {
        // Of what cannot be read whole, nothing else can be said.
        return Ok(());
    }
    // What a job has yet to settle is no damage.
    let settled = !live::is_unsettled(conn).await?;
    check_memberships(conn, findings).await?;
    check_requests(conn, findings).await?;
    check_people(conn, findings).await?;
    if settled {
        check_settled(conn, findings).await?;
    }
    check_feed(conn, findings).await
}

/// R14: a user is a member while any grant is live.
async fn check_memberships(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), Fault> {
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM memberships m WHERE NOT EXISTS (SELECT 1 FROM grants g
            WHERE g.user_id = m.user_id AND g.group_id = m.group_id AND g.ended_at IS NULL)"#,
        "{} memberships are held by no live grant."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM grants g WHERE g.ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM memberships m WHERE m.group_id = g.group_id AND m.user_id = g.user_id)"#,
        "{} live grants hold no membership."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM memberships m JOIN users u ON u.id = m.user_id
            WHERE m.sort_key <> u.sort_key"#,
        "{} memberships are sorted by a name their user no longer has."
    );
    // Events without a number are not in the count yet.
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM groups g WHERE g.member_count <>
            (SELECT count(*) FROM memberships m WHERE m.group_id = g.id)
            - COALESCE((SELECT sum(e.member_delta) FROM unnumbered e WHERE e.group_id = g.id), 0)"#,
        "{} groups show a wrong number of members."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM grants g WHERE g.actor_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = g.actor_id)"#,
        "{} grants were given by users who never were."
    );
    Ok(())
}

/// R9: one open request each, and only where there is something to ask for.
async fn check_requests(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), Fault> {
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM (SELECT 1 AS one FROM requests WHERE status = 0
            GROUP BY user_id, group_id HAVING count(*) > 1) AS repeated"#,
        "{} users have several open requests for one group."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM requests r WHERE r.status = 0 AND r.kind = 1 AND NOT EXISTS (
            SELECT 1 FROM memberships m WHERE m.group_id = r.group_id AND m.user_id = r.user_id)"#,
        "{} open requests ask to leave a group whose member the applicant is not."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM requests r WHERE r.status = 0 AND r.kind = 0 AND EXISTS (
            SELECT 1 FROM memberships m WHERE m.group_id = r.group_id AND m.user_id = r.user_id)"#,
        "{} open requests ask to join a group whose member the applicant is."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM requests r WHERE r.settled_by IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = r.settled_by)"#,
        "{} requests were settled by users who never were."
    );
    Ok(())
}

/// Mains are of their users (product.md §2).
async fn check_people(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), Fault> {
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM users u JOIN characters c ON c.id = u.main_character_id
            WHERE c.user_id <> u.id"#,
        "{} users have a main character of somebody else."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM notifications n
            WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.id = n.event_id)"#,
        "{} notifications tell of events that are not there."
    );
    none_of!(
        conn,
        findings,
        "SELECT count(*) AS \"found!: i64\" FROM users u WHERE (u.deleted_at IS NULL) <> EXISTS (
            SELECT 1 FROM name_words w WHERE w.user_id = u.id AND w.word = substr(u.username_key, 1, 60))
            AND NOT (u.username_key >= '\u{ad}' AND u.username_key < '\u{ae}')",
        "{} users cannot be found by their username, or still can though they are deleted."
    );
    Ok(())
}

/// What every change leaves behind once its job is done.
async fn check_settled(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), Fault> {
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM memberships m
            JOIN groups g ON g.id = m.group_id JOIN users u ON u.id = m.user_id
            WHERE g.deleted_at IS NOT NULL OR u.deleted_at IS NOT NULL OR NOT u.is_active"#,
        "{} memberships are of groups or users that can have none."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM requests r
            JOIN groups g ON g.id = r.group_id JOIN users u ON u.id = r.user_id
            WHERE r.status = 0 AND (g.internal OR g.deleted_at IS NOT NULL OR u.deleted_at IS NOT NULL)"#,
        "{} open requests wait where nobody can decide them."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM users u LEFT JOIN characters c ON c.id = u.main_character_id
            WHERE u.deleted_at IS NULL AND u.state_id <> CASE WHEN u.is_active AND c.id IS NOT NULL THEN COALESCE((
                SELECT s.id FROM states s WHERE s.deleted_at IS NULL AND (s.is_public OR EXISTS (
                    SELECT 1 FROM state_scopes x WHERE x.state_id = s.id AND (
                        (x.kind = 0 AND x.external_id = c.external_id)
                        OR (x.kind = 1 AND x.external_id = c.corporation_id)
                        OR (x.kind = 2 AND x.external_id = c.alliance_id)
                        OR (x.kind = 3 AND x.external_id = c.faction_id))))
                ORDER BY s.priority DESC LIMIT 1), 1) ELSE 1 END"#,
        "{} users are in another state than their main character leads to."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM users u WHERE u.settled_requester <>
            (u.deleted_at IS NULL AND u.is_active AND (u.is_superuser
                OR EXISTS (SELECT 1 FROM user_permissions p WHERE p.user_id = u.id AND p.permission = 0)
                OR EXISTS (SELECT 1 FROM state_permissions p WHERE p.state_id = u.state_id AND p.permission = 0)
                OR EXISTS (SELECT 1 FROM memberships m JOIN group_permissions p ON p.group_id = m.group_id
                    WHERE m.user_id = u.id AND p.permission = 0)))"#,
        "{} users hold or lack request_groups, and were not settled by it."
    );
    none_of!(
        conn,
        findings,
        r#"SELECT count(*) AS "found!: i64" FROM memberships m JOIN users u ON u.id = m.user_id
            WHERE EXISTS (SELECT 1 FROM group_states gs WHERE gs.group_id = m.group_id)
                AND NOT EXISTS (SELECT 1 FROM group_states gs
                    WHERE gs.group_id = m.group_id AND gs.state_id = u.state_id)"#,
        "{} memberships are of users whose state their group does not admit."
    );
    Ok(())
}

/// A feed with a gap would be taken for one that is late.
async fn check_feed(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), Fault> {
    let feed = sqlx::query!(
        r#"SELECT count(*) AS "count!: i64", COALESCE(min(seq), 1) AS "first!: i64", COALESCE(max(seq), 0) AS "last!: i64"
            FROM feed"#
    )
    .fetch_one(&mut *conn)
    .await?;
    let missing = feed.last - feed.first + 1 - feed.count;
    if missing != 0 {
        findings.push(format!("{missing} events are missing between {} and {}.", feed.first, feed.last));
    }
    let head = dialect::head(conn).await?.0;
    if head != feed.last {
        findings.push(format!("The feed ends at {}, but {head} was given out.", feed.last));
    }
    Ok(())
}
