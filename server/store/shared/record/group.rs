//! Groups, and who leads them.

use super::{missing, place, subject};
use crate::{
    Conn,
    shared::{Fault, group, leader},
};
use domain::{Event, EventPayload};
use store_model::{Order, StoreError};

fn token(order: &Order) -> Result<&str, StoreError> {
    order.join_token.as_deref().ok_or_else(|| missing("the token of the join link"))
}

/// Makes an event about a group true.
pub(super) async fn apply(conn: &mut Conn, order: &Order, mut event: Event) -> Result<Event, Fault> {
    match &mut event.what {
        EventPayload::GroupCreated(made) => {
            made.id = group::insert(conn, made, token(order)?, order.now).await?;
            event.group = Some(made.reference());
        }
        EventPayload::GroupEdited { after, .. } => group::update(conn, after).await?,
        EventPayload::GroupDeleted => {
            let id = place(&event)?;
            group::delete(conn, id, order.now).await?;
            leader::delete_all(conn, id).await?;
        }
        EventPayload::JoinLinkReplaced => group::replace_join_token(conn, place(&event)?, token(order)?).await?,
        EventPayload::LeaderAdded => leader::insert(conn, place(&event)?, subject(&event)?).await?,
        EventPayload::LeaderRemoved => leader::delete(conn, place(&event)?, subject(&event)?).await?,
        EventPayload::LeaderGroupAdded(leading) => {
            let leading = leading.id;
            leader::insert_group(conn, place(&event)?, leading).await?;
        }
        EventPayload::LeaderGroupRemoved(leading) => {
            let leading = leading.id;
            leader::delete_group(conn, place(&event)?, leading).await?;
        }
        _ => {}
    }
    Ok(event)
}
