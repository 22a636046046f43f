//! Accounts and their characters.

use super::{entrance, missing, subject};
use crate::{
    Conn,
    shared::{Fault, account, character, reset_link, session, sign_in, token},
};
use domain::{Event, EventPayload, UserId};
use store_model::Order;

/// Makes an event about somebody true.
pub(super) async fn apply(conn: &mut Conn, order: &Order, mut event: Event) -> Result<Event, Fault> {
    let user = event.subject.as_ref().map_or(UserId::UNASSIGNED, |person| person.id);
    match &mut event.what {
        EventPayload::AccountCreated(draft) => {
            let id = account::insert(conn, draft, order.password_hash.as_deref(), order.now).await?;
            if let Some(subject) = &mut event.subject {
                subject.id = id;
            }
        }
        EventPayload::AccountEdited { before, after } => {
            account::update(conn, user, before, after).await?;
            if !after.active {
                session::delete_of(conn, user).await?;
                reset_link::delete(conn, user).await?;
                sign_in::forget_devices(conn, user, None).await?;
            }
        }
        EventPayload::AccountDeleted => {
            account::delete(conn, subject(&event)?, order.now).await?;
            character::bury(conn, user, order.now).await?;
            session::delete_of(conn, user).await?;
            reset_link::delete(conn, user).await?;
            sign_in::forget_devices(conn, user, None).await?;
        }
        EventPayload::PasswordSet => entrance::set_password(conn, order, subject(&event)?).await?,
        EventPayload::SessionsEnded => {
            session::delete_of(conn, user).await?;
            reset_link::delete(conn, user).await?;
            sign_in::forget_devices(conn, user, order.device.as_ref()).await?;
        }
        EventPayload::TokenCreated { id, name, expires_at } => {
            let hash = order.token_hash.as_ref().ok_or_else(|| missing("the hash of the token"))?;
            *id = token::insert(conn, user, hash, name, order.now, *expires_at).await?;
        }
        EventPayload::TokenRevoked(id, _) => token::revoke(conn, *id, order.now).await?,
        EventPayload::CharacterAdded(added) => added.id = character::insert(conn, user, &added.profile).await?,
        EventPayload::CharacterEdited { after, .. } => character::update(conn, user, after).await?,
        EventPayload::CharacterRemoved(removed) => character::delete(conn, user, removed.id).await?,
        EventPayload::MainSet(main) => character::set_main(conn, user, main.as_ref().map(|main| main.id)).await?,
        EventPayload::StateChanged { to, .. } => account::set_state(conn, user, *to).await?,
        _ => {}
    }
    Ok(event)
}
