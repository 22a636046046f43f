//! Who is named to lead groups, and which groups lead others.

use super::{
    Fault,
    group::{self, GROUP, GroupColumns, STANDING, StandingColumns},
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db, dialect};
use domain::{Actor, FoundBy, GroupId, GroupRef, NamedLead, NamedLeader, Person, Sight, UserId, sight};
use sqlx::{FromRow, QueryBuilder};
use std::collections::{HashMap, HashSet};

/// Whether the group `g` is led: `domain::is_led` in SQL, for whatever asks that.
pub(crate) const IS_LED: &str = "(EXISTS (SELECT 1 FROM leaders l JOIN users lu ON lu.id = l.user_id \
     WHERE l.group_id = g.id AND lu.is_active AND lu.deleted_at IS NULL) \
     OR EXISTS (SELECT 1 FROM leader_groups lg JOIN memberships lm ON lm.group_id = lg.leader_group_id \
     JOIN users lu ON lu.id = lm.user_id WHERE lg.group_id = g.id AND lu.is_active AND lu.deleted_at IS NULL))";

/// Which of these groups are led.
pub(crate) async fn list_led(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<HashSet<i64>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let mut query = QueryBuilder::<Db>::new("SELECT g.id FROM groups g WHERE ");
    query.push(IS_LED).push(" AND g.id");
    dialect::push_is_any_of(&mut query, ids);
    let led: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    Ok(led.into_iter().collect())
}

/// Names a leader.
pub(crate) async fn insert(conn: &mut Conn, group: GroupId, leader: UserId) -> sqlx::Result<()> {
    sqlx::query!("INSERT INTO leaders (group_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", group.0, leader.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Names one no more.
pub(crate) async fn delete(conn: &mut Conn, group: GroupId, leader: UserId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM leaders WHERE group_id = $1 AND user_id = $2", group.0, leader.0).execute(conn).await?;
    Ok(())
}

/// Lets the members of a group lead another.
pub(crate) async fn insert_group(conn: &mut Conn, group: GroupId, leading: GroupId) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO leader_groups (group_id, leader_group_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        group.0,
        leading.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets them lead no more.
pub(crate) async fn delete_group(conn: &mut Conn, group: GroupId, leading: GroupId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM leader_groups WHERE group_id = $1 AND leader_group_id = $2", group.0, leading.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends every way in which a deleted group is led or leads.
pub(crate) async fn delete_all(conn: &mut Conn, group: GroupId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM leaders WHERE group_id = $1", group.0).execute(&mut *conn).await?;
    sqlx::query!("DELETE FROM leader_groups WHERE group_id = $1 OR leader_group_id = $1", group.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// The groups somebody is named to lead, by name, whether or not their account is active.
pub(crate) async fn list_named_leads(conn: &mut Conn, user: UserId) -> sqlx::Result<Vec<NamedLead>> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT g.id, g.name, g.restricted FROM leaders l JOIN groups g ON g.id = l.group_id WHERE l.user_id = ",
    );
    query.push_bind(user.0).push(" AND g.deleted_at IS NULL ORDER BY g.sort_key, g.id");
    let rows: Vec<(i64, String, bool)> = query.build_query_as().fetch_all(conn).await?;
    let lead = |(id, name, restricted)| NamedLead { group: GroupRef { id: GroupId(id), name }, restricted };
    Ok(rows.into_iter().map(lead).collect())
}

/// The groups somebody leads, by name or through a group, whether or not their account is active.
pub(crate) async fn list_leads(conn: &mut Conn, user: UserId) -> sqlx::Result<Vec<NamedLead>> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT g.id, g.name, g.restricted FROM groups g WHERE g.deleted_at IS NULL AND g.id IN (\
         SELECT group_id FROM leaders WHERE user_id = ",
    );
    query.push_bind(user.0);
    query.push(
        " UNION SELECT lg.group_id FROM leader_groups lg JOIN memberships m ON m.group_id = lg.leader_group_id \
         WHERE m.user_id = ",
    );
    query.push_bind(user.0).push(") ORDER BY g.sort_key, g.id");
    let rows: Vec<(i64, String, bool)> = query.build_query_as().fetch_all(conn).await?;
    let lead = |(id, name, restricted)| NamedLead { group: GroupRef { id: GroupId(id), name }, restricted };
    Ok(rows.into_iter().map(lead).collect())
}

/// Whether one group leads another.
pub(crate) async fn leads(conn: &mut Conn, group: GroupId, leading: GroupId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM leader_groups WHERE group_id = $1 AND leader_group_id = $2) AS "leads!: bool""#,
        group.0,
        leading.0
    )
    .fetch_one(conn)
    .await
}

/// The people with these ids, in this order, as far as they are there.
pub(crate) async fn list_people(conn: &mut Conn, ids: &[UserId]) -> sqlx::Result<Vec<Person>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query
        .push(PERSON)
        .push(" FROM users u LEFT JOIN characters c ON c.id = u.main_character_id WHERE u.deleted_at IS NULL AND u.id");
    dialect::push_is_any_of(&mut query, &wanted);
    let rows: Vec<PersonRow> = query.build_query_as().fetch_all(conn).await?;
    let people: Vec<Person> = rows.into_iter().map(Person::from).collect();
    Ok(ids.iter().filter_map(|id| people.iter().find(|person| person.id == *id)).cloned().collect())
}

