//! Who is in a group, as lists show it.

use super::{
    Fault,
    account::{self, ViewerRow},
    grant, group, name, paging,
    person::{PERSON, PersonRow},
    reach,
};
use crate::{Conn, Db};
use domain::{
    Actor, Denial, Group, GroupId, JoinLink, Lead, Listing, MemberOrder, MemberQuery, MemberRow, MembersPage, Person,
    Refusal, Sight, Timestamp, UserId, may_remove, name::told_order, sight,
};
use sqlx::{FromRow, QueryBuilder};

/// A live group that somebody who looked at it (`account::look_at`) sees in full; a refusal comes as a fault.
pub(crate) async fn find_in_full(conn: &mut Conn, viewer_row: &ViewerRow, id: GroupId) -> Result<Group, Fault> {
    let (group, _) = group::find(conn, id).await?.ok_or(Refusal::Unseen)?;
    let actor = Actor::User(viewer_row.account.clone());
    match sight::group(&actor, group.outline(), viewer_row.standing, viewer_row.way) {
        Sight::Full => Ok(group),
        Sight::Summary => Err(Refusal::from(Denial::NotAManager).into()),
        Sight::Hidden => Err(Refusal::Unseen.into()),
    }
}

/// The join link of a group (R2), for those who may hand it out.
pub(crate) async fn find_join_link(conn: &mut Conn, user: UserId, id: GroupId) -> Result<JoinLink, Fault> {
    let viewer_row = account::look_at(conn, user, id).await?.ok_or(Refusal::Unseen)?;
    let group = find_in_full(conn, &viewer_row, id).await?;
    let opens = reach::of_group(conn, id).await?;
    sight::may_hand_out_link(&Actor::User(viewer_row.account), group.flags, viewer_row.standing, opens)
        .map_err(Refusal::from)?;
    let token = sqlx::query_scalar!("SELECT join_token FROM groups WHERE id = $1", id.0).fetch_one(&mut *conn).await?;
    Ok(JoinLink { group: group.reference(), token })
}

/// A page of the members, for those who see the group in full.
pub(crate) async fn find(
    conn: &mut Conn,
    user: UserId,
    id: GroupId,
    wanted: &MemberQuery,
) -> Result<MembersPage, Fault> {
    let viewer_row = account::look_at(conn, user, id).await?.ok_or(Refusal::Unseen)?;
    let group = find_in_full(conn, &viewer_row, id).await?;
    let total =
        sqlx::query_scalar!("SELECT member_count FROM groups WHERE id = $1", id.0).fetch_one(&mut *conn).await?;
    let (leaders, has_leader_groups) = leaders(conn, id).await?;
    let mut rows = list(conn, id, wanted).await?;
    let next_cursor = paging::next_cursor(&mut rows, wanted.limit, |last| cursor(wanted.order, last));
    let ids: Vec<i64> = rows.iter().map(|row| row.person.user_id).collect();
    let mut grants = grant::list_of_members(conn, id, &ids).await?;
    let items = rows.into_iter().map(|row| {
        let grants = grants.remove(&(id.0, row.person.user_id)).unwrap_or_default();
        let person = Person::from(row.person);
        MemberRow {
            order: told_order(person.display_name(), row.member_key),
            since: Timestamp(row.since),
            lead: match (row.leader, row.leader_through_group) {
                (true, _) => Lead::Named,
                (false, true) => Lead::ThroughGroup,
                (false, false) => Lead::None,
            },
            grants,
            person,
        }
    });
    let ViewerRow { account, standing, seq, .. } = viewer_row;
    let opens = reach::of_group(conn, id).await?;
    Ok(MembersPage {
        removal_denied: may_remove(&Actor::User(account), group.flags, standing, opens).err(),
        group: group.reference(),
        query: wanted.clone(),
        total: u32::try_from(total.max(0)).unwrap_or(u32::MAX),
        leaders,
        has_leader_groups,
        listing: Listing { items: items.collect(), next_cursor, seq },
    })
}

