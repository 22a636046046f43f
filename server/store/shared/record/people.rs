//! Accounts and their characters.

use super::{entrance, missing, subject};
use crate::{
    Conn,
    shared::{Fault, account, character, reset_link, session, sign_in, token},
};
use domain::{Event, UserId, What};
use store_model::Order;

/// Makes an event about somebody true.
pub(super) async fn apply(conn: &mut Conn, order: &Order, mut event: Event) -> Result<Event, Fault> {
    let user = event.subject.as_ref().map_or(UserId::UNASSIGNED, |person| person.id);
    match &mut event.what {
        What::AccountCreated(draft) => {
            let id = account::insert(conn, draft, order.password_hash.as_deref(), order.now).await?;
            if let Some(subject) = &mut event.subject {
                subject.id = id;
            }
        }
        What::AccountEdited { before, after } => {
            account::update(conn, user, before, after).await?;
            if !after.active {
                session::delete_of(conn, user).await?;
                sign_in::forget_devices(conn, user, None).await?;
            }
        }
        What::AccountDeleted => {
            account::delete(conn, subject(&event)?, order.now).await?;
            character::bury(conn, user, order.now).await?;
            session::delete_of(conn, user).await?;
            reset_link::delete(conn, user).await?;
            sign_in::forget_devices(conn, user, None).await?;
        }
        What::PasswordSet => entrance::set_password(conn, order, subject(&event)?).await?,
        What::SessionsEnded => {
            session::delete_of(conn, user).await?;
            sign_in::forget_devices(conn, user, order.device.as_ref()).await?;
        }
        What::TokenCreated { id, name, expires_at } => {
            let hash = order.token_hash.as_ref().ok_or_else(|| missing("the hash of the token"))?;
            *id = token::insert(conn, user, hash, name, order.now, *expires_at).await?;
        }
        What::TokenRevoked(id, _) => token::revoke(conn, *id, order.now).await?,
        What::CharacterAdded(added) => added.id = character::insert(conn, user, &added.profile).await?,
        What::CharacterEdited { after, .. } => character::update(conn, user, after).await?,
        What::CharacterRemoved(removed) => character::delete(conn, user, removed.id).await?,
        What::MainSet(main) => character::set_main(conn, user, main.as_ref().map(|main| main.id)).await?,
        What::StateChanged { to, .. } => account::set_state(conn, user, *to).await?,
        _ => {}
    }
    Ok(event)
}
