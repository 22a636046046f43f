//! States with their definitions. A deleted one keeps its row, and groups bound to it stay bound.

use super::{
    Fault,
    code::{self, Code},
    name, name_form,
};
use crate::{Conn, Db, dialect};
use domain::{NameFacts, Scope, ScopeNames, State, StateId, StateRef, Timestamp};
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, HashMap};

/// The states that each of these groups is bound to, the highest first, deleted ones too; groups open to any are absent.
pub(crate) async fn list_of_groups(conn: &mut Conn, groups: &[i64]) -> sqlx::Result<HashMap<i64, Vec<StateRef>>> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT gs.group_id, s.id, s.name FROM group_states gs JOIN states s ON s.id = gs.state_id WHERE gs.group_id",
    );
    dialect::push_is_any_of(&mut query, groups);
    query.push(" ORDER BY gs.group_id, s.priority DESC, s.id");
    let rows: Vec<(i64, i64, String)> = query.build_query_as().fetch_all(conn).await?;
    let mut states: HashMap<i64, Vec<StateRef>> = HashMap::new();
    for (group, id, name) in rows {
        states.entry(group).or_default().push(StateRef { id: StateId(id), name });
    }
    Ok(states)
}

/// Every live state, by id.
pub(crate) async fn list(conn: &mut Conn) -> sqlx::Result<Vec<State>> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.name, s.priority, s.is_public,
                COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER))
                    FROM state_permissions WHERE state_id = s.id) AS BIGINT), 0) AS "given!: i64"
            FROM states s WHERE s.deleted_at IS NULL ORDER BY s.id"#
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut states: Vec<State> = rows
        .into_iter()
        .map(|row| State {
            id: StateId(row.id),
            name: row.name,
            priority: row.priority,
            public: row.is_public,
            permissions: code::permissions(row.given),
            scope: Scope::default(),
        })
        .collect();
    let scopes = sqlx::query!(
        "SELECT x.state_id, x.kind, x.external_id FROM state_scopes x JOIN states s ON s.id = x.state_id
            WHERE s.deleted_at IS NULL ORDER BY x.state_id, x.kind, x.external_id"
    )
    .fetch_all(conn)
    .await?;
    for row in scopes {
        if let Some(state) = states.iter_mut().find(|state| state.id.0 == row.state_id) {
            let scope = &mut state.scope;
            let lists = [&mut scope.characters, &mut scope.corporations, &mut scope.alliances, &mut scope.factions];
            if let Some(list) = usize::try_from(row.kind).ok().and_then(|kind| lists.into_iter().nth(kind)) {
                list.push(row.external_id);
            }
        }
    }
    Ok(states)
}

/// What those are called that each live state is open to, by a character of theirs that is known.
pub(crate) async fn list_scope_names(conn: &mut Conn) -> sqlx::Result<HashMap<StateId, ScopeNames>> {
    let rows = sqlx::query!(
        r#"SELECT x.state_id, x.kind, x.external_id, CASE x.kind
                WHEN 0 THEN (SELECT c.name FROM characters c
                    WHERE c.external_id = x.external_id AND c.deleted_at IS NULL LIMIT 1)
                WHEN 1 THEN (SELECT c.corporation_name FROM characters c
                    WHERE c.corporation_id = x.external_id AND c.deleted_at IS NULL LIMIT 1)
                WHEN 2 THEN (SELECT c.alliance_name FROM characters c
                    WHERE c.alliance_id = x.external_id AND c.deleted_at IS NULL LIMIT 1)
                ELSE (SELECT c.faction_name FROM characters c
                    WHERE c.faction_id = x.external_id AND c.deleted_at IS NULL LIMIT 1)
                END AS "name?: String"
            FROM state_scopes x JOIN states s ON s.id = x.state_id WHERE s.deleted_at IS NULL"#
    )
    .fetch_all(conn)
    .await?;
    let mut all: HashMap<StateId, ScopeNames> = HashMap::new();
    for row in rows {
        let Some(name) = row.name else { continue };
        let names = all.entry(StateId(row.state_id)).or_default();
        let kinds = [&mut names.characters, &mut names.corporations, &mut names.alliances, &mut names.factions];
        if let Some(kind) = usize::try_from(row.kind).ok().and_then(|kind| kinds.into_iter().nth(kind)) {
            kind.note(row.external_id, name);
        }
    }
    Ok(all)
}

