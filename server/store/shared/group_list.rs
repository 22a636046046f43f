//! The groups page, and the row of a group wherever it is shown.

use super::{
    Fault,
    account::{self, ViewerRow},
    care,
    code::decode,
    counts::Scope,
    group::{GROUP, GroupColumns, IS_MEMBER, STANDING, StandingColumns},
    leader, name, paging, reach,
    settings::{SETTINGS, SettingsColumns},
    sight::{narrow_to_linked, narrow_to_listed, narrow_to_seen, push_admits},
    state,
};
use crate::{Conn, Db, dialect};
use domain::{
    Account, Actor, Denial, Facts, Flag, FoundBy, Group, GroupFilter, GroupId, GroupOrder, GroupProperties, GroupQuery,
    GroupRef, GroupRow, GroupScope, Listing, MyStatus, Permissions, Person, Reach, Refusal, Request, RequestId,
    RequestKind, RequestStatus, Standing, StateRef, Subject, Timestamp, UserId, authority, name::told_order, offers,
    sight,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::{HashMap, HashSet};
use store_model::StoreError;

/// A group as the viewer stands to it.
#[derive(FromRow)]
struct SeenRow {
    #[sqlx(flatten)]
    group: GroupColumns,
    sort_key: String,
    member_count: i64,
    #[sqlx(flatten)]
    settings: SettingsColumns,
    #[sqlx(flatten)]
    standing: StandingColumns,
    request_id: Option<i64>,
    request_kind: Option<i64>,
    request_reason: Option<String>,
    request_created_at: Option<i64>,
}

/// A group as the viewer sees it, with what the rules are asked from.
pub(crate) struct Seen {
    /// The group.
    pub(crate) group: Group,
    /// How the viewer stands to it.
    pub(crate) standing: Standing,
    /// Its row in a list.
    pub(crate) row: GroupRow,
}

/// Begins the statement for live groups; clauses can be added.
fn select(user: UserId) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(GROUP).push(", g.sort_key, g.member_count, ").push(SETTINGS).push(", ").push(STANDING);
    query.push(
        ", r.id AS request_id, r.kind AS request_kind, r.reason AS request_reason, r.created_at AS request_created_at \
         FROM groups g CROSS JOIN (SELECT CAST(",
    );
    query.push_bind(user.0);
    // Groups come first: SQLite keeps the order of an index in the outermost loop alone, and sorts all of them otherwise.
    query.push(
        " AS BIGINT) AS id) AS v CROSS JOIN settings s \
         LEFT JOIN requests r ON r.group_id = g.id AND r.user_id = v.id AND r.status = 0 \
         WHERE g.deleted_at IS NULL",
    );
    query
}

/// Narrows the statement to the groups a list takes its rows from; refuses where the viewer may not have that list.
fn narrow_to_scope(query: &mut QueryBuilder<Db>, scope: GroupScope, viewer_row: &ViewerRow) -> Result<(), Fault> {
    match scope {
        GroupScope::Available => narrow_to_listed(query, viewer_row),
        GroupScope::Mine => {
            query.push(" AND NOT g.internal AND ").push(IS_MEMBER);
        }
        GroupScope::Managed => Scope::of(viewer_row).narrow(query),
        GroupScope::All if authority::administers_groups(&Actor::User(viewer_row.account.clone())) => {}
        GroupScope::All => return Err(Refusal::from(Denial::StaffPermissionRequired).into()),
    }
    Ok(())
}

/// Narrows the statement to a filter of the page. `Open` is `domain::may_enter` in SQL.
fn narrow_to_filter(query: &mut QueryBuilder<Db>, filter: GroupFilter, account: &Account) {
    match filter {
        GroupFilter::All => {}
        GroupFilter::Joined => {
            query.push(" AND ").push(IS_MEMBER);
        }
        GroupFilter::Waiting => {
            query.push(" AND r.id IS NOT NULL");
        }
        GroupFilter::Open => {
            query.push(" AND g.open AND NOT ").push(IS_MEMBER);
            query.push(" AND ");
            push_admits(query, account);
        }
    }
}

/// Narrows the statement to groups that are set like this.
fn narrow_to_properties(query: &mut QueryBuilder<Db>, wanted: GroupProperties) {
    let flags = Flag::ALL.map(|flag| (wanted.flags.get(flag), format!("g.{}", flag.code())));
    for (wanted, holds) in flags.into_iter().chain([(wanted.has_leader, leader::IS_LED.to_owned())]) {
        match wanted {
            Some(true) => query.push(" AND ").push(holds),
            Some(false) => query.push(" AND NOT ").push(holds),
            None => continue,
        };
    }
}

