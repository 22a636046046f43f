//! What a decision is made from, loaded whole before it. Ids that name nothing leave their facts out, and what the rules
//! of a command do not ask for is not loaded.
//!
//! On PostgreSQL everything a command believes stands behind locks, always taken in this order: the instance, the group,
//! the user whom it is about, the names of accounts. Commands that change what other people's rights are made of hold the instance alone;
//! whatever concerns one user in one group shares it. What the locks guard is read by later statements, which see what
//! the last holder of the locks committed.

mod entrance;
mod group;
mod membership;
mod people;
mod state;

pub(crate) use people::of_office;

use super::{Fault, account, group as groups, reserved_name, settings, token as tokens};
use crate::{Conn, dialect};
use domain::{Actor, Command, Facts, UserId};
use store_model::{CallerId, Order};

/// The caller and the facts of a command.
pub(crate) async fn load(conn: &mut Conn, order: &Order) -> Result<(Actor, Facts), Fault> {
    let caller = order.caller;
    match &order.command {
        Command::Join { .. }
        | Command::Leave { .. }
        | Command::Add { .. }
        | Command::Remove { .. }
        | Command::Withdraw { .. }
        | Command::Approve { .. }
        | Command::Reject { .. } => membership::load(conn, caller, &order.command).await,
        Command::CreateGroup(draft) => group::of_draft(conn, caller, draft).await,
        Command::EditGroup { group, change } => group::of_change(conn, caller, *group, change).await,
        Command::DeleteGroup { group } | Command::ReplaceJoinLink { group } => {
            dialect::lock_instance(conn).await?;
            group::of_reach(conn, caller, *group).await
        }
        Command::AddLeader { group, leader } | Command::RemoveLeader { group, leader } => {
            group::of_leader(conn, caller, *group, *leader).await
        }
        Command::AddLeaderGroup { group, leading } | Command::RemoveLeaderGroup { group, leading } => {
            group::of_leading(conn, caller, *group, *leading).await
        }
        Command::GivePermission { to: holder, permission } | Command::TakePermission { from: holder, permission } => {
            people::of_holder(conn, caller, *holder, *permission).await
        }
        Command::CreateUser(draft) => people::of_draft(conn, caller, draft).await,
        Command::EditUser { user, change } => {
            let (actor, mut facts) = people::of_change(conn, caller, *user, change).await?;
            if change.active == Some(false) {
                facts.tokens = tokens::list_live(conn, *user, order.now).await?;
            }
            Ok((actor, facts))
        }
        Command::DeleteUser { user } => people::of_leader(conn, caller, *user).await,
        Command::RevokeToken { user, token } => {
            dialect::share_instance(conn).await?;
            let (actor, facts) = people::of_user(conn, caller, *user).await?;
            Ok((actor, Facts { token: tokens::find_name(conn, *user, *token).await?, ..facts }))
        }
        Command::SetPassword { user } | Command::CreateToken { user, .. } | Command::EndSessions { user, .. } => {
            dialect::share_instance(conn).await?;
            let (actor, facts) = people::of_user(conn, caller, *user).await?;
            Ok((actor, Facts { tokens: tokens::list_live(conn, *user, order.now).await?, ..facts }))
        }
        Command::MakeResetLink { user } | Command::TellOfFailedSignIns { user, .. } => {
            dialect::share_instance(conn).await?;
            people::of_user(conn, caller, *user).await
        }
        Command::ResetPassword => entrance::of_reset_link(conn, order).await,
        Command::Register(draft) => entrance::of_registration(conn, order, draft).await,
        Command::CreateInvitation(_) => Ok((account::find_actor_and(conn, caller, None).await?.0, Facts::default())),
        Command::RevokeInvitation { invitation } => entrance::of_invitation(conn, caller, *invitation).await,
        Command::AddCharacter { user, character } => people::of_draft_character(conn, caller, *user, character).await,
        Command::EditCharacter { user, character, .. } | Command::RemoveCharacter { user, character } => {
            people::of_character(conn, caller, *user, Some(*character)).await
        }
        Command::SetMain { user, character } => people::of_character(conn, caller, *user, *character).await,
        Command::CreateState(draft) => {
            state::of_definition(conn, caller, None, Some(draft.name.as_str()), Some(draft.priority)).await
        }
        Command::EditState { state, change } => {
            let name = change.name.as_ref().map(domain::StateName::as_str);
            state::of_definition(conn, caller, Some(*state), name, change.priority).await
        }
        Command::DeleteState { state } => state::of_definition(conn, caller, Some(*state), None, None).await,
        Command::ReserveName { name, .. } => {
            dialect::lock_instance(conn).await?;
            let (actor, _) = account::find_actor_and(conn, caller, None).await?;
            let name = groups::name_facts(conn, name.as_str(), None).await?;
            Ok((actor, Facts { name, ..Facts::default() }))
        }
        Command::FreeName { name, .. } => {
            dialect::lock_instance(conn).await?;
            let (actor, _) = account::find_actor_and(conn, caller, None).await?;
            let reserved_name = reserved_name::find(conn, *name).await?;
            Ok((actor, Facts { reserved_name, ..Facts::default() }))
        }
        Command::ChangeSettings(_) => {
            dialect::lock_instance(conn).await?;
            let (actor, _) = account::find_actor_and(conn, caller, None).await?;
            Ok((actor, Facts { settings: settings::find(conn).await?, ..Facts::default() }))
        }
    }
}

/// Whom joining and leaving are about.
const fn own(caller: CallerId) -> Option<UserId> {
    match caller {
        CallerId::User(id) => Some(id),
        CallerId::Nobody | CallerId::System => None,
    }
}
