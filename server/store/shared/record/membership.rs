//! Requests, memberships and their grants.

use super::{missing, place, subject};
use crate::{
    Conn,
    shared::{
        Fault,
        member::{self, NewGrant},
        request::{self, Ending},
    },
};
use domain::{Conflict, Event, GrantKind, RequestKind, RequestStatus, UserId, What};
use store_model::Order;

/// Makes an event about a membership true.
pub(super) async fn apply(
    conn: &mut Conn,
    order: &Order,
    by: Option<UserId>,
    mut event: Event,
) -> Result<Event, Fault> {
    let ending = |status| Ending { status, by, comment: event.comment.as_deref(), cause: None };
    match &event.what {
        What::Requested(kind) => {
            let (group, user) = (place(&event)?, subject(&event)?);
            event.request = Some(request::insert(conn, group, user, *kind, event.reason.as_deref(), order.now).await?);
        }
        What::Approved(kind) => {
            settle(conn, order, &event, ending(RequestStatus::Approved)).await?;
            match kind {
                RequestKind::Join => grant(conn, order, &event, GrantKind::Approval, by).await?,
                RequestKind::Leave => end(conn, order, &event).await?,
            }
        }
        What::Rejected(_) => settle(conn, order, &event, ending(RequestStatus::Rejected)).await?,
        What::Withdrawn(_) => settle(conn, order, &event, ending(RequestStatus::Withdrawn)).await?,
        What::Closed(_) => {
            // A rule closed it, whoever set the rule off.
            let ending = Ending { by: None, cause: event.cause, ..ending(RequestStatus::Closed) };
            settle(conn, order, &event, ending).await?;
        }
        What::Joined => grant(conn, order, &event, GrantKind::Join, by).await?,
        What::Added => grant(conn, order, &event, GrantKind::Admin, by).await?,
        What::Left | What::Removed => end(conn, order, &event).await?,
        _ => {}
    }
    Ok(event)
}

async fn grant(
    conn: &mut Conn,
    order: &Order,
    event: &Event,
    kind: GrantKind,
    by: Option<UserId>,
) -> Result<(), Fault> {
    let (group, user) = (place(event)?, subject(event)?);
    let grant = NewGrant { group, user, kind, by, reason: event.reason.as_deref() };
    Ok(member::grant(conn, &grant, order.now).await?)
}

async fn end(conn: &mut Conn, order: &Order, event: &Event) -> Result<(), Fault> {
    Ok(member::end(conn, place(event)?, subject(event)?, event.cause, order.now).await?)
}

/// Settles the request of an event. The facts showed it open, behind a lock; should it not be, its end is told (R10).
async fn settle(conn: &mut Conn, order: &Order, event: &Event, ending: Ending<'_>) -> Result<(), Fault> {
    let id = event.request.ok_or_else(|| missing("a request"))?;
    if request::settle(conn, id, &ending, order.now).await? {
        return Ok(());
    }
    let settled = request::find(conn, id).await?.ok_or_else(|| missing("its request"))?;
    Err(Conflict::RequestSettled(Box::new(settled)).into())
}