/// How many users are in each state.
pub(crate) async fn count_users(conn: &mut Conn) -> sqlx::Result<HashMap<StateId, u32>> {
    let rows = sqlx::query!(
        r#"SELECT state_id, count(*) AS "users!: i64" FROM users WHERE deleted_at IS NULL GROUP BY state_id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (StateId(row.state_id), u32::try_from(row.users).unwrap_or(u32::MAX))).collect())
}

/// The name of every state that ever was.
pub(crate) async fn list_names(conn: &mut Conn) -> sqlx::Result<BTreeMap<StateId, String>> {
    let rows = sqlx::query!("SELECT id, name FROM states").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (StateId(row.id), row.name)).collect())
}

/// What these states are called, deleted ones too, in the order of their ids.
pub(crate) async fn list_names_of(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<Vec<StateRef>> {
    let mut query = QueryBuilder::<Db>::new("SELECT id, name FROM states WHERE id");
    dialect::push_is_any_of(&mut query, ids);
    query.push(" ORDER BY id");
    let rows: Vec<(i64, String)> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, name)| StateRef { id: StateId(id), name }).collect())
}

/// How a wanted name and a wanted priority stand to those of other live states.
pub(crate) async fn name_facts(
    conn: &mut Conn,
    wanted: Option<&str>,
    priority: Option<i64>,
    except: StateId,
) -> sqlx::Result<(NameFacts, bool)> {
    let key = wanted.map(name::key);
    let row = sqlx::query!(
        r#"SELECT EXISTS (SELECT 1 FROM states WHERE name_key = $1 AND id <> $3 AND deleted_at IS NULL)
                AS "taken!: bool",
            EXISTS (SELECT 1 FROM states WHERE priority = $2 AND id <> $3 AND deleted_at IS NULL)
                AS "priority_taken!: bool""#,
        key,
        priority,
        except.0
    )
    .fetch_one(conn)
    .await?;
    Ok((NameFacts { taken: row.taken, ..NameFacts::default() }, row.priority_taken))
}

/// Makes a state with what it is open to and its permissions.
pub(crate) async fn insert(conn: &mut Conn, state: &State) -> Result<StateId, Fault> {
    let key = name::key(&state.name);
    let id = sqlx::query_scalar!(
        r#"INSERT INTO states (name, name_key, priority, is_public) VALUES ($1, $2, $3, $4) RETURNING id AS "id!: i64""#,
        state.name,
        key,
        state.priority,
        state.public
    )
    .fetch_one(&mut *conn)
    .await?;
    insert_scope(conn, StateId(id), &state.scope).await?;
    if !state.permissions.is_empty() {
        QueryBuilder::<Db>::new("INSERT INTO state_permissions (state_id, permission) ")
            .push_values(state.permissions.iter(), |mut row, permission| {
                row.push_bind(id).push_bind(permission.stored());
            })
            .build()
            .execute(conn)
            .await?;
    }
    Ok(StateId(id))
}

/// Replaces the definition of a state.
pub(crate) async fn update(conn: &mut Conn, state: &State) -> Result<(), Fault> {
    let key = name::key(&state.name);
    sqlx::query!(
        "UPDATE states SET name = $2, name_key = CASE WHEN name = $2 THEN name_key ELSE $3 END, priority = $4,
            is_public = $5 WHERE id = $1",
        state.id.0,
        state.name,
        key,
        state.priority,
        state.public
    )
    .execute(&mut *conn)
    .await?;
    name_form::STATES.release(conn).await?;
    sqlx::query!("DELETE FROM state_scopes WHERE state_id = $1", state.id.0).execute(&mut *conn).await?;
    insert_scope(conn, state.id, &state.scope).await
}

/// Deletes a state; its row stays.
pub(crate) async fn delete(conn: &mut Conn, id: StateId, now: Timestamp) -> Result<(), Fault> {
    sqlx::query!("UPDATE states SET deleted_at = $2 WHERE id = $1", id.0, now.0).execute(&mut *conn).await?;
    Ok(name_form::STATES.release(conn).await?)
}

async fn insert_scope(conn: &mut Conn, state: StateId, scope: &Scope) -> Result<(), Fault> {
    let lists = [&scope.characters, &scope.corporations, &scope.alliances, &scope.factions];
    let rows: Vec<(i64, i64)> =
        (0..).zip(lists).flat_map(|(kind, ids)| ids.iter().map(move |id| (kind, *id))).collect();
    // Three parameters each: a thousand rows stay below what either database takes.
    for chunk in rows.chunks(1000) {
        QueryBuilder::<Db>::new("INSERT INTO state_scopes (state_id, kind, external_id) ")
            .push_values(chunk, |mut row, (kind, id)| {
                row.push_bind(state.0).push_bind(*kind).push_bind(*id);
            })
            .push(" ON CONFLICT DO NOTHING")
            .build()
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
