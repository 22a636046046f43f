//! Who may look into which office of the admin area, and what the small ones hold.

use super::{
    Fault,
    account::{self, ViewerRow},
    group, settings, state,
};
use crate::Conn;
use domain::{
    Actor, Denial, Listing, Permission, Refusal, Settings, State, StateRef, StateRow, Timestamp, UserChoices, UserId,
    promotion_denied,
};
use std::cmp::Reverse;

/// The viewer, where they hold the office; a refusal comes as a fault.
pub(crate) async fn enter(conn: &mut Conn, viewer: UserId, office: Permission) -> Result<ViewerRow, Fault> {
    let viewer_row = account::look(conn, viewer).await?.ok_or(Refusal::Unseen)?;
    if viewer_row.account.administers(office) {
        Ok(viewer_row)
    } else {
        Err(Refusal::from(Denial::StaffPermissionRequired).into())
    }
}

/// Every state and how many are in it, the highest first.
pub(crate) async fn list_states(conn: &mut Conn, viewer: UserId) -> Result<Listing<StateRow>, Fault> {
    let seq = enter(conn, viewer, Permission::ManageStates).await?.seq;
    let (mut states, users) = (state::list(conn).await?, state::count_users(conn).await?);
    states.sort_by_key(|state| Reverse(state.priority));
    let mut names = state::list_scope_names(conn).await?;
    let row = |state: State| StateRow {
        users: users.get(&state.id).copied().unwrap_or(0),
        names: names.remove(&state.id).unwrap_or_default(),
        state,
    };
    Ok(Listing { items: states.into_iter().map(row).collect(), next_cursor: None, seq })
}

/// The settings.
pub(crate) async fn find_settings(conn: &mut Conn, viewer: UserId) -> Result<Settings, Fault> {
    enter(conn, viewer, Permission::ManageSettings).await?;
    settings::find(conn).await
}

/// What staff can choose from where they look for users and make them.
pub(crate) async fn find_user_choices(conn: &mut Conn, viewer: UserId, now: Timestamp) -> Result<UserChoices, Fault> {
    let viewer = enter(conn, viewer, Permission::ManageUsers).await?;
    let mut states = state::list(conn).await?;
    states.sort_by_key(|state| Reverse(state.priority));
    Ok(UserChoices {
        states: states.into_iter().map(|state| StateRef { id: state.id, name: state.name }).collect(),
        groups: group::list_first(conn, UserChoices::GROUPS).await?,
        promotion: promotion_denied(&Actor::User(viewer.account), now),
    })
}