/// The live groups with these ids, in this order, as far as they are there.
pub(crate) async fn list_groups(conn: &mut Conn, ids: &[GroupId]) -> sqlx::Result<Vec<GroupRef>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut query = QueryBuilder::<Db>::new("SELECT id, name FROM groups WHERE deleted_at IS NULL AND id");
    dialect::push_is_any_of(&mut query, &wanted);
    let rows: Vec<(i64, String)> = query.build_query_as().fetch_all(conn).await?;
    let of = |id: &GroupId| rows.iter().find(|row| row.0 == id.0);
    Ok(ids.iter().filter_map(of).map(|row| GroupRef { id: GroupId(row.0), name: row.1.clone() }).collect())
}

/// Who is named as a leader of these groups. An inactive account leads nothing.
pub(crate) async fn list_of_groups(conn: &mut Conn, ids: &[i64]) -> sqlx::Result<HashMap<i64, Vec<Person>>> {
    #[derive(FromRow)]
    struct Row {
        group_id: i64,
        #[sqlx(flatten)]
        person: PersonRow,
    }
    let mut query = QueryBuilder::<Db>::new("SELECT l.group_id, ");
    query.push(PERSON).push(
        " FROM leaders l JOIN users u ON u.id = l.user_id LEFT JOIN characters c ON c.id = u.main_character_id \
         WHERE u.is_active AND u.deleted_at IS NULL AND l.group_id",
    );
    dialect::push_is_any_of(&mut query, ids);
    let rows: Vec<Row> = query.push(" ORDER BY l.group_id, u.sort_key, u.id").build_query_as().fetch_all(conn).await?;
    let mut leaders: HashMap<i64, Vec<Person>> = HashMap::new();
    for row in rows {
        leaders.entry(row.group_id).or_default().push(row.person.into());
    }
    Ok(leaders)
}

/// Everybody who is named to lead a group, by name, and whether they are active.
pub(crate) async fn list_named(conn: &mut Conn, group: GroupId) -> sqlx::Result<Vec<NamedLeader>> {
    #[derive(FromRow)]
    struct Row {
        is_active: bool,
        #[sqlx(flatten)]
        person: PersonRow,
    }
    let mut query = QueryBuilder::<Db>::new("SELECT u.is_active, ");
    query.push(PERSON).push(
        " FROM leaders l JOIN users u ON u.id = l.user_id LEFT JOIN characters c ON c.id = u.main_character_id \
         WHERE u.deleted_at IS NULL AND l.group_id = ",
    );
    query.push_bind(group.0).push(" ORDER BY u.sort_key, u.id");
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| NamedLeader { person: row.person.into(), active: row.is_active }).collect())
}

/// Whose members lead these groups, as far as the viewer may know of them (R2, R2a).
pub(crate) async fn list_groups_of_groups(
    conn: &mut Conn,
    actor: &Actor,
    way: FoundBy,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<GroupRef>>, Fault> {
    #[derive(FromRow)]
    struct Row {
        led_id: i64,
        #[sqlx(flatten)]
        group: GroupColumns,
        #[sqlx(flatten)]
        standing: StandingColumns,
    }
    let viewer = actor.id().unwrap_or(UserId::UNASSIGNED).0;
    let mut query = QueryBuilder::<Db>::new("SELECT led.group_id AS led_id, ");
    query.push(GROUP).push(", ").push(STANDING).push(" FROM (SELECT CAST(").push_bind(viewer).push(
        " AS BIGINT) AS id) AS v CROSS JOIN leader_groups led JOIN groups g ON g.id = led.leader_group_id \
         WHERE g.deleted_at IS NULL AND led.group_id",
    );
    dialect::push_is_any_of(&mut query, ids);
    let rows: Vec<Row> =
        query.push(" ORDER BY led.group_id, g.sort_key, g.id").build_query_as().fetch_all(&mut *conn).await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let leading: Vec<i64> = rows.iter().map(|row| row.group.id).collect();
    let states = group::list_states(conn, &leading).await?;
    let mut leader_groups: HashMap<i64, Vec<GroupRef>> = HashMap::new();
    for row in rows {
        let states = states.get(&row.group.id).cloned().unwrap_or_default();
        let group = row.group.with_states(states)?;
        if sight::group(actor, group.outline(), row.standing.into(), way) != Sight::Hidden {
            leader_groups.entry(row.led_id).or_default().push(group.reference());
        }
    }
    Ok(leader_groups)
}
