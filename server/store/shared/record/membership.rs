//! Requests, memberships and their grants.

use super::{missing, place, subject};
use crate::{
    Conn,
    shared::{
        Fault,
        member::{self, NewGrant},
        request::{self, Ending},
        statement_batch::StatementBatch,
    },
};
use domain::{Conflict, Event, EventPayload, GrantKind, RequestKind, RequestStatus, UserId};
use store_model::Order;

/// Makes an event about a membership true.
pub(super) async fn apply(
    conn: &mut Conn,
    changes: &mut StatementBatch,
    order: &Order,
    by: Option<UserId>,
    mut event: Event,
) -> Result<Event, Fault> {
    let ending = |status| Ending { status, by, comment: event.comment.as_deref(), cause: None };
    match &event.what {
        EventPayload::Requested(kind) => {
            let (group, user) = (event.group.as_ref().ok_or_else(|| missing("a group"))?, subject(&event)?);
            event.request = Some(request::insert(conn, group, user, *kind, event.reason.as_deref(), order.now).await?);
        }
        EventPayload::Approved(kind) => {
            match kind {
                RequestKind::Join => grant(changes, order, &event, GrantKind::Approval, by)?,
                RequestKind::Leave => end(changes, order, &event)?,
            }
            settle(changes, order, &event, &ending(RequestStatus::Approved))?;
        }
        EventPayload::Rejected(_) => settle(changes, order, &event, &ending(RequestStatus::Rejected))?,
        EventPayload::Withdrawn(_) => settle(changes, order, &event, &ending(RequestStatus::Withdrawn))?,
        EventPayload::Closed(_) => {
            // A rule closed it, whoever set the rule off.
            let ending = Ending { by: None, cause: event.cause, ..ending(RequestStatus::Closed) };
            settle(changes, order, &event, &ending)?;
        }
        EventPayload::Joined => grant(changes, order, &event, GrantKind::Join, by)?,
        EventPayload::Added => grant(changes, order, &event, GrantKind::Admin, by)?,
        EventPayload::Left | EventPayload::Removed => end(changes, order, &event)?,
        _ => {}
    }
    Ok(event)
}

fn grant(
    changes: &mut StatementBatch,
    order: &Order,
    event: &Event,
    kind: GrantKind,
    by: Option<UserId>,
) -> Result<(), Fault> {
    let (group, user) = (place(event)?, subject(event)?);
    let grant = NewGrant { group, user, kind, by, reason: event.reason.as_deref() };
    member::grant(changes, &grant, order.now);
    Ok(())
}

fn end(changes: &mut StatementBatch, order: &Order, event: &Event) -> Result<(), Fault> {
    member::end(changes, place(event)?, subject(event)?, event.cause, order.now);
    Ok(())
}

/// Settles the request of an event: the last of its changes, and the condition of the event. The facts showed it open,
/// behind a lock.
fn settle(changes: &mut StatementBatch, order: &Order, event: &Event, ending: &Ending<'_>) -> Result<(), Fault> {
    request::settle(changes, event.request.ok_or_else(|| missing("a request"))?, ending, order.now);
    Ok(())
}

/// Why an event was not written: its request was settled already, and that end is told (R10).
pub(super) async fn settled(conn: &mut Conn, event: &Event) -> Result<Fault, Fault> {
    let id = event.request.ok_or_else(|| missing("a request"))?;
    let settled = request::find(conn, id).await?.ok_or_else(|| missing("its request"))?;
    Ok(Conflict::RequestSettled(Box::new(settled)).into())
}
