//! Groups as the rules see them.

use super::{
    cascade::live,
    code::{self, Code, decode},
    name, name_form,
    settings::SettingsColumns,
};
use crate::{Conn, Db, dialect};
use domain::{
    AutoLeave, Flag, Flags, Group, GroupId, GroupKey, GroupRef, NameFacts, Settings, Standing, StateId, Timestamp,
};
use sqlx::QueryBuilder;
use std::collections::{HashMap, HashSet};
use store_model::{FeedGroup, StoreError};

/// The columns of the flags, in the order of `Flag::ALL`, each with this before its name: for statements that are put
/// together.
macro_rules! flags {
    ($before:literal) => {
        concat!(
            $before,
            "internal, ",
            $before,
            "hidden, ",
            $before,
            "open, ",
            $before,
            "public, ",
            $before,
            "restricted"
        )
    };
}
pub(crate) use flags;

/// The columns of the flags.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own, as some have an index")]
#[derive(Clone, Copy, sqlx::FromRow)]
pub(crate) struct FlagColumns {
    internal: bool,
    hidden: bool,
    open: bool,
    public: bool,
    restricted: bool,
}

impl From<FlagColumns> for Flags {
    fn from(row: FlagColumns) -> Self {
        Self::of(|flag| match flag {
            Flag::Internal => row.internal,
            Flag::Hidden => row.hidden,
            Flag::Open => row.open,
            Flag::Public => row.public,
            Flag::Restricted => row.restricted,
        })
    }
}

/// The columns of a group that are no link to another table.
#[derive(sqlx::FromRow)]
pub(crate) struct GroupColumns {
    /// `groups.id`.
    pub(crate) id: i64,
    /// `groups.name`.
    pub(crate) name: String,
    /// `groups.description`.
    pub(crate) description: String,
    #[sqlx(flatten)]
    flags: FlagColumns,
    auto_leave: i64,
    /// What members are given, as bits.
    given: i64,
}

/// Selects the columns of `GroupColumns` from `groups g`, for statements that are put together.
pub(crate) const GROUP: &str = concat!(
    "g.id, g.name, g.description, ",
    flags!("g."),
    ", \
     g.auto_leave, COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER)) FROM group_permissions \
     WHERE group_id = g.id) AS BIGINT), 0) AS given"
);

impl GroupColumns {
    /// The group with its states, which come from a table of their own.
    pub(crate) fn with_states(self, states: Vec<StateId>) -> Result<Group, StoreError> {
        Ok(Group {
            id: GroupId(self.id),
            auto_leave: decode::<AutoLeave>("groups", "auto_leave", self.id, self.auto_leave)?,
            flags: self.flags.into(),
            name: self.name,
            description: self.description,
            states,
            permissions: code::permissions(self.given),
        })
    }
}

/// How a user stands to a group, as columns of a joined row.
#[derive(Clone, Copy, sqlx::FromRow)]
pub(crate) struct StandingColumns {
    member: bool,
    leader: bool,
    leader_through_group: bool,
}

/// Whether the viewer `v` is in the group `g`.
pub(crate) const IS_MEMBER: &str = "EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = g.id AND m.user_id = v.id)";

/// Selects the columns of `StandingColumns` for the viewer `v` and `groups g`, for statements that are put together.
pub(crate) const STANDING: &str = "EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = g.id AND m.user_id = v.id) \
     AS member, EXISTS (SELECT 1 FROM leaders l WHERE l.user_id = v.id AND l.group_id = g.id) AS leader, \
     EXISTS (SELECT 1 FROM leader_groups lg JOIN memberships lm ON lm.group_id = lg.leader_group_id \
     AND lm.user_id = v.id WHERE lg.group_id = g.id) AS leader_through_group";

impl From<StandingColumns> for Standing {
    fn from(row: StandingColumns) -> Self {
        Self { member: row.member, leader: row.leader, leader_through_group: row.leader_through_group }
    }
}

/// The group a key names, if it is live.
pub(crate) async fn find_id(conn: &mut Conn, key: &GroupKey) -> sqlx::Result<Option<GroupId>> {
    match key {
        GroupKey::Id(id) => Ok(Some(*id)),
        GroupKey::Link(token) => {
            let token: String = name::storable(token).collect();
            sqlx::query_scalar!("SELECT id FROM groups WHERE join_token = $1 AND deleted_at IS NULL", token)
                .fetch_optional(conn)
                .await
                .map(|id| id.map(GroupId))
        }
    }
}