/// Adds the order, and where to go on in it. A cursor that is none of ours starts at the beginning.
fn push_order(query: &mut QueryBuilder<Db>, wanted: &GroupQuery) {
    match wanted.order {
        GroupOrder::Name => {
            if let Some((last, key)) = paging::place(wanted.cursor.as_deref()) {
                query.push(" AND (g.sort_key, g.id) > (").push_bind(key).push(", ").push_bind(last).push(")");
            }
            query.push(" ORDER BY g.sort_key, g.id");
        }
        GroupOrder::Newest => {
            if let Some(last) = paging::number(wanted.cursor.as_ref()) {
                query.push(" AND g.id < ").push_bind(last);
            }
            query.push(" ORDER BY g.id DESC");
        }
    }
}

/// A page of a list; a refusal comes as a fault.
pub(crate) async fn list(
    conn: &mut Conn,
    user: UserId,
    wanted: &GroupQuery,
    now: Timestamp,
) -> Result<Listing<GroupRow>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else {
        return Ok(Listing { seq: dialect::head(conn).await?, ..Listing::empty() });
    };
    let mut query = select(user);
    narrow_to_scope(&mut query, wanted.scope, &viewer_row)?;
    narrow_to_filter(&mut query, wanted.filter, &viewer_row.account);
    narrow_to_properties(&mut query, wanted.properties);
    if let Some(care) = wanted.care {
        care::narrow_to_care(&mut query, user, care, now);
    }
    for pattern in name::patterns(&wanted.search) {
        query.push(" AND g.sort_key LIKE ").push_bind(pattern).push(" ESCAPE '\\'");
    }
    push_order(&mut query, wanted);
    paging::push_limit(&mut query, wanted.limit);
    let mut rows: Vec<SeenRow> = query.build_query_as().fetch_all(&mut *conn).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |row| match wanted.order {
        GroupOrder::Name => paging::cursor(row.group.id, &row.sort_key),
        GroupOrder::Newest => row.group.id.to_string(),
    });
    let seen = complete(conn, &viewer_row.account, rows, false, now).await?;
    Ok(Listing { items: seen.into_iter().map(|seen| seen.row).collect(), next_cursor, seq: viewer_row.seq })
}

/// One row of the groups page, if that shows it.
pub(crate) async fn find_listed(
    conn: &mut Conn,
    user: UserId,
    id: GroupId,
    now: Timestamp,
) -> Result<Option<GroupRow>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let mut query = select(user);
    narrow_to_listed(&mut query, &viewer_row);
    query.push(" AND g.id = ").push_bind(id.0);
    let rows = query.build_query_as().fetch_all(&mut *conn).await?;
    Ok(complete(conn, &viewer_row.account, rows, false, now).await?.pop().map(|seen| seen.row))
}

/// One row of the groups that the user decides for, if it is one of them.
pub(crate) async fn find_managed(
    conn: &mut Conn,
    user: UserId,
    id: GroupId,
    now: Timestamp,
) -> Result<Option<GroupRow>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let mut query = select(user);
    narrow_to_scope(&mut query, GroupScope::Managed, &viewer_row)?;
    query.push(" AND g.id = ").push_bind(id.0);
    let rows = query.build_query_as().fetch_all(&mut *conn).await?;
    Ok(complete(conn, &viewer_row.account, rows, false, now).await?.pop().map(|seen| seen.row))
}

/// One group that the viewer sees, whether a list shows it or not.
pub(crate) async fn find(
    conn: &mut Conn,
    viewer_row: &ViewerRow,
    id: GroupId,
    by_link: bool,
    now: Timestamp,
) -> Result<Option<Seen>, Fault> {
    let mut query = select(viewer_row.account.person.id);
    query.push(" AND g.id = ").push_bind(id.0);
    // What is hidden is no row, as what is not there: how long an answer takes is an answer, too.
    if by_link {
        narrow_to_linked(&mut query, viewer_row);
    } else {
        narrow_to_seen(&mut query, viewer_row);
    }
    let rows: Vec<SeenRow> = query.build_query_as().fetch_all(&mut *conn).await?;
    Ok(complete(conn, &viewer_row.account, rows, by_link, now).await?.pop())
}

/// What stands in other tables about groups, by their ids.
struct Beside {
    states: HashMap<i64, Vec<StateRef>>,
    leaders: HashMap<i64, Vec<Person>>,
    leader_groups: HashMap<i64, Vec<GroupRef>>,
    /// Those of them that are led where nobody is named who is told here.
    led: HashSet<i64>,
    /// What they open, for those who see hidden groups by their office.
    reach: HashMap<i64, Reach>,
}

