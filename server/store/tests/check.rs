//! The check finds what was damaged.

use crate::{harness::*, name::say};
use store_testing::both;

/// Damage, and a word of the sentence that tells of it.
const DAMAGE: [(&str, &str); 6] = [
    ("DELETE FROM memberships", "live grants"),
    (
        "INSERT INTO memberships (group_id, user_id, sort_key, since) SELECT 2, id, sort_key, 1 FROM users WHERE id = 3",
        "held by no live grant",
    ),
    ("UPDATE groups SET member_count = 7 WHERE id = 1", "wrong number of members"),
    (
        "INSERT INTO requests (group_id, user_id, kind, status, created_at) VALUES (1, 4, 1, 0, 1)",
        "ask to leave a group",
    ),
    ("UPDATE users SET state_id = 2 WHERE id = 3", "another state"),
    (
        "INSERT INTO notifications (user_id, subject_id, group_id, matter, event_id, at) VALUES (3, 3, 1, 0, 99, 1)",
        "events that are not there",
    ),
];

both!(damage_is_found, |t| async move {
    t.settle().await;
    t.is_sound().await;
    for (statement, word) in DAMAGE {
        say(&t.url, statement).await;
        let findings = t.store.check().await.unwrap();
        assert!(findings.iter().any(|finding| finding.contains(word)), "{statement}: {findings:?}");
    }
});

both!(events_cannot_be_changed_or_deleted, |t| async move {
    t.settle().await;
    t.does(ANA, join(OPEN)).await.unwrap();
    t.feed_of(1).await;
    for statement in ["UPDATE events SET reason = 'x'", "DELETE FROM events"] {
        assert!(try_to_say(&t.url, statement).await.is_err(), "{statement}");
    }
    t.is_sound().await;
});

async fn try_to_say(url: &str, statement: &'static str) -> sqlx::Result<()> {
    use sqlx::{Connection, Executor};
    if url.starts_with("sqlite") {
        sqlx::SqliteConnection::connect(url).await?.execute(statement).await?;
    } else {
        sqlx::PgConnection::connect(url).await?.execute(statement).await?;
    }
    Ok(())
}
