//! Fills an empty database with a whole instance.
//!
//! The only writer beside `record`, and only where there is no user to whom anything could be done: the history it is
//! given was made up whole, decisions and events alike. Ids are the seed's; the database goes on after them.

use super::{
    Fault, account, bulk,
    bulk::Meter,
    code::Code,
    event::{COLUMNS, Columns},
    group::flags,
    name, name_word,
};
use crate::{Conn, Db, dialect};
use domain::{Flag, GrantKind};
use sqlx::{Connection, QueryBuilder, query_builder::Separated};
use std::collections::HashMap;
use store_model::{Seed, SeedEvent, SeedUser, StoreError};

/// How many rows one statement inserts: a dozen columns each stay below the parameters either database takes.
const CHUNK: usize = 1000;

/// Inserts everything in one transaction.
pub(crate) async fn fill(
    conn: &mut Conn,
    seed: &Seed,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<(), Fault> {
    let total = seed.users.len() + seed.groups.len() + seed.memberships.len() + seed.requests.len() + seed.events.len();
    let mut meter = Meter::new(total as u64, progress);
    let mut tx = conn.begin_with(dialect::BEGIN_WRITE).await?;
    if account::any_exists(&mut tx).await? {
        return Err(StoreError::NotEmpty.into());
    }
    fill_people(&mut tx, seed, &mut meter).await?;
    name_word::fill(&mut tx).await?;
    fill_groups(&mut tx, seed, &mut meter).await?;
    fill_memberships(&mut tx, seed, &mut meter).await?;
    fill_requests(&mut tx, seed, &mut meter).await?;
    fill_events(&mut tx, &seed.events, &mut meter).await?;
    dialect::finish_seed(&mut tx).await?;
    tx.commit().await?;
    bulk::look_again(conn).await
}

/// Inserts rows by chunks.
async fn insert<T>(
    conn: &mut Conn,
    into: &'static str,
    rows: &[T],
    mut bind: impl FnMut(Separated<'_, Db, &'static str>, &T),
) -> sqlx::Result<()> {
    for chunk in rows.chunks(CHUNK) {
        let mut query = QueryBuilder::<Db>::new("INSERT INTO ");
        query.push(into).push(" ").push_values(chunk, &mut bind);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// The name a user is sorted by.
fn sort_key(user: &SeedUser) -> String {
    name::order(user.characters.first().map_or(&user.username, |main| &main.name))
}

async fn fill_people(conn: &mut Conn, seed: &Seed, meter: &mut Meter<'_>) -> Result<(), Fault> {
    let scopes = |kind: i64, list: &[(domain::StateId, i64)]| -> Vec<(i64, i64, i64)> {
        list.iter().map(|(state, id)| (state.0, kind, *id)).collect()
    };
    let scopes = [scopes(1, &seed.state_corporations), scopes(2, &seed.state_alliances)].concat();
    insert(conn, "state_scopes (state_id, kind, external_id)", &scopes, |mut row, scope| {
        row.push_bind(scope.0).push_bind(scope.1).push_bind(scope.2);
    })
    .await?;
    insert(
        conn,
        "users (id, username, username_key, email, email_key, password_hash, is_active, is_staff, is_superuser, \
         state_id, sort_key, search_key, created_at)",
        &seed.users,
        |mut row, user| {
            row.push_bind(user.id.0).push_bind(user.username.as_str()).push_bind(name::key(&user.username));
            row.push_bind(user.email.as_deref()).push_bind(user.email.as_deref().map(name::key));
            row.push_bind(user.password_hash.as_deref()).push_bind(user.active).push_bind(user.staff);
            row.push_bind(user.superuser).push_bind(user.state.0).push_bind(sort_key(user));
            row.push_bind(name::order(&user.username)).push_bind(user.created_at.0);
        },
    )
    .await?;
    let held: Vec<(i64, i64)> = seed
        .users
        .iter()
        .flat_map(|user| user.permissions.iter().map(|permission| (user.id.0, permission.stored())))
        .collect();
    insert(conn, "user_permissions (user_id, permission)", &held, |mut row, held| {
        row.push_bind(held.0).push_bind(held.1);
    })
    .await?;
    let characters: Vec<_> =
        seed.users.iter().flat_map(|user| user.characters.iter().map(|character| (user.id.0, character))).collect();
    insert(
        conn,
        "characters (user_id, external_id, name, corporation_id, corporation_name, alliance_id, alliance_name)",
        &characters,
        |mut row, (user, character)| {
            let corporation = character.corporation.as_ref();
            let alliance = character.alliance.as_ref();
            row.push_bind(*user).push_bind(character.external_id).push_bind(character.name.as_str());
            row.push_bind(corporation.map(|it| it.0)).push_bind(corporation.map(|it| it.1.as_str()));
            row.push_bind(alliance.map(|it| it.0)).push_bind(alliance.map(|it| it.1.as_str()));
        },
    )
    .await?;
    // Ids are drawn in the order of the rows, so the first character of each user has the lowest.
    sqlx::query!(
        "UPDATE users SET main_character_id = (SELECT min(id) FROM characters WHERE characters.user_id = users.id)"
    )
    .execute(conn)
    .await?;
    meter.add(seed.users.len() as u64);
    Ok(())
}

async fn fill_groups(conn: &mut Conn, seed: &Seed, meter: &mut Meter<'_>) -> Result<(), Fault> {
    insert(
        conn,
        concat!(
            "groups (id, name, name_key, description, ",
            flags!(""),
            ", auto_leave, join_token, created_at, sort_key)"
        ),
        &seed.groups,
        |mut row, group| {
            row.push_bind(group.id.0).push_bind(group.name.as_str()).push_bind(name::key(&group.name));
            row.push_bind(group.description.as_str());
            for flag in Flag::ALL {
                row.push_bind(group.flags.has(flag));
            }
            row.push_bind(domain::AutoLeave::Inherit.stored()).push_bind(group.join_token.as_str());
            row.push_bind(group.created_at.0).push_bind(name::order(&group.name));
        },
    )
    .await?;
    let links: [(&'static str, Vec<(i64, i64)>); 4] = [
        ("group_states (group_id, state_id)", pairs(seed, |group| ids(&group.states, |state| state.0))),
        (
            "group_permissions (group_id, permission)",
            pairs(seed, |group| group.permissions.iter().map(|permission| permission.stored()).collect()),
        ),
        ("leaders (group_id, user_id)", pairs(seed, |group| ids(&group.leaders, |user| user.0))),
        ("leader_groups (group_id, leader_group_id)", pairs(seed, |group| ids(&group.leader_groups, |it| it.0))),
    ];
    for (into, pairs) in links {
        insert(conn, into, &pairs, |mut row, pair| {
            row.push_bind(pair.0).push_bind(pair.1);
        })
        .await?;
    }
    meter.add(seed.groups.len() as u64);
    Ok(())
}

/// Each group with each thing it is linked to.
fn pairs(seed: &Seed, linked: impl Fn(&store_model::SeedGroup) -> Vec<i64>) -> Vec<(i64, i64)> {
    seed.groups.iter().flat_map(|group| linked(group).into_iter().map(|other| (group.id.0, other))).collect()
}

fn ids<T>(list: &[T], id: impl Fn(&T) -> i64) -> Vec<i64> {
    list.iter().map(id).collect()
}

async fn fill_memberships(conn: &mut Conn, seed: &Seed, meter: &mut Meter<'_>) -> Result<(), Fault> {
    let sort_keys: HashMap<i64, String> = seed.users.iter().map(|user| (user.id.0, sort_key(user))).collect();
    for chunk in seed.memberships.chunks(CHUNK) {
        insert(conn, "memberships (group_id, user_id, sort_key, since)", chunk, |mut row, membership| {
            let sort_key = sort_keys.get(&membership.user.0).map_or("", String::as_str);
            row.push_bind(membership.group.0).push_bind(membership.user.0).push_bind(sort_key);
            row.push_bind(membership.since.0);
        })
        .await?;
        insert(conn, "grants (group_id, user_id, kind, actor_id, from_at)", chunk, |mut row, membership| {
            let kind = if membership.approved_by.is_some() { GrantKind::Approval } else { GrantKind::Join };
            // Who joins an open group gives the grant to themself.
            let by = membership.approved_by.unwrap_or(membership.user);
            row.push_bind(membership.group.0).push_bind(membership.user.0).push_bind(kind.stored());
            row.push_bind(by.0).push_bind(membership.since.0);
        })
        .await?;
        meter.add(chunk.len() as u64);
    }
    // Nobody is to lose what they never held.
    sqlx::query!(
        "UPDATE users SET settled_requester = TRUE WHERE is_active AND (is_superuser
            OR EXISTS (SELECT 1 FROM user_permissions p WHERE p.user_id = users.id AND p.permission = 0)
            OR EXISTS (SELECT 1 FROM state_permissions p WHERE p.state_id = users.state_id AND p.permission = 0)
            OR EXISTS (SELECT 1 FROM memberships m JOIN group_permissions p ON p.group_id = m.group_id
                WHERE m.user_id = users.id AND p.permission = 0))"
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE groups SET member_count = (SELECT count(*) FROM memberships WHERE memberships.group_id = groups.id)"
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn fill_requests(conn: &mut Conn, seed: &Seed, meter: &mut Meter<'_>) -> Result<(), Fault> {
    let names: HashMap<i64, &str> = seed.groups.iter().map(|group| (group.id.0, group.name.as_str())).collect();
    for chunk in seed.requests.chunks(CHUNK) {
        insert(
            conn,
            "requests (id, group_id, group_name, user_id, kind, status, reason, created_at, settled_at, settled_by, \
             comment)",
            chunk,
            |mut row, request| {
                let settled = request.settled.as_ref();
                row.push_bind(request.id.0).push_bind(request.group.0);
                row.push_bind(names.get(&request.group.0).copied().unwrap_or_default()).push_bind(request.user.0);
                row.push_bind(request.kind.stored()).push_bind(request.status.stored());
                row.push_bind(request.reason.as_deref()).push_bind(request.created_at.0);
                row.push_bind(settled.map(|settled| settled.0.0));
                row.push_bind(settled.and_then(|settled| settled.1).map(|user| user.0));
                row.push_bind(settled.and_then(|settled| settled.2.as_deref()));
            },
        )
        .await?;
        meter.add(chunk.len() as u64);
    }
    Ok(())
}

async fn fill_events(conn: &mut Conn, events: &[SeedEvent], meter: &mut Meter<'_>) -> Result<(), Fault> {
    for chunk in events.chunks(CHUNK) {
        let rows = chunk
            .iter()
            .map(|seeded| Columns::of(&seeded.event, seeded.actor.as_ref(), seeded.at))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let mut query = QueryBuilder::<Db>::new("INSERT INTO events (");
        query.push(COLUMNS).push(") ").push_values(rows, |mut values, row| row.bind(&mut values));
        query.build().execute(&mut *conn).await?;
        meter.add(chunk.len() as u64);
    }
    Ok(())
}