async fn load_beside(conn: &mut Conn, actor: &Actor, way: FoundBy, ids: &[i64]) -> Result<Beside, Fault> {
    let states = state::list_of_groups(conn, ids).await?;
    let leaders = leader::list_of_groups(conn, ids).await?;
    let leader_groups = leader::list_groups_of_groups(conn, actor, way, ids).await?;
    // Whoever is named and told here is active: the others may be led by a group. Of one alone that is always asked: whether
    // it is there, and led, is not to be told by how long its page takes.
    let others: Vec<i64> = ids.iter().copied().filter(|id| ids.len() == 1 || !leaders.contains_key(id)).collect();
    let led = leader::list_led(conn, &others).await?;
    let sees_by_office = !actor.is_superuser() && authority::sees_by_office(actor);
    let reach = if sees_by_office { reach::of_groups(conn, ids).await? } else { HashMap::new() };
    Ok(Beside { states, leaders, leader_groups, led, reach })
}

/// Adds what stands in other tables, by one statement each, and asks the rules what the viewer may do.
async fn complete(
    conn: &mut Conn,
    account: &Account,
    rows: Vec<SeenRow>,
    by_link: bool,
    now: Timestamp,
) -> Result<Vec<Seen>, Fault> {
    let ids: Vec<i64> = rows.iter().map(|row| row.group.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let actor = Actor::User(account.clone());
    let way = if rows.iter().any(|row| row.settings.show_unavailable_groups) { FoundBy::Setting } else { FoundBy::Use };
    let Beside { mut states, mut leaders, mut leader_groups, led, reach } =
        load_beside(conn, &actor, way, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let id = row.group.id;
            let (leaders, leader_groups) = (leaders.remove(&id), leader_groups.remove(&id));
            let reach = reach.get(&id).copied().unwrap_or_default();
            let seen = see(&actor, account, row, states.remove(&id).unwrap_or_default(), (by_link, reach), now)?;
            let row = GroupRow {
                is_led: leaders.is_some() || led.contains(&id),
                leaders: leaders.unwrap_or_default(),
                leader_groups: leader_groups.unwrap_or_default(),
                ..seen.row
            };
            Ok(Seen { row, ..seen })
        })
        .collect()
}

/// The row of a group without those who lead it.
fn see(
    actor: &Actor,
    account: &Account,
    row: SeenRow,
    states: Vec<StateRef>,
    (by_link, reach): (bool, Reach),
    now: Timestamp,
) -> Result<Seen, StoreError> {
    let standing = Standing::from(row.standing);
    let group = row.group.with_states(states.iter().map(|state| state.id).collect())?;
    let asked = row.request_id.zip(row.request_kind).zip(row.request_created_at);
    let open_request = match asked {
        None => None,
        Some(((request, kind), created_at)) => Some(Request {
            id: RequestId(request),
            group: group.reference(),
            applicant: account.person.clone(),
            kind: decode::<RequestKind>("requests", "kind", request, kind)?,
            status: RequestStatus::Open,
            reason: row.request_reason,
            created_at: Timestamp(created_at),
            settlement: None,
        }),
    };
    let is_counted = standing.member || sight::in_full(actor, group.flags, standing);
    let (my_status, my_request) = (my_status(standing, open_request.as_ref()), open_request.as_ref().map(|it| it.id));
    let facts = Facts {
        group: Some(group.clone()),
        reach,
        by_link,
        standing,
        subject: Some(Subject {
            account: account.clone(),
            own: Permissions::NONE,
            member: standing.member,
            leader: standing.leader,
            open_request,
            reach: Reach::default(),
            email: None,
        }),
        settings: row.settings.try_into()?,
        ..Facts::default()
    };
    let row = GroupRow {
        id: group.id,
        name: group.name.clone(),
        order: told_order(&group.name, row.sort_key),
        description: group.description.clone(),
        flags: group.flags,
        auto_leave: group.auto_leave,
        states,
        permissions: authority::administers_groups(actor).then_some(group.permissions),
        leaders: Vec::new(),
        leader_groups: Vec::new(),
        is_led: false,
        member_count: is_counted.then(|| u32::try_from(row.member_count.max(0)).unwrap_or(u32::MAX)),
        my_status,
        my_request,
        offers: offers(actor, &facts, now),
    };
    Ok(Seen { group, standing, row })
}

fn my_status(standing: Standing, open: Option<&Request>) -> MyStatus {
    match open.map(|request| request.kind) {
        Some(RequestKind::Join) => MyStatus::JoinRequested,
        Some(RequestKind::Leave) => MyStatus::LeaveRequested,
        None if standing.member => MyStatus::Member,
        None => MyStatus::None,
    }
}
