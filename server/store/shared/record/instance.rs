//! States, permissions, reserved names and settings.

use crate::{
    Conn,
    shared::{Fault, permission, reserved_name, settings, state},
};
use domain::{Event, UserId, What};
use store_model::Order;

/// Makes an event about the instance true.
pub(super) async fn apply(
    conn: &mut Conn,
    order: &Order,
    by: Option<UserId>,
    mut event: Event,
) -> Result<Event, Fault> {
    match &mut event.what {
        What::PermissionGiven(holder, given) => permission::insert(conn, *holder, *given).await?,
        What::PermissionTaken(holder, taken) => permission::delete(conn, *holder, *taken).await?,
        What::StateCreated(made) => made.id = state::insert(conn, made).await?,
        What::StateEdited { after, .. } => state::update(conn, after).await?,
        What::StateDeleted(deleted) => state::delete(conn, deleted.id, order.now).await?,
        What::NameReserved(name) => {
            let reason = event.reason.as_deref().unwrap_or_default();
            reserved_name::insert(conn, name, reason, by, order.now).await?;
        }
        What::NameFreed(id, _) => reserved_name::delete(conn, *id).await?,
        What::SettingsChanged { after, .. } => settings::update(conn, after).await?,
        _ => {}
    }
    Ok(event)
}
