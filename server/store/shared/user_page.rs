//! Everything about one user that staff look for.

use super::{
    Fault,
    account::{self, ViewerRow},
    admin,
    cascade::live::{self, PendingRights},
    character,
    code::{self, decode},
    event::{self, EVENT, logged},
    facts,
    person::{PERSON, PersonRow},
    state, user_list,
};
use crate::{Conn, Db};
use domain::{
    Account, Actor, EventType, Grant, GroupId, GroupRef, HeldMembership, HeldPermission, LedGroup, Permission, Person,
    RecordedEvent, Refusal, Request, RequestId, RequestStatus, Source, State, StateRef, Timestamp, UserId, UserPage,
    state_and_reason, user_offers,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::HashMap;

/// How many of the last events are shown.
const EVENTS: i64 = 20;

/// The page; a refusal comes as a fault.
pub(crate) async fn find(conn: &mut Conn, viewer: UserId, id: UserId, now: Timestamp) -> Result<UserPage, Fault> {
    let ViewerRow { account: viewer, seq, .. } = admin::enter(conn, viewer, Permission::ManageUsers).await?;
    let mut row = user_list::find(conn, id).await?.ok_or(Refusal::Unseen)?;
    let account = account::find(conn, id).await?.ok_or(Refusal::Unseen)?;
    let unsettled = live::is_unsettled(conn).await?;
    let held = if unsettled { live::list(conn, &[id.0]).await?.remove(&id) } else { None };
    let states = state::list(conn).await?;
    let main = character::find_main_and(conn, id, None).await?.0;
    let (state, reason) = state_and_reason(row.active, main.as_ref(), &states);
    row.state = reference(&states, state).unwrap_or(row.state);
    let groups = list_groups(conn, id, held.as_ref()).await?;
    let offers = {
        let facts = facts::of_office(conn, account).await?;
        user_offers(&Actor::User(viewer.clone()), &facts, now)
    };
    let (sessions, has_password) = find_ways_in(conn, id).await?;
    Ok(UserPage {
        held: permissions(&row, &states, &groups),
        memberships: memberships(conn, id, groups).await?,
        led: list_led(conn, id, held.as_ref()).await?,
        requests: list_requests(conn, &row.person).await?,
        about: list_events(conn, &viewer, "subject_id", id).await?,
        by: list_events(conn, &viewer, "actor_id", id).await?,
        row,
        reason,
        sessions,
        has_password,
        unsettled,
        offers,
        seq,
    })
}

fn reference(states: &[State], id: domain::StateId) -> Option<StateRef> {
    states.iter().find(|state| state.id == id).map(|state| StateRef { id, name: state.name.clone() })
}

/// A group somebody is in, and what it gives.
#[derive(FromRow)]
struct GroupOf {
    id: i64,
    name: String,
    since: i64,
    given: i64,
}

impl GroupOf {
    fn reference(&self) -> GroupRef {
        GroupRef { id: GroupId(self.id), name: self.name.clone() }
    }
}

/// The groups somebody is in, by name; those that open jobs will leave them.
async fn list_groups(conn: &mut Conn, user: UserId, held: Option<&PendingRights>) -> Result<Vec<GroupOf>, Fault> {
    let groups = sqlx::query_as!(
        GroupOf,
        r#"SELECT g.id AS "id!: i64", g.name, m.since,
                COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER)) FROM group_permissions
                    WHERE group_id = g.id) AS BIGINT), 0) AS "given!: i64"
            FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id = $1 ORDER BY g.sort_key, g.id"#,
        user.0
    )
    .fetch_all(conn)
    .await?;
    let stays = |group: &GroupOf| held.is_none_or(|held| held.memberships.contains(&GroupId(group.id)));
    Ok(groups.into_iter().filter(stays).collect())
}

/// Everything somebody holds, each permission with where it comes from.
fn permissions(row: &domain::UserRow, states: &[State], groups: &[GroupOf]) -> Vec<HeldPermission> {
    let of_state = states.iter().find(|state| state.id == row.state.id);
    let sources = |permission: Permission| {
        let own = row.permissions.contains(permission).then_some(Source::Own);
        let state = of_state.filter(|state| state.permissions.contains(permission));
        let state = state.map(|state| Source::State(StateRef { id: state.id, name: state.name.clone() }));
        let given = groups.iter().filter(move |group| code::permissions(group.given).contains(permission));
        let superuser = row.superuser.then_some(Source::Superuser);
        own.into_iter().chain(state).chain(given.map(|group| Source::Group(group.reference()))).chain(superuser)
    };
    let held = Permission::ALL.map(|permission| HeldPermission { permission, sources: sources(permission).collect() });
    held.into_iter().filter(|held| !held.sources.is_empty()).collect()
}

