//! The facts about accounts, characters and those who hold permissions.

use super::state;
use crate::{
    Conn, dialect,
    shared::{Fault, account, character, group, leader, permission, reach},
};
use domain::{
    Account, Actor, CharacterDraft, CharacterId, Facts, Holder, Permission, Subject, UserChange, UserDraft, UserId,
    Username,
};
use store_model::CallerId;

/// An account that is to be made.
pub(super) async fn of_draft(conn: &mut Conn, caller: CallerId, draft: &UserDraft) -> Result<(Actor, Facts), Fault> {
    if caller == CallerId::Nobody {
        dialect::lock_first_run(conn).await?;
    }
    dialect::share_instance(conn).await?;
    dialect::lock_account_keys(conn).await?;
    let (actor, _) = account::find_actor_and(conn, caller, None).await?;
    let name =
        account::name_facts(conn, Some(draft.username.as_str()), draft.email.as_ref(), UserId::UNASSIGNED).await?;
    let first_run = !account::any_exists(conn).await?;
    Ok((actor, Facts { name, first_run, ..Facts::default() }))
}

/// An account that is to change.
pub(super) async fn of_change(
    conn: &mut Conn,
    caller: CallerId,
    user: UserId,
    change: &UserChange,
) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, facts) = of_user(conn, caller, user).await?;
    let username = change.username.as_ref().map(Username::as_str);
    let email = change.email.as_ref().and_then(Option::as_ref);
    let name = account::name_facts(conn, username, email, user).await?;
    let mut facts = Facts { name, ..facts };
    if change.active == Some(true) {
        facts.main = character::find_main_and(conn, user, None).await?.0;
        facts.states = state::all(conn).await?;
    }
    if change.keeps_leads == Some(false) {
        facts.leads = leader::list_named_leads(conn, user).await?;
    }
    Ok((actor, facts))
}

/// An account with everything it holds and opens.
pub(super) async fn of_user(conn: &mut Conn, caller: CallerId, user: UserId) -> Result<(Actor, Facts), Fault> {
    dialect::lock_user(conn, user).await?;
    let (actor, account) = account::find_actor_and(conn, caller, Some(user)).await?;
    let mut facts = Facts::default();
    if let Some(account) = account {
        if account.superuser {
            facts.superusers = account::count_superusers(conn).await?;
        }
        facts.subject = Some(subject(conn, account).await?);
    }
    Ok((actor, facts))
}

/// An account that is to be deleted.
pub(super) async fn of_leader(conn: &mut Conn, caller: CallerId, user: UserId) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, facts) = of_user(conn, caller, user).await?;
    Ok((actor, Facts { leads: leader::list_leads(conn, user).await?, ..facts }))
}

/// What offering the actions of a user's page asks. Nothing is locked: nothing is changed.
pub(crate) async fn of_office(conn: &mut Conn, account: Account) -> Result<Facts, Fault> {
    let (superusers, user) = (account::count_superusers(conn).await?, account.person.id);
    let main = character::find_main_and(conn, user, None).await?.0;
    let (subject, states) = (subject(conn, account).await?, state::all(conn).await?);
    let leads = leader::list_leads(conn, user).await?;
    Ok(Facts { subject: Some(subject), superusers, main, states, leads, ..Facts::default() })
}

pub(super) async fn subject(conn: &mut Conn, account: Account) -> Result<Subject, Fault> {
    let user = account.person.id;
    Ok(Subject {
        own: permission::find(conn, Holder::User(user)).await?.unwrap_or_default(),
        member: false,
        leader: false,
        open_request: None,
        reach: reach::of_user(conn, user).await?,
        email: account::find_email(conn, user).await?,
        account,
    })
}

/// Whoever is to hold a permission, or to hold it no more.
pub(super) async fn of_holder(
    conn: &mut Conn,
    caller: CallerId,
    holder: Holder,
    permission: Permission,
) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, mut facts) = match holder {
        Holder::User(user) => of_user(conn, caller, user).await?,
        Holder::Group(_) | Holder::State(_) => (account::find_actor_and(conn, caller, None).await?.0, Facts::default()),
    };
    if let Holder::Group(id) = holder {
        facts.group = group::find(conn, id).await?.map(|(group, _)| group);
    }
    let held = permission::find(conn, holder).await?;
    let holds = held.is_some_and(|held| held.contains(permission));
    Ok((actor, Facts { holder_exists: held.is_some(), holds, ..facts }))
}

/// A character that is to be added.
pub(super) async fn of_draft_character(
    conn: &mut Conn,
    caller: CallerId,
    user: UserId,
    draft: &CharacterDraft,
) -> Result<(Actor, Facts), Fault> {
    let (actor, facts) = of_character(conn, caller, user, None).await?;
    let character_taken = character::is_taken(conn, draft.external_id).await?;
    Ok((actor, Facts { character_taken, ..facts }))
}

/// A character of a user, and the states it may lead to.
pub(super) async fn of_character(
    conn: &mut Conn,
    caller: CallerId,
    user: UserId,
    id: Option<CharacterId>,
) -> Result<(Actor, Facts), Fault> {
    dialect::share_instance(conn).await?;
    let (actor, facts) = of_user(conn, caller, user).await?;
    let (main, character) = character::find_main_and(conn, user, id).await?;
    Ok((actor, Facts { main, character, states: state::all(conn).await?, ..facts }))
}