/// Who is named to lead a group, and whether others lead it through groups.
async fn leaders(conn: &mut Conn, group: GroupId) -> sqlx::Result<(Vec<UserId>, bool)> {
    let mut query = QueryBuilder::<Db>::new("SELECT user_id FROM leaders WHERE group_id = ");
    query.push_bind(group.0).push(" UNION ALL SELECT 0 FROM leader_groups WHERE group_id = ").push_bind(group.0);
    let found: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    // Ids begin at 1: 0 stands for a group.
    let (people, groups): (Vec<_>, Vec<_>) = found.into_iter().partition(|id| *id != 0);
    Ok((people.into_iter().map(UserId).collect(), !groups.is_empty()))
}

/// A membership with the person in it.
#[derive(FromRow)]
struct Row {
    member_key: String,
    since: i64,
    leader: bool,
    leader_through_group: bool,
    #[sqlx(flatten)]
    person: PersonRow,
}

/// Where a page that ends with this row goes on: the number first, as a name may hold anything.
fn cursor(order: MemberOrder, last: &Row) -> String {
    match order {
        MemberOrder::Name => paging::cursor(last.person.user_id, &last.member_key),
        MemberOrder::Newest => format!("{} {}", last.person.user_id, last.since),
    }
}

/// The rows of a page and one more: first the memberships, by one index; then what is joined to them.
async fn list(conn: &mut Conn, group: GroupId, wanted: &MemberQuery) -> sqlx::Result<Vec<Row>> {
    let (key, direction) = match wanted.order {
        MemberOrder::Name => ("sort_key", ""),
        MemberOrder::Newest => ("since", " DESC"),
    };
    let mut query = QueryBuilder::<Db>::new("SELECT m.sort_key AS member_key, m.since, ");
    query.push(PERSON).push(", EXISTS (SELECT 1 FROM leaders l WHERE l.user_id = u.id AND l.group_id = ");
    query.push_bind(group.0).push(
        ") AS leader, EXISTS (SELECT 1 FROM leader_groups lg JOIN memberships lm ON lm.group_id = lg.leader_group_id \
         AND lm.user_id = u.id WHERE lg.group_id = ",
    );
    query
        .push_bind(group.0)
        .push(") AS leader_through_group FROM (SELECT m.user_id, m.sort_key, m.since FROM memberships m");
    let pattern = name::pattern(&wanted.search);
    if pattern.is_some() {
        query.push(" JOIN users mu ON mu.id = m.user_id");
    }
    query.push(" WHERE m.group_id = ").push_bind(group.0);
    if let Some(pattern) = pattern {
        query.push(" AND (m.sort_key LIKE ").push_bind(pattern.clone());
        query.push(" ESCAPE '\\' OR mu.search_key LIKE ").push_bind(pattern).push(" ESCAPE '\\')");
    }
    push_place(&mut query, wanted);
    let order = |query: &mut QueryBuilder<Db>| {
        query.push(" ORDER BY m.").push(key).push(direction).push(", m.user_id").push(direction);
    };
    order(&mut query);
    paging::push_limit(&mut query, wanted.limit);
    query.push(") AS m JOIN users u ON u.id = m.user_id LEFT JOIN characters c ON c.id = u.main_character_id");
    order(&mut query);
    query.build_query_as().fetch_all(conn).await
}

/// Adds where to go on. A cursor that is none of ours starts at the beginning.
fn push_place(query: &mut QueryBuilder<Db>, wanted: &MemberQuery) {
    let Some((user, key)) = wanted.cursor.as_deref().and_then(|cursor| cursor.split_once(' ')) else { return };
    let Ok(user) = user.parse::<i64>() else { return };
    match wanted.order {
        MemberOrder::Name => {
            query.push(" AND (m.sort_key, m.user_id) > (").push_bind(name::storable(key).collect::<String>());
        }
        MemberOrder::Newest => {
            let Ok(since) = key.parse::<i64>() else { return };
            query.push(" AND (m.since, m.user_id) < (").push_bind(since);
        }
    }
    query.push(", ").push_bind(user).push(")");
}
