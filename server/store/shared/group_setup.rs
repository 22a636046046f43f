//! What those read who set groups up: a group with everything it is set to, what groups can be set to, and what the names
//! of people and groups mean.

use super::{
    Fault,
    account::{self, ViewerRow},
    admin, group_list,
    leader::{self, list_people},
    name, name_word, reach, settings, state,
};
use crate::{Conn, Db};
use domain::{
    Actor, Denial, Facts, GroupChoices, GroupId, GroupOffer, GroupRef, GroupSetup, Names, Permission, Refusal,
    ResolvedNames, Settings, StateFacts, StateRef, Timestamp, UserId, authority, group_offers, new_group_offers,
};
use sqlx::QueryBuilder;
use std::cmp::Reverse;

/// The viewer, where they have an admin right to groups; a refusal comes as a fault.
async fn enter(conn: &mut Conn, viewer: UserId) -> Result<ViewerRow, Fault> {
    let viewer_row = account::look(conn, viewer).await?.ok_or(Refusal::Unseen)?;
    if authority::administers_groups(&Actor::User(viewer_row.account.clone())) {
        Ok(viewer_row)
    } else {
        Err(Refusal::from(Denial::StaffPermissionRequired).into())
    }
}

/// The setup of one group.
pub(crate) async fn find(conn: &mut Conn, viewer: UserId, id: GroupId, now: Timestamp) -> Result<GroupSetup, Fault> {
    let viewer_row = enter(conn, viewer).await?;
    let seen = group_list::find(conn, &viewer_row, id, false, now).await?.ok_or(Refusal::Unseen)?;
    let ViewerRow { account, seq, .. } = viewer_row;
    let facts = Facts {
        group: Some(seen.group),
        standing: seen.standing,
        reach: reach::of_group(conn, id).await?,
        states: StateFacts { all: state::list(conn).await?, ..StateFacts::default() },
        ..Facts::default()
    };
    let offers = group_offers(&Actor::User(account), &facts, now);
    Ok(GroupSetup {
        row: seen.row,
        leaders: leader::list_named(conn, id).await?,
        choices: choices(conn, offers).await?,
        seq,
    })
}

/// What a new group can be set to.
pub(crate) async fn find_choices(conn: &mut Conn, viewer: UserId, now: Timestamp) -> Result<GroupChoices, Fault> {
    let account = admin::enter(conn, viewer, Permission::ManageGroups).await?.account;
    choices(conn, new_group_offers(&Actor::User(account), now)).await
}

async fn choices(conn: &mut Conn, offers: Vec<GroupOffer>) -> Result<GroupChoices, Fault> {
    let mut states = state::list(conn).await?;
    states.sort_by_key(|state| Reverse(state.priority));
    let states = states.into_iter().map(|state| StateRef { id: state.id, name: state.name }).collect();
    let Settings { auto_leave, show_unavailable_groups, .. } = settings::find(conn).await?;
    Ok(GroupChoices { states, auto_leave, show_unavailable_groups, offers })
}

/// What names mean, each in its place.
pub(crate) async fn resolve_names(conn: &mut Conn, viewer: UserId, names: &Names) -> Result<ResolvedNames, Fault> {
    let actor = Actor::User(enter(conn, viewer).await?.account);
    let keys: Vec<String> = names.people.iter().map(|name| name::key(name)).collect();
    let called = name_word::list_called(conn, &actor, &keys).await?;
    let mut users: Vec<UserId> = called.values().flatten().copied().collect();
    users.sort_unstable();
    users.dedup();
    let people = list_people(conn, &users).await?;
    let of = |key: &String| {
        let users = called.get(key).map(Vec::as_slice).unwrap_or_default();
        people.iter().filter(|person| users.contains(&person.id)).cloned().collect()
    };
    Ok(ResolvedNames { people: keys.iter().map(of).collect(), groups: list_groups_called(conn, &names.groups).await? })
}

/// The live group of each of these names.
async fn list_groups_called(conn: &mut Conn, names: &[String]) -> sqlx::Result<Vec<Option<GroupRef>>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = names.iter().map(|name| name::key(name)).collect();
    let mut query =
        QueryBuilder::<Db>::new("SELECT id, name, name_key FROM groups WHERE deleted_at IS NULL AND name_key IN (");
    let mut list = query.separated(", ");
    for key in &keys {
        list.push_bind(key.clone());
    }
    query.push(")");
    let rows: Vec<(i64, String, String)> = query.build_query_as().fetch_all(conn).await?;
    let of = |key: &String| {
        let row = rows.iter().find(|(_, _, of_row)| of_row == key)?;
        Some(GroupRef { id: GroupId(row.0), name: row.1.clone() })
    };
    Ok(keys.iter().map(of).collect())
}
