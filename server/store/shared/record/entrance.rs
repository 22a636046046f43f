//! Ways in that are made of a link.

use super::{missing, subject};
use crate::{
    Conn,
    shared::{Fault, account, invitation, reset_link, session, sign_in},
};
use domain::{Denial, Event, EventPayload, Permissions, Refusal, ResetLink, UserDraft, UserId};
use store_model::{Order, StoreError};

fn token(order: &Order) -> Result<&[u8; 32], StoreError> {
    order.token_hash.as_ref().ok_or_else(|| missing("the hash of a token"))
}

fn password(order: &Order) -> Result<&str, StoreError> {
    order.password_hash.as_deref().ok_or_else(|| missing("the hash of the password"))
}

/// Makes an event about a way in true.
pub(super) async fn apply(
    conn: &mut Conn,
    order: &Order,
    by: Option<UserId>,
    mut event: Event,
) -> Result<Event, Fault> {
    match &mut event.what {
        EventPayload::Registered { draft, invitation } => {
            if let Some(id) = invitation
                && !invitation::use_up(conn, *id, order.now).await?
            {
                // Others were quicker.
                return Err(Refusal::from(Denial::InvitationRequired).into());
            }
            let (username, email) = (draft.username.clone(), draft.email.clone());
            let draft = UserDraft { username, email, staff: false, superuser: false, permissions: Permissions::NONE };
            let id = account::insert(conn, &draft, Some(password(order)?), order.now).await?;
            if let Some(subject) = &mut event.subject {
                subject.id = id;
            }
        }
        EventPayload::InvitationCreated(made) => {
            made.id = invitation::insert(conn, made, token(order)?, by, order.now).await?;
        }
        EventPayload::InvitationRevoked(revoked) => invitation::revoke(conn, revoked.id, order.now).await?,
        EventPayload::ResetLinkMade => {
            let ends_at = order.now.plus_seconds(ResetLink::SECONDS);
            reset_link::insert(conn, subject(&event)?, token(order)?, by, ends_at).await?;
        }
        EventPayload::PasswordReset => set_password(conn, order, subject(&event)?).await?,
        _ => {}
    }
    Ok(event)
}

/// Sets a password. Whoever came in by the old one has to come in again, but for the session that changed it; a link to set
/// another one is no longer good; and where nobody proved to know the old one, every browser is a stranger.
pub(super) async fn set_password(conn: &mut Conn, order: &Order, user: UserId) -> Result<(), Fault> {
    session::set_password(conn, user, password(order)?).await?;
    session::delete_others(conn, user, order.session).await?;
    if order.session.is_none() {
        sign_in::forget_devices(conn, user, None).await?;
    }
    reset_link::delete(conn, user).await?;
    Ok(())
}
