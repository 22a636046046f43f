//! Adds very much to a seeded instance, by statements that make thousands of rows each and never bring one here.
//!
//! People and groups are those who are there many times over, with numbers behind their names. Everything that happens is
//! a story: somebody joins, or asks and is let in, refused or kept waiting, or leaves again. Stories are drawn up first,
//! group by group, in a table that ends with this (`stories`); then they are told in an order that mixes them, a chunk at
//! a time (`told`), as memberships, grants, requests, events and notifications that belong together.
//!
//! Like `seed` this writes beside `record`, and only what is made up. Its statements speak of tables that no migration
//! makes, so that they cannot be checked when they are compiled; a test runs all of them on both databases.

/// A statement over the numbers `n.i` from $1 to before $2.
macro_rules! numbered {
    ($($statement:tt)+) => {
        concat!("WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2) ", $($statement)+)
    };
}

mod group;
mod people;
mod story;
mod telling;

use super::{
    Fault,
    bulk::{self, DroppedIndexes, Meter},
    name_word,
};
use crate::{Conn, dialect};
use domain::UserId;
use sqlx::{Connection, Executor};
use store_model::{Growth, StoreError};

/// How many rows or stories one statement makes.
const CHUNK: i64 = 20_000;

/// Numbers as SQL takes them.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// The chunks of the numbers from one to before another.
fn chunks(from: i64, to: i64) -> impl Iterator<Item = (i64, i64)> {
    (from..to).step_by(usize::try_from(CHUNK).unwrap_or(1)).map(move |start| (start, (start + CHUNK).min(to)))
}

/// A number that shares no divisor with `count`, some way beyond its middle: steps of it around a circle of that many
/// meet each place once, and neighbours are far apart.
fn stride(count: i64) -> i64 {
    fn divisor(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { divisor(b, a % b) }
    }
    let middle = count * 618 / 1000 + 1;
    (middle..=count).find(|stride| divisor(*stride, count) == 1).unwrap_or(1)
}

/// Adds everything in one transaction.
pub(crate) async fn grow(
    conn: &mut Conn,
    growth: &Growth,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<(), Fault> {
    conn.execute(dialect::BEFORE_BULK).await?;
    let mut tx = conn.begin_with(dialect::BEGIN_WRITE).await?;
    let burdens = DroppedIndexes::list(&mut tx).await?;
    let rows = growth.users * 2 + growth.groups + growth.memberships + growth.events;
    let mut meter = Meter::new(rows + burdens.weight(growth.events), progress);
    burdens.drop_all(&mut tx).await?;

    let first = people::add(&mut tx, growth, &mut meter).await?;
    name_word::fill_after(&mut tx, UserId(first - 1), &mut |users| meter.add(users)).await?;
    group::add(&mut tx, growth, first, &mut meter).await?;
    let stories = story::draw_up(&mut tx, growth, first, &mut meter).await?;
    telling::tell(&mut tx, growth, &stories, &mut meter).await?;
    sqlx::query!(
        "UPDATE groups SET member_count = (SELECT count(*) FROM memberships WHERE memberships.group_id = groups.id)"
    )
    .execute(&mut *tx)
    .await?;

    burdens.recreate(&mut tx, growth.events, &mut meter).await?;
    dialect::finish_bulk(&mut tx).await?;
    tx.commit().await?;
    bulk::look_again(conn).await?;
    meter.finish();
    Ok(())
}

/// What cannot be made many of because there is nothing of it.
fn nothing(of: &str) -> Fault {
    StoreError::Database { context: "growing", cause: format!("there are no {of} to make more of") }.into()
}