/// A live group, and the settings beside it: the commands of every day need both.
pub(crate) async fn find(conn: &mut Conn, id: GroupId) -> Result<Option<(Group, Settings)>, super::Fault> {
    let rows = sqlx::query!(
        r#"SELECT g.id, g.name, g.description, g.internal, g.hidden, g.open, g.public, g.restricted, g.auto_leave,
                COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER))
                    FROM group_permissions WHERE group_id = g.id) AS BIGINT), 0) AS "given!: i64",
                s.requests_notification, s.auto_leave AS instance_auto_leave, s.notifications_max_per_user,
                s.registration, s.show_unavailable_groups, gs.state_id AS "state_id?: i64"
            FROM groups g CROSS JOIN settings s LEFT JOIN group_states gs ON gs.group_id = g.id
            WHERE g.id = $1 AND g.deleted_at IS NULL"#,
        id.0
    )
    .fetch_all(conn)
    .await?;
    // A row for each state it is bound to, or one without.
    let mut states: Vec<StateId> = rows.iter().filter_map(|row| row.state_id).map(StateId).collect();
    states.sort_unstable();
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let columns = GroupColumns {
        id: row.id,
        name: row.name,
        description: row.description,
        flags: FlagColumns {
            internal: row.internal,
            hidden: row.hidden,
            open: row.open,
            public: row.public,
            restricted: row.restricted,
        },
        auto_leave: row.auto_leave,
        given: row.given,
    };
    let settings = SettingsColumns {
        requests_notification: row.requests_notification,
        instance_auto_leave: row.instance_auto_leave,
        notifications_max_per_user: row.notifications_max_per_user,
        registration: row.registration,
        show_unavailable_groups: row.show_unavailable_groups,
    };
    let group = columns.with_states(states)?;
    Ok(Some((group, settings.try_into()?)))
}

#[derive(sqlx::FromRow)]
struct FeedRow {
    #[sqlx(flatten)]
    flags: FlagColumns,
    lives: bool,
}

/// What sight asks of a group, whether it lives or is gone.
pub(crate) async fn find_for_feed(conn: &mut Conn, id: GroupId) -> sqlx::Result<Option<FeedGroup>> {
    let mut query = QueryBuilder::<Db>::new(concat!(
        "SELECT ",
        flags!(""),
        ", deleted_at IS NULL AS lives FROM groups WHERE id = "
    ));
    let row: Option<FeedRow> = query.push_bind(id.0).build_query_as().fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let states = list_states(conn, &[id.0]).await?.remove(&id.0).unwrap_or_default();
    Ok(Some(FeedGroup { flags: row.flags.into(), states, lives: row.lives }))
}

