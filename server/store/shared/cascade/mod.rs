//! What follows from a change for the people it touches: who they are, and each of them settled by the rules (R6 to R8).
//!
//! Nothing is decided here: `domain::settle` says what becomes of a person. People are loaded, settled and written many
//! at a time, in the order of their ids, so that two who settle never wait for each other in a circle. Where they are
//! too many for the transaction of the change, it commits a job instead, and until that is done `live` says what
//! people still hold.

pub(crate) mod job;
pub(crate) mod live;
mod outcome;
pub(crate) mod previewed;
mod subject;
mod touched;

use super::{Fault, settings, state};
use crate::{Conn, dialect};
use domain::{Cascade, EventId, EventPayload, InstanceState, Timestamp, Trigger, UserId, settle};

/// How many people are settled in the transaction of the change itself.
const AT_ONCE: usize = 300;

/// Settles everybody a decision touched whose first event is this, or commits a job that will.
pub(crate) async fn follow(
    conn: &mut Conn,
    wanted: Cascade,
    (first, id): (&EventPayload, EventId),
    now: Timestamp,
) -> Result<(), Fault> {
    let touched = touched::list(conn, wanted.who, UserId::UNASSIGNED, AT_ONCE + 1).await?;
    if touched.fits_at_once() {
        settle_all(conn, &touched.people, wanted.trigger, first, now).await
    } else {
        job::insert(conn, wanted, id, now).await
    }
}

/// Settles these people, who come in the order of their ids, as follows from an event.
async fn settle_all(
    conn: &mut Conn,
    people: &[i64],
    trigger: Trigger,
    first: &EventPayload,
    now: Timestamp,
) -> Result<(), Fault> {
    if people.is_empty() {
        return Ok(());
    }
    dialect::lock_users(conn, people).await?;
    let (citizens, realm) = load(conn, people).await?;
    let realm = realm.told_of(first);
    let settled: Vec<_> = citizens
        .into_iter()
        .map(|citizen| {
            let settled = settle(&citizen, &realm, trigger);
            (citizen, settled)
        })
        .collect();
    outcome::write(conn, &settled, now).await
}

/// These people and everything the rules of losing look at.
async fn load(conn: &mut Conn, people: &[i64]) -> Result<(Vec<domain::CascadeSubject>, InstanceState), Fault> {
    let (citizens, groups) = subject::list(conn, people).await?;
    let realm = InstanceState { states: state::list(conn).await?, groups, settings: settings::find(conn).await? };
    Ok((citizens, realm))
}