/// What holds each of the memberships.
async fn memberships(conn: &mut Conn, user: UserId, groups: Vec<GroupOf>) -> Result<Vec<HeldMembership>, Fault> {
    #[derive(FromRow)]
    struct Row {
        grant_id: i64,
        group_id: i64,
        kind: i64,
        by_system: bool,
        #[sqlx(flatten)]
        actor: PersonRow,
        reason: Option<String>,
        from_at: i64,
        until_at: Option<i64>,
    }
    // Whoever gave the grant; the member stands in where nobody did, so that the columns of a person are always there.
    let mut query = QueryBuilder::<Db>::new("SELECT gr.id AS grant_id, gr.group_id, gr.kind, ");
    query.push("gr.actor_id IS NULL AS by_system, gr.reason, gr.from_at, gr.until_at, ").push(PERSON);
    query.push(
        " FROM grants gr JOIN users u ON u.id = COALESCE(gr.actor_id, gr.user_id) \
         LEFT JOIN characters c ON c.id = u.main_character_id WHERE gr.ended_at IS NULL AND gr.user_id = ",
    );
    query.push_bind(user.0).push(" ORDER BY gr.id");
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let mut grants: HashMap<i64, Vec<Grant>> = HashMap::new();
    for row in rows {
        grants.entry(row.group_id).or_default().push(Grant {
            kind: decode("grants", "kind", row.grant_id, row.kind)?,
            by: (!row.by_system).then(|| row.actor.into()),
            reason: row.reason,
            from: Timestamp(row.from_at),
            until: row.until_at.map(Timestamp),
        });
    }
    let with_grants = |group: GroupOf| HeldMembership {
        group: group.reference(),
        since: Timestamp(group.since),
        grants: grants.remove(&group.id).unwrap_or_default(),
    };
    Ok(groups.into_iter().map(with_grants).collect())
}

/// The groups somebody leads, by name; once for each way.
async fn list_led(conn: &mut Conn, user: UserId, held: Option<&PendingRights>) -> Result<Vec<LedGroup>, Fault> {
    let mut rows = sqlx::query!(
        r#"SELECT g.sort_key AS "sort_key!", CAST(NULL AS TEXT) AS "through_key?: String", g.id AS "id!: i64",
                g.name AS "name!", CAST(NULL AS BIGINT) AS "through_id?: i64", CAST(NULL AS TEXT) AS "through_name?: String"
            FROM leaders l JOIN groups g ON g.id = l.group_id WHERE l.user_id = $1 AND g.deleted_at IS NULL
            UNION ALL SELECT g.sort_key, t.sort_key, g.id, g.name, t.id, t.name
            FROM memberships m JOIN leader_groups lg ON lg.leader_group_id = m.group_id
                JOIN groups g ON g.id = lg.group_id JOIN groups t ON t.id = m.group_id
            WHERE m.user_id = $1 AND g.deleted_at IS NULL"#,
        user.0
    )
    .fetch_all(conn)
    .await?;
    rows.sort_by(|one, other| {
        (&one.sort_key, one.id, &one.through_key, one.through_id).cmp(&(
            &other.sort_key,
            other.id,
            &other.through_key,
            other.through_id,
        ))
    });
    let led = rows.into_iter().map(|row| LedGroup {
        group: GroupRef { id: GroupId(row.id), name: row.name },
        through: row.through_id.zip(row.through_name).map(|(id, name)| GroupRef { id: GroupId(id), name }),
    });
    let stays = |led: &LedGroup| {
        let through = led.through.as_ref().map(|group| group.id);
        held.is_none_or(|held| through.is_none_or(|group| held.memberships.contains(&group)))
    };
    Ok(led.filter(stays).collect())
}

/// What somebody waits for.
async fn list_requests(conn: &mut Conn, person: &Person) -> Result<Vec<Request>, Fault> {
    let rows = sqlx::query!(
        "SELECT r.id, r.group_id, g.name, r.kind, r.reason, r.created_at FROM requests r JOIN groups g ON g.id = r.group_id
            WHERE r.status = 0 AND r.user_id = $1 ORDER BY r.id",
        person.id.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Request {
                id: RequestId(row.id),
                group: GroupRef { id: GroupId(row.group_id), name: row.name },
                applicant: person.clone(),
                kind: decode("requests", "kind", row.id, row.kind)?,
                status: RequestStatus::Open,
                reason: row.reason,
                created_at: Timestamp(row.created_at),
                settlement: None,
            })
        })
        .collect()
}

/// The last events about somebody, or by somebody, as far as the viewer sees them: `sight::event` in SQL, for a viewer
/// who administers users and so sees every live group in full.
async fn list_events(
    conn: &mut Conn,
    viewer: &Account,
    column: &'static str,
    user: UserId,
) -> Result<Vec<RecordedEvent>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM feed WHERE ").push(column).push(" = ").push_bind(user.0);
    if !viewer.administers(Permission::ViewAudit) {
        let codes = event::codes_filed_under(Some(EventType::Account), None);
        let codes = codes.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let requests = event::codes_of_requests().map(|code| code.to_string()).collect::<Vec<_>>().join(", ");
        query.push(" AND ((subject_id = ").push_bind(viewer.person.id.0);
        query.push(" AND (group_id IS NULL OR kind IN (").push(requests);
        query.push(") OR group_id NOT IN (SELECT g.id FROM groups g WHERE g.internal))) OR kind IN (").push(codes);
        query.push(") OR group_id IN (SELECT g.id FROM groups g WHERE g.deleted_at IS NULL))");
    }
    query.push(" ORDER BY seq DESC LIMIT ").push(EVENTS);
    Ok(logged(query.build_query_as().fetch_all(conn).await?)?)
}

/// How many sessions somebody has, and whether they have a password.
async fn find_ways_in(conn: &mut Conn, user: UserId) -> Result<(u32, bool), Fault> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM sessions WHERE user_id = u.id) AS "sessions!: i64",
                u.password_hash IS NOT NULL AS "has_password!: bool"
            FROM users u WHERE u.id = $1"#,
        user.0
    )
    .fetch_one(conn)
    .await?;
    Ok((u32::try_from(row.sessions).unwrap_or(u32::MAX), row.has_password))
}