/// Those of the groups, live or gone, that are internal.
pub(crate) async fn list_internal(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<HashSet<GroupId>> {
    let mut query = QueryBuilder::<Db>::new("SELECT id FROM groups WHERE internal AND id");
    dialect::push_is_any_of(&mut query, ids);
    let internal: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    Ok(internal.into_iter().map(GroupId).collect())
}

/// A standing by the memberships that open jobs will leave the user.
pub(crate) async fn standing_as_held(
    conn: &mut Conn,
    id: GroupId,
    standing: Standing,
    held: &live::PendingRights,
) -> sqlx::Result<Standing> {
    let leading = sqlx::query_scalar!("SELECT leader_group_id FROM leader_groups WHERE group_id = $1", id.0)
        .fetch_all(conn)
        .await?;
    Ok(Standing {
        member: held.memberships.contains(&id),
        leader_through_group: leading.into_iter().any(|leading| held.memberships.contains(&GroupId(leading))),
        ..standing
    })
}

/// The states of several groups by one statement; those open to any are absent.
pub(crate) async fn list_states(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<HashMap<i64, Vec<StateId>>> {
    let mut query = QueryBuilder::<Db>::new("SELECT group_id, state_id FROM group_states WHERE group_id");
    dialect::push_is_any_of(&mut query, ids);
    let rows: Vec<(i64, i64)> = query.push(" ORDER BY group_id, state_id").build_query_as().fetch_all(conn).await?;
    let mut states: HashMap<i64, Vec<StateId>> = HashMap::new();
    for (group, state) in rows {
        states.entry(group).or_default().push(StateId(state));
    }
    Ok(states)
}

/// How a wanted name stands to those of other groups, and to the reserved ones (R12).
pub(crate) async fn name_facts(conn: &mut Conn, wanted: &str, except: Option<GroupId>) -> sqlx::Result<NameFacts> {
    let key = name::key(wanted);
    let except = except.unwrap_or(GroupId::UNASSIGNED).0;
    let row = sqlx::query!(
        r#"SELECT EXISTS (SELECT 1 FROM groups WHERE name_key = $1 AND id <> $2 AND deleted_at IS NULL)
                AS "taken!: bool",
            EXISTS (SELECT 1 FROM reserved_names WHERE name_key = $1) AS "reserved!: bool""#,
        key,
        except
    )
    .fetch_one(conn)
    .await?;
    Ok(NameFacts { taken: row.taken, reserved: row.reserved, ..NameFacts::default() })
}

/// Replaces the fields of a group, and its states.
pub(crate) async fn update(conn: &mut Conn, group: &Group) -> sqlx::Result<()> {
    let (key, order) = (name::key(&group.name), name::order(&group.name));
    let auto_leave = group.auto_leave.stored();
    let [internal, hidden, open, public, restricted] = Flag::ALL.map(|flag| group.flags.has(flag));
    sqlx::query!(
        "UPDATE groups SET name = $2, name_key = CASE WHEN name = $2 THEN name_key ELSE $3 END, description = $4, internal = $5, hidden = $6, open = $7,
            public = $8, restricted = $9, auto_leave = $10, sort_key = $11 WHERE id = $1",
        group.id.0,
        group.name,
        key,
        group.description,
        internal,
        hidden,
        open,
        public,
        restricted,
        auto_leave,
        order
    )
    .execute(&mut *conn)
    .await?;
    name_form::GROUPS.release(conn).await?;
    sqlx::query!("DELETE FROM group_states WHERE group_id = $1", group.id.0).execute(&mut *conn).await?;
    insert_states(conn, group.id.0, &group.states).await
}

/// Deletes a group; its row stays, its name is free (R15), and its link is dead.
///
/// What it gives and asks for stays beside the row: whoever loses it loses what came with it.
pub(crate) async fn delete(conn: &mut Conn, id: GroupId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("UPDATE groups SET deleted_at = $2 WHERE id = $1", id.0, now.0).execute(&mut *conn).await?;
    name_form::GROUPS.release(conn).await
}

/// Replaces the token of a group's join link (R2).
pub(crate) async fn replace_join_token(conn: &mut Conn, id: GroupId, token: &str) -> sqlx::Result<()> {
    sqlx::query!("UPDATE groups SET join_token = $2 WHERE id = $1", id.0, token).execute(conn).await?;
    Ok(())
}

async fn insert_states(conn: &mut Conn, id: i64, states: &[StateId]) -> sqlx::Result<()> {
    if states.is_empty() {
        return Ok(());
    }
    QueryBuilder::<Db>::new("INSERT INTO group_states (group_id, state_id) ")
        .push_values(states, |mut row, state| {
            row.push_bind(id).push_bind(state.0);
        })
        .push(" ON CONFLICT DO NOTHING")
        .build()
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes a group with its states and permissions.
pub(crate) async fn insert(conn: &mut Conn, group: &Group, join_token: &str, now: Timestamp) -> sqlx::Result<GroupId> {
    let (key, order) = (name::key(&group.name), name::order(&group.name));
    let auto_leave = group.auto_leave.stored();
    let [internal, hidden, open, public, restricted] = Flag::ALL.map(|flag| group.flags.has(flag));
    let id = sqlx::query_scalar!(
        r#"INSERT INTO groups (name, name_key, description, internal, hidden, open, public, restricted, auto_leave,
                join_token, created_at, sort_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id AS "id!: i64""#,
        group.name,
        key,
        group.description,
        internal,
        hidden,
        open,
        public,
        restricted,
        auto_leave,
        join_token,
        now.0,
        order
    )
    .fetch_one(&mut *conn)
    .await?;
    insert_states(conn, id, &group.states).await?;
    if !group.permissions.is_empty() {
        QueryBuilder::<Db>::new("INSERT INTO group_permissions (group_id, permission) ")
            .push_values(group.permissions.iter(), |mut row, permission| {
                row.push_bind(id).push_bind(permission.stored());
            })
            .build()
            .execute(conn)
            .await?;
    }
    Ok(GroupId(id))
}

/// The group of this name, ignoring case.
pub(crate) async fn find_named(conn: &mut Conn, name: &str) -> sqlx::Result<Option<GroupId>> {
    let key = name::key(name);
    let id =
        sqlx::query_scalar!(r#"SELECT id AS "id!: i64" FROM groups WHERE name_key = $1 AND deleted_at IS NULL"#, key)
            .fetch_optional(conn)
            .await?;
    Ok(id.map(GroupId))
}

/// The first groups by name.
pub(crate) async fn list_first(conn: &mut Conn, count: usize) -> sqlx::Result<Vec<GroupRef>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: i64", name FROM groups WHERE deleted_at IS NULL ORDER BY sort_key, id LIMIT $1"#,
        count
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| GroupRef { id: GroupId(row.id), name: row.name }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_flags_are_all_there_are() {
        assert_eq!(flags!(""), Flag::CODES.join(", "));
        assert_eq!(flags!("g."), Flag::CODES.map(|code| format!("g.{code}")).join(", "));
    }
}
