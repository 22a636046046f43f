//! Users with everything the rules of losing look at, many by one set of statements.

use crate::{
    Conn, Db, dialect,
    shared::{
        Fault,
        code::{self, decode},
        group::{self, GROUP, GroupColumns},
        person::{PERSON, PersonRow},
    },
};
use domain::{
    AccountStatus, Affiliation, CascadeSubject, Group, GroupId, GroupRef, Person, Request, RequestId, RequestStatus,
    StateId, Timestamp,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::{BTreeMap, HashMap};

#[expect(clippy::struct_excessive_bools, reason = "independent flags of an account")]
#[derive(FromRow)]
struct UserRow {
    #[sqlx(flatten)]
    person: PersonRow,
    is_active: bool,
    is_superuser: bool,
    is_deleted: bool,
    state_id: i64,
    settled_requester: bool,
    own: i64,
    external_id: Option<i64>,
    corporation_id: Option<i64>,
    alliance_id: Option<i64>,
    faction_id: Option<i64>,
}

#[derive(FromRow)]
struct RequestRow {
    id: i64,
    user_id: i64,
    group_id: i64,
    kind: i64,
    reason: Option<String>,
    created_at: i64,
}

/// The citizens in the order of their ids, and every group they are in or have asked for.
pub(super) async fn list(
    conn: &mut Conn,
    people: &[i64],
) -> Result<(Vec<CascadeSubject>, BTreeMap<GroupId, Group>), Fault> {
    let users = list_users(conn, people).await?;
    let mut memberships = list_memberships(conn, people).await?;
    let requests = list_requests(conn, people).await?;
    let mut named: Vec<i64> = memberships.values().flatten().map(|group| group.0).collect();
    named.extend(requests.iter().map(|request| request.group_id));
    named.sort_unstable();
    named.dedup();
    let groups = list_groups(conn, &named).await?;
    let mut requests_of: HashMap<i64, Vec<RequestRow>> = HashMap::new();
    for row in requests {
        requests_of.entry(row.user_id).or_default().push(row);
    }
    let mut citizens = Vec::with_capacity(users.len());
    for row in users {
        let id = row.person.user_id;
        let person = Person::from(row.person);
        let requests = requests_of.remove(&id).unwrap_or_default();
        let requests = requests.into_iter().map(|row| open_request(row, &person, &groups)).collect::<Result<_, _>>()?;
        citizens.push(CascadeSubject {
            account: match (row.is_deleted, row.is_active) {
                (true, _) => AccountStatus::Deleted,
                (false, false) => AccountStatus::Inactive,
                (false, true) => AccountStatus::Active,
            },
            superuser: row.is_superuser,
            own: code::permissions(row.own),
            main: row.external_id.map(|character| Affiliation {
                character,
                corporation: row.corporation_id,
                alliance: row.alliance_id,
                faction: row.faction_id,
            }),
            settled_state: StateId(row.state_id),
            settled_requester: row.settled_requester,
            memberships: memberships.remove(&id).unwrap_or_default(),
            requests,
            person,
        });
    }
    Ok((citizens, groups))
}

async fn list_users(conn: &mut Conn, people: &[i64]) -> Result<Vec<UserRow>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(PERSON).push(
        ", u.is_active, u.is_superuser, u.deleted_at IS NOT NULL AS is_deleted, u.state_id, u.settled_requester, \
         c.external_id, c.corporation_id, c.alliance_id, c.faction_id, \
         COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER)) FROM user_permissions \
         WHERE user_id = u.id) AS BIGINT), 0) AS own \
         FROM users u LEFT JOIN characters c ON c.id = u.main_character_id WHERE u.id",
    );
    dialect::push_is_any_of(&mut query, people);
    Ok(query.push(" ORDER BY u.id").build_query_as().fetch_all(conn).await?)
}

/// Live groups first: who loses a group by its deletion loses it after what they lose besides.
async fn list_memberships(conn: &mut Conn, people: &[i64]) -> Result<HashMap<i64, Vec<GroupId>>, Fault> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT m.user_id, m.group_id FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id",
    );
    dialect::push_is_any_of(&mut query, people);
    query.push(" ORDER BY m.user_id, CASE WHEN g.deleted_at IS NULL THEN 0 ELSE 1 END, m.group_id");
    let rows: Vec<(i64, i64)> = query.build_query_as().fetch_all(conn).await?;
    let mut memberships: HashMap<i64, Vec<GroupId>> = HashMap::new();
    for (user, group) in rows {
        memberships.entry(user).or_default().push(GroupId(group));
    }
    Ok(memberships)
}

async fn list_requests(conn: &mut Conn, people: &[i64]) -> Result<Vec<RequestRow>, Fault> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT id, user_id, group_id, kind, reason, created_at FROM requests WHERE status = 0 AND user_id",
    );
    dialect::push_is_any_of(&mut query, people);
    Ok(query.push(" ORDER BY id").build_query_as().fetch_all(conn).await?)
}

fn open_request(row: RequestRow, person: &Person, groups: &BTreeMap<GroupId, Group>) -> Result<Request, Fault> {
    let id = GroupId(row.group_id);
    Ok(Request {
        id: RequestId(row.id),
        group: groups.get(&id).map_or(GroupRef { id, name: String::new() }, Group::reference),
        applicant: person.clone(),
        kind: decode("requests", "kind", row.id, row.kind)?,
        status: RequestStatus::Open,
        reason: row.reason,
        created_at: Timestamp(row.created_at),
        settlement: None,
    })
}

/// The groups with these ids, deleted ones too: those who were in one may have yet to lose it.
async fn list_groups(conn: &mut Conn, ids: &[i64]) -> Result<BTreeMap<GroupId, Group>, Fault> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(GROUP).push(" FROM groups g WHERE g.id");
    dialect::push_is_any_of(&mut query, ids);
    let rows: Vec<GroupColumns> = query.build_query_as().fetch_all(&mut *conn).await?;
    let mut states = group::list_states(conn, ids).await?;
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            Ok((GroupId(id), row.with_states(states.remove(&id).unwrap_or_default())?))
        })
        .collect()
}
