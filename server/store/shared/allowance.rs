//! How often something may still be tried.

use super::Fault;
use crate::Conn;
use domain::Timestamp;
use store_model::{Draw, Drawn};

/// Takes what is asked for out of each bucket, or nothing out of any. Each answer says whether its own bucket had as many.
///
/// Whoever draws from one of the buckets at the same time waits until all is decided: what is put back was never missing.
pub(crate) async fn draw_all(conn: &mut Conn, draws: &[Draw]) -> Result<Vec<Drawn>, Fault> {
    let mut all = Vec::with_capacity(draws.len());
    for asked in draws {
        all.push(draw(conn, *asked).await?);
    }
    if all.iter().all(|drawn| drawn.granted) {
        return Ok(all);
    }
    for (asked, drawn) in draws.iter().zip(&mut all).filter(|(_, drawn)| drawn.granted) {
        give_back(conn, *asked).await?;
        drawn.full_at = Timestamp(drawn.full_at.0 - asked.count * asked.rate.every);
    }
    Ok(all)
}

/// Takes as many as are asked for, or none. Whoever draws from the same bucket at the same time waits.
pub(crate) async fn draw(conn: &mut Conn, draw: Draw) -> Result<Drawn, Fault> {
    let Draw { key, rate, count, now } = draw;
    let (key, cost) = (key.as_slice(), count * rate.every);
    let (first, latest) = (now.0 + cost, rate.latest(now).0);
    if first > latest {
        return Ok(Drawn { granted: false, full_at: find(conn, key).await?.unwrap_or(now) });
    }
    let furthest = rate.furthest(now).0;
    let granted = sqlx::query_scalar!(
        r#"INSERT INTO allowances (key, full_at) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET full_at =
                CASE WHEN allowances.full_at BETWEEN $3 AND $6 THEN allowances.full_at ELSE $3 END + $4
            WHERE CASE WHEN allowances.full_at BETWEEN $3 AND $6 THEN allowances.full_at ELSE $3 END + $4 <= $5
            RETURNING full_at AS "full_at!: i64""#,
        key,
        first,
        now.0,
        cost,
        latest,
        furthest
    )
    .fetch_optional(&mut *conn)
    .await?;
    Ok(match granted {
        Some(full_at) => Drawn { granted: true, full_at: Timestamp(full_at) },
        None => Drawn { granted: false, full_at: find(conn, key).await?.unwrap_or(now) },
    })
}

/// When a bucket will be full again, where it is not.
async fn find(conn: &mut Conn, key: &[u8]) -> sqlx::Result<Option<Timestamp>> {
    let full_at =
        sqlx::query_scalar!("SELECT full_at FROM allowances WHERE key = $1", key).fetch_optional(conn).await?;
    Ok(full_at.map(Timestamp))
}

/// Puts back what was taken out of a bucket.
pub(crate) async fn give_back(conn: &mut Conn, draw: Draw) -> Result<(), Fault> {
    let (key, cost) = (draw.key.as_slice(), draw.count * draw.rate.every);
    sqlx::query!("UPDATE allowances SET full_at = full_at - $2 WHERE key = $1", key, cost).execute(conn).await?;
    Ok(())
}

/// Fills a bucket.
pub(crate) async fn fill(conn: &mut Conn, key: [u8; 32]) -> Result<(), Fault> {
    let key = key.as_slice();
    sqlx::query!("DELETE FROM allowances WHERE key = $1", key).execute(conn).await?;
    Ok(())
}

/// No bucket takes longer to fill.
const LONGEST_SECONDS: i64 = 24 * 60 * 60;

/// Forgets those that are full again, and what a clock left that was set back since.
pub(crate) async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), Fault> {
    let furthest = now.plus_seconds(LONGEST_SECONDS).0;
    sqlx::query!("DELETE FROM allowances WHERE full_at <= $1", now.0).execute(&mut *conn).await?;
    sqlx::query!("DELETE FROM allowances WHERE full_at > $1", furthest).execute(conn).await?;
    Ok(())
}
