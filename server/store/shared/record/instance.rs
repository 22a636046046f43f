//! States, permissions, reserved names and settings.

use crate::{
    Conn,
    shared::{Fault, permission, reserved_name, settings, state},
};
use domain::{Event, EventPayload, UserId};
use store_model::Order;

/// Makes an event about the instance true.
pub(super) async fn apply(
    conn: &mut Conn,
    order: &Order,
    by: Option<UserId>,
    mut event: Event,
) -> Result<Event, Fault> {
    match &mut event.what {
        EventPayload::PermissionGiven(holder, given) => permission::insert(conn, *holder, *given).await?,
        EventPayload::PermissionTaken(holder, taken) => permission::delete(conn, *holder, *taken).await?,
        EventPayload::StateCreated(made) => made.id = state::insert(conn, made).await?,
        EventPayload::StateEdited { after, .. } => state::update(conn, after).await?,
        EventPayload::StateDeleted(deleted) => state::delete(conn, deleted.id, order.now).await?,
        EventPayload::NameReserved(name) => {
            let reason = event.reason.as_deref().unwrap_or_default();
            reserved_name::insert(conn, name, reason, by, order.now).await?;
        }
        EventPayload::NameFreed(id, _) => reserved_name::delete(conn, *id).await?,
        EventPayload::SettingsChanged { after, .. } => settings::update(conn, after).await?,
        _ => {}
    }
    Ok(event)
}
