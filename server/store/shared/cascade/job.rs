//! Durable jobs: what is left to do of a change that touches more people than one transaction should.
//!
//! A job is worked off in steps of a bounded size, each a transaction that moves the job's cursor along: whatever ends
//! the process between two of them, the next step goes on where the last one was committed.

use super::{settle_all, touched};
use crate::{
    Conn, Db, dialect,
    shared::{Fault, event},
};
use domain::{Cascade, EventId, GroupId, StateId, Timestamp, Trigger, UserId, Who};
use sqlx::QueryBuilder;
use store_model::{Job, StoreError};

/// How many people one step settles.
const STEP: usize = 100;

const fn who_codes(who: Who) -> (i64, Option<i64>) {
    match who {
        Who::User(id) => (0, Some(id.0)),
        Who::Group(id) => (1, Some(id.0)),
        Who::State(id) => (2, Some(id.0)),
        Who::Everyone => (3, None),
        Who::LeaveApplicants => (4, None),
    }
}

const fn why_codes(trigger: Trigger) -> (i64, Option<i64>) {
    match trigger {
        Trigger::Rights => (0, None),
        Trigger::NoLongerPublic(id) => (1, Some(id.0)),
        Trigger::GroupDeleted(id) => (2, Some(id.0)),
        Trigger::AutoLeave => (3, None),
    }
}

fn who_of(key: i64, code: i64, id: Option<i64>) -> Result<Who, StoreError> {
    match (code, id) {
        (0, Some(id)) => Ok(Who::User(UserId(id))),
        (1, Some(id)) => Ok(Who::Group(GroupId(id))),
        (2, Some(id)) => Ok(Who::State(StateId(id))),
        (3, None) => Ok(Who::Everyone),
        (4, None) => Ok(Who::LeaveApplicants),
        _ => Err(StoreError::Impossible { table: "jobs", column: "who", key, value: code.to_string() }),
    }
}

fn why_of(key: i64, code: i64, id: Option<i64>) -> Result<Trigger, StoreError> {
    match (code, id) {
        (0, None) => Ok(Trigger::Rights),
        (1, Some(id)) => Ok(Trigger::NoLongerPublic(GroupId(id))),
        (2, Some(id)) => Ok(Trigger::GroupDeleted(GroupId(id))),
        (3, None) => Ok(Trigger::AutoLeave),
        _ => Err(StoreError::Impossible { table: "jobs", column: "why", key, value: code.to_string() }),
    }
}

/// Commits to what is left to do.
pub(super) async fn insert(conn: &mut Conn, wanted: Cascade, first: EventId, now: Timestamp) -> Result<(), Fault> {
    let total = touched::count(conn, wanted.who).await?;
    let (who, named) = who_codes(wanted.who);
    let (why, edited) = why_codes(wanted.trigger);
    sqlx::query!(
        "INSERT INTO jobs (who, who_id, why, why_id, total, event_id, started_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        who,
        named,
        why,
        edited,
        total,
        first.0,
        now.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Does the next step of the oldest job; answers whether there was one.
pub(crate) async fn step(conn: &mut Conn, now: Timestamp) -> Result<bool, Fault> {
    dialect::share_instance(conn).await?;
    dialect::lock_jobs(conn).await?;
    let row = sqlx::query!("SELECT id, who, who_id, why, why_id, cursor FROM jobs ORDER BY id LIMIT 1")
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(false) };
    let (who, why) = (who_of(row.id, row.who, row.who_id)?, why_of(row.id, row.why, row.why_id)?);
    let touched = touched::list(conn, who, UserId(row.cursor), STEP).await?;
    let mut query = QueryBuilder::<Db>::new("SELECT event_id FROM jobs WHERE id = ");
    let first: i64 = query.push_bind(row.id).build_query_scalar().fetch_one(&mut *conn).await?;
    let first = event::find_what(conn, EventId(first)).await?;
    settle_all(conn, &touched.people, why, &first, now).await?;
    if touched.complete {
        sqlx::query!("DELETE FROM jobs WHERE id = $1", row.id).execute(conn).await?;
    } else {
        let done = i64::try_from(touched.people.len()).unwrap_or(0);
        sqlx::query!("UPDATE jobs SET cursor = $2, done = done + $3 WHERE id = $1", row.id, touched.last.0, done)
            .execute(conn)
            .await?;
    }
    Ok(true)
}

/// The jobs that are not done, oldest first.
pub(crate) async fn list(conn: &mut Conn) -> Result<Vec<Job>, Fault> {
    let rows =
        sqlx::query!("SELECT id, done, total, event_id, started_at FROM jobs ORDER BY id").fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|row| Job {
            id: row.id,
            done: row.done,
            total: row.total,
            event: EventId(row.event_id),
            started_at: Timestamp(row.started_at),
        })
        .collect())
}

/// What set the open jobs off, oldest first.
pub(super) async fn triggers(conn: &mut Conn) -> Result<Vec<Trigger>, Fault> {
    let rows = sqlx::query!("SELECT id, why, why_id FROM jobs ORDER BY id").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| why_of(row.id, row.why, row.why_id)).collect::<Result<_, _>>()?)
}
