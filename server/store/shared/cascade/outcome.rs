//! Writes down how people came out of a change: many by one set of statements.

use crate::{
    Conn, Db, dialect,
    shared::{Fault, code::Code, event, notification},
};
use domain::{CascadeSubject, Cause, Event, EventPayload, GroupId, Settled, Timestamp};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;

/// How many pairs one statement names.
const CHUNK: usize = 500;

/// Everything that is to be written, ordered by the statement that writes it.
#[derive(Default)]
struct Losses {
    /// Memberships by the cause of their end: group and user.
    memberships: BTreeMap<Option<i64>, Vec<(i64, i64)>>,
    /// Requests by the cause of their end.
    requests: BTreeMap<Option<i64>, Vec<i64>>,
    /// Users by the state and the right they have now.
    people: BTreeMap<(i64, bool), Vec<i64>>,
}

/// Records what happened to these people.
pub(super) async fn write(conn: &mut Conn, settled: &[(CascadeSubject, Settled)], now: Timestamp) -> Result<(), Fault> {
    let mut losses = Losses::default();
    let mut events = Vec::new();
    for (citizen, settled) in settled {
        let user = citizen.person.id.0;
        if (settled.state, settled.requester) != (citizen.settled_state, citizen.settled_requester) {
            losses.people.entry((settled.state.0, settled.requester)).or_default().push(user);
        }
        for event in &settled.events {
            losses.add(event, user);
            events.push(event.clone());
        }
    }
    losses.write(conn, now).await?;
    let ids = event::insert_all(conn, &events, now).await?;
    let recorded: Vec<(Event, domain::EventId)> = events.into_iter().zip(ids).collect();
    notification::tell_people(conn, &recorded, now).await
}

impl Losses {
    fn add(&mut self, event: &Event, user: i64) {
        let cause = event.cause.as_ref().map(Cause::stored);
        match (&event.what, event.group.as_ref(), event.request) {
            (EventPayload::Removed | EventPayload::Left, Some(group), _) => {
                self.memberships.entry(cause).or_default().push((group.id.0, user));
            }
            (EventPayload::Closed(_), _, Some(request)) => self.requests.entry(cause).or_default().push(request.0),
            _ => {}
        }
    }

    async fn write(&self, conn: &mut Conn, now: Timestamp) -> Result<(), Fault> {
        for ((state, requester), users) in &self.people {
            let mut query = QueryBuilder::<Db>::new("UPDATE users SET state_id = ");
            query.push_bind(*state).push(", settled_requester = ").push_bind(*requester).push(" WHERE id");
            dialect::push_is_any_of(&mut query, users);
            query.build().execute(&mut *conn).await?;
        }
        for (cause, requests) in &self.requests {
            let mut query = QueryBuilder::<Db>::new("UPDATE requests SET status = 4, settled_at = ");
            query.push_bind(now.0).push(", cause = ").push_bind(*cause).push(" WHERE status = 0 AND id");
            dialect::push_is_any_of(&mut query, requests);
            query.build().execute(&mut *conn).await?;
        }
        for (cause, pairs) in &self.memberships {
            for chunk in pairs.chunks(CHUNK) {
                end_memberships(conn, chunk, *cause, now).await?;
            }
        }
        Ok(())
    }
}

/// Ends memberships with every live grant that holds them. Ended grants are kept.
async fn end_memberships(
    conn: &mut Conn,
    pairs: &[(i64, i64)],
    cause: Option<i64>,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut query = QueryBuilder::<Db>::new("UPDATE grants SET ended_at = ");
    query.push_bind(now.0).push(", ended_cause = ").push_bind(cause);
    query.push(" WHERE ended_at IS NULL AND (user_id, group_id) IN (");
    query
        .push_values(pairs, |mut row, (group, user)| {
            row.push_bind(*user).push_bind(*group);
        })
        .push(")")
        .build()
        .execute(&mut *conn)
        .await?;
    let mut query = QueryBuilder::<Db>::new("DELETE FROM memberships WHERE (group_id, user_id) IN (");
    query
        .push_values(pairs, |mut row, (group, user)| {
            row.push_bind(*group).push_bind(*user);
        })
        .push(")")
        .build()
        .execute(&mut *conn)
        .await?;
    let mut fewer: BTreeMap<i64, i64> = BTreeMap::new();
    for (group, _) in pairs {
        *fewer.entry(*group).or_default() -= 1;
    }
    for (group, delta) in fewer {
        dialect::count_member(conn, GroupId(group), delta).await?;
    }
    Ok(())
}
