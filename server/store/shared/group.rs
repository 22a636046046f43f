//! Groups as the rules see them.

use super::{
    code::{self, Code, decode},
    name,
};
use crate::{Conn, Db, dialect};
use domain::{AutoLeave, Flags, Group, GroupId, GroupKey, NameFacts, Standing, StateId, Timestamp, UserId};
use sqlx::QueryBuilder;
use std::collections::HashMap;
use store_model::StoreError;

/// The columns of a group that are no link to another table.
#[expect(clippy::struct_excessive_bools, reason = "a group has five flags")]
#[derive(sqlx::FromRow)]
pub(crate) struct GroupColumns {
    /// `groups.id`.
    pub(crate) id: i64,
    /// `groups.name`.
    pub(crate) name: String,
    /// `groups.description`.
    pub(crate) description: String,
    internal: bool,
    hidden: bool,
    open: bool,
    public: bool,
    restricted: bool,
    auto_leave: i64,
    /// What members are given, as bits.
    given: i64,
}

/// Selects the columns of `GroupColumns` from `groups g`, for statements that are put together.
pub(crate) const GROUP: &str = "g.id, g.name, g.description, g.internal, g.hidden, g.open, g.public, g.restricted, \
     g.auto_leave, COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER)) FROM group_permissions \
     WHERE group_id = g.id) AS BIGINT), 0) AS given";

impl GroupColumns {
    /// The group with its states, which come from a table of their own.
    pub(crate) fn with_states(self, states: Vec<StateId>) -> Result<Group, StoreError> {
        Ok(Group {
            id: GroupId(self.id),
            auto_leave: decode::<AutoLeave>("groups", "auto_leave", self.id, self.auto_leave)?,
            flags: Flags {
                internal: self.internal,
                hidden: self.hidden,
                open: self.open,
                public: self.public,
                restricted: self.restricted,
            },
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

/// A live group, and whether leaving is at once in groups that inherit the setting (R8).
pub(crate) async fn find(conn: &mut Conn, id: GroupId) -> Result<Option<(Group, bool)>, super::Fault> {
    let row = sqlx::query!(
        r#"SELECT g.id, g.name, g.description, g.internal, g.hidden, g.open, g.public, g.restricted, g.auto_leave,
                COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER))
                    FROM group_permissions WHERE group_id = g.id) AS BIGINT), 0) AS "given!: i64",
                (SELECT auto_leave FROM settings) AS "instance_auto_leave!: bool"
            FROM groups g WHERE g.id = $1 AND g.deleted_at IS NULL"#,
        id.0
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let states = sqlx::query_scalar!("SELECT state_id FROM group_states WHERE group_id = $1 ORDER BY state_id", id.0)
        .fetch_all(conn)
        .await?;
    let columns = GroupColumns {
        id: row.id,
        name: row.name,
        description: row.description,
        internal: row.internal,
        hidden: row.hidden,
        open: row.open,
        public: row.public,
        restricted: row.restricted,
        auto_leave: row.auto_leave,
        given: row.given,
    };
    let group = columns.with_states(states.into_iter().map(StateId).collect())?;
    Ok(Some((group, row.instance_auto_leave)))
}

/// The flags of a live group.
pub(crate) async fn find_flags(conn: &mut Conn, id: GroupId) -> sqlx::Result<Option<Flags>> {
    sqlx::query_as!(
        Flags,
        "SELECT internal, hidden, open, public, restricted FROM groups WHERE id = $1 AND deleted_at IS NULL",
        id.0
    )
    .fetch_optional(conn)
    .await
}

/// How a user stands to a group.
pub(crate) async fn standing(conn: &mut Conn, id: GroupId, user: UserId) -> sqlx::Result<Standing> {
    let row = sqlx::query!(
        r#"SELECT
            EXISTS (SELECT 1 FROM memberships WHERE group_id = $1 AND user_id = $2) AS "member!: bool",
            EXISTS (SELECT 1 FROM leaders WHERE user_id = $2 AND group_id = $1) AS "leader!: bool",
            EXISTS (SELECT 1 FROM leader_groups lg
                JOIN memberships m ON m.group_id = lg.leader_group_id AND m.user_id = $2
                WHERE lg.group_id = $1) AS "leader_through_group!: bool""#,
        id.0,
        user.0
    )
    .fetch_one(conn)
    .await?;
    Ok(Standing { member: row.member, leader: row.leader, leader_through_group: row.leader_through_group })
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

/// How the name of a new group stands to those in use (R12).
pub(crate) async fn name_facts(conn: &mut Conn, wanted: &str) -> sqlx::Result<NameFacts> {
    let key = name::key(wanted);
    sqlx::query_as!(
        NameFacts,
        r#"SELECT EXISTS (SELECT 1 FROM groups WHERE name_key = $1 AND deleted_at IS NULL) AS "taken!: bool",
            EXISTS (SELECT 1 FROM reserved_names WHERE name_key = $1) AS "reserved!: bool""#,
        key
    )
    .fetch_one(conn)
    .await
}

/// Makes a group with its states and permissions.
pub(crate) async fn insert(conn: &mut Conn, group: &Group, join_token: &str, now: Timestamp) -> sqlx::Result<GroupId> {
    let key = name::key(&group.name);
    let auto_leave = group.auto_leave.stored();
    let id = sqlx::query_scalar!(
        r#"INSERT INTO groups (name, name_key, description, internal, hidden, open, public, restricted, auto_leave,
                join_token, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id AS "id!: i64""#,
        group.name,
        key,
        group.description,
        group.flags.internal,
        group.flags.hidden,
        group.flags.open,
        group.flags.public,
        group.flags.restricted,
        auto_leave,
        join_token,
        now.0
    )
    .fetch_one(&mut *conn)
    .await?;
    if !group.states.is_empty() {
        QueryBuilder::<Db>::new("INSERT INTO group_states (group_id, state_id) ")
            .push_values(&group.states, |mut row, state| {
                row.push_bind(id).push_bind(state.0);
            })
            .push(" ON CONFLICT DO NOTHING")
            .build()
            .execute(&mut *conn)
            .await?;
    }
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
