//! The facts about ways in that are made of a link.

use super::people;
use crate::{
    Conn, dialect,
    shared::{Fault, account, invitation, reset_link, settings, token},
};
use domain::{Actor, Facts, InvitationId, RegistrationDraft, ResetLink, UserId};
use store_model::{CallerId, Order};

/// Somebody who makes an account of their own.
pub(super) async fn of_registration(
    conn: &mut Conn,
    order: &Order,
    draft: &RegistrationDraft,
) -> Result<(Actor, Facts), Fault> {
    dialect::share_instance(conn).await?;
    dialect::lock_account_keys(conn).await?;
    let (actor, _) = account::find_actor_and(conn, order.caller, None).await?;
    let username = Some(draft.username.as_str());
    let name = account::name_facts(conn, username, draft.email.as_ref(), UserId::UNASSIGNED).await?;
    let invitation = match &order.token_hash {
        Some(hash) => invitation::find_by_token(conn, hash).await?,
        None => None,
    };
    Ok((actor, Facts { name, invitation, settings: settings::find(conn).await?, ..Facts::default() }))
}

/// An invitation that is to end.
pub(super) async fn of_invitation(
    conn: &mut Conn,
    caller: CallerId,
    id: InvitationId,
) -> Result<(Actor, Facts), Fault> {
    let (actor, _) = account::find_actor_and(conn, caller, None).await?;
    Ok((actor, Facts { invitation: invitation::find(conn, id).await?, ..Facts::default() }))
}

/// Somebody who comes with a link to set another password. The link is read once more behind the lock of its user:
/// whoever was there before may have used it.
pub(super) async fn of_reset_link(conn: &mut Conn, order: &Order) -> Result<(Actor, Facts), Fault> {
    dialect::share_instance(conn).await?;
    let (actor, _) = account::find_actor_and(conn, order.caller, None).await?;
    let Some(hash) = &order.token_hash else { return Ok((actor, Facts::default())) };
    if let Some(link) = reset_link::find(conn, hash).await? {
        dialect::lock_user(conn, link.user).await?;
    }
    let Some(link) = reset_link::find(conn, hash).await? else { return Ok((actor, Facts::default())) };
    let (author, account) = account::find_actor_and(conn, link.author, Some(link.user)).await?;
    let mut facts = Facts { reset_link: Some(ResetLink { author, ends_at: link.ends_at }), ..Facts::default() };
    if let Some(account) = account {
        facts.subject = Some(people::subject(conn, account).await?);
        facts.tokens = token::list_live(conn, link.user, order.now).await?;
    }
    Ok((actor, facts))
}
